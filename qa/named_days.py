"""Whether an item is of a day, or names it: then it may be meant by a question that names that day."""

from __future__ import annotations

import datetime as dt

from index.dates import begun_ranges, written_dates
from index.store import MinutesIndex
from index.stored import StoredItem
from qa.retrieve import Hit

_HALF_A_YEAR = dt.timedelta(183)


def is_of_day(index: MinutesIndex, hit: Hit, found: StoredItem, day: dt.date) -> bool:
    """Whether the item was dealt with on a day, or names it; one without its year is the one nearest to the meeting."""
    met = found.meeting.date
    texts = (found.item.title, *(chunk.text for chunk in index.catalogue.chunks(hit.chunk_ids).values()))
    written = (date for text in texts for date in (*written_dates(text), *begun_ranges(text)))
    named = [date for date in written if (date.day, date.month) == (day.day, day.month)]
    is_near = met is not None and abs(met - day) < _HALF_A_YEAR
    return met == day or any(date.year == day.year or (date.year is None and is_near) for date in named)
