"""Words that the minutes have but for a slip: "intregrationspolitikken" is looked for as "integrationspolitik"."""

from __future__ import annotations

import re
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.danish import fold
from index.store import MinutesIndex
from qa.models import Question
from qa.understand import ASKING

_FEWEST_LETTERS = 6


def respelled(index: MinutesIndex, question: Question) -> Question:
    """The question with its misspelt words as the minutes spell them; `corrected` tells which. Never a number.

    Only Danish questions: an English word that the minutes lack is English, not misspelt.
    """
    if question.language != "da":
        return question
    asking = {word for word in question.words if _only_asks(index, word)}
    words = [word for word in question.words if word not in asking]
    corrected = {word: meant for word in words if (meant := _meant(index, word))}
    if not corrected and not asking:
        return question
    asked = re.sub(r"\w+", lambda word: corrected.get(word[0].casefold(), word[0]), question.asked)
    return replace(
        question,
        asked=asked,
        words=tuple(dict.fromkeys(corrected.get(word, word) for word in words)),
        names=frozenset(corrected.get(word, word) for word in question.names),
        corrected=tuple(corrected.items()),
    )


def _only_asks(index: MinutesIndex, word: str) -> bool:
    """Whether a word is one that only asks, but for a slip: "blev det beslutet", "i komunen"."""
    if len(word) < _FEWEST_LETTERS or index.vocabulary.id_of(fold(word)) is not None:
        return False
    asks = process.extractOne(fold(word), ASKING, scorer=OSA.distance, score_cutoff=1)
    return asks is not None and index.pieces(word) >= index.pieces(asks[0])


def _meant(index: MinutesIndex, word: str) -> str | None:
    if len(word) < _FEWEST_LETTERS or any(letter.isdigit() for letter in word):
        return None
    meant = index.vocabulary.correction_of(fold(word))
    # A Danish word that the minutes merely lack falls into few pieces, one with a slip into more than the right one.
    return meant if meant and index.pieces(word) > index.pieces(meant) else None
