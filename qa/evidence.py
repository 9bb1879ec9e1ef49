"""Two keys before an answer: the item's words must meet the question's, and its meaning must be near.

An exact identifier opens both. A Danish question must be met by words; an English one shares few with Danish minutes,
so there nearness of meaning may make up for them. The thresholds belong to the bundled model; they were set on
questions that the minutes answer and on questions that they do not.
"""

from __future__ import annotations

from qa.models import Question
from qa.retrieve import Hit

_LEAST_COVERAGE = 0.33
_LEAST_SOFT = 0.37
_LEAST_SOFT_OF_FOLLOW_UP = 0.25
_LEAST_DENSE = 0.12
_LEAST_SOFT_ENGLISH = 0.1
_LEAST_SUM_ENGLISH = 0.47


def has_evidence(hit: Hit, question: Question) -> bool:
    """Whether an item may be given as the answer. A question without words is answered by its limits alone."""
    if hit.exact or not question.words:
        return True
    if not question.names <= frozenset(hit.met):
        return False
    if question.bound:  # the item is given; it must only have something of what is asked
        return hit.coverage > 0
    if question.language == "en":
        return hit.soft >= _LEAST_SOFT_ENGLISH and hit.soft + hit.dense >= _LEAST_SUM_ENGLISH
    least_soft = _LEAST_SOFT if question.about is None else _LEAST_SOFT_OF_FOLLOW_UP
    return hit.coverage >= _LEAST_COVERAGE and hit.soft >= least_soft and hit.dense >= _LEAST_DENSE
