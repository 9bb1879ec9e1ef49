"""The words of the collection, and how near each is to a word of a question.

Near is the best of: the same word, the same stem, the same spelling but for a slip, a part of the same compound,
a neighbour in the bundled model's space (synonyms, translations). Numbers are near only to themselves.
"""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.danish import fold, stem

SAME_STEM = 0.95
COMPOUND_HOLDS_WORD = 0.6
WORD_HOLDS_COMPOUND_PART = 0.48
_MIN_PART_LETTERS = 4
_MIN_SPELLED_LETTERS = 4
_LETTERS_PER_SLIP = 5  # one slip is allowed in a word of four to nine letters, two in a longer one
_COST_OF_SLIP = 0.12
_COSINE_FLOOR = 0.3


class Vocabulary:
    """Sorted folded words, the number of items that hold each, and a unit vector for each.

    Args:
        words: folded, sorted, each once.
        spelled: the same words as they are spelled.
        item_counts: (n,) items that hold the word.
        vectors: (n, dimension) unit vectors.
    """

    def __init__(self, words: list[str], spelled: list[str], item_counts: np.ndarray, vectors: np.ndarray) -> None:
        self.words = words
        self._spelled = spelled
        self.item_counts = item_counts
        self._vectors = np.asarray(vectors, dtype=np.float32)
        self._stems = np.array([stem(word) for word in words], dtype=object)
        self._reversed = sorted((word[::-1], place) for place, word in enumerate(words))

    def __len__(self) -> int:
        return len(self.words)

    def id_of(self, word: str) -> int | None:
        place = bisect_left(self.words, word)
        return place if place < len(self.words) and self.words[place] == word else None

    def spelling_of(self, word: str) -> str:
        """A word as the collection spells it, if it has it: "hoering" -> "høring"."""
        place = self.id_of(fold(word))
        return word if place is None else self._spelled[place]

    def nearness(self, word: str, vector: np.ndarray) -> np.ndarray:
        """(n,) float32 from 0 (nothing in common) to 1 (the same word), for a folded word and its vector."""
        near = np.zeros(len(self.words), dtype=np.float32)
        if not any(letter.isdigit() for letter in word):
            near = np.clip((self._vectors @ vector - _COSINE_FLOOR) / (1 - _COSINE_FLOOR), 0, 1).astype(np.float32) ** 2
            for place, spelled in self.spelled_like(word):
                near[place] = max(near[place], spelled)
            self._raise_compounds(near, word)
            near[self._stems == stem(word)] = SAME_STEM
        if (place := self.id_of(word)) is not None:
            near[place] = 1.0
        return near

    def spelled_like(self, word: str) -> list[tuple[int, float]]:
        """(id, nearness) of the words that are spelled as this one, but for a slip or two."""
        if len(word) < _MIN_SPELLED_LETTERS:
            return []
        slips = min(max(len(word) // _LETTERS_PER_SLIP, 1), 2)
        found = process.extract(word, self.words, scorer=OSA.distance, score_cutoff=slips, limit=None)
        return [(place, 1 - _COST_OF_SLIP * distance) for _, distance, place in found]

    def _raise_compounds(self, near: np.ndarray, word: str) -> None:
        """Compounds that begin or end with the word, and words that it begins or ends with itself."""
        if len(word) < _MIN_PART_LETTERS:
            return
        for place in self._beginning_with(word) + self._ending_with(word):
            near[place] = max(near[place], COMPOUND_HOLDS_WORD)
        for cut in range(_MIN_PART_LETTERS, len(word) - _MIN_PART_LETTERS + 1):
            for part in (word[:cut], word[cut:]):
                if (place := self.id_of(part)) is not None:
                    near[place] = max(near[place], WORD_HOLDS_COMPOUND_PART)

    def _beginning_with(self, word: str) -> list[int]:
        first = bisect_left(self.words, word)
        return [
            place
            for place in range(first, bisect_left(self.words, word + "\uffff", lo=first))
            if self.words[place] != word
        ]

    def _ending_with(self, word: str) -> list[int]:
        first = bisect_left(self._reversed, (word[::-1],))
        last = bisect_left(self._reversed, (word[::-1] + "\uffff",), lo=first)
        return [place for backwards, place in self._reversed[first:last] if backwards != word[::-1]]
