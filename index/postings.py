"""Lexical search: for each word the items that hold it, with how much it says of each (BM25 over weighted fields).

A word of a question counts in an item as its nearest word there does: nearness times what BM25 gives that word. The
rarity of words is the question's to weigh. Those that say most go first; once the others together cannot lift an item
among the best, only those that they can lift are looked at (MaxScore). What is looked at for a word of a question is
bounded, too, the nearest words first, so that the time hardly grows with the collection.

<stem>.starts.npy   (words + 1,) int64: the postings of word i are starts[i] up to starts[i + 1]
<stem>.npy          (postings,) uint32: the row of the item, and in the last eight bits how much the word says of it
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from index.models import SectionKind

SUFFIXES = (".starts.npy", ".npy")
# A word of the title says more of an item than one of its case text.
TITLE_WEIGHT = 4.0
_WEIGHTS = {SectionKind.DECISION: 2.0, SectionKind.RECOMMENDATION: 1.5}
_SATURATION, _LENGTH_MATTERS = 1.2, 0.75  # BM25's k1 and b
_USUAL_LENGTH = 200  # words of an item: a figure for all collections, so that what is said of an item stays as it is
_BITS = 8
_MOST = (1 << _BITS) - 1
MOST_ITEMS = 1 << (32 - _BITS)
_MOST_OF_A_WORD = 200_000  # so many postings are looked at for a word of a question
_MOST_WORDS = 12  # and so many of the words of a long question, those that say most
_WORTH_SEEKING = 32  # where a word has so many postings for each item that is left, these are sought in them
_ROUNDED = 1e-5  # how far a sum of float32 may be from what it would be in another order


class PostingsWriter:
    """Takes the items in the order of their rows, from the first on."""

    def __init__(self, first: int = 0) -> None:
        self._first = first
        self._words: list[np.ndarray] = []
        self._times: list[np.ndarray] = []
        self._lengths: list[int] = []

    def add(self, title: Sequence[int], sections: Iterable[tuple[SectionKind, Sequence[int]]]) -> None:
        """An item, by the ids of the words of its title and of the stretches of its sections."""
        fields = [(TITLE_WEIGHT, title), *((_WEIGHTS.get(kind, 1.0), held) for kind, held in sections)]
        held = np.concatenate([np.asarray(words, np.int32) for _, words in fields])
        weights = np.repeat([weight for weight, _ in fields], [len(words) for _, words in fields])
        words, places = np.unique(held, return_inverse=True)
        self._words.append(words)
        self._times.append(np.bincount(places, weights).astype(np.float32))
        self._lengths.append(len(held))

    def finish(self, words: int) -> tuple[np.ndarray, np.ndarray]:
        """(starts, postings) of so many words, as they are written.

        Raises:
            ValueError: more items than a posting can name.
        """
        if self._first + len(self._lengths) > MOST_ITEMS:
            raise ValueError(f"more than {MOST_ITEMS} items")
        lengths = np.array(self._lengths, np.float32)
        norms = _SATURATION * (1 - _LENGTH_MATTERS + _LENGTH_MATTERS * lengths / _USUAL_LENGTH)
        items = np.repeat(np.arange(len(lengths)), list(map(len, self._words)))
        times = np.concatenate([np.empty(0, np.float32), *self._times])
        said = np.ceil(_MOST * times / (times + norms[items])).astype(np.uint32)
        rows = (self._first + items).astype(np.uint32)
        held = np.concatenate([np.empty(0, np.int32), *self._words])
        starts = np.concatenate([[0], np.cumsum(np.bincount(held, minlength=words))]).astype(np.int64)
        return starts, (rows << _BITS | said)[np.argsort(held, kind="stable")]


def merged(held: tuple[np.ndarray, np.ndarray], more: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """(starts, postings) of both: of each word those held, then those of items, and maybe of words, that came later."""
    (held_starts, held_postings), (starts, postings) = held, more
    held_starts = np.pad(held_starts, (0, len(starts) - len(held_starts)), mode="edge")
    whole = np.empty(len(held_postings) + len(postings), np.uint32)
    whole[np.arange(len(held_postings)) + np.repeat(starts[:-1], np.diff(held_starts))] = held_postings
    whole[np.arange(len(postings)) + np.repeat(held_starts[1:], np.diff(starts))] = postings
    return held_starts + starts, whole


def write_postings(stem: Path, starts: np.ndarray, postings: np.ndarray) -> None:
    for suffix, column in zip(SUFFIXES, (starts, postings), strict=True):
        np.save(f"{stem}{suffix}", column, allow_pickle=False)


class Postings:
    """Mapped, not loaded; immutable, and safe to share between threads."""

    def __init__(self, stem: Path, items: int) -> None:
        self.starts, self.postings = (
            np.load(f"{stem}{suffix}", mmap_mode="r", allow_pickle=False) for suffix in SUFFIXES
        )
        self._items = items
        if self.starts[-1] != len(self.postings):
            raise ValueError(f"{self.starts[-1]} postings are told of, and {len(self.postings)} are there")

    def __len__(self) -> int:
        """How many words there are."""
        return len(self.starts) - 1

    def search(
        self,
        near: Sequence[tuple[np.ndarray, np.ndarray]],
        weights: np.ndarray,
        limit: int,
        among: np.ndarray | None = None,
    ) -> np.ndarray:
        """The rows of the items that the words of a question fit best, best first.

        Args:
            near: for each word of the question the ids of the words that are near to it, nearest first, and how near.
            weights: (words of the question,) how much each says.
            among: (n,) int64 rows, which limit the search.
        """
        places = np.argsort(-weights, kind="stable")[:_MOST_WORDS]
        most = [float(weights[place]) * float(near[place][1].max(initial=0)) for place in places]
        rows, scores = among, np.zeros(self._items if among is None else len(among), np.float32)
        for done, place in enumerate(places, 1):
            scores += weights[place] * self._fit(*near[place], rows)
            rows, scores = _that_may_be_best(rows, scores, limit, sum(most[done:]))
        best = np.flatnonzero(scores > 0)
        best = best[np.argsort(-scores[best], kind="stable")][:limit]
        return best if rows is None else rows[best]

    def _fit(self, words: np.ndarray, nearness: np.ndarray, rows: np.ndarray | None) -> np.ndarray:
        """(items,) how well one word of a question fits each item; (len(rows),) where only those are looked at."""
        fit = np.zeros(self._items, np.float32)
        looked_at = 0
        for word, near in zip(words.tolist(), nearness.tolist(), strict=True):
            postings = self.postings[self.starts[word] : self.starts[word + 1]]
            looked_at += len(postings)
            if looked_at > _MOST_OF_A_WORD and looked_at > len(postings):
                break
            if rows is not None and len(postings) > _WORTH_SEEKING * len(rows):
                postings = _of(postings, rows)
            held = postings >> _BITS
            fit[held] = np.maximum(fit[held], near / _MOST * (postings & _MOST))
        return fit if rows is None else fit[rows]


def _that_may_be_best(
    rows: np.ndarray | None, scores: np.ndarray, limit: int, more: float
) -> tuple[np.ndarray | None, np.ndarray]:
    """The rows, with their scores, that are among the best, or may come to be by no more than so much."""
    if scores.max(initial=0) <= more:
        return rows, scores
    scored = np.flatnonzero(scores > 0)
    if len(scored) <= limit:
        return rows, scores
    least = np.partition(scores[scored], -limit)[-limit] - more - _ROUNDED
    if least <= 0:  # what has no score yet may still be among them
        return rows, scores
    kept = scored[scores[scored] >= least]
    return kept if rows is None else rows[kept], scores[kept]


def _of(postings: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Of the postings of a word, which stand in the order of their rows, those of some rows."""
    sought = rows.astype(np.uint32)
    found = postings[np.minimum(np.searchsorted(postings, sought << _BITS), len(postings) - 1)]
    return found[found >> _BITS == sought]
