"""Questions in other words: some of a question's words give way to another term of a concept that they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from index.danish import fold, light_words, stopwords
from training.clean import Concept

_STRICT_TERMS = 2  # of a concept's first terms any other is a paraphrase; of a later one maybe not
_CHANGED = 0.5  # of the words that could be


class Rewording:
    """What the words of a language may give way to; small words stay."""

    def __init__(self, concepts: Iterable[Concept], seed: int) -> None:
        self._chance = np.random.default_rng(seed)
        self._others: dict[str, list[list[str]]] = {}
        small = light_words() | stopwords("da") | stopwords("en")
        for concept in concepts:
            for terms in (concept.danish, concept.english):
                for term in terms[:_STRICT_TERMS]:
                    others = [other for other in terms if other != term]
                    if others and " " not in term and fold(term) not in small:
                        self._others.setdefault(fold(term), []).append(others)

    def of(self, texts: Sequence[str]) -> list[str]:
        """Each text with about half of the words changed that can be."""
        return [re.sub(r"\w+", self._reworded, text) for text in texts]

    def _reworded(self, word: re.Match[str]) -> str:
        concepts = self._others.get(fold(word[0]))
        if not concepts or self._chance.random() >= _CHANGED:
            return word[0]
        return str(self._chance.choice(concepts[self._chance.integers(len(concepts))]))
