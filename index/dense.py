"""Dense search over unit vectors: a quick look at all of them with FAISS, then the exact cosine of the nearest.

Few vectors need no look. Of more, each pair of numbers is rounded to one of 16 (product quantization), so that the look
takes 3 ns for a vector and finds 99 % of the nearest 150 among the 1,000 that are then measured exactly. Clusters (IVF)
and graphs (HNSW) find fewer in the same time: the mean of a text's word pieces lies in no cluster.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

SUFFIXES = (".npy", ".faiss")
"""What an index is made of: the vectors, float16; the quick look."""
_MEASURED = 1_000
_ALL_MEASURED = 5_000  # up to here every vector is measured
_GLANCES_OF_A_MEASURE = 70  # where a search is limited: how many glances cost as much as a measurement, roughly
_ROUNDED = 0.02  # how far float16, and another way of computing, may be from a number
_TRAINING_ROWS = 8_192
_WRITTEN_ROWS = 65_536


class DenseIndex:
    """Row i is the vector of chunk, or word, i; immutable once written. The vectors are mapped, not loaded."""

    def __init__(self, stem: Path) -> None:
        import faiss  # loaded when first searched: `import index` must stay light

        faiss.omp_set_num_threads(1)  # a search is too short to share; several are asked at once instead
        self._stem = stem
        self._vectors = np.load(stem.with_suffix(".npy"), mmap_mode="r", allow_pickle=False)
        self._look = faiss.read_index(str(stem.with_suffix(".faiss")), faiss.IO_FLAG_MMAP_IFC)
        if self._look.ntotal != _looked_at(len(self._vectors)):
            raise ValueError(f"{self._look.ntotal} quick looks at {len(self._vectors)} vectors")

    def __len__(self) -> int:
        return len(self._vectors)

    @property
    def dimension(self) -> int:
        return self._vectors.shape[1]

    @staticmethod
    def build(vectors: np.ndarray, stem: Path, held: DenseIndex | None = None) -> None:
        """Write (n, dimension) rows of unit length; after those of another index, if one is given."""
        import faiss

        faiss.omp_set_num_threads(1)
        rounded = vectors.astype(np.float16, copy=False)
        rounded = np.concatenate([held.vectors(), rounded]) if held else rounded
        np.save(stem.with_suffix(".npy"), rounded, allow_pickle=False)
        if held and 2 * held._look.ntotal >= len(rounded):
            look = faiss.read_index(str(held._stem.with_suffix(".faiss")))
        else:
            dimension = rounded.shape[1]
            parts = dimension // 2 if dimension % 2 == 0 else dimension
            look = faiss.IndexPQFastScan(dimension, parts, 4, faiss.METRIC_INNER_PRODUCT)
        if _looked_at(len(rounded)):
            if not look.is_trained:
                look.train(rounded[:: len(rounded) // _TRAINING_ROWS + 1].astype(np.float32))
            for start in range(look.ntotal, len(rounded), _WRITTEN_ROWS):
                look.add(rounded[start : start + _WRITTEN_ROWS].astype(np.float32))
        faiss.write_index(look, str(stem.with_suffix(".faiss")))

    def search(self, query: np.ndarray, limit: int, among: np.ndarray | None = None) -> dict[int, float]:
        """{row: cosine} of the nearest rows, nearest first; `among`, (n,) int64, limits the search to those rows."""
        if among is None:
            return self.search_each(query[None, :], limit)[0]
        return self._measured(query, limit, self._near_of(query, limit, among))

    def search_each(self, queries: np.ndarray, limit: int) -> list[dict[int, float]]:
        """What `search` gives for each of (n, dimension) queries, in less time: all are compared in one look."""
        near = self._near_rows(queries, max(limit, _MEASURED))
        return [self._measured(query, limit, rows) for query, rows in zip(queries, near, strict=True)]

    def _measured(self, query: np.ndarray, limit: int, rows: np.ndarray) -> dict[int, float]:
        """{row: cosine} of the nearest of those rows."""
        cosines = self._vectors[rows].astype(np.float32) @ query
        nearest = np.argsort(-cosines, kind="stable")[:limit]
        return dict(zip(rows[nearest].tolist(), cosines[nearest].tolist(), strict=True))

    def _near_rows(self, queries: np.ndarray, limit: int) -> list[np.ndarray]:
        """For each query the rows worth an exact look: all where they are few, else those that are near at a glance."""
        if not self._look.ntotal or not len(queries):
            return [np.arange(len(self))] * len(queries)
        _, near = self._look.search(queries, min(limit, len(self)))
        return [rows[rows >= 0] for rows in near]

    def _near_of(self, query: np.ndarray, limit: int, among: np.ndarray) -> np.ndarray:
        """All of those rows where they are few; else so many near ones that enough of these are among them."""
        if len(among) <= max(_ALL_MEASURED, (_GLANCES_OF_A_MEASURE * len(self)) ** 0.5):
            return among
        chosen = np.zeros(len(self), bool)
        chosen[among] = True
        rows = self._near_rows(query[None, :], max(limit, _MEASURED) * len(self) // len(among))[0]
        rows = rows[chosen[rows]]
        return rows if len(rows) >= limit else among

    def vectors(self) -> np.ndarray:
        """All rows, (n, dimension) float16: what an update takes over for chunks that did not change."""
        return self._vectors

    def unlike(self, rows: np.ndarray, vectors: np.ndarray) -> np.ndarray:
        """Those of the rows that do not hold these vectors, (len(rows), dimension), in full or for the quick look."""
        held = self._vectors[rows].astype(np.float32)
        unlike = np.abs(held - vectors).max(axis=1) > _ROUNDED
        if self._look.ntotal:
            glimpses = self._look.sa_decode(self._look.sa_encode(held))
            unlike |= np.abs(self._look.reconstruct_batch(rows) - glimpses).max(axis=1) > _ROUNDED
        return rows[unlike]


def _looked_at(rows: int) -> int:
    """How many of so many vectors have a quick look."""
    return rows if rows > _ALL_MEASURED else 0
