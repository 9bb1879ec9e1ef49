"""Danish (and English) written dates: the one grammar that the parser and the questions share."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_MONTH_NAMES = {
    1: "januar jan january",
    2: "februar feb february",
    3: "marts mar march",
    4: "april apr",
    5: "maj may",
    6: "juni jun june",
    7: "juli jul july",
    8: "august aug",
    9: "september sep sept",
    10: "oktober okt october oct",
    11: "november nov",
    12: "december dec",
}
MONTHS = {name: number for number, names in _MONTH_NAMES.items() for name in names.split()}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))

_DATE = re.compile(
    rf"""(?<![\w.])(?:
      (?P<iso_year>(?:19|20)\d\d)-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)
    | (?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?\s*(?:of\s+)?(?P<month_name>{MONTH})\b\.?,?\s*(?P<year>(?:19|20)\d\d)?
    | (?P<us_month>{MONTH})\.?\s+(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<us_year>(?:19|20)\d\d)
    | (?P<n_day>\d{{1,2}})(?P<sep>[-./])(?P<n_month>\d{{1,2}})(?P=sep)(?P<n_year>(?:19|20)\d\d|\d\d)
    | (?P<s_day>\d{{1,2}})/(?P<s_month>\d{{1,2}})(?:[\s-]\s*(?P<s_year>(?:19|20)\d\d))?
    )(?![\w]|[-/.]\d)""",
    re.VERBOSE | re.IGNORECASE,
)


_RANGE = re.compile(
    rf"""(?<![\w.])(?P<day>\d{{1,2}})\.?\s*(?:[-–]|og|and|til|to)\s*(?:den\s+)?\d{{1,2}}\.?\s*
    (?P<month>{MONTH})\b\.?(?:\s+(?P<year>(?:19|20)\d\d))?""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as written at `start`..`end` of a text. `year` is None where the text leaves it out."""

    start: int
    end: int
    day: int
    month: int
    year: int | None

    def on(self, default_year: int) -> dt.date | None:
        """The calendar date, taking `default_year` where none is written; None if there is no such day."""
        try:
            return dt.date(self.year or default_year, self.month, self.day)
        except ValueError:
            return None

    @property
    def date(self) -> dt.date | None:
        return self.on(self.year) if self.year else None


def written_dates(text: str) -> list[WrittenDate]:
    """All dates in a text, in order: "7. maj 2019", "d. 21-04-2021", "2021-04-12", "15/9 2020", "April 12, 2021"."""
    found = []
    for match in _DATE.finditer(text):
        part = match.groupdict()
        day = part["iso_day"] or part["day"] or part["us_day"] or part["n_day"] or part["s_day"]
        name = part["month_name"] or part["us_month"]
        month = MONTHS[name.lower()] if name else int(part["iso_month"] or part["n_month"] or part["s_month"])
        year = part["iso_year"] or part["year"] or part["us_year"] or part["n_year"] or part["s_year"]
        if 1 <= month <= 12 and 1 <= int(day) <= 31:
            found.append(WrittenDate(match.start(), match.end(), int(day), month, _full_year(year)))
    return found


def begun_ranges(text: str) -> list[WrittenDate]:
    """The days that begin a range of days in one month: the 26th of "26. og 27. januar 2021"."""
    return [
        WrittenDate(
            match.start(), match.end(), int(match["day"]), MONTHS[match["month"].lower()], _full_year(match["year"])
        )
        for match in _RANGE.finditer(text)
    ]


def first_date(text: str) -> dt.date | None:
    """The first complete date in a text, or None."""
    return next((written.date for written in written_dates(text) if written.date), None)


def _full_year(digits: str | None) -> int | None:
    if not digits:
        return None
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
