"""Documents -> meetings with their chunks: read where they are new or changed, else taken over from the index."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from index.catalogue_writer import IndexedMeeting
from index.chunk import chunk_item
from index.earlier import Held
from index.errors import DocumentError
from index.models import Meeting, Minutes
from index.parallel import DocumentRead, read_many
from index.privacy import withhold_closed_text
from index.settings import Settings
from index.spool import Spool

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""

# What a stored reading of a document depends on: when one of these files changes, documents are read again.
_READING = (
    "parse/*.py",
    "chunk.py",
    "danish.py",
    "dates.py",
    "follow_ups.py",
    "models.py",
    "outcome.py",
    "privacy.py",
    "read/*.py",
    "versions.py",
)


@dataclass(slots=True)
class Readings:
    """The documents that an index shall hold, by their paths.

    Attributes:
        old: the index as it is.
        read: those that were read.
        kept: the checksums of those that are taken over from the index, where they are not read.
        refused: those that cannot be read.
    """

    old: Held | None
    settings: Settings
    read: Spool
    kept: dict[str, str] = field(default_factory=dict)
    refused: list[DocumentError] = field(default_factory=list)

    @property
    def documents(self) -> dict[str, str]:
        """{path: checksum}"""
        return self.kept | self.read.checksums

    @property
    def as_before(self) -> int:
        """How many documents are taken over as they were read otherwise than they would be today."""
        is_alike = self.old is None or is_read_alike(self.old, self.settings)
        return 0 if is_alike else len(self.kept.keys() - self.read.checksums.keys())

    def add(self, path: str, found: DocumentRead) -> None:
        """Hold a document that was read, without what is to be withheld."""
        self.read.add(path, found.sha256, tuple(map(self._withheld, found.minutes)))

    def meetings(self, paths: Iterable[str]) -> Iterator[Meeting]:
        """The accounts of meetings in some documents, one after the other; none stays in memory."""
        return (one.meeting for path in paths for one in self._minutes_of(path))

    def indexed(self, paths: Iterable[str]) -> Iterator[IndexedMeeting]:
        """The same, as they go into the catalogue."""
        checksums = self.documents
        for path in paths:
            for one in self._minutes_of(path):
                chunks = tuple(tuple(chunk_item(one.meeting, item)) for item in one.meeting.items)
                yield IndexedMeeting(path, checksums[path], one.meeting, one.problems, chunks)

    def _minutes_of(self, path: str) -> Iterable[Minutes]:
        if path in self.read.checksums:
            return self.read.minutes_of(path)
        return map(self._withheld, self.old.catalogue.minutes_of(path))

    def _withheld(self, one: Minutes) -> Minutes:
        return one if self.settings.closed_text else replace(one, meeting=withhold_closed_text(one.meeting))


@cache
def reading_fingerprint() -> str:
    """Of the code that reads minutes."""
    here = Path(__file__).parent
    files = sorted(path for pattern in _READING for path in here.glob(pattern))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def read_all(documents: list[Path], progress: Progress, readings: Readings) -> None:
    """Take every document in, beside those that are there already: kept where neither it nor how it is read changed,
    else read."""
    held = readings.old.catalogue.documents() if readings.old else {}
    alike = readings.old is not None and is_read_alike(readings.old, readings.settings)
    wanted = {}
    for path in documents:
        name = str(path.resolve())
        known = held.get(name)
        if known:
            readings.kept[name] = known
        if not (known and alike and _sha256(path) == known):
            wanted[name] = path
    readings.refused += _read(wanted, progress, readings)


def keep(held: dict[str, str], progress: Progress, readings: Readings) -> None:
    """Keep documents, by path and checksum; where the way of reading changed, read them if they are as they were."""
    readings.kept |= held
    if not is_read_alike(readings.old, readings.settings):
        _read({name: Path(name) for name, sha256 in held.items() if _sha256(Path(name)) == sha256}, progress, readings)


def _read(documents: dict[str, Path], progress: Progress, readings: Readings) -> list[DocumentError]:
    """Read documents, by the names that they have in the index, but for those that a stopped update has read; returns
    why some cannot be."""
    settings, spool, refused = readings.settings, readings.read, []
    for name, path in documents.items():
        if (left := spool.left_of(name)) and left == _sha256(path):
            spool.keep(name)
    wanted = {name: path for name, path in documents.items() if name not in spool.checksums}
    ready = len(documents) - len(wanted)
    with closing(read_many(list(wanted.values()), settings.processes, ocr=settings.ocr)) as found:
        for done, (name, path) in enumerate(wanted.items(), ready):
            progress("reading", done, len(documents))
            document = next(found)
            if document.refused:
                refused.append(DocumentError(path, document.refused))
            else:
                readings.add(name, document)
    progress("reading", len(documents), len(documents))
    return refused


def is_read_alike(old: Held, settings: Settings) -> bool:
    """Whether documents would be read today as they were read into the index."""
    asks_for_no_more = old.manifest.ocr or not settings.ocr
    is_same_way = (old.manifest.reading, old.manifest.closed_text) == (reading_fingerprint(), settings.closed_text)
    return asks_for_no_more and is_same_way


def _sha256(path: Path) -> str | None:
    """Of the bytes of a file; None where they cannot be read."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
