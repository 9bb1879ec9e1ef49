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
    """The accounts of meetings read so far, by the path of their document, and the documents that were refused."""

    by_path: dict[str, tuple[IndexedMeeting, ...]] = field(default_factory=dict)
    refused: list[DocumentError] = field(default_factory=list)

    @property
    def accounts(self) -> list[IndexedMeeting]:
        return [account for accounts in self.by_path.values() for account in accounts]


@cache
def reading_fingerprint() -> str:
    """Of the code that reads minutes."""
    here = Path(__file__).parent
    files = sorted(path for pattern in _READING for path in here.glob(pattern))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def read_all(
    documents: list[Path], old: MinutesIndex | None, settings: Settings, progress: Progress, readings: Readings
) -> None:
    """Every document as a meeting with chunks, beside those that are there already: taken over where neither it nor
    how it is read changed, else read."""
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
                readings.by_path[resolved] = _indexed(resolved, found, settings)
            elif path in known:
                readings.by_path[resolved] = _stored(old, resolved, known[path], settings)
    progress("reading", len(documents), len(documents))


def keep(held: dict[str, str], old: MinutesIndex, settings: Settings, readings: Readings) -> None:
    """Documents, by path and checksum, as they are in the index; where the way of reading changed, read anew if they
    are as they were."""
    for path, sha256 in held.items():
        kept = None
        if not is_read_alike(old, settings) and _sha256(Path(path)) == sha256:
            found = read_minutes(Path(path), ocr=settings.ocr)
            kept = _indexed(path, found, settings) if found.refused is None else None
        readings.by_path[path] = kept or _stored(old, path, sha256, settings)


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
