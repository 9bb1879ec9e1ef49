"""The last item of a meeting, which a question names by its place, as the number that it bears."""

from __future__ import annotations

import re
from dataclasses import replace

from index.store import MinutesIndex
from qa.models import Question
from qa.retrieve import extent_within, item_ids_within

_LAST = re.compile(r"\b(?:sidste\s+(?:dagsordens)?punkt|last\s+(?:agenda\s+)?item)\b", re.IGNORECASE)


def numbered(index: MinutesIndex, question: Question) -> Question:
    """The question limited to the last item, if it asks for that of one meeting: "sidste punkt den 12. april 2021"."""
    filters = question.filters
    if filters.item or not _LAST.search(question.text) or extent_within(index, filters).meetings != 1:
        return question
    (last,) = index.catalogue.items(item_ids_within(index, filters)[-1:])
    return replace(question, filters=replace(filters, item=last.item.number or None))
