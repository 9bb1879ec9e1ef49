"""Which meeting dates a question is limited to: "i april 2021", "før 2020", "3. kvartal 2016", "det seneste møde".

A year or a date that belongs to the matter ("Budget 2022", "pr. 31. juli 2018", "strategi 2018-2021") is no limit.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.dates import MONTH, MONTHS, written_dates
from qa.models import Holdings


@dataclass(frozen=True, slots=True)
class Period:
    """Meeting dates `first`..`last`, both in it, None where it is open; and the characters that say so."""

    first: dt.date | None
    last: dt.date | None
    start: int
    end: int

    @property
    def is_day(self) -> bool:
        return self.first == self.last


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


OTHER_GATHERING = r"(?:folke|tema|borger|dialog|års|informations|orienterings|visions|virksomheds)møde"
"""What is called a meeting, but has no minutes of its own: one may deal with it."""
# Words that speak of a meeting and what it did: beside them, "i 2021" says when the meeting was.
_MEETS = _pattern(
    rf"""\b(?:sagde|sagt|siger|beslut\w*|vedt(?:og|aget|ages)|godkend\w*|drøfte\w*|behandle\w*|fremlag\w*|anbefale\w*|udsat\w*|udsk[øu]d\w*|afvis\w*
    |\b(?!{OTHER_GATHERING})\w*møde\w*|punkt\w*|sager|dagsorden\w*|bestemt\w*|enige|lukke(?:t|de)
    |decide[ds]?|decision\w*|approve\w*|discuss\w*|adopt\w*|postpone\w*|reject\w*|recommend\w*|said|say|meeting\w*|agenda|items?|cases)\b"""
)
# What stands before a date or a year that belongs to the matter.
_MATTER = _pattern(
    r"""(?:\bpr\.?|\bper|\bultimo|\bprimo|\bmedio|\bbudget(?:tet)?|\bregnskab(?:et)?|\bstrategi(?:en)?|\b\w*plan(?:en)?
    |\b(?<!sager\ )(?<!møder\ )(?<!referater\ )(?<!punkter\ )(?<!beslutninger\ )for
    |\budgangen\ af|\bend\ of|\bas\ of|\d\s*[-–])\s*(?:den\s+|d\.\s*)?$"""
)
_ORDINALS = {
    "1": 1, "første": 1, "first": 1, "1st": 1, "2": 2, "andet": 2, "anden": 2, "second": 2, "2nd": 2,
    "3": 3, "tredje": 3, "third": 3, "3rd": 3, "4": 4, "fjerde": 4, "fourth": 4, "4th": 4,
}  # fmt: skip
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_SEASONS = {"forår": 3, "spring": 3, "sommer": 6, "summer": 6, "efterår": 9, "autumn": 9}
_Y = r"(?:19|20)\d\d"
_PERIODS = _pattern(
    rf"""(?<![\w.,/-])(?:
      (?P<quarter>{_ORDINAL})\.?\s*(?:kvartal|quarter)(?:\s+(?:af|of|i|in))?\s+(?P<quarter_year>{_Y})
    | [qk](?P<q>[1-4])\s*[-/]?\s*(?P<q_year>{_Y})
    | (?P<half>{_ORDINAL})\.?\s*(?:halvår|half)(?:\s+(?:af|of|i|in))?\s+(?P<half_year>{_Y})
    | (?P<season>forår|sommer|efterår|spring|summer|autumn)\w*(?:\s+(?:of|i))?\s+(?P<season_year>{_Y})
    | valgperioden?\s+(?P<term_from>{_Y})\s*[-–]\s*(?P<term_to>{_Y})
    | (?:(?:(?P<from_month>{MONTH})\.?\s*(?:[-–]|til|to)\s*
        |(?<=(?:mellem|etween)\ )(?P<between_month>{MONTH})\s+(?:og|and)\s+))?
      (?P<month>{MONTH})(?:\s*møde\w*)?\.?,?\s+(?P<month_year>{_Y})
    | (?P<year>{_Y})
    | (?P<last_year>sidste\s+år|i\s+fjor|last\s+year) | (?P<this_year>i\s+år\b(?!hundred)|this\s+year)
    )(?![\w]|[.,]\d|[-/–]\d)"""
)
_LATEST = _pattern(
    rf"""\b(?:(?:seneste|sidste|nyeste)\s+(?!{OTHER_GATHERING})\w*møde\w*
    |(?:latest|last|most\ recent)\s+(?:\w+\s+)?meeting)\b"""
)
_BETWEEN = _pattern(r"\b(?:mellem|between)\s+(?:den\s+|d\.\s*)?$")
_AND = _pattern(r"\s+(?:og|and)\s+(?:den\s+|d\.\s*)?")
_BEFORE = _pattern(r"\b(?:før|inden|forud\s+for|before|prior\s+to)\s+(?:den\s+|d\.\s*|år\s+)?$")
_AFTER = _pattern(r"\b(?:efter|after)\s+(?:den\s+|d\.\s*|år\s+)?$")
_SINCE = _pattern(r"\b(?:siden|fra\s+og\s+med|since)\s+(?:den\s+|d\.\s*|år\s+)?$")
_AT_A_MEETING = _pattern(
    rf"\b(?!{OTHER_GATHERING})\w*møde\w*\s+(?:\w+\s+){{0,3}}?(?:den\s+|d\.\s*)?$|meeting\s+(?:\w+\s+){{0,3}}?(?:on\s+|of\s+)?$"
)
_ITEMS = _pattern(r"(?:sager|punkter|beslutninger|items|cases|decisions)\s*$")
_BESIDE = _pattern(r"[\s,]*(?:i|in|fra|from)?\s*")
_QUARTER = _pattern(r"kvartal|quarter|[qk][1-4]")
_AFTER_A_PAUSE = _pattern(r"(?:^|[,;:–(-])\s*$")
_ON = _pattern(r"\b(?:den|on|d\.)\s*$")
_IN = _pattern(r"\b(?:i|in|fra|from|during|mellem|between|løbet\s+af)\s+(?:år\s+)?$")


def meeting_period(
    text: str,
    municipality: str | None,
    body: str | None,
    place: tuple[int, int] | None,
    holdings: Holdings,
    *,
    item_named: bool = False,
) -> Period | None:
    """The meeting dates that a question is limited to, or None.

    Args:
        place: where the question names the municipality; a month or year beside it says when was met.
        item_named: whether the question names an item's number; a date beside one is that of its meeting.
    """
    if match := _LATEST.search(text):
        latest = holdings.latest(municipality, body)
        return Period(latest, latest, *match.span()) if latest else None
    of_meetings = item_named or bool(_MEETS.search(text))
    for period in named_periods(text):
        before = text[: period.start]
        if is_of_matter(text, period.start):
            continue
        if limited := bounded(text, period):
            if of_meetings or _is_beside(place, limited, text):
                return limited
        elif _limits(period, text, before, place, of_meetings, municipality, holdings):
            return _up_to_the_next(period, text)
    return None


def _up_to_the_next(period: Period, text: str) -> Period:
    """A period up to the end of one that is named with it: "i 2018 og 2021"; of days each is meant by itself."""
    for other in named_periods(text):
        if not period.is_day and period.last < other.first and _AND.fullmatch(text, period.end, other.start):
            return Period(period.first, other.last, period.start, other.end)
    return period


def is_of_matter(text: str, start: int) -> bool:
    """Whether the date or year that begins there belongs to the matter, by what stands before it: "Budget 2022"."""
    return _MATTER.search(text[:start]) is not None


def named_periods(text: str) -> list[Period]:
    """The days, then the longer periods that a text names, whatever stands around them."""
    dates = written_dates(text)
    days = [Period(date.date, date.date, date.start, date.end) for date in dates if date.date]
    longer = [
        period for period in _longer_periods(text) if not any(date.start <= period.start < date.end for date in dates)
    ]
    return [*days, *longer]


def _limits(
    period: Period,
    text: str,
    before: str,
    place: tuple[int, int] | None,
    of_meetings: bool,
    municipality: str | None,
    holdings: Holdings,
) -> bool:
    """Whether a period is that of the meeting: by the words around it, or since there was a meeting then."""
    met = holdings.has_meeting(municipality, period.first, period.last)
    if period.is_day:
        return met or bool(_AT_A_MEETING.search(before) or (_ON.search(before) and of_meetings))
    if _is_beside(place, period, text):
        return met or of_meetings
    if _QUARTER.search(text[period.start : period.end]) and _AFTER_A_PAUSE.search(before):
        return met
    if not (_IN.search(before) or _AT_A_MEETING.search(before) or _ITEMS.search(before)):
        return of_meetings and _is_relative(text[period.start : period.end])
    whole_year = (period.last - period.first).days > 360
    return of_meetings or (met and not whole_year)


def _is_beside(place: tuple[int, int] | None, period: Period, text: str) -> bool:
    """Whether a period comes right after the municipality: "i Kalundborg før 2019"."""
    return bool(place and place[1] <= period.start and _BESIDE.fullmatch(text, place[1], period.start))


def _is_relative(words: str) -> bool:
    return not any(letter.isdigit() for letter in words)


def bounded(text: str, period: Period) -> Period | None:
    """The period that "før", "efter", "siden" or "mellem ... og" makes of one that it stands before."""
    before = text[: period.start]
    if match := _BETWEEN.search(before):
        for other in named_periods(text):
            if _AND.fullmatch(text, period.end, other.start):
                return Period(period.first, other.last, match.start(), other.end)
    if match := _BEFORE.search(before):
        return Period(None, period.first - dt.timedelta(1), match.start(), period.end)
    if match := _AFTER.search(before):
        return Period(period.last + dt.timedelta(1), None, match.start(), period.end)
    if match := _SINCE.search(before):
        return Period(period.first, None, match.start(), period.end)
    return None


def _longer_periods(text: str) -> Iterator[Period]:
    today = dt.date.today()
    for match in _PERIODS.finditer(text):
        part = {name: value.casefold() for name, value in match.groupdict().items() if value}
        if quarter := part.get("quarter") or part.get("q"):
            first = 3 * _ORDINALS[quarter] - 2
            found = _months(int(part.get("quarter_year") or part["q_year"]), first, first + 2)
        elif "half" in part:
            if _ORDINALS[part["half"]] > 2:
                continue
            first = 6 * _ORDINALS[part["half"]] - 5
            found = _months(int(part["half_year"]), first, first + 5)
        elif "season" in part:
            first = _SEASONS[part["season"]]
            found = _months(int(part["season_year"]), first, first + 2)
        elif "term_from" in part:
            found = replace(_months(int(part["term_from"]), 1, 12), last=dt.date(int(part["term_to"]), 12, 31))
        elif "month" in part:
            last = MONTHS[part["month"]]
            first = MONTHS[part.get("from_month") or part.get("between_month") or part["month"]]
            if first > last:
                continue
            found = _months(int(part["month_year"]), first, last)
        else:
            year = int(part.get("year") or today.year - ("last_year" in part))
            found = _months(year, 1, 12)
        yield replace(found, start=match.start(), end=match.end())


def _months(year: int, first: int, last: int) -> Period:
    return Period(dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1]), 0, 0)
