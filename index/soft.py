"""Soft word matching: how well the words of a question are met by the words of a chunk or an item."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.stored import ChunkWords
from index.vocabulary import NearWords

BOTH_PARTS = 0.8
"""How near a compound is to a text that has both of its halves."""


@dataclass(frozen=True, slots=True)
class SoftScores:
    """Scores from 0 to 1 by chunk id and by item id; `met`: by item id, (words,) how near each word's best match is."""

    chunks: dict[int, float]
    items: dict[int, float]
    met: dict[int, np.ndarray]


def soft_scores(chunks: list[ChunkWords], near: list[NearWords], vocabulary: int, weights: np.ndarray) -> SoftScores:
    """The weighted mean, over the words of a question, of their best match in each chunk and in each item.

    Args:
        near: for each word of the question, the collection's words that are near to it.
        vocabulary: how many words the collection has.
        weights: (words,) how much each word of the question says; they sum to 1.
    """
    chunks = [chunk for chunk in chunks if len(chunk.words)]
    if not chunks or not len(weights):
        return SoftScores({}, {}, {})
    nearness = np.zeros((len(near), vocabulary), dtype=np.float32)  # memory that is not touched costs nothing
    for row, words in zip(nearness, near, strict=True):
        row[words.ids] = words.nearness
    starts = np.cumsum([0] + [len(chunk.words) for chunk in chunks[:-1]])
    held = np.concatenate([chunk.words for chunk in chunks])
    met = np.maximum.reduceat(nearness[:, held], starts, axis=1)
    for row, words in zip(met, near, strict=True):
        if words.parts:  # "sikringspuljen" where the minutes have "puljen til sikring"
            halves = [np.maximum.reduceat(np.isin(held, part), starts) for part in words.parts]
            np.maximum(row, BOTH_PARTS * np.logical_and(*halves), out=row)
    by_item: dict[int, np.ndarray] = {}
    for column, chunk in enumerate(chunks):
        by_item[chunk.item_id] = np.maximum(by_item.get(chunk.item_id, 0), met[:, column])
    of_chunks = {chunk.id: float(score) for chunk, score in zip(chunks, weights @ met, strict=True)}
    return SoftScores(of_chunks, {item: float(weights @ row) for item, row in by_item.items()}, by_item)
