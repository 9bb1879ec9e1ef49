"""Documents -> meetings with their chunks: read where they are new or changed, else taken over from the index."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from index.catalogue_writer import IndexedMeeting
from index.chunk import chunk_item
from index.errors import DocumentError
from index.models import Minutes
from index.parallel import DocumentRead, read_many, read_minutes
from index.privacy import withhold_closed_text
from index.settings import Settings
from index.store import MinutesIndex

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
        kept: the checksums of those that are taken over from the index as they are.
        read: the accounts of meetings in those that were read.
        refused: those that cannot be read.
    """

    old: MinutesIndex | None
    settings: Settings
    kept: dict[str, str] = field(default_factory=dict)
    read: dict[str, tuple[IndexedMeeting, ...]] = field(default_factory=dict)
    refused: list[DocumentError] = field(default_factory=list)

    @property
    def documents(self) -> dict[str, str]:
        """{path: checksum}"""
        return self.kept | {path: accounts[0].sha256 for path, accounts in self.read.items()}

    def accounts_read(self) -> list[IndexedMeeting]:
        return [account for path in sorted(self.read) for account in self.read[path]]

    def accounts(self) -> list[IndexedMeeting]:
        """All accounts; those that are taken over are loaded for it."""
        return [
            account
            for path in sorted(self.documents)
            for account in self.read.get(path) or _stored(self.old, path, self.kept[path], self.settings)
        ]


@cache
def reading_fingerprint() -> str:
    """Of the code that reads minutes."""
    here = Path(__file__).parent
    files = sorted(path for pattern in _READING for path in here.glob(pattern))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def read_all(documents: list[Path], progress: Progress, readings: Readings) -> None:
    """Take every document in, beside those that are there already: kept where neither it nor how it is read changed,
    else read."""
    old, settings = readings.old, readings.settings
    held = old.catalogue.documents() if old else {}
    known = {path: held[str(path.resolve())] for path in documents if str(path.resolve()) in held}
    unchanged = {path for path in known if is_read_alike(old, settings) and _sha256(path) == known[path]}
    read = read_many([path for path in documents if path not in unchanged], settings.processes, ocr=settings.ocr)
    with closing(read):
        for done, path in enumerate(documents):
            progress("reading", done, len(documents))
            resolved = str(path.resolve())
            found = None if path in unchanged else next(read)
            if found and found.refused:
                readings.refused.append(DocumentError(path, found.refused))
            if found and not found.refused:
                readings.read[resolved] = _indexed(resolved, found, settings)
            elif path in known:
                readings.kept[resolved] = known[path]
    progress("reading", len(documents), len(documents))


def keep(held: dict[str, str], readings: Readings) -> None:
    """Keep documents, by path and checksum; where the way of reading changed, read them if they are as they were."""
    settings, alike = readings.settings, is_read_alike(readings.old, readings.settings)
    for path, sha256 in held.items():
        same = not alike and _sha256(Path(path)) == sha256
        found = read_minutes(Path(path), ocr=settings.ocr) if same else None
        if found and found.refused is None:
            readings.read[path] = _indexed(path, found, settings)
        else:
            readings.kept[path] = sha256


def is_read_alike(old: MinutesIndex, settings: Settings) -> bool:
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


def _indexed(path: str, found: DocumentRead, settings: Settings) -> tuple[IndexedMeeting, ...]:
    return _with_chunks(path, found.sha256, found.minutes, settings)


def _stored(old: MinutesIndex, path: str, sha256: str, settings: Settings) -> tuple[IndexedMeeting, ...]:
    return _with_chunks(path, sha256, old.catalogue.minutes_of(path), settings)


def _with_chunks(
    path: str, sha256: str, minutes: tuple[Minutes, ...], settings: Settings
) -> tuple[IndexedMeeting, ...]:
    accounts = []
    for one in minutes:
        meeting = one.meeting if settings.closed_text else withhold_closed_text(one.meeting)
        chunks = tuple(tuple(chunk_item(meeting, item)) for item in meeting.items)
        accounts.append(IndexedMeeting(path, sha256, meeting, one.problems, chunks))
    return tuple(accounts)
