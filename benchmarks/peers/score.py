"""Questions and rankings -> figures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.peers.documents import item_name
from benchmarks.peers.protocol import Item
from training.measure import area_under_curve

DEPTH = 10
"""MRR looks no farther down than this."""


@dataclass(frozen=True, slots=True)
class Question:
    """`turns` are a conversation's, the last of them the question; `relevant` is empty where nothing answers it."""

    turns: tuple[str, ...]
    category: str
    relevant: frozenset[Item]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The items found for a question, best first, each once, and the score of the first; none where it was refused."""

    items: tuple[Item, ...]
    score: float


def read_questions(path: Path) -> list[Question]:
    """The questions of a JSONL file: `question` or `turns`, `category`, and `relevant` with `file` and `item`."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Question(
            turns=tuple(line.get("turns") or [line["question"]]),
            category=line["category"],
            relevant=frozenset(
                Item(gold["file"], item_name(str(gold["item"]), gold.get("case_number"), gold.get("title")))
                for gold in line["relevant"]
            ),
        )
        for line in lines
    ]


def rank_of(question: Question, ranking: Ranking) -> int | None:
    """The rank, from 1, of the first right item."""
    return next((rank for rank, item in enumerate(ranking.items, 1) if item in question.relevant), None)


def ranking_figures(questions: Sequence[Question], rankings: Sequence[Ranking]) -> dict[str, float]:
    """hit@1, hit@5, MRR@10 and the share refused, over the questions that the minutes answer."""
    asked = [pair for pair in zip(questions, rankings, strict=True) if pair[0].relevant]
    ranks = np.array([rank_of(*pair) or np.inf for pair in asked])
    return {
        "hit@1": float((ranks <= 1).mean()),
        "hit@5": float((ranks <= 5).mean()),
        "mrr": float(np.where(ranks <= DEPTH, 1 / ranks, 0).mean()),
        "refused": float(np.mean([not ranking.items for _, ranking in asked])),
    }


def hits_by_category(questions: Sequence[Question], rankings: Sequence[Ranking]) -> dict[str, float]:
    """hit@1 of each category that the minutes answer."""
    hits: dict[str, list[bool]] = {}
    for question, ranking in zip(questions, rankings, strict=True):
        if question.relevant:
            hits.setdefault(question.category, []).append(rank_of(question, ranking) == 1)
    return {category: float(np.mean(of_category)) for category, of_category in sorted(hits.items())}


def invented(questions: Sequence[Question], rankings: Sequence[Ranking]) -> float:
    """The share of questions without an answer in the minutes that got one."""
    return float(np.mean([bool(r.items) for q, r in zip(questions, rankings, strict=True) if not q.relevant]))


def separation(questions: Sequence[Question], rankings: Sequence[Ranking], refused: float) -> tuple[float, float]:
    """How well the first score tells what the minutes answer from what they do not.

    Returns: the AUROC; and the share of unanswerable questions still answered if the threshold on the score, set on
    these very questions, refused so large a share of the others.
    """
    scores = np.array([ranking.score for ranking in rankings])
    answerable = np.array([bool(question.relevant) for question in questions])
    threshold = np.quantile(scores[answerable], refused)
    return area_under_curve(scores[answerable], scores[~answerable]), float((scores[~answerable] >= threshold).mean())
