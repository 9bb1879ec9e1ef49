"""Whose decision a line announces: this meeting's own, an earlier one, or another body's."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from index.dates import MONTH, written_dates
from index.parse.bodies import BODY_WORD, NAME_BEFORE, body_key

_BODY = (
    rf"(?P<body>{NAME_BEFORE}{BODY_WORD}"
    r"(?:(?:,? (?:for|i|og|ved|på))? (?!den\b|d\.)[^\W\d][\w-]*|, [A-ZÆØÅ][\w-]*)*?"
    r"|[A-ZÆØÅ]{2,5})"
)
_DATE = rf"(?P<date>\d{{1,2}}\.\s*(?i:{MONTH})\s+\d{{4}}|\d{{1,2}}[-./]\d{{1,2}}[-./]\d{{2,4}}|\d{{4}}-\d\d-\d\d)"
_WEEKDAY = r"(?:(?i:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag)\s+)?"
_ITEM = r"(?:,?\s*[-–(]?\s*(?i:pkt\.?|punkt|sag|dagsordenspunkt)(?:\s*nr\.?)?\s*(?P<item>\d+\w?(?:/\d+)?)\)?)?"
_LEAD = (
    r"(?:(?i:beslutning(?:er)?|afgørelse|behandling|behandlet|protokol|konklusion|referat|indstilling)\s+"
    r"(?:(?i:i|fra|af|for|truffet i)\s+)?)?"
)
_TAIL = r"(?:,?\s*(?:kl\.?\s*)?\d{1,2}[.:]\d\d)?"
_DECISION_OF = re.compile(
    rf"^{_LEAD}{_BODY}(?:s\s+(?:møde|beslutning))?,?\s*{_WEEKDAY}(?:den|d\.)?\s*{_DATE}{_TAIL}{_ITEM}\s*"
    r"(?::(?P<rest>\s+\S.*)?)?$"
)
_DECISION_BY = re.compile(rf"^(?P<body>{NAME_BEFORE}{BODY_WORD})[sS]\s+(?i:beslutning(?:er)?)\s*:?$")
_LONGEST_SHORT_FORM = 5
_GENITIVE = re.compile(r"s\s+(?:møde|beslutning)")


@dataclass(frozen=True, slots=True)
class Sitting:
    """The body and the date of the meeting that is being read: what makes a decision this meeting's own."""

    body: str | None
    date: dt.date | None


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


def decision_of(words: str) -> DecisionOf | None:
    """Whose decision a line such as "Direktionen, den 15. september 2020" announces; None if it announces none."""
    if by := _DECISION_BY.match(words):
        return DecisionOf(by["body"])
    match = _DECISION_OF.match(words)
    if not match:
        return None
    written = written_dates(match["date"])
    body = re.sub(r"(?<=\w)s$", "", match["body"]) if _GENITIVE.search(words) else match["body"]
    return DecisionOf(body.strip(), written[0].date if written else None, match["item"], (match["rest"] or "").strip())
