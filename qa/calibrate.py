"""`referat calibrate`: the evidence that an answer needs, fitted on questions to the minutes at hand.

What is right is known of the questions that are given. What is not in the minutes is needed besides, and more of it
than anyone writes down: 600 questions of municipal life in general, of which the minutes at hand answer hardly any.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from index.errors import QuestionError
from qa.evaluate.questions import KnownQuestion
from qa.evidence import BUNDLED, Calibration
from qa.models import Intent
from qa.retrieve import Hit
from qa.service import Service

_GENERAL = Path(__file__).parent / "general_questions.txt"
_FEWEST = 20
_SHARE_OF_GENERAL = 0.6  # what all the general questions count together, beside those that were answered rightly
_RIDGE = 1.0
_STEPS = 30


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The fit; and of the questions that it was made from, how many it answers rightly or rightly refuses."""

    calibration: Calibration
    asked: int
    right_before: int
    right_after: int


def calibrate(
    service: Service, known: Sequence[KnownQuestion], progress: Callable[[str, int, int], None]
) -> Calibrated:
    """Fit the evidence on questions whose answer is known: such as stand alone and ask for a decision.

    Raises:
        QuestionError: too few of them, or all are answered, or none is.
    """
    single = [question for question in known if len(question.turns) == 1]
    general = _GENERAL.read_text(encoding="utf-8").splitlines()
    asked, unasked = [], []
    for done, question in enumerate(single):
        progress("questions", done, len(single) + len(general))
        if hit := _first(service, question.turns[0]):
            asked.append((hit, _is_right(service, hit, question), not question.relevant))
    rights = sum(right for _, right, _ in asked)
    if len(asked) < _FEWEST or not 0 < rights < len(asked):
        raise QuestionError(
            f"{len(asked)} of the questions ask for a decision, and {rights} find it. To calibrate, give at least "
            f"{_FEWEST}, some that the minutes answer and some that they do not."
        )
    for done, text in enumerate(general, len(single)):
        progress("questions", done, len(single) + len(general))
        if hit := _first(service, text):
            unasked.append(hit)
    progress("questions", 1, 1)
    weight = _SHARE_OF_GENERAL * rights / max(len(unasked), 1)
    fitted = _fit(
        [hit for hit, _, _ in asked] + unasked,
        np.array([right for _, right, _ in asked] + [False] * len(unasked), dtype=float),
        np.array([1.0] * len(asked) + [weight] * len(unasked)),
    )
    before, after = (sum(_decides_rightly(each, *row) for row in asked) for each in (BUNDLED, fitted))
    return Calibrated(fitted, len(asked), before, after)


def _first(service: Service, text: str) -> Hit | None:
    """The item that comes first, where evidence decides: not for a list, a fact or a number."""
    question = service.understand(text)
    if question.intent is not Intent.DECISION or not question.words or not question.known:
        return None
    hits = service.hits(question, 1)
    return hits[0] if hits and not hits[0].exact else None


def _is_right(service: Service, hit: Hit, question: KnownQuestion) -> bool:
    record = service.record(hit.item_id)
    return question.key_of_item(record.meeting.source, record.item) in question.relevant


def _decides_rightly(calibration: Calibration, hit: Hit, right: bool, unanswerable: bool) -> bool:
    answers = calibration.probability(hit) >= calibration.least
    return (answers and right) or (not answers and unanswerable)


def _fit(hits: Sequence[Hit], right: np.ndarray, weights: np.ndarray) -> Calibration:
    """Logistic regression by Newton's method, the slopes held towards nought a little."""
    rows = np.array([(hit.dense, hit.near, hit.literal, hit.missing, 1.0) for hit in hits])
    scale = np.append(rows[:, :-1].std(axis=0) + 1e-9, 1.0)
    rows, slopes = rows / scale, np.zeros(rows.shape[1])
    ridge = np.diag([_RIDGE, _RIDGE, _RIDGE, _RIDGE, 1e-6])
    for _ in range(_STEPS):
        probable = 1 / (1 + np.exp(-rows @ slopes))
        gradient = rows.T @ (weights * (probable - right)) + ridge @ slopes
        curvature = (rows.T * (weights * probable * (1 - probable))) @ rows + ridge
        slopes -= np.linalg.solve(curvature, gradient)
    dense, near, literal, missing, bias = map(float, slopes / scale)
    return replace(BUNDLED, dense=dense, near=near, literal=literal, missing=missing, bias=bias)
