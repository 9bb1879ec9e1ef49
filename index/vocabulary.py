"""The words of the collection, and how near each is to a word of a question.

Near is the best of: the same word, the same stem, the same spelling but for a slip, a part of the same compound,
a neighbour in the bundled model's space (synonyms, translations). Numbers are near only to themselves.

What is spelled alike is looked up in SQLite: ranges of the sorted words, forwards, backwards and by length. What means
the like is found by a quick look at all vectors, then the exact cosine of the nearest (`index.dense`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, product

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.danish import fold, stem, stopwords
from index.dense import DenseIndex
from index.postings import Postings

SAME_STEM = 0.95
COMPOUND_HOLDS_WORD = 0.6
WORD_HOLDS_COMPOUND_PART = 0.48
_MIN_PART_LETTERS = 4
_MIN_ROOT_LETTERS = 5
_MIN_SPELLED_LETTERS = 4
_MIN_MISSPELLED_STEM_LETTERS = 7
_LETTERS_PER_SLIP = 5  # one slip is allowed in a word of four to nine letters, two in a longer one
_COST_OF_SLIP = 0.12
_RINGED = {"e": ("ae",), "a": ("ae", "aa"), "o": ("oe",)}
_MOST_RINGLESS = 4
# Nearness of meaning: nothing below the floor, which unrelated words reach by chance, and no more above the cap.
_COSINE_FLOOR, _COSINE_CAP = 0.19, 0.66
_STEEPNESS = 1.5
SAME_MEANING = 0.85
_BESIDE_THE_WORD = 0.75  # what a neighbour counts where the collection has the word itself
_NEIGHBOURS = 300
_LONGEST_WORD = 50  # what is longer is no word, and is met only by itself
_LAST = "\U0010ffff"


def fill(connection: sqlite3.Connection, words: Iterable[tuple[str, str]], first: int = 0) -> None:
    """Write words by their ids from the first on: folded, and as it is spelled."""
    rows = (
        (place, word, word[::-1], len(word), stem(word), spelled) for place, (word, spelled) in enumerate(words, first)
    )
    connection.executemany("INSERT INTO word VALUES (?, ?, ?, ?, ?, ?)", rows)


@dataclass(frozen=True, slots=True)
class NearWords:
    """The words of the collection that are near to one word of a question, nearest first.

    Attributes:
        ids: (n,) int64.
        words: n folded words.
        nearness: (n,) float32, from 0 (nothing in common) to 1 (the same word).
        stems: n stems.
        item_counts: (n,) the number of items that hold each.
        parts: for a compound that the collection does not have, the ids of the words that are its two halves.
    """

    ids: np.ndarray
    words: tuple[str, ...]
    nearness: np.ndarray
    stems: tuple[str, ...]
    item_counts: np.ndarray
    parts: tuple[tuple[int, ...], ...] = ()


class Vocabulary:
    """Read access to the words of a catalogue by their ids, to a vector of each, and to how many items hold it."""

    def __init__(self, connection: sqlite3.Connection, vectors: DenseIndex, postings: Postings) -> None:
        self._connection = connection
        self._vectors = vectors
        self._postings = postings

    def __len__(self) -> int:
        return len(self._vectors)

    def spellings(self) -> list[str]:
        """All words as they are spelled, by their ids."""
        return [row[0] for row in self._connection.execute("SELECT spelled FROM word ORDER BY id")]

    def id_of(self, word: str) -> int | None:
        row = self._connection.execute("SELECT id FROM word WHERE word = ?", (word,)).fetchone()
        return row and row[0]

    def spelling_of(self, word: str) -> str:
        """A word as the collection spells it, if it has it: "hoering" -> "høring"."""
        row = self._connection.execute("SELECT spelled FROM word WHERE word = ?", (fold(word),)).fetchone()
        return row[0] if row else word

    def correction_of(self, word: str) -> str | None:
        """The word of the collection that is spelled most like a folded word that it does not have, but for a slip."""
        if self._ids("stem = ?", stem(word)) or self._parts(word):
            return None
        like = self._spelled_like(word)
        if len(stem(word)) >= _MIN_MISSPELLED_STEM_LETTERS:  # of shorter ones another word is soon made
            like |= self._spelled_like(stem(word))
        if not like:
            return None
        sql = "SELECT id, spelled FROM word WHERE id IN (SELECT value FROM json_each(?))"
        spelled = dict(self._connection.execute(sql, (json.dumps(list(like)),)))
        counts = dict(zip(like, self._postings.item_counts(np.array(list(like))).tolist(), strict=True))
        return spelled[max(like, key=lambda place: (like[place], counts[place], spelled[place]))]

    def joined(self, first: str, second: str) -> list[str]:
        """The words of the collection that two folded ones are together, but for a slip: "omstillings katelog"."""
        if _has_digit(first + second):
            return []
        sql = "SELECT word FROM word WHERE id IN (SELECT value FROM json_each(?))"
        return [
            row[0] for row in self._connection.execute(sql, (json.dumps(list(self._spelled_like(first + second))),))
        ]

    def near(self, words: Sequence[str], vectors: np.ndarray) -> list[NearWords]:
        """What is near to each word of a question.

        Args:
            words: folded, in the question's order: neighbours are also tried as one word, "arbejdsmarkeds politisk".
            vectors: (len(words), dimension)
        """
        neighbours = self._neighbours(words, vectors)
        rows = [self._near(word, neighbours.get(word)) for word in words]
        for place, (first, second) in enumerate(pairwise(words)):
            if _has_digit(first + second):
                continue  # numbers are met only by themselves
            for joined, nearness in self._spelled_like(first + second).items():
                for row in rows[place : place + 2]:
                    row[joined] = max(row.get(joined, 0), nearness)
        return [replace(self._described(row), parts=self._parts(word)) for word, row in zip(words, rows, strict=True)]

    def _neighbours(self, words: Sequence[str], vectors: np.ndarray) -> dict[str, dict[int, float]]:
        """Of each word that has neighbours, {id: cosine} of those; numbers, and what is too long, have none."""
        places = [place for place, word in enumerate(words) if len(word) <= _LONGEST_WORD and not _has_digit(word)]
        found = self._vectors.search_each(vectors[places], _NEIGHBOURS)
        return {words[place]: near for place, near in zip(places, found, strict=True)}

    def _near(self, word: str, neighbours: dict[int, float] | None) -> dict[int, float]:
        near: dict[int, float] = {}
        if neighbours is not None:
            same_stem = self._ids("stem = ?", stem(word))
            most = SAME_MEANING * (_BESIDE_THE_WORD if same_stem else 1.0)
            for place, cosine in neighbours.items():
                if cosine > _COSINE_FLOOR and place not in self._small_words:
                    likeness = min((cosine - _COSINE_FLOOR) / (_COSINE_CAP - _COSINE_FLOOR), 1.0)
                    near[place] = most * likeness**_STEEPNESS
            ringed = {} if same_stem else self._with_rings(word)
            for found in (self._spelled_like(word), self._spelled_like(stem(word)), ringed, self._in_compounds(word)):
                for place, nearness in found.items():
                    near[place] = max(near.get(place, 0), nearness)
            near.update(dict.fromkeys(same_stem + self._ids("word IN (?, ?)", f"{word}sk", f"{word}ske"), SAME_STEM))
        if (place := self.id_of(word)) is not None:
            near[place] = 1.0
        return near

    @cached_property
    def _small_words(self) -> frozenset[int]:
        """The ids of the words that no other word means; one that falls to pieces may lie beside them."""
        small = json.dumps(sorted(stopwords("da")))
        return frozenset(self._ids("word IN (SELECT value FROM json_each(?))", small))

    def _spelled_like(self, word: str) -> dict[int, float]:
        """Words that are spelled as this one, but for a slip or two.

        To miss an æ, ø or å is one slip, though it is folded into two letters; where two are allowed, it is both.
        One slip leaves the first or the last half of a word as it was. Two may spoil its first two letters and its
        last third, and such a word is not found; they seldom do.
        """
        if not _MIN_SPELLED_LETTERS <= len(word) <= _LONGEST_WORD:
            return {}
        slips = min(max(len(word) // _LETTERS_PER_SLIP, 1), 2)
        last = (len(word) - 1) // (slips + 1)  # a letter short, since two neighbours may have changed places
        first = last if slips == 1 else 2
        most = len(word) + (2 if slips == 1 else slips)  # to miss an æ is to miss two letters of a folded word
        candidates: dict[int, str] = {}
        for column, part in (("word", word[:first]), ("backwards", word[: -last - 1 : -1])):
            sql = f"SELECT id, word FROM word WHERE letters = ? AND {column} >= ? AND {column} < ?"
            for letters in range(len(word) - slips, most + 1):
                candidates.update(self._connection.execute(sql, (letters, part, part + _LAST)))
        spellings = [(word, candidates)]
        if slips == 1:
            spellings.append((_unfolded(word), {place: _unfolded(found) for place, found in candidates.items()}))
        near: dict[int, float] = {}
        for spelled, among in spellings:
            for _, distance, place in process.extract(
                spelled, among, scorer=OSA.distance, score_cutoff=slips, limit=None
            ):
                near[place] = max(near.get(place, 0), 1 - _COST_OF_SLIP * distance)
        return near

    def _with_rings(self, word: str) -> dict[int, float]:
        """Words that are spelled as this one, but with æ, ø or å where it has e, a or o: "nerver" of "nærvær"."""
        choices = [(letter, *_RINGED.get(letter, ())) for letter in word]
        if len(word) < _MIN_SPELLED_LETTERS or sum(len(choice) > 1 for choice in choices) > _MOST_RINGLESS:
            return {}
        spellings = json.dumps(["".join(letters) for letters in product(*choices)])
        found = self._ids("word IN (SELECT value FROM json_each(?))", spellings)
        return dict.fromkeys((place for place in found if place not in self._small_words), 1 - _COST_OF_SLIP)

    def _in_compounds(self, word: str) -> dict[int, float]:
        """Compounds that begin or end with the word, and words that it begins or ends with itself."""
        if len(word) < _MIN_PART_LETTERS:
            return {}
        cuts = range(_MIN_PART_LETTERS, len(word) - _MIN_PART_LETTERS + 1)
        parts = json.dumps([part for cut in cuts for part in (word[:cut], word[cut:])])
        near = dict.fromkeys(self._ids("word IN (SELECT value FROM json_each(?))", parts), WORD_HOLDS_COMPOUND_PART)
        root = min(word, stem(word), key=len) if len(stem(word)) >= _MIN_ROOT_LETTERS else word
        beginning = self._ids("word > ? AND word < ?", root, root + _LAST)
        ending = self._ids("backwards > ? AND backwards < ?", word[::-1], word[::-1] + _LAST)
        return near | dict.fromkeys([*beginning, *ending], COMPOUND_HOLDS_WORD)

    def _parts(self, word: str) -> tuple[tuple[int, ...], ...]:
        """The ids of the two words that a compound is made of, if it is not in the collection itself."""
        if len(word) > _LONGEST_WORD or self._ids("stem = ?", stem(word)):
            return ()
        for cut in range(len(word) - _MIN_PART_LETTERS, _MIN_PART_LETTERS - 1, -1):
            first, second = word[:cut], word[cut:]
            halves = [
                self._ids("stem IN (?, ?)", stem(first), stem(first.rstrip("se"))),
                self._ids("stem = ?", stem(second)),
            ]
            if all(halves):
                return tuple(map(tuple, halves))
        return ()

    def _ids(self, condition: str, *values: str) -> list[int]:
        return [row[0] for row in self._connection.execute(f"SELECT id FROM word WHERE {condition}", values)]

    def _described(self, near: dict[int, float]) -> NearWords:
        ids = sorted(near, key=lambda place: (-near[place], place))
        sql = "SELECT id, word, stem FROM word WHERE id IN (SELECT value FROM json_each(?))"
        rows = {place: rest for place, *rest in self._connection.execute(sql, (json.dumps(ids),))}
        described = [rows[place] for place in ids]
        return NearWords(
            ids=np.array(ids, dtype=np.int64),
            words=tuple(word for word, _ in described),
            nearness=np.array([near[place] for place in ids], dtype=np.float32),
            stems=tuple(stem for _, stem in described),
            item_counts=self._postings.item_counts(np.array(ids, dtype=np.int64)),
        )


def _unfolded(word: str) -> str:
    """A folded word with one letter for each that folding made two, so that to miss one is one slip."""
    return word.replace("ae", "æ").replace("oe", "ø").replace("aa", "å")


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)
