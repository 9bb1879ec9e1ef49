"""Whose decision a line announces: this meeting's own, an earlier one, or another body's."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from index.dates import MONTH, written_dates
from index.parse.bodies import BODY_WORD, NAME, NAME_BEFORE, body_key

_NOT_A_NAME = r"(?i:(?:for|i|og|ved|på)\b|den\b|d\.|beslutning|møde\b|indstilling|behandling)"
_BODY = (
    rf"(?P<body>{NAME_BEFORE}{BODY_WORD}"
    rf"(?:(?:,? (?:for|i|og|ved|på))? (?!{_NOT_A_NAME})[^\W\d][\w-]*|, [A-ZÆØÅ][\w-]*){{0,8}}?"
    r"|[A-ZÆØÅ]{2,5})(?: (?:19|20)\d\d-(?:19|20)\d\d)?"
)
_DATE = (
    rf"(?P<date>\d{{1,2}}\.\s*(?i:{MONTH})\s+\d{{4}}|\d{{1,2}}[-./]\d{{1,2}}[-./]\d{{2,4}}|\d{{4}}-\d\d-\d\d"
    rf"|\d{{1,2}}/\d{{1,2}}[- ]\d{{4}}|\d{{1,2}}\.\s*(?i:{MONTH})(?!\w))"
)
_DAY = rf"(?i:(?:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag)\s+)?(?i:den\s|d\.)?\s*{_DATE}"
_ITEM = r"(?i:pkt\.?|punkt|sag|dagsordenspunkt|nr\.)(?:\s*(?i:nr\.?))?\s*(?P<item{}>\d+\w?(?:/\d+)?)"
_NOUN = r"(?i:beslutning(?:er)?|afgørelse|behandling|protokol|konklusion|referat|indstilling|udtalelse|anbefaling|møde)"
_LEAD = (
    rf"(?:(?i:\d\. |tidligere )?(?:{_NOUN}|(?i:behandlet))\s*[:,]?\s+(?i:(?:i|fra|af|for|på|truffet i)\s+)?"
    r"|(?i:fra)\s+)"
)
_APART = r"[\s,|–-]*"
_REST = r"\s*(?::(?P<rest>\s+\S.*)?|(?:\t|\s{3,})(?P<cell>\S.*))?$"
_TIME = r"(?:,?\s*(?:kl\.?\s*)?\d{1,2}[.:]\d\d)?"
_BODY_AND_DATE = re.compile(
    rf"^{_LEAD}?{_BODY}(?:[sS]\s+(?i:møde|beslutning|indstilling|behandling))?(?:,?\s*{_ITEM.format('_first')})?"
    rf"{_APART}{_DAY}{_TIME}(?:{_APART}\(?{_ITEM.format('')}\)?)?{_REST}"
)
_DATE_AND_BODY = re.compile(
    rf"^{_LEAD}?{_DAY}{_TIME}{_APART}(?:i\s+)?(?P<body>{NAME})(?:{_APART}{_ITEM.format('')})?{_REST}"
)
_DATE_ONLY = re.compile(
    rf"^{_NOUN}\s+(?:(?i:fra|på)\s+(?i:mødet\s+)?)?{_DAY}(?:{_APART}\(?{_ITEM.format('')}\)?)?{_REST}"
)
_OWN_BODY = re.compile(
    r"^(?:udvalg|bestyrelse|råd|forum|nævn)(?:et|n|en|met)?s?$", re.IGNORECASE
)  # "Udvalgets beslutning"
_BODY_ONLY = re.compile(
    rf"^(?:(?P<body>{NAME})[sS]\s+(?i:beslutning(?:er)?|afgørelse|konklusion|behandling|protokol|vedtagelse)"
    rf"|(?i:beslutning(?:er)?|afgørelse|konklusion)\s+(?:i|fra|af)\s+(?P<of>{NAME}))"
    r"(?:\s*\([^()]*\)|\s+(?i:til offentliggørelse))?\s*:?$"
)
_VERDICT = re.compile(
    rf"^(?P<body>(?!Udvalget|Rådet|Bestyrelsen|Til ){NAME_BEFORE}{BODY_WORD}):(?P<rest>(?:\s+\S.*)?)$"
)
_BODY_ALONE = re.compile(rf"^{NAME}$")
_DATE_ALONE = re.compile(rf"^{_DAY}:?$")
_ITEM_ALONE = re.compile(rf"^{_ITEM.format('')}:?$")
_LONGEST_SHORT_FORM = 5
_DECISION_NOUN = (
    r"(?i:beslutning(?:er|en)?|afgørelsen?|behandling|protokol|konklusion|referat|indstilling|udtalelse|anbefaling"
    r"|vedtagelsen?|vedtaget|drøftelse|besluttet|behandlet)"
)
_BETWEEN = frozenset(
    "i fra af på den d kl ved for om til og møde mødet møder s tidligere ordinært ekstraordinært truffet "
    "behandlet".split()
)
_TOLD_OF_THE_CASE = frozenset("sagen punktet er blev har været".split())
_LONGEST_HEADING = 130
_HOUSE_WORD = re.compile(rf"[A-ZÆØÅ][\wæøå]+\s+(?:i|af|fra|ved|på|for)\s+(?={NAME})")
_GENITIVE = re.compile(r"s\s+(?:møde|beslutning|indstilling|behandling)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sitting:
    """The body and the date of the meeting that is being read: what makes a decision this meeting's own."""

    body: str | None
    date: dt.date | None

    @property
    def year(self) -> int | None:
        return self.date.year if self.date else None


