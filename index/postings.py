"""Lexical search: for each word the items that hold it, with how much it says of each (BM25 over weighted fields).

A word of a question counts in an item as its nearest word there does: nearness times what BM25 gives that word. The
rarity of words is the question's to weigh. Those that say most go first; once the others together cannot lift an item
among the best, only those that they can lift are looked at (MaxScore). What is looked at for a word of a question is
bounded, too, the nearest words first, so that the time hardly grows with the collection.

<stem>.words.npy    (words,) int32: the ids of the words of the items of a segment, in order
<stem>.starts.npy   (words + 1,) int64: the postings of the i-th of them are starts[i] up to starts[i + 1]
<stem>.npy          (postings,) uint32: the row of the item, and in the last eight bits how much the word says of it
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from index.models import SectionKind

SUFFIXES = (".words.npy", ".starts.npy", ".npy")
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
_HELD_ITEMS = 65_536  # so many items are held as they came, until their postings are put in order
_COPIED_AT_ONCE = 1 << 20  # postings
_ROUNDED = 1e-5  # how far a sum of float32 may be from what it would be in another order

Columns = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Words, starts and postings, as they are written."""


class PostingsWriter:
    """Takes the items in the order of their rows, from the first on."""

    def __init__(self, first: int = 0) -> None:
        self._first = first
        self._done: list[Columns] = []
        self._begin()

    def _begin(self) -> None:
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
        if len(self._lengths) == _HELD_ITEMS:
            self._done.append(self._columns())
            self._begin()

    def finish(self) -> Columns:
        """The postings of all items, as they are written.

        Raises:
            ValueError: more items than a posting can name.
        """
        return joined([*self._done, self._columns()])

    def _columns(self) -> Columns:
        """The postings of the items that came last; the next begin after them."""
        first, count = self._first, len(self._lengths)
        self._first += count
        if self._first > MOST_ITEMS:
            raise ValueError(f"more than {MOST_ITEMS} items")
        lengths = np.array(self._lengths, np.float32)
        norms = _SATURATION * (1 - _LENGTH_MATTERS + _LENGTH_MATTERS * lengths / _USUAL_LENGTH)
        items = np.repeat(np.arange(count), list(map(len, self._words)))
        times = np.concatenate([np.empty(0, np.float32), *self._times])
        said = np.ceil(_MOST * times / (times + norms[items])).astype(np.uint32)
        rows = (first + items).astype(np.uint32)
        held = np.concatenate([np.empty(0, np.int32), *self._words])
        words, counts = np.unique(held, return_counts=True)
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return words, starts, (rows << _BITS | said)[np.argsort(held, kind="stable")]


def joined(segments: Sequence[Columns]) -> Columns:
    """The postings of several segments as one: of each word those of the first, then those of the next."""
    words = np.unique(np.concatenate([held for held, _, _ in segments]))
    places = [np.searchsorted(words, held) for held, _, _ in segments]
    counts = np.zeros((len(segments), len(words)), np.int64)
    for own, where, (_, starts, _) in zip(counts, places, segments, strict=True):
        own[where] = np.diff(starts)
    firsts = np.cumsum(counts.sum(axis=0)) - counts.sum(axis=0)
    whole = np.empty(counts.sum(), np.uint32)
    for own, where, (_, starts, postings) in zip(counts, places, segments, strict=True):
        moved = firsts[where] - starts[:-1]
        for first in range(0, len(postings), _COPIED_AT_ONCE):
            block = postings[first : first + _COPIED_AT_ONCE]
            within = np.diff(np.clip(starts, first, first + len(block)))  # how many of each word's are in the block
            held = np.flatnonzero(within)
            whole[np.arange(first, first + len(block)) + np.repeat(moved[held], within[held])] = block
        firsts += own
    return words, np.concatenate([[0], firsts]), whole


def thinned(columns: Columns, rows: np.ndarray) -> Columns:
    """The postings of a segment without those of items that go.

    Args:
        rows: (items,) int64: by the row of each item the one that it has then, in the same order; -1 where it goes.
    """
    words, starts, postings = columns
    stays, ends, found = [], np.zeros(len(starts), np.int64), 0
    for first in range(0, len(postings), _COPIED_AT_ONCE):
        block = postings[first : first + _COPIED_AT_ONCE]
        moved = rows[block >> _BITS]
        staying = moved >= 0
        stays.append(moved[staying].astype(np.uint32) << _BITS | block[staying] & _MOST)
        within = slice(*np.searchsorted(starts, [first + 1, first + len(block) + 1]))
        ends[within] = found + np.cumsum(staying)[starts[within] - first - 1]
        found += len(stays[-1])
    held = np.diff(ends) > 0
    return words[held], np.append(0, ends[1:][held]), np.concatenate([np.empty(0, np.uint32), *stays])


def write_postings(stem: Path, columns: Columns) -> None:
    for suffix, column in zip(SUFFIXES, columns, strict=True):
        np.save(f"{stem}{suffix}", column, allow_pickle=False)


def load_postings(stem: Path) -> Columns:
    """Mapped, not loaded.

    Raises:
        ValueError: the columns do not fit each other.
    """
    words, starts, postings = (np.load(f"{stem}{suffix}", mmap_mode="r", allow_pickle=False) for suffix in SUFFIXES)
    if len(starts) != len(words) + 1 or starts[-1] != len(postings):
        raise ValueError(f"{len(postings)} postings of {len(words)} words are not those that are told of")
    return words, starts, postings


class Postings:
    """Of one segment or several; mapped, not loaded; immutable, and safe to share between threads."""

    def __init__(self, *stems: Path, items: int) -> None:
        self.segments = [load_postings(stem) for stem in stems]
        self._items = items

    def __len__(self) -> int:
        """How many words there are: each is in an item."""
        return max((int(words[-1]) + 1 for words, _, _ in self.segments if len(words)), default=0)

    def item_counts(self, words: np.ndarray) -> np.ndarray:
        """(len(words),) int64: in how many items each word is, by its id."""
        return sum(ends - starts for _, starts, ends in self._stretches(words))

    def rows_of(self, word: int) -> np.ndarray:
        """(n,) the rows of the items that hold a word, in order."""
        return next(self._postings_of(np.array([word]))) >> _BITS

    def _postings_of(self, words: np.ndarray) -> Iterator[np.ndarray]:
        """The postings of each of those words."""
        stretches = [(of, starts.tolist(), ends.tolist()) for of, starts, ends in self._stretches(words)]
        for place in range(len(words)):
            found = [postings[starts[place] : ends[place]] for postings, starts, ends in stretches]
            yield found[0] if len(found) == 1 else np.concatenate(found)

    def _stretches(self, words: np.ndarray) -> Iterator[Columns]:
        """Of each segment its postings, and where those of each of the words start and end in them."""
        words = words.astype(np.int32)  # as they are held: else all of those would be converted
        for held, starts, postings in self.segments:
            places = np.searchsorted(held, words)
            known = np.flatnonzero(places < len(held))
            known = known[held[places[known]] == words[known]]
            stretches = np.zeros((2, len(words)), np.int64)
            stretches[:, known] = starts[places[known]], starts[places[known] + 1]
            yield postings, *stretches

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
        for postings, near in zip(self._postings_of(words), nearness.tolist(), strict=True):
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
