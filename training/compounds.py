"""Pieces that the first stage saw seldom or never take their meaning from their parts: `kunst` + `græs` + `bane`."""

from __future__ import annotations

import json

import numpy as np
from tokenizers import Tokenizer

_SHORTEST = 4
_TRUST = 3.0  # seen so often, a piece's own vector counts as much as its parts


def complete(table: np.ndarray, tokenizer: Tokenizer, seen: np.ndarray) -> np.ndarray:
    """The table with each piece drawn towards the sum of its parts, the more the seldomer it was seen.

    Args:
        seen: (pieces,) how many texts of the first stage held the piece.
    """
    vocabulary = json.loads(tokenizer.to_str())["model"]["vocab"]
    scores = {piece: score for piece, score in vocabulary}
    ids = {piece: number for number, (piece, _) in enumerate(vocabulary)}
    completed = np.where(seen[:, None] > 0, table, 0)
    for piece, number in sorted(ids.items(), key=lambda entry: len(entry[0])):
        parts = best_parts(piece, scores) if len(piece) >= _SHORTEST else []
        if parts:
            composed = completed[[ids[part] for part in parts]].sum(axis=0)
            own = seen[number] / (seen[number] + _TRUST)
            completed[number] = own * completed[number] + (1 - own) * composed
    return completed


def best_parts(piece: str, scores: dict[str, float]) -> list[str]:
    """The likeliest way to cut a piece into at least two others."""
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(piece) + 1):
        options = [
            (best[start][0] + scores[piece[start:end]], [*best[start][1], piece[start:end]])
            for start in range(max(0, end - 16), end)
            if piece[start:end] in scores and end - start < len(piece) and best[start][0] > -np.inf
        ]
        best.append(max(options, default=(-np.inf, [])))
    return best[-1][1]
