"""Whether what was found is an answer: two keys, nearness of meaning and the words themselves.

A logistic model of four numbers, fitted on questions that minutes answer and on questions that they do not: how near
the best passage and the best sentence are, how much of the question the item says in the same words, and what it lacks
most. Each municipality can fit it on its own minutes (`referat calibrate`). An exact identifier opens both locks.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from index.danish import fold, light_words
from index.errors import IndexDamaged
from qa.models import FactKind, Question
from qa.retrieve import Hit


@dataclass(frozen=True, slots=True)
class Calibration:
    """The weights of the four numbers, and from which probability on an item may answer.

    Attributes:
        least: for a decision.
        least_of_meant: for the item that a follow-up is about.
        least_of_known: for a fact, which must be stated besides; for an item that has all that is named, is of a
            meeting that is named by its day or month, or says all of the question in the same words.
    """

    dense: float = 3.73
    near: float = 9.2
    literal: float = 1.2
    missing: float = -7.12
    bias: float = -4.61
    least: float = 0.25
    least_of_known: float = 0.12
    least_of_meant: float = 0.05

    def probability(self, hit: Hit) -> float:
        """That the item answers the question."""
        nearness = self.dense * hit.dense + self.near * hit.near
        evidence = nearness + self.literal * hit.literal + self.missing * hit.missing + self.bias
        return 1 / (1 + math.exp(-evidence))


_NAMED, _ALL_SAID = 0.75, 0.95
_DAYS_OF_A_MONTH = 31
_LONG, _LEAST_MET_OF_LONG = 12, 0.35
_CALIBRATION = "calibration.json"


def _named(question: Question) -> bool:
    """Whether the question names somebody or something, by other than a number."""
    return any(not name.isdigit() for name in question.names)


BUNDLED = Calibration()
"""Fitted for the bundled model on the questions of benchmarks/questions, as `referat calibrate` does."""


def read_calibration(folder: Path, model_fingerprint: str) -> Calibration:
    """The calibration that was made for an index and its model; the bundled one where there is none."""
    try:
        stored = json.loads((folder / _CALIBRATION).read_text(encoding="utf-8"))
        if stored.pop("model_fingerprint") == model_fingerprint:
            if set(stored) != {field.name for field in fields(Calibration)}:
                raise ValueError("it was made by another version")
            return Calibration(**stored)
    except FileNotFoundError:
        pass
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(folder, f"{_CALIBRATION} cannot be read; remove it, or calibrate anew") from error
    return BUNDLED


def write_calibration(folder: Path, model_fingerprint: str, calibration: Calibration) -> None:
    stored = {"model_fingerprint": model_fingerprint, **asdict(calibration)}
    new = folder / f"{_CALIBRATION}.new"
    new.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    new.replace(folder / _CALIBRATION)


def has_evidence(hit: Hit, question: Question, calibration: Calibration) -> bool:
    """Whether an item may be given as the answer. A question without words is answered by its limits alone."""
    if hit.exact or not question.words:
        return True
    if question.language == "da" and not hit.names:
        return False
    if _named(question) and hit.names and hit.literal >= _NAMED:
        return True
    states = question.fact is not None and question.fact.kind is not FactKind.REASON
    if question.bound:  # no other item can be meant: enough that it says something of the matter, if one is named
        if states:
            return True
        names_no_matter = all(fold(word) in light_words() for word in question.words)
        return names_no_matter or bool(hit.met) or calibration.probability(hit) >= calibration.least_of_meant
    if len(question.words) > _LONG and len(hit.met) < _LEAST_MET_OF_LONG * len(question.words):
        return False  # among so many words none is missed much, whatever they say
    limits = question.filters
    days = (limits.date_to - limits.date_from).days if limits.date_from and limits.date_to else None
    of_a_meeting = days == 0 or (limits.municipality and days is not None and days <= _DAYS_OF_A_MONTH)
    says_it_all = question.language == "da" and hit.literal >= _ALL_SAID
    is_known = states or says_it_all or of_a_meeting or (_named(question) and hit.names)
    return calibration.probability(hit) >= (calibration.least_of_known if is_known else calibration.least)
