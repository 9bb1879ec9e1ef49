"""Documents as they were read, on disk until they are written: a collection may be larger than memory."""

from __future__ import annotations

import os
import tempfile

from index.codec import from_json, to_json
from index.models import Minutes

_IN_MEMORY = 64_000_000  # bytes up to which no file is needed


class Spool:
    """What was read of each document, by its path; a line of JSON in a file that is nowhere to be found.

    Attributes:
        checksums: {path: checksum}
    """

    def __init__(self) -> None:
        self.checksums: dict[str, str] = {}
        self._lines = tempfile.SpooledTemporaryFile(_IN_MEMORY)
        self._starts: dict[str, int] = {}

    def add(self, path: str, sha256: str, minutes: tuple[Minutes, ...]) -> None:
        self.checksums[path] = sha256
        self._starts[path] = self._lines.seek(0, os.SEEK_END)
        self._lines.write(to_json(minutes).encode() + b"\n")

    def minutes_of(self, path: str) -> tuple[Minutes, ...]:
        self._lines.seek(self._starts[path])
        return from_json(tuple[Minutes, ...], self._lines.readline().decode())
