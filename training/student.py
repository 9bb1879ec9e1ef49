"""The student of the first stage: one table of vectors; a text is the mean of its pieces, of unit length.

A piece's weight is the length of its vector, which is learnt with the rest.
"""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional

from training.tokenizer import Bags

_HIGHEST_IDF, _LOWEST_IDF = 8.0, 1.0
_BLOCK = 1 << 16  # pieces at a time, to save memory


class Student(torch.nn.Module):
    """The table, and texts through it."""

    def __init__(self, table: np.ndarray) -> None:
        super().__init__()
        self.table = torch.nn.Parameter(torch.from_numpy(table.astype(np.float32)))

    def forward(self, bags: Bags, dropout: float = 0.0, chance: np.random.Generator | None = None) -> torch.Tensor:
        """(len(bags), dimension), of unit length; with dropout, a part of the pieces is not seen."""
        seen = bags.thinned(dropout, chance)
        ids, starts = torch.from_numpy(seen.ids), torch.from_numpy(seen.starts)
        return functional.normalize(functional.embedding_bag(ids, self.table, starts, mode="sum"), dim=1)


def first_table(bags: Bags, targets: np.ndarray, pieces: int) -> np.ndarray:
    """Each piece starts as the mean of the targets of the texts that hold it, short texts first, times its idf."""
    sums, weights, texts_with = torch.zeros(pieces, targets.shape[1]), torch.zeros(pieces), torch.zeros(pieces)
    owners = np.repeat(np.arange(len(bags)), bags.lengths)
    share = (1 / bags.lengths).astype(np.float32)
    for start in range(0, len(bags.ids), _BLOCK):
        ids, owner = torch.from_numpy(bags.ids[start : start + _BLOCK]), owners[start : start + _BLOCK]
        sums.index_add_(0, ids, torch.from_numpy(targets[owner] * share[owner, None]))
        weights.index_add_(0, ids, torch.from_numpy(share[owner]))
        texts_with.index_add_(0, ids, torch.ones(len(ids)))
    table, weights, texts_with = sums.numpy(), weights.numpy(), texts_with.numpy()
    table /= np.maximum(weights, 1e-6)[:, None]
    table -= (table * weights[:, None]).sum(0) / weights.sum()  # what all texts have in common says nothing
    idf = np.clip(np.log(len(bags) / np.maximum(texts_with, 1)), _LOWEST_IDF, _HIGHEST_IDF)
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6)
    return table * (idf / _HIGHEST_IDF)[:, None].astype(np.float32)


def ranking_loss(left: torch.Tensor, right: torch.Tensor, same: torch.Tensor, temperature: float) -> torch.Tensor:
    """Cross-entropy of each left row with its right one among all, and the other way round.

    Args:
        same: (n, n) pairs that are right too, and count neither way.
    """
    scores = left @ right.T / temperature
    scores = scores.masked_fill(same & ~torch.eye(len(left), dtype=torch.bool), -1e4)
    targets = torch.arange(len(left))
    return (functional.cross_entropy(scores, targets) + functional.cross_entropy(scores.T, targets)) / 2


def narrowed(vectors: torch.Tensor, dimension: int) -> torch.Tensor:
    return functional.normalize(vectors[:, :dimension], dim=1)


def optimizer_for(student: torch.nn.Module, rate: float, steps: int) -> tuple[torch.optim.Optimizer, object]:
    """AdamW with warm-up and linear decay."""
    optimizer = torch.optim.AdamW(student.parameters(), lr=rate, weight_decay=0.0, fused=True)
    warm = max(steps // 20, 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max((steps - step) / max(steps - warm, 1), 0.0))
    )
    return optimizer, schedule
