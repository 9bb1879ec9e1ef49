"""Measures: how often the right one comes first, and how well like and unlike are told apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

Embed = Callable[[Sequence[str]], np.ndarray]
"""Texts -> rows of unit length."""

Score = Callable[[Sequence[str], Sequence[str]], np.ndarray]
"""Questions, candidates -> (questions, candidates) the higher, the nearer."""


def cosines(embed: Embed) -> Score:
    return lambda questions, candidates: embed(questions) @ embed(candidates).T


def ranks(scores: np.ndarray, right: Sequence[set[int]]) -> np.ndarray:
    """The rank, from 1, of the best right candidate; candidates with the same score share the middle of their ranks."""
    found = []
    for row, places in zip(scores, right, strict=True):
        best = max(row[place] for place in places)
        wrong = np.ones(len(row), bool)
        wrong[list(places)] = False
        found.append(1 + (row[wrong] > best).sum() + (row[wrong] == best).sum() / 2)
    return np.array(found)


def ranking_figures(found: np.ndarray) -> dict[str, float]:
    return {
        "count": len(found),
        "hit@1": round(float((found < 1.5).mean()), 4),
        "hit@5": round(float((found < 5.5).mean()), 4),
        "hit@10": round(float((found < 10.5).mean()), 4),
        "mrr": round(float((1 / found).mean()), 4),
    }


def area_under_curve(like: np.ndarray, unlike: np.ndarray) -> float:
    """How often a like pair scores above an unlike one."""
    order = np.sort(unlike)
    below = np.searchsorted(order, like, "left") + np.searchsorted(order, like, "right")
    return float(below.mean() / (2 * len(order)))


def separation_figures(like: np.ndarray, unlike: np.ndarray) -> dict[str, float]:
    """Of cosines: how well they tell like from unlike pairs, and how the unlike ones lie."""
    figures = {"auroc": area_under_curve(like, unlike)}
    for percent in (99, 99.9):
        limit = float(np.percentile(unlike, percent))
        figures[f"unlike p{percent}"] = limit
        figures[f"like above p{percent}"] = float((like > limit).mean())
    figures |= {"unlike mean": float(unlike.mean()), "like median": float(np.median(like))}
    return {name: round(value, 4) for name, value in figures.items()}
