"""Dense search: FAISS over the vectors of the chunks. Row i belongs to chunk i."""

from __future__ import annotations

from pathlib import Path

import numpy as np


class DenseIndex:
    """Exact inner product over unit vectors; immutable once written."""

    def __init__(self, path: Path) -> None:
        import faiss  # loaded when first searched: `import index` must stay light

        self._faiss = faiss
        self._index = faiss.read_index(str(path))

    def __len__(self) -> int:
        return self._index.ntotal

    @property
    def dimension(self) -> int:
        return self._index.d

    @staticmethod
    def build(vectors: np.ndarray, path: Path) -> None:
        """Write an index of (n, dimension) float32 rows of unit length to `path`."""
        import faiss

        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        faiss.write_index(index, str(path))

    def search(self, query: np.ndarray, limit: int, among: np.ndarray | None = None) -> dict[int, float]:
        """{chunk id: cosine} of the nearest chunks; `among` limits the search to those chunk ids."""
        limit = min(limit, len(self) if among is None else len(among))
        if limit == 0:
            return {}
        chosen = (
            None
            if among is None
            else self._faiss.SearchParameters(sel=self._faiss.IDSelectorBatch(among.astype(np.int64)))
        )
        scores, ids = self._index.search(query[None, :].astype(np.float32), limit, params=chosen)
        return {int(chunk): float(score) for chunk, score in zip(ids[0], scores[0], strict=True) if chunk >= 0}

    def vectors(self) -> np.ndarray:
        """All rows, (n, dimension): what an update takes over for chunks that did not change."""
        return self._index.reconstruct_n(0, len(self)) if len(self) else np.zeros((0, self.dimension), np.float32)
