"""An index of an earlier format, as an update takes it over: what its documents say, and the vectors of its passages.

All else is made of that anew. So a format that is raised needs nothing here, unless it changes what is read here: then
how it is read in the formats before is to be kept beside.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

import numpy as np

from index import snapshot
from index.codec import from_json
from index.errors import IndexDamaged, IndexOutdated
from index.manifest import CATALOGUE, VECTORS, Manifest
from index.models import Meeting, Minutes, Problem
from index.store import MinutesIndex
from index.tables import open_to_read

_TABLES = ("account", "problem", "chunk")


class EarlierIndex:
    """A state of a format that this version no longer asks."""

    def __init__(self, segments: Mapping[Path, Manifest]) -> None:
        """Of its segments, in their order.

        Raises:
            ValueError, sqlite3.DatabaseError: their files are not what such files hold.
        """
        self.manifest = list(segments.values())[-1]
        self.catalogue = EarlierCatalogue(*(segment / CATALOGUE for segment in segments))
        files = [segment / f"{VECTORS}.npy" for segment in segments]
        self._vectors = [np.load(file, mmap_mode="r", allow_pickle=False) for file in files]
        for vectors in self._vectors:
            if vectors.dtype != np.float16 or vectors.shape[1:] != (self.manifest.dimension,):
                raise ValueError("vectors of another shape")
        if len(self) != self.catalogue.count_chunks():
            raise ValueError("the vectors are not those of the catalogue")

    def __len__(self) -> int:
        return sum(map(len, self._vectors))

    @classmethod
    def open(cls, folder: Path) -> EarlierIndex:
        """Open the current state.

        Raises:
            IndexUnusable: missing, damaged, or of a format that is not known.
        """
        try:
            return cls(snapshot.read_state(folder, snapshot.current_name(folder), anew=True, earlier=True))
        except (OSError, ValueError, sqlite3.DatabaseError) as error:
            raise IndexDamaged(folder, str(error)) from error

    def close(self) -> None:
        self.catalogue.close()

    def vectors(self) -> np.ndarray:
        """As `MinutesIndex.vectors`."""
        return self._vectors[0] if len(self._vectors) == 1 else np.concatenate(self._vectors)


class EarlierCatalogue:
    """What an update asks of a `Catalogue`."""

    def __init__(self, *paths: Path) -> None:
        self._files = [open_to_read(path) for path in paths]
        for file in self._files:
            kinds = dict(file.execute("SELECT name, type FROM sqlite_master"))
            if not all(kinds.get(name) == "table" for name in _TABLES):  # a view may be a program
                raise ValueError("the catalogue lacks a table")

    def close(self) -> None:
        for file in self._files:
            file.close()

    def count_chunks(self) -> int:
        return sum(count for (count,) in self._rows("SELECT count(*) FROM chunk"))

    def documents(self) -> dict[str, str]:
        return dict(sorted(self._rows("SELECT path, sha256 FROM account")))

    def minutes_of(self, path: str) -> tuple[Minutes, ...]:
        found = []
        for file in self._files:
            for account, record in file.execute("SELECT id, record FROM account WHERE path = ?", (path,)).fetchall():
                query = "SELECT file, line, message FROM problem WHERE meeting_id = ? ORDER BY line"
                problems = tuple(Problem(*row) for row in file.execute(query, (account,)))
                found.append(Minutes(from_json(Meeting, record), problems))
        return tuple(sorted(found, key=lambda minutes: minutes.meeting.part))

    def searchable_texts(self) -> Iterator[str]:
        return (f"{context}\n{text}" for context, text in self._rows("SELECT context, text FROM chunk ORDER BY id"))

    def _rows(self, query: str) -> Iterator[tuple]:
        return chain.from_iterable(file.execute(query) for file in self._files)


Held = MinutesIndex | EarlierIndex
"""A state that an update takes over."""


def open_held(folder: Path, device: str | None = None) -> Held:
    """Open the current state, of whichever format.

    Raises:
        IndexUnusable: missing, foreign, damaged, or of a format that is not known.
    """
    try:
        return MinutesIndex.open(folder, device)
    except IndexOutdated:
        return EarlierIndex.open(folder)
