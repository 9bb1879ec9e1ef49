"""Which sitting a text is of: municipality, body, date, start, place and participants."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass

from index.danish import stopwords
from index.dates import first_date
from index.municipalities import MUNICIPALITIES, REGIONS
from index.parse.bodies import BODY, NAMED_AUTHORITY, body_key
from index.parse.decisions import DecisionOf, decision_of
from index.parse.lines import Line, split_lines

_TIME = re.compile(r"\b(?:kl\.?\s*:?\s*)?(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?::\d\d)?\b(?![.-]\d)")
_CLOCK = re.compile(
    r"\b(?:kl\.?|klokken|start(?:tidspunkt)?(?: kl\.)?)\s*:?\s*(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"^(?:mødested|sted|mødeafholdelse|(?:møde)?lokale:)\s*:?\s*(?P<value>.*)$", re.IGNORECASE)
_PARTICIPANTS = re.compile(
    r"^(?:mødedeltagere|deltagere|til ?stede|medlemmer|mødt)\b\s*:?\s*(?P<value>.*)$", re.IGNORECASE
)
_HEADER_LABEL = re.compile(
    r"^(?:mødedato|mødetidspunkt|mødested|sted|dato|tid|start|slut|afbud|fraværende|indholdsfortegnelse|punkter|dagsorden)\b",
    re.IGNORECASE,
)
_NOT_A_NAME = {"i", "en", "ny", "nye", "hver", "hvis", "den", "denne", "vores", "som", "kl", "af", "for"}
_PRINTED = re.compile(r"^(?:udskrevet|udskrift|printet|hentet|offentliggjort)\b", re.IGNORECASE)
_BODY = re.compile(BODY)
_TITLE_PAGE = re.compile(
    r"^(?:(?:udkast til|foreløbigt?|godkendt|endeligt?|revideret|rettet|åben|lukket)\s+)?"
    r"(?:\w*referat|\w*dagsorden|\w*protokol)\b(?:\s+(?:af|fra|for|til))?(?:\s+\w*møde(?:t)?)?(?:\s+i)?\s*",
    re.IGNORECASE,
)
_BARE_BODIES = {"udvalg", "udvalget", "råd", "rådet", "bestyrelse", "forum"}  # a label or a kind, not a name
_MEETING_OF = re.compile(
    r"\b(?P<body>(?:[^\W\d][\wæøå-]*?)?(?P<kind>(?i:bestyrelse|udvalg|råd|direktion|forum|nævn)))s?møde\b"
)
_GENITIVE_OF_MEETING = re.compile(r"\b(?P<body>[A-ZÆØÅ][\w-]*[a-zæøå](?:et|en|n|met))s(?= (?:[a-zæøå]+ ){0,2}møde\b)")
_DEFINITE = {"bestyrelse": "n", "udvalg": "et", "råd": "et", "direktion": "en", "forum": "met", "nævn": "et"}
_ALONE = re.compile(
    r"(?:^|[–,|·-]\s+)(?P<name>[A-ZÆØÅ][\wæøåÆØÅ-]+ [A-ZÆØÅ][\wæøåÆØÅ-]+) (?:Kommune|KOMMUNE)$"
)  # of two words
_BEFORE_A_NAME = {"hele", "både", "kære", "inden", "hos", "uden", "mellem", "hverken", "resten", "kontakt"}
_NO_PLACE = re.compile(rf"(?:{BODY}|Referat|Dagsorden|Protokol|Møde)\b", re.IGNORECASE)
_KNOWN = MUNICIPALITIES | {f"Region {name}" for name in REGIONS}
_YEAR_AT_END = re.compile(r"\s+(?:19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class Header:
    municipality: str | None
    body: str | None
    date: dt.date | None
    start_time: str | None
    place: str | None
    participants: tuple[str, ...]


def read_header(head: list[Line], lines: list[Line], furniture: list[str]) -> Header:
    """Read the lines before the first item; the pages' heads and feet, the decisions' headings and the whole text bear
    witness where they are silent."""
    head = [*head, *split_lines("\n".join(furniture))]
    decisions = [found for line in lines if not line.blank and (found := decision_of(line.words))]
    date = _date(head, decisions)
    return Header(
        _municipality(head, lines), _body(head, decisions), date, _start_time(head), _place(head), _participants(head)
    )


def _date(head: list[Line], decisions: list[DecisionOf]) -> dt.date | None:
    """The header's date: the one that decisions carry too, else the first; without any, most decisions' date."""
    written = (first_date(line.words) for line in head if not line.blank and not _PRINTED.match(line.words))
    in_header = [date for date in written if date]
    carried = [date for date, _ in Counter(decision.date for decision in decisions if decision.date).most_common()]
    return next((date for date in carried if date in in_header), None) or next(iter(in_header or carried), None)


def _body(head: list[Line], decisions: list[DecisionOf]) -> str | None:
    """The first body that the header names, or the one that most decision headings name."""
    for line in head:
        words = _GENITIVE_OF_MEETING.sub(r"\g<body>", NAMED_AUTHORITY.sub(",", line.words))
        words = words if _BODY.search(words) else _MEETING_OF.sub(_body_of_meeting, words)
        named = (match["body"] for match in _BODY.finditer(_TITLE_PAGE.sub("", words)))
        body = next((name for name in named if name.casefold() not in _BARE_BODIES), None)
        if body and not _PARTICIPANTS.match(line.words):
            return _YEAR_AT_END.sub("", body).strip()
    named = Counter(body_key(decision.body) for decision in decisions if decision.body).most_common(1)
    return next(
        (decision.body for decision in decisions if named and decision.body and body_key(decision.body) == named[0][0]),
        None,
    )


def _body_of_meeting(match: re.Match[str]) -> str:
    """ "Skolebestyrelsesmøde" is a meeting of Skolebestyrelsen."""
    return match["body"].capitalize() + _DEFINITE[match["kind"].lower()]


def _municipality(head: list[Line], lines: list[Line]) -> str | None:
    """The municipality named in the header, else the one that the text names most often."""
    alone = (_ALONE.search(line.words) for line in head)
    if name := next((found["name"] for found in alone if found and not _NO_PLACE.match(found["name"])), None):
        return _base_form(name)
    in_header = [name for line in head for name in _named(line.words)]
    if in_header:
        return in_header[0]
    named = Counter(name for line in lines for name in _named(line.words))
    return _with_first_word(named.most_common(1)[0][0], lines) if named else None


def _with_first_word(name: str, lines: list[Line]) -> str:
    """A municipality's name of two words, where the same capitalised word stands before it wherever it is named."""
    before = {word for line in lines for word in re.findall(rf"(\S+) {re.escape(name)}s? [Kk]ommune", line.words)}
    first = next(iter(before)) if len(before) == 1 else ""
    whole = re.fullmatch(r"[A-ZÆØÅ][a-zæøå]{2,}", first) and first.casefold() not in stopwords("da") | _BEFORE_A_NAME
    return f"{first} {name}" if whole and not _NO_PLACE.match(first) else name


