"""Which meeting dates a question is limited to: "i april 2021", "den 15/9 2020", "det seneste møde".

A year or a date that belongs to the matter ("Budget 2022", "pr. 31. juli 2018", "strategi 2018-2021") is no limit.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from index.dates import MONTH, MONTHS, written_dates
from qa.models import Holdings


@dataclass(frozen=True, slots=True)
class Period:
    """Meeting dates `first`..`last`, and the characters of the question that say so."""

    first: dt.date
    last: dt.date
    start: int
    end: int


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


# Words that speak of a meeting and what it did: beside them, "i 2021" says when the meeting was.
_MEETS = _pattern(
    r"""\b(?:sagde|siger|beslut\w*|vedt(?:og|aget|ages)|godkend\w*|drøfte\w*|behandle\w*|fremlag\w*|anbefale\w*|udsat\w*|afvis\w*
    |møde\w*|punkter|sager|dagsorden\w*|bestemt\w*|enige
    |decide[ds]?|decision\w*|approve\w*|discuss\w*|adopt\w*|postpone\w*|reject\w*|recommend\w*|said|say|meeting\w*|agenda|items|cases)\b"""
)
# What stands before a date or a year that belongs to the matter.
_MATTER = _pattern(
    r"""(?:\bpr\.?|\bper|\bultimo|\bprimo|\bmedio|\bsiden|\bsince|\bbudget(?:tet)?|\bregnskab(?:et)?|\bstrategi(?:en)?|\b\w*plan(?:en)?
    |\budgangen\ af|\bend\ of|as\ of|-)\s*(?:den\s+|d\.\s*)?$"""
)
_YEAR = re.compile(r"(?<![\d.,/-])(?P<year>(?:19|20)\d\d)(?![\d]|[.,]\d|[-/–]\d)")
_MONTH_YEAR = re.compile(rf"\b(?P<month>{MONTH})\.?\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_LATEST = _pattern(
    r"\b(?:(?:seneste|sidste|nyeste)\s+(?:\w+)?møde\w*|(?:latest|last|most\ recent)\s+(?:\w+\s+)?meeting)\b"
)
_AT_A_MEETING = _pattern(r"møde\w*\s+(?:\w+\s+)?(?:den\s+|d\.\s*)?$|meeting\s+(?:\w+\s+)?(?:on\s+)?$")
_BESIDE = _pattern(r"[\s,]*(?:i|in|fra|from)?\s*")
_ON = _pattern(r"\b(?:den|on)\s+$")
_IN = _pattern(r"\b(?:i|in|fra|from|during)\s+(?:år\s+)?$")


def meeting_period(
    text: str, municipality: str | None, place: tuple[int, int] | None, holdings: Holdings
) -> Period | None:
    """The meeting dates that a question is limited to, or None.

    Args:
        place: where the question names the municipality; a month or year beside it says when was met.
    """
    if match := _LATEST.search(text):
        latest = holdings.latest(municipality)
        return Period(latest, latest, *match.span()) if latest else None
    return _on_a_date(text, municipality, holdings) or _in_a_month_or_year(text, place)


def named_period(text: str) -> Period | None:
    """The month or year that a follow-up names ("og i 2021?"), whatever stands around it."""
    return next(iter(_months_and_years(text)), None)


def _on_a_date(text: str, municipality: str | None, holdings: Holdings) -> Period | None:
    """A full date limits where there was a meeting on it, or where the question says that there was."""
    for written in written_dates(text):
        before = text[: written.start]
        if written.date is None or _MATTER.search(before):
            continue
        of_meeting = _AT_A_MEETING.search(before) or (_ON.search(before) and _MEETS.search(text))
        if of_meeting or holdings.has_meeting(municipality, written.date, written.date):
            return Period(written.date, written.date, written.start, written.end)
    return None


def _in_a_month_or_year(text: str, place: tuple[int, int] | None) -> Period | None:
    for period in _months_and_years(text):
        before = text[: period.start]
        beside_place = (
            place is not None and place[1] <= period.start and _BESIDE.fullmatch(text, place[1], period.start)
        )
        of_meeting = _IN.search(before) and _MEETS.search(text)
        if not _MATTER.search(before) and (beside_place or of_meeting):
            return period
    return None


def _months_and_years(text: str) -> list[Period]:
    found = []
    for match in _MONTH_YEAR.finditer(text):
        year, month = int(match["year"]), MONTHS[match["month"].lower()]
        last = dt.date(year, month, calendar.monthrange(year, month)[1])
        found.append(Period(dt.date(year, month, 1), last, *match.span()))
    taken = [(period.start, period.end) for period in found]
    taken += [(written.start, written.end) for written in written_dates(text)]
    for match in _YEAR.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            year = int(match["year"])
            found.append(Period(dt.date(year, 1, 1), dt.date(year, 12, 31), *match.span()))
    return found
