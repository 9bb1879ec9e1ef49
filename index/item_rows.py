"""Where items stand: each has a row, in the order in which they were written, and its chunks stand side by side.

An item's id is for links and lasts as long as its document; its row is a place in the arrays of one state.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np


class ItemRows:
    """Of a file with (3, items + 1) int64: ids; the first chunk of each and of what would follow; rows by their ids."""

    def __init__(self, path: Path) -> None:
        columns = np.load(path, mmap_mode="r", allow_pickle=False)
        self._ids, self._chunks, self._by_id = columns[0, :-1], columns[1], columns[2, :-1]

    @staticmethod
    def write(path: Path, ids: list[int], chunks: list[int]) -> None:
        """Write so many ids, and of each the first of its chunks; one more tells where the last one's end."""
        columns = np.zeros((3, len(chunks)), np.int64)
        columns[0, :-1], columns[1], columns[2, :-1] = ids, chunks, np.argsort(np.array(ids, np.int64))
        np.save(path, columns, allow_pickle=False)

    def __len__(self) -> int:
        return len(self._ids)

    def ids(self, rows: np.ndarray) -> list[int]:
        return self._ids[rows].tolist()

    def rows(self, ids: np.ndarray) -> np.ndarray:
        """(n,) int64, in order; ids that no item has are passed over."""
        if not len(self):
            return np.empty(0, np.int64)
        places = np.searchsorted(self._ids, ids, sorter=self._by_id)
        rows = self._by_id[np.minimum(places, len(self) - 1)]
        return np.sort(rows[self._ids[rows] == ids])

    def chunks(self, rows: np.ndarray) -> np.ndarray:
        """(n,) int64: the chunks of those items."""
        first, counts = self._chunks[rows], self._chunks[rows + 1] - self._chunks[rows]
        return np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())

    def of_chunks(self, chunks: np.ndarray) -> np.ndarray:
        """(len(chunks),) the rows of the items that the chunks are of."""
        return np.searchsorted(self._chunks, chunks, side="right") - 1
