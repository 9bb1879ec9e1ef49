"""An item that a question names by its place on the agenda: the last one, or the one beside the last answer's."""

from __future__ import annotations

import re
from dataclasses import replace

from index.store import MinutesIndex
from qa.models import Conversation, Filters, Question, Status
from qa.retrieve import extent_within, item_ids_within

_LAST = re.compile(r"\b(?:sidste\s+(?:dagsordens)?punkt|last\s+(?:agenda\s+)?item)\b", re.IGNORECASE)

_BESIDE = re.compile(
    r"""\b(?:(?:punktet|sagen|item|one)\s+(?:lige\s+|just\s+)?(?P<side>før|inden|efter|before|after)
    (?:\s+(?:det|dette|den|that|this|it))?(?:\s+one)?|(?P<which>næste|forrige|foregående|next|previous)\s+(?:punkt|item))\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
_BEFORE = ("før", "inden", "before", "forrige", "foregående", "previous")


def numbered(index: MinutesIndex, question: Question) -> Question:
    """The question limited to the last item, if it asks for that of one meeting: "sidste punkt den 12. april 2021"."""
    filters = question.filters
    if filters.item or not _LAST.search(question.text) or extent_within(index, filters).meetings != 1:
        return question
    last = index.catalogue.items(item_ids_within(index, filters)[-1:])
    return replace(question, filters=replace(filters, item=last[0].item.number or None)) if last else question


def beside(index: MinutesIndex, question: Question, conversation: Conversation) -> Question:
    """A follow-up for the item before or after the one that was answered, as one about it: "og punktet før det?",
    "and the item after that one?"."""
    last, named = conversation.last, _BESIDE.search(question.text)
    if not named or last is None or last.status is not Status.ANSWERED:
        return question
    found = index.catalogue.items([last.results[0].item_id])
    agenda = [item.id for item in index.register.items_of(found[0].meeting)] if found else []
    if not found or found[0].id not in agenda:
        return question
    place = agenda.index(found[0].id) + (-1 if (named["side"] or named["which"]).casefold() in _BEFORE else 1)
    asked = replace(question, filters=Filters(), words=(), names=frozenset(), fact=None, about=None, bound=False)
    if place not in range(len(agenda)):
        return asked  # there is none, and nothing else is asked for
    return replace(asked, about=agenda[place], bound=True)
