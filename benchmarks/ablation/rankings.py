"""Rankings of all items for a question, each with one part more than the one before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from benchmarks.ablation.plain import Bm25, Ngrams
from index.danish import content_words
from index.store import MinutesIndex
from qa.models import Filters, Question
from qa.retrieve import DENSE_WEIGHT, SOFT_WEIGHT, Hit, item_ids_within, rank, retrieve

Ranked = Callable[[Question], list[int]]
"""A question as it was understood -> the ids of the items, best first."""


def rankings(index: MinutesIndex) -> dict[str, Ranked]:
    """By the name of the part that is added."""
    ids = index.catalogue.item_ids()
    texts = [_text(index, item_id) for item_id in ids]
    bm25, ngrams = Bm25(texts), Ngrams(texts)

    def ordered(scores: np.ndarray) -> list[int]:
        return [ids[place] for place in np.argsort(-scores, kind="stable")]

    def with_ngrams(question: Question) -> list[int]:
        by_words, by_letters = bm25.scores(question.text), ngrams.scores(question.text)
        return ordered(by_words / (by_words.max() or 1.0) + by_letters / (by_letters.max() or 1.0))

    def hits(question: Question) -> list[Hit]:
        question = _not_understood(question)
        return list(rank(index, question, index.near_words(question.words), ids).hits)

    def by(score: Callable[[Hit], float]) -> Ranked:
        return lambda question: [hit.item_id for hit in sorted(hits(question), key=score, reverse=True)]

    return {
        "BM25 over stems": lambda question: ordered(bm25.scores(question.text)),
        "+ character n-grams": with_ngrams,
        "soft words instead": by(lambda hit: hit.soft),
        "+ meaning of passages": by(lambda hit: SOFT_WEIGHT * hit.soft + DENSE_WEIGHT * hit.dense),
        "+ meaning of sentences": by(lambda hit: hit.score),
        "+ understanding": lambda question: _understood(index, question),
    }


def _text(index: MinutesIndex, item_id: int) -> str:
    found = index.catalogue.items([item_id])[0]
    chunks = index.catalogue.chunks(chunk.id for chunk in index.catalogue.chunk_words([item_id]))
    return "\n".join([found.item.title, *(chunk.text for chunk in chunks.values())])


def _not_understood(question: Question) -> Question:
    """All that is said is looked for, and nothing limits it."""
    words = tuple(content_words(question.text, question.language))
    return replace(question, filters=Filters(), identifiers=(), asked=question.text, words=words)


def _understood(index: MinutesIndex, question: Question) -> list[int]:
    """Within its limits; a question that says nothing else has all that they leave."""
    if question.words or question.identifiers:
        return [hit.item_id for hit in retrieve(index, question).hits]
    return item_ids_within(index, question.filters)
