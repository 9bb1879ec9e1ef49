"""Two keys before an answer: the item's words must meet the question's, and its meaning must be near.

An exact identifier opens both. The thresholds belong to the bundled model; they were set on questions that the minutes
answer and on questions that they do not.
"""

from __future__ import annotations

import numpy as np

from qa.models import Language
from qa.retrieve import Hit

_MET = 0.6
"""From here on a word of the question counts as met: by itself, another form, a compound or a near synonym."""

_LEAST_COVERAGE = {"da": 0.45, "en": 0.2}
_LEAST_SOFT = {"da": 0.3, "en": 0.25}
_LEAST_DENSE = {"da": 0.15, "en": 0.38}


def has_evidence(hit: Hit, weights: np.ndarray, language: Language) -> bool:
    """Whether an item may be given as the answer.

    Args:
        weights: (words,) how much each word of the question says; they sum to 1. Without words, limits alone led here.
    """
    if hit.exact or not len(weights):
        return True
    coverage = float(weights @ (hit.met >= _MET)) if len(hit.met) else 0.0
    return (
        coverage >= _LEAST_COVERAGE[language]
        and hit.soft >= _LEAST_SOFT[language]
        and hit.dense >= _LEAST_DENSE[language]
    )
