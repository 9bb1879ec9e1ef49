"""Questions in other words: some of a question's words give way to another term of a concept that they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

import numpy as np

from index.danish import fold, light_words, stopwords
from training.clean import Concept

_STRICT_TERMS = 2  # of a concept's first terms any other is a paraphrase; of a later one maybe not
_CHANGED = 0.5  # of the words that could be


class Rewording:
    """What the words of a language may give way to, in that language; small words stay."""

    def __init__(self, concepts: Iterable[Concept], seed: int) -> None:
        self._chance = np.random.default_rng(seed)
        self._others: dict[str, dict[str, list[list[str]]]] = {"da": {}, "en": {}}
        small = light_words() | stopwords("da") | stopwords("en")
        for concept in concepts:
            for language, terms in (("da", concept.danish), ("en", concept.english)):
                for term in terms[:_STRICT_TERMS]:
                    others = [other for other in terms if other != term]
                    if others and " " not in term and fold(term) not in small:
                        self._others[language].setdefault(fold(term), []).append(others)

    def of(self, questions: Iterable[tuple[str, str]]) -> list[str]:
        """Each (question, its language) with about half of the words changed that can be."""
        return [re.sub(r"\w+", partial(self._reworded, self._others[lang]), text) for text, lang in questions]

    def _reworded(self, others: dict[str, list[list[str]]], word: re.Match[str]) -> str:
        concepts = others.get(fold(word[0]))
        if not concepts or self._chance.random() >= _CHANGED:
            return word[0]
        return str(self._chance.choice(concepts[self._chance.integers(len(concepts))]))