def _named(words: str) -> list[str]:
    names = []
    for match in NAMED_AUTHORITY.finditer(words):
        if match["region"]:
            names.append(_base_form(match["region"]))
        elif match["name"].casefold() not in _NOT_A_NAME:
            names.append(_base_form(match["name"]))
    return names


def _base_form(name: str) -> str:
    """The name without the genitive s that Danish puts on some ("Nordfyns Kommune"), and not in capitals."""
    name = name.title() if name.isupper() else name
    base = name.removesuffix("s")
    return base if base in _KNOWN and name not in _KNOWN else name


def _start_time(head: list[Line]) -> str | None:
    for pattern in (_CLOCK, _TIME):
        for line in head:
            if match := pattern.search(line.words):
                return f"{int(match['hour']):02}:{match['minute']}"
    return None


def _place(head: list[Line]) -> str | None:
    """The labelled place; in an unlabelled header, the line that follows the one with date and time."""
    for pattern_at, line in enumerate(head):
        if match := _PLACE.match(line.words):
            return match["value"].strip() or next(
                (other.words for other in head[pattern_at + 1 :] if not other.blank), None
            )
    for at, line in enumerate(head):
        if first_date(line.words) and _CLOCK.search(line.words) and not _HEADER_LABEL.match(line.words):
            following = next((other.words for other in head[at + 1 :] if not other.blank), None)
            return following if following and not _HEADER_LABEL.match(following) else None
    return None


def _participants(head: list[Line]) -> tuple[str, ...]:
    for at, line in enumerate(head):
        match = _PARTICIPANTS.match(line.words)
        if not match:
            continue
        names = [match["value"]]
        for other in head[at + 1 :]:
            if _HEADER_LABEL.match(other.words) or (other.blank and any(names) and match["value"]):
                break
            names.append(other.words)
        joined = ", ".join(name for name in names if name)
        return tuple(name.strip(" ,") for name in re.split(r",\s*(?![^(]*\))", joined) if name.strip(" ,"))
    return ()
