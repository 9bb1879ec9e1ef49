"""The same topic's earlier decisions: what a leader looks for before deciding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache

import numpy as np

from index.danish import content_words, fold, light_words, stem
from index.dates import MONTHS
from index.models import Outcome
from index.store import MinutesIndex
from index.stored import StoredItem
from qa.models import Filters, Intent, Question
from qa.retrieve import Ranking, retrieve

SAME_TOPIC = 0.42
"""From here on two titles are of one topic; drawn between the pairs of titles of eleven municipalities' meetings."""
_UNDECIDED = (Outcome.NO_DECISION, Outcome.CLOSED)
# What stands in titles of any topic.
_ROUTINE = """
    orientering orienteringer eventuelt dagsorden godkendelse meddelelser lukket åbent punkt sag sager beslutning
    drøftelse forslag gensidig status behandling personalesag kvartal halvår måned møde
"""


def precedents(index: MinutesIndex, item: StoredItem, most: int) -> list[StoredItem]:
    """Earlier decisions whose titles are of the topic of an item's own, newest first.

    A title that names no topic ("Orientering", "Eventuelt") has none.
    """
    words = topic_words(item.item.title)
    if item.meeting.date is None or not words:
        return []
    earlier = Filters(date_to=item.meeting.date - dt.timedelta(days=1))
    text = " ".join(words)
    question = Question(text, "da", Intent.DECISION, filters=earlier, asked=text, words=words)
    ranking = retrieve(index, question)
    if not ranking.hits:
        return []
    found = index.catalogue.items(hit.item_id for hit in ranking.hits)
    decided = [before for before in found if before.item.outcome not in _UNDECIDED]
    near = likeness(index, words, [topic_words(before.item.title) for before in decided], ranking)
    alike = [before for before, nearness in zip(decided, near, strict=True) if nearness >= SAME_TOPIC]
    return sorted(alike, key=lambda before: before.meeting.date or dt.date.min, reverse=True)[:most]


def topic_words(title: str) -> tuple[str, ...]:
    """The words of a title that name its topic: no numbers, and nothing that stands in titles of any topic."""
    said = [word for word in content_words(title) if not any(sign.isdigit() for sign in word)]
    return tuple(word for word in said if fold(word) not in light_words() and stem(fold(word)) not in _routine())


def likeness(
    index: MinutesIndex, words: tuple[str, ...], others: Sequence[tuple[str, ...]], ranking: Ranking
) -> np.ndarray:
    """(len(others),) from 0 to 1: how much of a title's topic another names, or it of the other's, and how near they
    are in meaning. A title that names no topic is like none."""
    near = [dict(zip(row.words, row.nearness.tolist(), strict=True)) for row in ranking.near]
    found = np.zeros(len(others))
    for place, other in enumerate(others):
        if other:
            met = np.array([[row.get(fold(word), 0.0) for word in other] for row in near])
            found[place] = max(ranking.weights @ met.max(axis=1), met.max(axis=0).mean())
    meant = index.likeness(" ".join(words), [" ".join(other) for other in others]) if others else found
    return np.where(found > 0, (found + meant) / 2, 0)


@cache
def _routine() -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in [*_ROUTINE.split(), *MONTHS])
