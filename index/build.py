"""Building: the documents under some paths -> a new state of the index, which takes over whole or not at all."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from index import snapshot
from index.catalogue import Catalogue, StoredMeeting
from index.catalogue_writer import IndexedMeeting, write_catalogue
from index.chunk import chunk_item
from index.dense import DenseIndex
from index.embed import BUNDLED, Embedder, knows_danish, load_embedder
from index.errors import CorpusError, DocumentError, IndexUnusable, IndexUnwritable
from index.models import Meeting, Problem
from index.parallel import DocumentRead, read_many
from index.parse import parse_minutes
from index.privacy import withhold_closed_text
from index.read import find_documents, read_document
from index.settings import Settings
from index.store import MinutesIndex

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""

_EMBED_BATCH = 128
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


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What an update did.

    Attributes:
        refused: the documents that could not be read; they changed nothing.
        knows_danish: False where the model seems to know no Danish.
    """

    meetings: int
    items: int
    problems: int
    changed: bool
    refused: tuple[DocumentError, ...]
    knows_danish: bool


@dataclass(slots=True)
class _Readings:
    """The meetings read so far, by the hash of their document, and the documents that were refused."""

    by_content: dict[str, IndexedMeeting] = field(default_factory=dict)
    refused: list[DocumentError] = field(default_factory=list)

    def add(self, path: Path, indexed: IndexedMeeting) -> None:
        """Take a meeting in, unless another document has the very same bytes."""
        if same := self.by_content.get(indexed.sha256):
            self.refused.append(DocumentError(path, f"the same text as {same.path}, and indexed as that."))
        else:
            self.by_content[indexed.sha256] = indexed


def read_meeting(path: Path) -> tuple[Meeting, tuple[Problem, ...]]:
    """Read one document as the minutes of a meeting, without an index.

    Raises:
        DocumentError: it cannot be read, or is not minutes.
    """
    return parse_minutes(read_document(path))


def build_index(
    folder: Path,
    paths: list[Path],
    settings: Settings,
    progress: Progress = lambda what, done, total: None,
    *,
    download: bool = False,
) -> BuildReport:
    """Make the index mirror the documents under the paths; on any failure the old state stays as it was.

    Documents and chunks that did not change are taken over from the old state. A document that cannot be read is
    refused and reported; if an earlier reading of it is in the index, that is kept. `download` allows a hub model to
    be fetched.

    Raises:
        CorpusError, ModelError, IndexBusy, IndexForeign: nothing was changed.
    """
    documents = find_documents(paths)
    with ExitStack() as resources:
        state = resources.enter_context(snapshot.writing(folder))
        old = _open_if_usable(folder)
        if old:
            resources.callback(old.close)
        embedder = load_embedder(settings.model, device=settings.device, download=download)
        readings = _read_all(documents, old, settings, progress)
        meetings = list(readings.by_content.values())
        if not meetings:
            raise CorpusError("None of the documents can be read as minutes:\n" + "\n".join(map(str, readings.refused)))
        changed = old is None or not _is_same(old, meetings, embedder, settings)
        if changed:
            try:
                _write_state(state, meetings, embedder, old, progress)
                _publish(folder, state, embedder, settings)
            except (OSError, sqlite3.Error, RuntimeError) as error:  # faiss tells of a full disk by a RuntimeError
                raise IndexUnwritable(folder, getattr(error, "strerror", None) or str(error)) from error
    items = sum(len(indexed.meeting.items) for indexed in meetings)
    problems = sum(len(indexed.problems) for indexed in meetings)
    return BuildReport(
        len(meetings),
        items,
        problems,
        changed,
        tuple(readings.refused),
        embedder.name == BUNDLED or knows_danish(embedder),
    )


@cache
def reading_fingerprint() -> str:
    """Of the code that reads minutes."""
    here = Path(__file__).parent
    files = sorted(path for pattern in _READING for path in here.glob(pattern))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _open_if_usable(folder: Path) -> MinutesIndex | None:
    """The old state, if there is one that can be built upon; a damaged or older one is simply replaced."""
    try:
        return MinutesIndex.open(folder)
    except IndexUnusable:
        return None


def _read_all(documents: list[Path], old: MinutesIndex | None, settings: Settings, progress: Progress) -> _Readings:
    """Every document as a meeting with chunks: taken over where neither it nor how it is read changed, else read."""
    known = {meeting.path: meeting for meeting in old.catalogue.meetings()} if old else {}
    known = {path: known[str(path.resolve())] for path in documents if str(path.resolve()) in known}
    unchanged = {path for path in known if _is_read_alike(old, settings) and _sha256(path) == known[path].sha256}
    readings = _Readings()
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
    return readings


def _is_read_alike(old: MinutesIndex, settings: Settings) -> bool:
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


def _is_same(old: MinutesIndex, meetings: list[IndexedMeeting], embedder: Embedder, settings: Settings) -> bool:
    made_with = (old.manifest.model, old.manifest.model_fingerprint, old.manifest.closed_text, old.manifest.reading)
    wanted = (embedder.name, embedder.fingerprint, settings.closed_text, reading_fingerprint())
    held = {(meeting.path, meeting.sha256) for meeting in old.catalogue.meetings()}
    return made_with == wanted and held == {(meeting.path, meeting.sha256) for meeting in meetings}


def _write_state(
    state: Path, meetings: list[IndexedMeeting], embedder: Embedder, old: MinutesIndex | None, progress: Progress
) -> None:
    words = write_catalogue(state / snapshot.CATALOGUE, meetings)
    texts = [chunk.searchable for meeting in meetings for chunks in meeting.chunks for chunk in chunks]
    DenseIndex.build(_vectors(texts, embedder, old, progress), embedder.narrow, state / snapshot.VECTORS)
    bundled = load_embedder()
    DenseIndex.build(bundled.embed_passages(words), bundled.narrow, state / snapshot.WORDS)


def _vectors(texts: list[str], embedder: Embedder, old: MinutesIndex | None, progress: Progress) -> np.ndarray:
    """(len(texts), dimension): taken from the old state for the texts that it has, if its model is the same."""
    vectors = np.zeros((len(texts), embedder.dimension), np.float32)
    known: dict[str, int] = {}
    if old and old.manifest.model_fingerprint == embedder.fingerprint:
        known = {text: row for row, text in enumerate(old.catalogue.searchable_texts())}
    kept = [(place, known[text]) for place, text in enumerate(texts) if text in known]
    if kept:
        places, rows = zip(*kept, strict=True)
        vectors[list(places)] = old.dense.vectors()[list(rows)]
    new = [place for place, text in enumerate(texts) if text not in known]
    for start in range(0, len(new), _EMBED_BATCH):
        progress("embedding", start, len(new))
        batch = new[start : start + _EMBED_BATCH]
        vectors[batch] = embedder.embed_passages([texts[place] for place in batch])
    progress("embedding", len(new), len(new))
    return vectors


def _publish(folder: Path, state: Path, embedder: Embedder, settings: Settings) -> None:
    catalogue = Catalogue(state / snapshot.CATALOGUE)
    counts = {f"{table}s": catalogue.count(table) for table in ("meeting", "item", "chunk", "word")}
    catalogue.close()
    snapshot.publish(
        folder,
        state,
        model=embedder.name,
        model_fingerprint=embedder.fingerprint,
        dimension=embedder.dimension,
        closed_text=settings.closed_text,
        reading=reading_fingerprint(),
        **counts,
    )
