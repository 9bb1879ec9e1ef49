"""Whether an item is of a day, or names it: then it may be meant by a question that names that day."""

from __future__ import annotations

import datetime as dt
import re

from index.dates import MONTH, MONTHS, written_dates
from index.store import MinutesIndex
from index.stored import StoredItem
from qa.retrieve import Hit

_RANGE = re.compile(
    rf"\b(?P<day>\d{{1,2}})\.?\s*(?:[-–]|og|and|til|to)\s*(?:den\s+)?\d{{1,2}}\.?\s*(?P<month>{MONTH})\b\.?(?:\s+(?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
_HALF_A_YEAR = dt.timedelta(183)


def is_of_day(index: MinutesIndex, hit: Hit, found: StoredItem, day: dt.date) -> bool:
    """Whether the item was dealt with on a day, or names it; one without its year is the one nearest to the meeting."""
    met = found.meeting.date
    texts = (found.item.title, *(chunk.text for chunk in index.catalogue.chunks(hit.chunk_ids).values()))
    if any(_spans(text, day) for text in texts):
        return True
    named = [date for text in texts for date in written_dates(text) if (date.day, date.month) == (day.day, day.month)]
    is_near = met is not None and abs(met - day) < _HALF_A_YEAR
    return met == day or any(date.year == day.year or (date.year is None and is_near) for date in named)


def _spans(text: str, day: dt.date) -> bool:
    """Whether a text names a day as the first of several: "26. og 27. januar 2021"."""
    return any(
        (int(match["day"]), MONTHS[match["month"].lower()]) == (day.day, day.month)
        and match["year"] in (None, str(day.year))
        for match in _RANGE.finditer(text)
    )
