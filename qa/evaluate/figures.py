"""Figures with their uncertainty: means over questions with bootstrap intervals, and the measures of a ranking."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np

from index.errors import ExtraMissing

RESAMPLES = 2_000
SEED = 0
_PERCENTILES = (2.5, 97.5)
RANKING_MEASURES = ("hit@1", "hit@5", "hit@10", "MRR@10", "nDCG@10")


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over `n` questions with its 95 % interval; all None where there is no question to count."""

    value: float | None
    low: float | None
    high: float | None
    n: int


def require_ir_measures() -> None:
    """
    Raises:
        ExtraMissing: ir_measures is not installed.
    """
    if find_spec("ir_measures") is None:
        raise ExtraMissing("referat eval", "ir-measures", "eval")


def figure(values: Sequence[float], weights: Sequence[float] | None = None) -> Figure:
    """The weighted mean of a value for each question, and the percentile bootstrap interval over questions.

    The same values always give the same interval. Where all values are equal it has no width: it says nothing then
    about what was not asked.
    """
    weight = np.ones(len(values)) if weights is None else np.asarray(weights, dtype=float)
    if not weight.sum():
        return Figure(None, None, None, 0)
    value = np.asarray(values, dtype=float)
    n = len(value)
    drawn = np.random.default_rng(SEED).integers(n, size=(RESAMPLES, n))
    totals = weight[drawn].sum(axis=1)
    means = (value * weight)[drawn].sum(axis=1)[totals > 0] / totals[totals > 0]
    low, high = np.percentile(means, _PERCENTILES)
    return Figure(float(np.average(value, weights=weight)), float(low), float(high), n)


def ranking_values(
    relevant: Sequence[Sequence[Hashable]], rankings: Sequence[Sequence[Hashable]]
) -> dict[str, list[float]]:
    """{measure: a value for each question} by ir_measures; each ranking is of distinct items, best first.

    hit@k is 1 where a right item is among the first k; MRR@10 and nDCG@10 as usual, all right items weighing the same.

    Raises:
        ExtraMissing: ir_measures is not installed.
    """
    require_ir_measures()
    from ir_measures import RR, Success, iter_calc, nDCG

    measures = dict(zip((Success @ 1, Success @ 5, Success @ 10, RR @ 10, nDCG @ 10), RANKING_MEASURES, strict=True))
    judged = {str(n): {str(item): 1 for item in items} for n, items in enumerate(relevant)}
    scored = {
        str(n): {str(item): -float(rank) for rank, item in enumerate(ranking)} for n, ranking in enumerate(rankings)
    }
    values = {name: [0.0] * len(relevant) for name in RANKING_MEASURES}
    for found in iter_calc(list(measures), judged, scored) if judged else ():
        values[measures[found.measure]][int(found.query_id)] = found.value
    return values
