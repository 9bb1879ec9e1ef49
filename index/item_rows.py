"""Where items stand: each has a row, in the order in which they were written, and its chunks stand side by side.

An item's id is for links and lasts as long as its document; its row is a place in the arrays of one state.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np


class ItemRows:
    """Of a file for each segment, with (3, items + 1) int64.

    Attributes:
        all_ids: (items,) ids by row.
        ends: (items + 1,) where the chunks of the items before each row end, and where all end.
    """

    def __init__(self, *paths: Path) -> None:
        segments = [np.load(path, mmap_mode="r", allow_pickle=False) for path in paths]
        self.all_ids = _one_after_another([columns[0, :-1] for columns in segments])
        self.ends = _one_after_another([segments[0][1], *(columns[1, 1:] for columns in segments[1:])])
        self._by_id = [(columns[0, :-1], columns[2, :-1]) for columns in segments]

    @staticmethod
    def write(path: Path, ids: np.ndarray, ends: np.ndarray) -> None:
        columns = np.zeros((3, len(ends)), np.int64)
        columns[0, :-1], columns[1], columns[2, :-1] = ids, ends, np.argsort(ids)
        np.save(path, columns, allow_pickle=False)

    def write_some(self, stays: np.ndarray, path: Path) -> None:
        """Write those rows that stay, (items,) bool, to one file."""
        counts = np.diff(self.ends)[stays]
        ItemRows.write(path, self.all_ids[stays], self.ends[0] + np.append(0, np.cumsum(counts)))

    def __len__(self) -> int:
        return len(self.all_ids)

    def ids(self, rows: np.ndarray) -> list[int]:
        return self.all_ids[rows].tolist()

    def rows(self, ids: np.ndarray) -> np.ndarray:
        """(n,) int64, in order; ids that no item has are passed over."""
        found, first = [np.empty(0, np.int64)], 0
        for held, by_id in self._by_id:
            if len(held):
                rows = by_id[np.minimum(np.searchsorted(held, ids, sorter=by_id), len(held) - 1)]
                found.append(first + np.sort(rows[held[rows] == ids]))
            first += len(held)
        return np.concatenate(found)

    def chunks(self, rows: np.ndarray) -> np.ndarray:
        """(n,) int64: the chunks of those items."""
        first, counts = self.ends[rows], self.ends[rows + 1] - self.ends[rows]
        return np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())

    def of_chunks(self, chunks: np.ndarray) -> np.ndarray:
        """(len(chunks),) the rows of the items that the chunks are of."""
        return np.searchsorted(self.ends, chunks, side="right") - 1


def _one_after_another(columns: list[np.ndarray]) -> np.ndarray:
    return columns[0] if len(columns) == 1 else np.concatenate(columns)
