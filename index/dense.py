"""Dense search over unit vectors: a quick look at all of them with FAISS, then the exact cosine of the nearest.

The look goes over the leading numbers of each vector only, a byte each, where the model was trained so that they are a
shorter vector of their own (Matryoshka). Clusters (IVF) and graphs (HNSW) were tried on 500,000 words: they find fewer
of the neighbours than this scan does in the same time, since the mean of a word's pieces lies in no cluster.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

SUFFIXES = (".npy", ".faiss")
"""What an index is made of: the vectors, float16; the quick look."""
_RESCORED = 1_000
_ROUNDED, _GLIMPSED = 0.02, 0.05  # how far float16, and a byte a number, may be from the number
_EXACT_ROWS = 5_000
_TRAINING_ROWS = 100_000
_WRITTEN_ROWS = 65_536


class DenseIndex:
    """Row i is the vector of chunk, or word, i; immutable once written. The vectors are mapped, not loaded."""

    def __init__(self, stem: Path) -> None:
        import faiss  # loaded when first searched: `import index` must stay light

        faiss.omp_set_num_threads(1)  # a search is too short to share; several are asked at once instead
        self._faiss = faiss
        self._vectors = np.load(stem.with_suffix(".npy"), mmap_mode="r", allow_pickle=False)
        self._look = faiss.read_index(str(stem.with_suffix(".faiss")))
        if self._look.ntotal != len(self._vectors):
            raise ValueError(f"{self._look.ntotal} quick looks at {len(self._vectors)} vectors")

    def __len__(self) -> int:
        return len(self._vectors)

    @property
    def dimension(self) -> int:
        return self._vectors.shape[1]

    @staticmethod
    def build(vectors: np.ndarray, narrow: int, stem: Path) -> None:
        """Write (n, dimension) rows of unit length; the quick look goes over the first `narrow` numbers of each."""
        import faiss

        np.save(stem.with_suffix(".npy"), vectors.astype(np.float16), allow_pickle=False)
        look = faiss.index_factory(narrow, "SQ8", faiss.METRIC_INNER_PRODUCT)
        if len(vectors):
            look.train(_narrowed(vectors[:: len(vectors) // _TRAINING_ROWS + 1], narrow))
        for start in range(0, len(vectors), _WRITTEN_ROWS):
            look.add(_narrowed(vectors[start : start + _WRITTEN_ROWS], narrow))
        faiss.write_index(look, str(stem.with_suffix(".faiss")))

    def search(self, query: np.ndarray, limit: int, among: np.ndarray | None = None) -> dict[int, float]:
        """{row: cosine} of the nearest rows, nearest first; `among`, (n,) int64, limits the search to those rows."""
        rows = self._near_rows(query, max(limit, _RESCORED), among)
        cosines = self._vectors[rows].astype(np.float32) @ query
        nearest = np.argsort(-cosines, kind="stable")[:limit]
        return dict(zip(rows[nearest].tolist(), cosines[nearest].tolist(), strict=True))

    def _near_rows(self, query: np.ndarray, limit: int, among: np.ndarray | None) -> np.ndarray:
        """The rows worth an exact look: all where they are few, else those that are near at a glance."""
        if among is not None and len(among) <= _EXACT_ROWS:
            return among
        if among is None and len(self) <= _RESCORED:
            return np.arange(len(self))
        chosen = among is not None and self._faiss.SearchParameters(sel=self._faiss.IDSelectorBatch(among))
        _, rows = self._look.search(_narrowed(query[None, :], self._look.d), limit, params=chosen or None)
        return rows[0][rows[0] >= 0]

    def vectors(self) -> np.ndarray:
        """All rows, (n, dimension) float16: what an update takes over for chunks that did not change."""
        return self._vectors

    def unlike(self, rows: np.ndarray, vectors: np.ndarray) -> np.ndarray:
        """Those of the rows that do not hold these vectors, (len(rows), dimension), in full or for the quick look."""
        far = np.abs(self._vectors[rows] - vectors).max(axis=1) > _ROUNDED
        glimpses = self._look.reconstruct_batch(rows)
        return rows[far | (np.abs(glimpses - _narrowed(vectors, self._look.d)).max(axis=1) > _GLIMPSED)]


def _narrowed(vectors: np.ndarray, narrow: int) -> np.ndarray:
    narrowed = np.ascontiguousarray(vectors[:, :narrow], dtype=np.float32)
    return narrowed / np.maximum(np.linalg.norm(narrowed, axis=1, keepdims=True), 1e-9)
