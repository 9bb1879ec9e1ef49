"""The student of the second stage: a text asks each of its pieces how much it matters there.

A piece is a unit row: the numbers of its meaning, and a last one for its own weight. The pieces' mean by their own
weights asks; what it asks, times each row, is added to the piece's own weight, and by that the pieces are taken
together once more. With nothing asked that is the mean of the first stage.
"""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional

from training.tokenizer import Bags

OWN_WEIGHT = 10.0
"""The logarithm of a piece's own weight is so many times its row's last number."""
_SCALE = 2.7  # of rows while they are trained: the larger, the slower they turn
_QUICKNESS = 10.0  # so much faster than in steps of the rows' size a text learns to ask
_LEAST_LENGTH = 4e-3


class Attention(torch.nn.Module):
    """Rows of pieces, (pieces, dimension + 1), and what a text asks of them."""

    def __init__(self, table: np.ndarray) -> None:
        super().__init__()
        rows = _SCALE * rows_of(table)
        width = rows.shape[1]
        self.rows = torch.nn.Parameter(torch.from_numpy(rows))
        self.ask = torch.nn.Parameter(torch.zeros(width, width))
        self.always = torch.nn.Parameter(torch.zeros(width))
        self._drawn: tuple | None = None

    def forward(self, bags: Bags, dropout: float = 0.0, chance: np.random.Generator | None = None) -> torch.Tensor:
        """(len(bags), dimension), of unit length; with dropout, a part of the pieces is not seen."""
        seen = bags.thinned(dropout, chance)
        ids, starts = torch.from_numpy(seen.ids), torch.from_numpy(seen.starts)
        owners = torch.from_numpy(np.repeat(np.arange(len(seen)), seen.lengths))
        unit, own, weighed = self._unit_rows()
        sums = functional.embedding_bag(ids, weighed, starts, mode="sum")
        asked = _QUICKNESS * (sums[:, :-1] / sums[:, -1:] @ self.ask.T + self.always)
        logits = own[ids] + (functional.embedding(ids, unit) * asked[owners]).sum(1)
        together = functional.embedding_bag(ids, unit, starts, mode="sum", per_sample_weights=torch.exp(logits))
        return functional.normalize(together[:, :-1], dim=1)

    def arrays(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Rows, (pieces, width); what the mean asks of each, (width, width); what every text asks, (width,)."""
        asked = (_QUICKNESS * each.detach().numpy() for each in (self.ask, self.always))
        return self.rows.detach().numpy(), *asked

    def step_taken(self) -> None:
        """What was worked out of the rows holds no longer."""
        self._drawn = None

    def _unit_rows(self) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Unit rows, own weights, and the rows times their weights beside these; worked out once a step."""
        if self._drawn is None:
            unit = functional.normalize(self.rows, dim=1)
            own = OWN_WEIGHT * unit[:, -1]
            weights = torch.exp(own)[:, None]
            self._drawn = unit, own, torch.cat([unit * weights, weights], dim=1)
        return self._drawn


def rows_of(table: np.ndarray) -> np.ndarray:
    """Unit rows that weigh the pieces as the lengths of a table's vectors do: (pieces, dimension + 1), float32."""
    lengths = np.linalg.norm(table, axis=1)
    shares = np.maximum(lengths / np.median(lengths[lengths > 0]), _LEAST_LENGTH)
    own = np.zeros_like(shares)
    for _ in range(20):  # the more of a row its weight is, the less is left for the meaning, which must be made up for
        own = (np.log(shares) - np.log(1 - own**2) / 2) / OWN_WEIGHT
    meaning = table * (np.sqrt(1 - own**2) / np.maximum(lengths, 1e-9))[:, None]
    return np.concatenate([meaning, own[:, None]], axis=1).astype(np.float32)
