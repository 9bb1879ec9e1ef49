"""A file of records that outlives its writer: what an update has done so far, for the next one to go on from.

HEAD, then for each record: its key, its length, a checksum, and the record. The file ends, for who reads it, where one
is not whole: a writer may have been killed in the midst of it. To be as safe against a pulled plug, a database would
have to wait for the disk at each record.
"""

from __future__ import annotations

import hashlib
import os
import struct
from pathlib import Path

_DIGEST_BYTES = 16
_FRAME = struct.Struct(f"<{_DIGEST_BYTES}sQ{_DIGEST_BYTES}s")


class Journal:
    """Open for the one writer; records come back by their places.

    Attributes:
        left: {key: where it is} of the records that a writer before this one left; of several of a key the last.
    """

    def __init__(self, path: Path, made_with: str) -> None:
        """Open or make the file.

        Args:
            made_with: all that the records depend on. What was made with something else is dropped.
        """
        self._path = path
        self._file = path.open("r+b" if path.exists() else "w+b")
        self.left: dict[bytes, int] = {}
        head = digest(made_with)
        if self._file.read(_DIGEST_BYTES) == head:
            self._find_records(os.fstat(self._file.fileno()).st_size)
        else:
            self._file.seek(0)
            self._file.truncate()
            self._file.write(head)
        self._end = self._file.tell()
        self._is_at_end = True  # what is written gathers in memory as long as nothing is looked for elsewhere

    def _find_records(self, size: int) -> None:
        """Read up to the first record that is not whole, and drop what comes from there on."""
        end = self._file.tell()
        while len(frame := self._file.read(_FRAME.size)) == _FRAME.size:
            key, length, checksum = _FRAME.unpack(frame)
            start = end + _FRAME.size
            if length > size - start or _checksum(key, self._file.read(length)) != checksum:
                break
            self.left[key] = end
            end = start + length
        self._file.seek(end)
        self._file.truncate()

    def add(self, key: bytes, record: bytes) -> int:
        """Returns where the record is."""
        if not self._is_at_end:
            self._file.seek(self._end)
            self._is_at_end = True
        self._file.write(_FRAME.pack(key, len(record), _checksum(key, record)))
        self._file.write(record)
        place, self._end = self._end, self._end + _FRAME.size + len(record)
        return place

    def read(self, place: int, most: int = -1) -> bytes:
        """A record, or so many bytes of it."""
        self._file.seek(place)
        self._is_at_end = False
        _, length, _ = _FRAME.unpack(self._file.read(_FRAME.size))
        return self._file.read(length if most < 0 else min(length, most))

    def close(self) -> None:
        """Keep what there is, if anything was done."""
        is_empty = self._end == _DIGEST_BYTES
        self._file.close()
        if is_empty:
            self._path.unlink(missing_ok=True)


def digest(text: str) -> bytes:
    """What a text is known by."""
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=_DIGEST_BYTES).digest()


def _checksum(key: bytes, record: bytes) -> bytes:
    return hashlib.blake2b(record, key=key, digest_size=_DIGEST_BYTES).digest()
