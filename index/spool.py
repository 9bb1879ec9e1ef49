"""Documents as they were read, on disk until they are written: a collection may be larger than memory."""

from __future__ import annotations

from pathlib import Path

from index.codec import from_json, to_json
from index.journal import Journal, digest
from index.models import Minutes

_CHECKSUM_BYTES = 64  # a record begins with the document's checksum, in hexadecimal digits


class Spool:
    """What was read of each document, by its path; in a journal, so that what a stopped update read can be kept.

    Attributes:
        checksums: {path: checksum} of what this update reads, or keeps.
        resumed: how many of these documents a stopped update had read.
    """

    def __init__(self, path: Path, made_with: str) -> None:
        """As a `Journal` is opened."""
        self.checksums: dict[str, str] = {}
        self.resumed = 0
        self._journal = Journal(path, made_with)
        self._places: dict[str, int] = {}

    def add(self, path: str, sha256: str, minutes: tuple[Minutes, ...]) -> None:
        self.checksums[path] = sha256
        self._places[path] = self._journal.add(digest(path), sha256.encode() + to_json(minutes).encode())

    def left_of(self, path: str) -> str | None:
        """The checksum that the document of that path had when a stopped update read it; None where none did."""
        place = self._journal.left.get(digest(path))
        return self._journal.read(place, _CHECKSUM_BYTES).decode() if place is not None else None

    def keep(self, path: str) -> None:
        """Take what a stopped update read of a document for what this one reads."""
        self.checksums[path] = self.left_of(path)
        self._places[path] = self._journal.left[digest(path)]
        self.resumed += 1

    def minutes_of(self, path: str) -> tuple[Minutes, ...]:
        return from_json(tuple[Minutes, ...], self._journal.read(self._places[path])[_CHECKSUM_BYTES:].decode())

    def close(self) -> None:
        self._journal.close()
