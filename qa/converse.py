"""A follow-up -> a question that stands alone: it inherits from the last answer what it does not name itself."""

from __future__ import annotations

import re
from dataclasses import replace

from index.danish import content_words, fold
from qa.models import Conversation, Filters, Intent, Question, Result
from qa.periods import named_periods

_POINTS_BACK = re.compile(
    r"^\W*(?:og|men|and|but|so)\b|\b(?:den|det|de|dem|dette|disse|deres|dens|dets|denne|sagen|punktet|mere|ellers|it|its|they|them|their|this|that|those|more|else)\b|^\W*(?:hvorfor|why)\b",
    re.IGNORECASE,
)
_NAMES_NEW_LIMIT = re.compile(r"^\W*(?:og|and|hvad\s+med|what\s+about|how\s+about)\b", re.IGNORECASE)
_TOPIC_WORDS = 3


def stand_alone(question: Question, conversation: Conversation) -> Question:
    """The question as it is meant after what was said before; a question that stands alone is not changed.

    "og i Nordfyn?" keeps the topic and takes the new limit; "hvor mange penge svarer det til?" keeps the item.
    """
    last = conversation.last
    if last is None or question.identifiers:
        return question
    before = last.question
    if _NAMES_NEW_LIMIT.search(question.text) and (limited := _limit_alone(question)):
        changed = _changed(before.filters, limited)
        return replace(question, words=before.words, names=before.names, intent=before.intent, filters=changed)
    if question.intent is Intent.LIST or question.filters or not _POINTS_BACK.search(question.text):
        return question
    about = last.results[0] if last.results else None
    if about is None:
        return replace(question, words=_together(question.words, before.words))
    names_no_topic = len(question.words) < _TOPIC_WORDS
    return replace(question, filters=_sitting_of(about), about=about.item_id, bound=names_no_topic)


def _limit_alone(question: Question) -> Filters | None:
    """The limits of a follow-up that says nothing else: "og i Nordfyn?", "and in 2018?"."""
    if question.filters and not question.words:
        return question.filters
    period = next(iter(named_periods(question.text)), None)
    if period and not content_words(question.text[: period.start] + question.text[period.end :], question.language):
        return replace(question.filters, date_from=period.first, date_to=period.last)
    return None


def _sitting_of(result: Result) -> Filters:
    citation = result.citation
    return Filters(
        municipality=citation.municipality, body=citation.body, date_from=citation.date, date_to=citation.date
    )


def _changed(before: Filters, now: Filters) -> Filters:
    """The earlier limits, where the new question names no other. A new municipality drops the old meeting's date."""
    if now.municipality and now.municipality != before.municipality:
        return replace(
            now, outcomes=now.outcomes or before.outcomes, closed=before.closed if now.closed is None else now.closed
        )
    return replace(
        before,
        municipality=now.municipality or before.municipality,
        body=now.body or before.body,
        date_from=now.date_from or before.date_from,
        date_to=now.date_to or before.date_to,
        outcomes=now.outcomes or before.outcomes,
        closed=before.closed if now.closed is None else now.closed,
        item=now.item,
    )


def _together(words: tuple[str, ...], earlier: tuple[str, ...]) -> tuple[str, ...]:
    return tuple({fold(word): word for word in (*earlier, *words)}.values())