@dataclass(frozen=True, slots=True)
class DecisionOf:
    """What a decision's heading says of whose it is; all None where it is only "Beslutning".

    `rest` is what follows the heading on its line: the decision itself, where it stands there.
    """

    body: str | None = None
    date: dt.date | None = None
    item: str | None = None
    rest: str = ""

    def is_own(self, sitting: Sitting) -> bool:
        same_date = self.date is None or sitting.date is None or self.date == sitting.date
        return same_date and (self.body is None or sitting.body is None or bodies_agree(self.body, sitting.body))

    def is_to_come(self, sitting: Sitting) -> bool:
        """Whether it is no decision yet, but a date in the plan of those that are to decide."""
        return bool(self.date and sitting.date and self.date > sitting.date)


def bodies_agree(one: str, other: str) -> bool:
    """Whether two names are one body's: their words agree, or one is the other's short form ("ØU")."""
    if one.isupper() and len(one) <= _LONGEST_SHORT_FORM:
        return one[0] == other[0].upper()
    return body_key(one) == body_key(other)


@lru_cache(maxsize=65_536)
def decision_of(words: str, year: int | None = None) -> DecisionOf | None:
    """Whose decision a line such as "Direktionen, den 15. september 2020" announces; None if it announces none.

    `year` is the one of a date that leaves it out.
    """
    if words[:1].islower():
        return None
    if only := _BODY_ONLY.match(words):
        body = only["body"] or only["of"]
        return DecisionOf(None if _OWN_BODY.match(body) else body)
    match = _BODY_AND_DATE.match(words) or _DATE_AND_BODY.match(words) or _DATE_ONLY.match(words)
    if not match:
        return _in_any_order(words, year)
    part = match.groupdict()
    written = written_dates(part["date"])
    body = part.get("body")
    if body and _GENITIVE.search(words):
        body = re.sub(r"(?<=\w)[sS]$", "", body)
    rest = (part["rest"] or part["cell"] or "").strip()
    item = part.get("item") or part.get("item_first")
    if body and _OWN_BODY.match(body):
        body = None
    date = (written[0].on(year) if year else written[0].date) if written else None
    return DecisionOf(body and body.strip(), date, item, rest)


def decision_by_house_word(words: str, sitting: Sitting) -> DecisionOf | None:
    """Whose decision a line announces with a word of the house's own, a body and a date: "Udfald i Byrådet den ..."."""
    if words[:1].islower():
        return None
    lead = _HOUSE_WORD.match(words)
    whose = _in_any_order(words[lead.end() :] if lead else words, sitting.year, unknown_words=1)
    return whose if whose and (whose.body or whose.date == sitting.date) else None


def _in_any_order(words: str, year: int | None, unknown_words: int = 0) -> DecisionOf | None:
    """Whose decision a line announces that names a decision, a date and perhaps a body and an item, and nothing else.

    With a number of unknown words it may also name a body and a date, and so many words more.
    """
    head, _, rest = words.partition(": ") if ": " in words else (words.rstrip(":"), "", "")
    if len(head) > _LONGEST_HEADING or not words[:1].isalnum():
        return None
    dates = written_dates(head)
    if len(dates) != 1:
        return None
    left = f"{head[: dates[0].start]} {head[dates[0].end :]}"
    item = re.search(rf"\b{_ITEM.format('')}", left)
    left = left.replace(item[0], " ", 1) if item else left
    body = re.search(rf"(?:^|(?<=[\s(]))(?P<body>{NAME})(?:(?<=[etnd])s)?(?=$|[\s,:;)–-])", left)
    left = left.replace(body[0], " ", 1) if body else left
    noun = re.search(rf"\b(?:{_DECISION_NOUN})\b", left)
    left = left.replace(noun[0], " ", 1) if noun else left
    passed = _BETWEEN | _TOLD_OF_THE_CASE if words.endswith(":") else _BETWEEN
    others = [word for word in re.findall(r"\w+", left.casefold()) if word not in passed and not word.isdigit()]
    if len(others) > unknown_words or not (noun or unknown_words):
        return None
    name = body["body"] if body and not _OWN_BODY.match(body["body"]) else None
    return DecisionOf(name, dates[0].on(year) if year else dates[0].date, item["item"] if item else None, rest.strip())


def decision_over_lines(lines: list[str], year: int | None = None) -> tuple[DecisionOf, int] | None:
    """The same of a heading that gives body, date and perhaps item each its own line; and how many lines it takes."""
    if len(lines) < 2 or not _BODY_ALONE.match(lines[0]) or not _DATE_ALONE.match(lines[1]):
        return None
    count = 3 if len(lines) > 2 and _ITEM_ALONE.match(lines[2]) else 2
    whose = decision_of(", ".join(words.strip(" :") for words in lines[:count]), year)
    return (whose, count) if whose else None


def verdict_of(words: str) -> DecisionOf | None:
    """Whose verdict a line within a decision holds: "Økonomiudvalget: Anbefales."; None if it names no body first."""
    match = _VERDICT.match(words)
    return DecisionOf(match["body"], rest=match["rest"].strip()) if match else None
