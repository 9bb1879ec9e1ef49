"""Forms of Danish words: what a searcher may write for the same word."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable

from index.danish import fold, stem

_SHORTEST = 4
_MOST_FORMS = 4
_SLIPS = 0.15


def word_forms(texts: Iterable[str], seed: int) -> list[tuple[str, str, int]]:
    """(word, another form of it, number of its stem): inflections that the texts have, foldings, some with a slip."""
    chance = random.Random(seed)
    words = sorted(
        {word for text in texts for word in re.findall(r"[^\W\d_]+", text.lower()) if len(word) >= _SHORTEST}
    )
    by_stem: dict[str, list[str]] = {}
    for word in words:
        by_stem.setdefault(stem(fold(word)), []).append(word)
    pairs = []
    for number, forms in enumerate(by_stem.values()):
        for word, other in zip(forms[:_MOST_FORMS], forms[1 : _MOST_FORMS + 1], strict=False):
            pairs.append((word, other, number))
        for word in forms[:_MOST_FORMS]:
            if fold(word) != word:
                pairs.append((word, fold(word), number))
            if len(word) > 2 * _SHORTEST and chance.random() < _SLIPS:
                pairs.append((word, _with_slip(word, chance), number))
    return pairs


def _with_slip(word: str, chance: random.Random) -> str:
    """One letter left out, doubled, or two changed round."""
    place = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
    )
