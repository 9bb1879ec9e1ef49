"""First stage: every text, Danish or English, is drawn to the teacher's vector of its English."""

from __future__ import annotations

import logging

import numpy as np
import torch
from torch.nn import functional

from training.settings import Settings
from training.student import Student, narrowed, optimizer_for, ranking_loss
from training.tokenizer import Bags

log = logging.getLogger(__name__)
_NEAR_DUPLICATE = 0.95


def teacher_loss(
    student: torch.nn.Module,
    bags: Bags,
    targets: np.ndarray,
    rows: np.ndarray,
    settings: Settings,
    chance: np.random.Generator,
) -> torch.Tensor:
    """Ranking among the batch, and nearness, at the whole and at the narrow length.

    A part of the batches consists of two or three texts joined, for most texts are short, and what is searched is not.
    """
    groups = in_groups(rows, settings, chance)
    weights = np.sqrt(bags.lengths[groups])[:, :, None].astype(np.float32)
    wanted = functional.normalize(torch.from_numpy((targets[groups] * weights).sum(1)), dim=1)
    given = student(bags.take_joined(groups), settings.piece_dropout, chance)
    same = wanted @ wanted.T > _NEAR_DUPLICATE
    loss = torch.zeros(())
    for length in (settings.dimension, settings.narrow):
        left, right = narrowed(given, length), narrowed(wanted, length)
        loss = loss + ranking_loss(left, right, same, settings.temperature)
        loss = loss + settings.near * (1 - (left * right).sum(1)).mean()
    return loss / 2


def in_groups(rows: np.ndarray, settings: Settings, chance: np.random.Generator) -> np.ndarray:
    """The rows one by one, or shuffled into groups of two or three: (groups, size)."""
    size = chance.choice([1, 2, 3], p=[1 - settings.joined, settings.joined / 2, settings.joined / 2])
    return np.stack([rows if n == 0 else chance.permutation(rows) for n in range(size)], axis=1)


def distil(student: Student, bags: Bags, targets: np.ndarray, settings: Settings) -> None:
    """Train the student in place.

    Args:
        targets: (len(bags), dimension) the teacher's unit vector for each bag.
    """
    chance = np.random.default_rng(settings.seed)
    steps = settings.distil_epochs * (len(bags) // settings.distil_batch)
    optimizer, schedule = optimizer_for(student, settings.distil_rate, steps)
    done = 0
    for epoch in range(settings.distil_epochs):
        order = chance.permutation(len(bags))
        total = 0.0
        for start in range(0, len(order) - settings.distil_batch + 1, settings.distil_batch):
            rows = order[start : start + settings.distil_batch]
            loss = teacher_loss(student, bags, targets, rows, settings, chance)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
            done += 1
        log.info(
            "distil: epoch %d of %d, loss %.3f",
            epoch + 1,
            settings.distil_epochs,
            total * settings.distil_batch / len(order),
        )
