"""A day on which, as far as the minutes go, nobody met: what the minutes of other meetings tell of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from index.dates import MONTHS, written_dates
from index.store import MinutesIndex
from qa.evidence import Calibration
from qa.models import Limit, Question
from qa.retrieve import Hit, extent_within
from qa.select import Selection, select

_HALF_A_YEAR = dt.timedelta(183)
_NAMES_OF_MONTHS = {number: name for name, number in reversed(MONTHS.items())}


def recounted(index: MinutesIndex, question: Question, calibration: Calibration) -> tuple[Question, Selection] | None:
    """The question with its day as a part of the matter, and the items that answer it and name that day; None where
    the minutes are of that day, or no item does."""
    day = question.filters.date_from
    if day is None or day != question.filters.date_to or extent_within(index, question.filters).items:
        return None
    told = (str(day.day), _NAMES_OF_MONTHS[day.month])
    of_the_day = replace(
        question,
        filters=question.filters.without({Limit.PERIOD}),
        asked=" ".join((question.asked, *told)),
        words=tuple(dict.fromkeys((*question.words, *told))),
    )
    selected = select(index, of_the_day, calibration)
    told_in = index.catalogue.items(hit.item_id for hit in selected.hits)
    hits = tuple(
        hit for hit, found in zip(selected.hits, told_in, strict=True) if _names(index, hit, day, found.meeting.date)
    )
    return (of_the_day, replace(selected, hits=hits)) if hits else None


def _names(index: MinutesIndex, hit: Hit, day: dt.date, met: dt.date | None) -> bool:
    """Whether an item names a day; without its year, it is the one nearest to the day of the meeting that is meant."""
    texts = (chunk.text for chunk in index.catalogue.chunks(hit.chunk_ids).values())
    written = [date for text in texts for date in written_dates(text) if (date.day, date.month) == (day.day, day.month)]
    return any(date.year == day.year or (not date.year and met and abs(met - day) < _HALF_A_YEAR) for date in written)
