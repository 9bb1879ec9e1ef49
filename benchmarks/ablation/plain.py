"""What a search without Referat's parts finds: BM25 over stems, and character n-grams besides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from index.danish import fold, terms

_K1, _B = 1.2, 0.75
_SHORTEST, _LONGEST = 3, 5


class Bm25:
    """BM25 over the stems of texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._counts = [Counter(terms(text)) for text in texts]
        lengths = np.array([counts.total() for counts in self._counts])
        self._dampers = _K1 * (1 - _B + _B * lengths / lengths.mean())
        self._holding = Counter(term for counts in self._counts for term in counts)

    def scores(self, question: str) -> np.ndarray:
        """(texts,) for each text, not below 0."""
        total = np.zeros(len(self._counts))
        for term in set(terms(question)):
            held = np.array([counts[term] for counts in self._counts])
            rarity = np.log(1 + (len(held) - self._holding[term] + 0.5) / (self._holding[term] + 0.5))
            total += rarity * held * (_K1 + 1) / (held + self._dampers)
        return total


class Ngrams:
    """The cosine of texts by the character n-grams of their words, weighed by rarity."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [_ngrams(text) for text in texts]
        holding = Counter(ngram for held in counts for ngram in held)
        self._rarity = {ngram: np.log(len(texts) / count) for ngram, count in holding.items()}
        self._vectors = [self._weighed(held) for held in counts]

    def scores(self, question: str) -> np.ndarray:
        """(texts,) from 0 to 1."""
        asked = self._weighed(_ngrams(question))
        return np.array([sum(asked[ngram] * held.get(ngram, 0.0) for ngram in asked) for held in self._vectors])

    def _weighed(self, counts: Counter[str]) -> dict[str, float]:
        weights = {ngram: np.log1p(count) * self._rarity.get(ngram, 0.0) for ngram, count in counts.items()}
        length = np.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        return {ngram: weight / length for ngram, weight in weights.items()}


def _ngrams(text: str) -> Counter[str]:
    padded = [f" {word} " for word in fold(text).split()]
    return Counter(
        word[start : start + length]
        for word in padded
        for length in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(word) - length + 1)
    )
