"""A day on which, as far as the minutes go, nobody met: what other minutes quote of what was decided then."""

from __future__ import annotations

from dataclasses import replace

from index.dates import MONTHS
from index.store import MinutesIndex
from qa.evidence import Calibration
from qa.models import Limit, Question
from qa.named_days import is_of_day
from qa.retrieve import extent_within
from qa.select import Selection, select

_NAMES_OF_MONTHS = {number: name for name, number in reversed(MONTHS.items())}


def recounted(index: MinutesIndex, question: Question, calibration: Calibration) -> Selection | None:
    """The items that quote what was decided on the day that the question names, or state the fact of it that it is for;
    None where the minutes are of that day, or no item tells of it."""
    day = question.filters.date_from
    if not question.words or day is None or day != question.filters.date_to:
        return None
    if extent_within(index, question.filters).items:
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
        hit
        for hit, found in zip(selected.hits, told_in, strict=True)
        if any(earlier.date == day for earlier in found.item.earlier_decisions)
        or (question.fact and is_of_day(index, hit, found, day))  # then a sentence states it
    )
    return replace(selected, hits=hits) if hits else None
