"""Two keys before an answer: the item's words must meet the question's, and its meaning must be near.

An exact identifier opens both. The thresholds belong to the bundled model; they were set on questions that the minutes
answer and on questions that they do not.
"""

from __future__ import annotations

from qa.models import Question
from qa.retrieve import Hit

_LEAST_COVERAGE = {"da": 0.45, "en": 0.2}
_LEAST_SOFT = {"da": 0.3, "en": 0.25}
_LEAST_DENSE = {"da": 0.15, "en": 0.38}


def has_evidence(hit: Hit, question: Question) -> bool:
    """Whether an item may be given as the answer. A question without words is answered by its limits alone."""
    if hit.exact or not question.words:
        return True
    if question.bound:  # the item is given; it must only have something of what is asked
        return hit.coverage > 0
    language = question.language
    words = hit.coverage >= _LEAST_COVERAGE[language] and hit.soft >= _LEAST_SOFT[language]
    return words and hit.dense >= _LEAST_DENSE[language]
