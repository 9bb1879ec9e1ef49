"""By when something must be done: the words of a decision -> the last day of the time that they name."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from index.dates import MONTH, MONTHS

_NUMBERS = {"en": 1, "et": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "otte": 8, "ni": 9, "ti": 10}
_SPAN = re.compile(
    rf"\bom\s+(?:ca\.?\s+|cirka\s+)?(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)})\s+(?P<unit>dag|uge|måned|år)",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\b(?:næste|kommende)\s+(?P<unit>uge|måned|år)\b", re.IGNORECASE)
_WEEK = re.compile(r"\buge\s+(?P<week>\d{1,2})\b", re.IGNORECASE)
_MONTH = re.compile(rf"\b(?P<month>{MONTH})(?:\b|(?=møde))(?:\s+(?P<year>20\d\d))?", re.IGNORECASE)
_YEAR = re.compile(r"\bi\s+(?P<year>20\d\d)\b")
_SEASONS = (
    (re.compile(r"\b(?:inden|før)\s+sommerferien\b", re.IGNORECASE), 6),
    (re.compile(r"\befter\s+sommerferien\b", re.IGNORECASE), 8),
    (re.compile(r"\b(?:inden|før)\s+(?:årsskiftet|jul\w*)\b", re.IGNORECASE), 12),
    (re.compile(r"\befter\s+(?:årsskiftet|nytår\w*)\b", re.IGNORECASE), 1),
)
_FRIDAY = 5


def due_date(words: str | None, meeting: dt.date | None) -> dt.date | None:
    """The last day that the words leave, counted from the day of the meeting; None where they name no time.

    An ISO date is taken as it is. "om ca. 3 måneder" is the same day three months on; a week ends on its Friday, a
    month on its last day. "på næste møde" and "løbende" name no day.
    """
    if not words:
        return None
    try:
        return dt.date.fromisoformat(words)
    except ValueError:
        return _counted(words, meeting) if meeting else None


def _counted(words: str, meeting: dt.date) -> dt.date | None:
    if found := _SPAN.search(words):
        count = found["count"].casefold()
        return _after(meeting, _NUMBERS.get(count) or int(count), found["unit"].casefold())
    if found := _NEXT.search(words):
        return _end_of_next(meeting, found["unit"].casefold())
    if found := _WEEK.search(words):
        return _friday_of_week(int(found["week"]), meeting)
    for season, month in _SEASONS:
        if season.search(words):
            return _end_of_coming_month(month, meeting)
    if found := _MONTH.search(words):
        month = MONTHS[found["month"].casefold()]
        return (
            _end_of_month(dt.date(int(found["year"]), month, 1))
            if found["year"]
            else _end_of_coming_month(month, meeting)
        )
    if (found := _YEAR.search(words)) and int(found["year"]) >= meeting.year:
        return dt.date(int(found["year"]), 12, 31)
    return None


def _after(day: dt.date, count: int, unit: str) -> dt.date:
    if unit in ("dag", "uge"):
        return day + dt.timedelta(days=count * (7 if unit == "uge" else 1))
    months = day.month - 1 + count * (12 if unit == "år" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _end_of_next(day: dt.date, unit: str) -> dt.date:
    if unit == "uge":
        return day + dt.timedelta(days=7 - day.isoweekday() + _FRIDAY)
    if unit == "år":
        return dt.date(day.year + 1, 12, 31)
    return _end_of_month(_after(day.replace(day=1), 1, "måned"))


def _friday_of_week(week: int, day: dt.date) -> dt.date | None:
    for year in (day.year, day.year + 1):
        try:
            friday = dt.date.fromisocalendar(year, week, _FRIDAY)
        except ValueError:
            return None
        if friday >= day:
            return friday
    return None


def _end_of_coming_month(month: int, day: dt.date) -> dt.date:
    return _end_of_month(dt.date(day.year + (month < day.month), month, 1))


def _end_of_month(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
