"""What could be asked next: follow-ups that were tried, and that the minutes answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from index.stored import StoredItem
from qa.models import Answer, Conversation, Language, Status

Precedents = Callable[[int], Sequence[StoredItem]]
MOST = 3
_OF_THE_ITEM: dict[Language, tuple[str, ...]] = {
    "da": ("Hvad koster det?", "Hvornår skal det være færdigt?", "Hvad er sagens forløb?"),
    "en": ("What does it cost?", "When must it be done?", "What is the history of the case?"),
}
ABOUT: dict[Language, str] = {
    "da": "Hvad blev besluttet om »{title}«?",
    "en": "What was decided about “{title}”?",
}
"""The question for an item, by its title."""


def suggestions(conversation: Conversation, precedents: Precedents, ask: Callable[[str], Answer]) -> tuple[str, ...]:
    """Follow-ups to the last answer; none where that was a list, or a no.

    Args:
        precedents: the earlier decisions on the topic of an item.
        ask: answers a follow-up in the light of the conversation.
    """
    last = conversation.last
    if last is None or last.status is not Status.ANSWERED:
        return ()
    found = (question for question, proves in _candidates(last, precedents) if proves(ask(question)))
    return tuple(islice(found, MOST))


def _candidates(last: Answer, precedents: Precedents) -> Iterator[tuple[str, Callable[[Answer], bool]]]:
    """Follow-ups, each with what its answer must be."""
    item_id, language = last.results[0].item_id, last.question.language
    for question in _OF_THE_ITEM[language]:
        yield question, lambda answer: _tells_more(answer, item_id)
    for before in precedents(item_id):
        question = ABOUT[language].format(title=before.item.title.rstrip("."))
        yield question, lambda answer, wanted=before.id: _first(answer) == wanted


def _tells_more(answer: Answer, item_id: int) -> bool:
    """A course of several steps, or a fact of the same item that is marked where it stands."""
    if answer.status is Status.LIST:
        return len(answer.results) > 1
    return _first(answer) == item_id and any(passage.mark for passage in answer.results[0].passages)


def _first(answer: Answer) -> int | None:
    """The item that answers; None where none does."""
    return answer.results[0].item_id if answer.status is Status.ANSWERED else None
