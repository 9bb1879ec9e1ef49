"""Words that the minutes have but for a slip: "intregrationspolitikken" is looked for as "integrationspolitik"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.danish import fold
from index.store import MinutesIndex
from qa.models import Question
from qa.understand import ASKING

_FEWEST_LETTERS, _FEWEST_LETTERS_OF_ASKING = 6, 8
_QUESTION_WORDS = tuple(map(fold, "hvad hvem hvor hvordan hvorfor hvornår hvilken hvilket hvilke blev".split()))


def respelled(index: MinutesIndex, question: Question) -> Question:
    """The question with its misspelt words as the minutes spell them; `corrected` tells which. Never a number.

    Only Danish questions: an English word that the minutes lack is English, not misspelt.
    """
    if question.language != "da":
        return question
    asking = {word: meant for word in question.words if (meant := _asked_by(index, word, question.text))}
    words = [word for word in question.words if word not in asking]
    meant = {word: meant for word in words if (meant := _meant(index, word))}
    for first, second in pairwise(words):  # "omstillings katelog" is no "stilling"
        for whole in index.vocabulary.joined(fold(first), fold(second)):
            if first in meant and not whole.startswith(fold(meant[first])):
                del meant[first]
            if second in meant and not whole.endswith(fold(meant[second])):
                del meant[second]
    corrected = meant | asking
    if not corrected or not words:
        return question
    asked = re.sub(r"\w+", lambda word: corrected.get(word[0].casefold(), word[0]), question.asked)
    return replace(
        question,
        asked=asked,
        words=tuple(dict.fromkeys(corrected.get(word, word) for word in words)),
        names=frozenset(corrected.get(word, word) for word in question.names),
        corrected=tuple(corrected.items()),
    )


def _asked_by(index: MinutesIndex, word: str, text: str) -> str | None:
    """The word that only asks of which this one is a slip: "blev det beslutet". One piece is a word, and no slip; a
    short one with a capital may be a name."""
    if index.pieces(word) < 2 or index.vocabulary.id_of(fold(word)) is not None:
        return None
    if len(word) < _FEWEST_LETTERS_OF_ASKING and word not in text:
        return None
    asking = ASKING if len(word) >= _FEWEST_LETTERS_OF_ASKING else _QUESTION_WORDS
    asks = process.extractOne(fold(word), asking, scorer=OSA.distance, score_cutoff=1)
    return asks and asks[0]


def _meant(index: MinutesIndex, word: str) -> str | None:
    if len(word) < _FEWEST_LETTERS or any(letter.isdigit() for letter in word):
        return None
    meant = index.vocabulary.correction_of(fold(word))
    # A Danish word that the minutes merely lack falls into few pieces, one with a slip into more than the right one.
    return meant if meant and index.pieces(word) > index.pieces(meant) else None
