"""Dense search over unit vectors: a quick look at all of them with FAISS, then the exact cosine of the nearest.

Few vectors need no look. Of more, each pair of numbers is rounded to one of 16 (product quantization), so that the look
takes 3 ns for a vector and finds 99 % of the nearest 150 among the 1,000 that are then measured exactly. Clusters (IVF)
and graphs (HNSW) find fewer in the same time: the mean of a text's word pieces lies in no cluster.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import faiss

SUFFIXES = (".npy", ".faiss")
"""What an index is made of: the vectors, float16; the quick look."""
_MEASURED = 1_000
_ALL_MEASURED = 5_000  # up to here every vector is measured
_GLANCES_OF_A_MEASURE = 70  # where a search is limited: how many glances cost as much as a measurement, roughly
_ROUNDED = 0.02  # how far float16, and another way of computing, may be from a number
_TRAINING_ROWS = 8_192
_WRITTEN_ROWS = 65_536
_MOST_MAPPED = 500_000_000  # bytes


class DenseIndex:
    """Row i is the vector of chunk, or word, i; immutable once written. The vectors are not loaded.

    The rows of several files stand one after the other.
    """

    def __init__(self, *stems: Path) -> None:
        self._segments = [_Segment(stem) for stem in stems]
        self._firsts = np.cumsum([0, *map(len, self._segments)])

    def __len__(self) -> int:
        return int(self._firsts[-1])

    @property
    def dimension(self) -> int:
        return self._segments[0].vectors.shape[1]

    @staticmethod
    def build(vectors: np.ndarray, stem: Path) -> None:
        """Write (n, dimension) rows of unit length."""
        DenseIndex.write([vectors], vectors.shape, stem)

    @staticmethod
    def write(batches: Iterable[np.ndarray], shape: tuple[int, int], stem: Path) -> None:
        """Write rows of unit length as they come, (rows, dimension) in all; no more than some are held in memory."""
        _write(batches, shape, stem)
        _look_at(shape, stem)

    def write_some(self, stays: np.ndarray, others: Mapping[int, np.ndarray], stem: Path) -> None:
        """Write those rows that stay to one file.

        Args:
            stays: (rows,) bool.
            others: {row: vector} of rows that have another vector then.
        """
        shape, first = (int(stays.sum()), self.dimension), self._segments[0]
        _write(self._some(stays, others), shape, stem)
        of_first = stays[: len(first)]
        # How to look is learnt anew where most of what it was learnt of is gone, or most has come since.
        is_known = first.look.ntotal and 2 * of_first.sum() >= max(shape[0], len(first))
        _look_at(shape, stem, first.look_without(of_first, min(others, default=len(first))) if is_known else None)

    def _some(self, stays: np.ndarray, others: Mapping[int, np.ndarray]) -> Iterator[np.ndarray]:
        for segment, first in zip(self._segments, self._firsts.tolist(), strict=False):
            for start in range(0, len(segment), _WRITTEN_ROWS):
                batch = segment.vectors[start : start + _WRITTEN_ROWS]
                within = range(first + start, first + start + len(batch))
                changed = [row for row in others if row in within]
                if changed:
                    batch = np.array(batch)
                    batch[np.array(changed) - within.start] = [others[row] for row in changed]
                yield batch[stays[within.start : within.stop]]

    def search(self, query: np.ndarray, limit: int, among: np.ndarray | None = None) -> dict[int, float]:
        """{row: cosine} of the nearest rows, nearest first; `among`, (n,) int64, limits the search to those rows."""
        if among is None:
            return self.search_each(query[None, :], limit)[0]
        return _nearest(
            [
                segment.measured(query, segment.near_of(query, limit, own), first)
                for segment, first, own in self._each(among)
            ],
            limit,
        )

    def search_each(self, queries: np.ndarray, limit: int) -> list[dict[int, float]]:
        """What `search` gives for each of (n, dimension) queries, in less time: all are compared in one look."""
        near = [segment.near_rows(queries, max(limit, _MEASURED)) for segment in self._segments]
        return [
            _nearest(
                [
                    segment.measured(query, rows[place], first)
                    for segment, rows, first in zip(self._segments, near, self._firsts, strict=False)
                ],
                limit,
            )
            for place, query in enumerate(queries)
        ]

    def _each(self, rows: np.ndarray) -> Iterator[tuple[_Segment, int, np.ndarray]]:
        """Each segment with its first row, and which of its own rows are among those given."""
        for segment, first in zip(self._segments, self._firsts.tolist(), strict=False):
            within = (rows >= first) & (rows < first + len(segment))
            yield segment, first, rows[within] - first

    def vectors(self) -> np.ndarray:
        """All rows, (n, dimension) float16: what an update takes over for chunks that did not change."""
        held = [segment.vectors for segment in self._segments]
        return held[0] if len(held) == 1 else np.concatenate(held)

    def unlike(self, rows: np.ndarray, vectors: np.ndarray) -> np.ndarray:
        """Those of the rows, which are in order, that do not hold these vectors, (len(rows), dimension), in full or for
        the quick look."""
        found, start = [], 0
        for segment, first, own in self._each(rows):
            found.append(first + segment.unlike(own, vectors[start : start + len(own)]))
            start += len(own)
        return np.concatenate(found)


class _Segment:
    """The vectors of one file, with the quick look at them."""

    def __init__(self, stem: Path) -> None:
        import faiss  # loaded when first searched: `import index` must stay light

        faiss.omp_set_num_threads(1)  # a search is too short to share; several are asked at once instead
        self.stem = stem
        self.vectors = _written(stem)
        self._file = stem.with_suffix(".npy").open("rb", buffering=0) if self._is_large() else None
        self.look = faiss.read_index(str(stem.with_suffix(".faiss")), faiss.IO_FLAG_MMAP_IFC)
        if self.look.ntotal != _looked_at(len(self.vectors)):
            raise ValueError(f"{self.look.ntotal} quick looks at {len(self.vectors)} vectors")

    def __len__(self) -> int:
        return len(self.vectors)

    def measured(self, query: np.ndarray, rows: np.ndarray, first: int) -> tuple[np.ndarray, np.ndarray]:
        """Rows of this segment as rows of all, and their cosines."""
        return first + rows, self._read(rows) @ query

    def _is_large(self) -> bool:
        """Whether the rows are read and not mapped: so many would fill the memory of each process that asks."""
        return self.vectors.nbytes > _MOST_MAPPED and hasattr(os, "pread")

    def _read(self, rows: np.ndarray) -> np.ndarray:
        """(len(rows), dimension) float32"""
        if self._file is None:
            return self.vectors[rows].astype(np.float32)
        file, size = self._file.fileno(), self.vectors.strides[0]
        places = (self.vectors.offset + size * rows).tolist()
        held = b"".join([os.pread(file, size, place) for place in places])
        return np.frombuffer(held, np.float16).reshape(len(rows), -1).astype(np.float32)

    def near_rows(self, queries: np.ndarray, limit: int) -> list[np.ndarray]:
        """For each query the rows worth an exact look: all where they are few, else those that are near at a glance."""
        if not self.look.ntotal or not len(queries):
            return [np.arange(len(self))] * len(queries)
        _, near = self.look.search(queries, min(limit, len(self)))
        return [rows[rows >= 0] for rows in near]

    def near_of(self, query: np.ndarray, limit: int, among: np.ndarray) -> np.ndarray:
        """All of those rows where they are few; else so many near ones that enough of these are among them."""
        if len(among) <= max(_ALL_MEASURED, (_GLANCES_OF_A_MEASURE * len(self)) ** 0.5):
            return among
        chosen = np.zeros(len(self), bool)
        chosen[among] = True
        rows = self.near_rows(query[None, :], max(limit, _MEASURED) * len(self) // len(among))[0]
        rows = rows[chosen[rows]]
        return rows if len(rows) >= limit else among

    def look_without(self, stays: np.ndarray, until: int) -> faiss.IndexPQFastScan:
        """The quick look at those rows that stay, (rows,) bool, up to one; a few of the last are left out."""
        import faiss

        look = faiss.read_index(str(self.stem.with_suffix(".faiss")))
        staying = np.flatnonzero(stays[:until])
        whole_blocks = len(staying) // look.bbs * look.bbs  # in one that is not full, what goes would be left
        goes = np.ones(look.ntotal, bool)
        goes[staying[:whole_blocks]] = False
        look.remove_ids(faiss.IDSelectorBitmap(np.packbits(goes, bitorder="little")))
        return look

    def unlike(self, rows: np.ndarray, vectors: np.ndarray) -> np.ndarray:
        held = self.vectors[rows].astype(np.float32)
        unlike = np.abs(held - vectors).max(axis=1) > _ROUNDED
        if self.look.ntotal and len(rows):
            glimpses = self.look.sa_decode(self.look.sa_encode(held))
            unlike |= np.abs(self.look.reconstruct_batch(rows) - glimpses).max(axis=1) > _ROUNDED
        return rows[unlike]


def _nearest(measured: list[tuple[np.ndarray, np.ndarray]], limit: int) -> dict[int, float]:
    """{row: cosine} of the nearest of all, nearest first."""
    rows, cosines = (np.concatenate(column) for column in zip(*measured, strict=True))
    nearest = np.argsort(-cosines, kind="stable")[:limit]
    return dict(zip(rows[nearest].tolist(), cosines[nearest].tolist(), strict=True))


def _write(batches: Iterable[np.ndarray], shape: tuple[int, int], stem: Path) -> None:
    with stem.with_suffix(".npy").open("wb") as file:
        header = {"descr": np.lib.format.dtype_to_descr(np.dtype(np.float16)), "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(file, header)
        for batch in batches:
            batch.astype(np.float16, copy=False).tofile(file)


def _look_at(shape: tuple[int, int], stem: Path, look: faiss.IndexPQFastScan | None = None) -> None:
    """Write the quick look at vectors that are written; one may be given that has looked at the first of them."""
    import faiss

    faiss.omp_set_num_threads(1)
    rows, dimension = shape
    if look is None or not _looked_at(rows):
        pairs = dimension // 2 if dimension % 2 == 0 else dimension
        look = faiss.IndexPQFastScan(dimension, pairs, 4, faiss.METRIC_INNER_PRODUCT)
    if _looked_at(rows):
        if not look.is_trained:
            look.train(_written(stem)[:: rows // _TRAINING_ROWS + 1].astype(np.float32))
        for start in range(look.ntotal, rows, _WRITTEN_ROWS):
            look.add(_written(stem)[start : start + _WRITTEN_ROWS].astype(np.float32))
    try:
        faiss.write_index(look, str(stem.with_suffix(".faiss")))
    except RuntimeError as error:  # so it tells of a full disk
        raise OSError(str(error)) from error


def _written(stem: Path) -> np.ndarray:
    """Mapped anew each time, so that what was looked at need not stay in memory."""
    return np.load(stem.with_suffix(".npy"), mmap_mode="r", allow_pickle=False)


def _looked_at(rows: int) -> int:
    """How many of so many vectors have a quick look."""
    return rows if rows > _ALL_MEASURED else 0
