"""Documents -> meetings with their chunks: read where they are new or changed, else taken over from the index."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from index.catalogue import StoredMeeting
from index.catalogue_writer import IndexedMeeting
from index.chunk import chunk_item
from index.errors import DocumentError
from index.models import Meeting, Problem
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
)


@dataclass(slots=True)
class Readings:
    """The meetings read so far, by the hash of their document, and the documents that were refused."""

    by_content: dict[str, IndexedMeeting] = field(default_factory=dict)
    refused: list[DocumentError] = field(default_factory=list)

    def add(self, path: Path, indexed: IndexedMeeting) -> None:
        """Take a meeting in, unless another document has the very same bytes."""
        if same := self.by_content.get(indexed.sha256):
            self.refused.append(DocumentError(path, f"the same text as {same.path}, and indexed as that."))
        else:
            self.by_content[indexed.sha256] = indexed


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
    known = {meeting.path: meeting for meeting in old.catalogue.meetings()} if old else {}
    known = {path: known[str(path.resolve())] for path in documents if str(path.resolve()) in known}
    unchanged = {path for path in known if is_read_alike(old, settings) and _sha256(path) == known[path].sha256}
    read = read_many([path for path in documents if path not in unchanged], settings.processes)
    with closing(read):
        for done, path in enumerate(documents):
            progress("reading", done, len(documents))
            if path in unchanged:
                readings.add(path, _stored(old, known[path], settings))
                continue
            found = next(read)
            if found.refused is None:
                readings.add(path, _indexed(path, found, settings))
            else:
                readings.refused.append(DocumentError(path, found.refused))
                if path in known:
                    readings.by_content[known[path].sha256] = _stored(old, known[path], settings)
    progress("reading", len(documents), len(documents))


def keep(held: list[StoredMeeting], old: MinutesIndex, settings: Settings, readings: Readings) -> None:
    """Meetings as they are in the index; where the way of reading changed, read anew if their file is as it was."""
    for stored in held:
        kept = None
        path = Path(stored.path)
        if not is_read_alike(old, settings) and _sha256(path) == stored.sha256:
            found = read_minutes(path)
            kept = _indexed(path, found, settings) if found.refused is None else None
        readings.by_content[stored.sha256] = kept or _stored(old, stored, settings)


def is_read_alike(old: MinutesIndex, settings: Settings) -> bool:
    """Whether documents would be read today as they were read into the index."""
    return (old.manifest.reading, old.manifest.closed_text) == (reading_fingerprint(), settings.closed_text)


def _sha256(path: Path) -> str | None:
    """Of the bytes of a file; None where they cannot be read."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _indexed(path: Path, found: DocumentRead, settings: Settings) -> IndexedMeeting:
    meeting = found.meeting if settings.closed_text else withhold_closed_text(found.meeting)
    return _with_chunks(str(path.resolve()), found.sha256, meeting, found.problems)


def _stored(old: MinutesIndex, stored: StoredMeeting, settings: Settings) -> IndexedMeeting:
    meeting = old.catalogue.meeting(stored.id)
    if not settings.closed_text:
        meeting = withhold_closed_text(meeting)
    return _with_chunks(stored.path, stored.sha256, meeting, old.catalogue.problems(stored.id))


def _with_chunks(path: str, sha256: str, meeting: Meeting, problems: tuple[Problem, ...]) -> IndexedMeeting:
    return IndexedMeeting(
        path, sha256, meeting, problems, tuple(tuple(chunk_item(meeting, item)) for item in meeting.items)
    )
