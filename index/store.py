"""The store: the only door between the minutes that were read and the questions that are asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np

from index import snapshot
from index.catalogue import Catalogue, IndexedMeeting, StoredMeeting, write_catalogue
from index.chunk import chunk_item
from index.danish import fold, stem
from index.dense import DenseIndex
from index.embed import BUNDLED, Embedder, load_embedder
from index.errors import CorpusError, DocumentError, IndexDamaged, IndexOutdated, IndexUnusable
from index.models import Meeting, Problem
from index.parse import parse_minutes
from index.read import find_documents, read_document
from index.settings import Settings
from index.vocabulary import Vocabulary

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""

_EXPANSION_FLOOR = 0.45
_EXPANSIONS = 40
_EMBED_BATCH = 512


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What an update did. `refused` are the documents that could not be read; they changed nothing."""

    meetings: int
    items: int
    changed: bool
    refused: tuple[DocumentError, ...]
    problems: int


class MinutesIndex:
    """One state of an index, opened for reading; it never changes, and may be shared between threads."""

    def __init__(self, folder: Path, name: str, manifest: snapshot.Manifest) -> None:
        self.name = name
        self.manifest = manifest
        self._state = folder / name
        self.catalogue = Catalogue(self._state / snapshot.CATALOGUE)

    @classmethod
    def open(cls, folder: Path) -> MinutesIndex:
        """Open the current state.

        Raises:
            IndexUnusable: missing, foreign, damaged, or written by another version; the message says how to mend it.
        """
        name = snapshot.current_name(folder)
        try:
            manifest = snapshot.read_manifest(folder, name)
        except IndexDamaged:
            if snapshot.current_name(folder) == name:
                raise
            return cls.open(folder)  # replaced between the two reads
        index = cls(folder, name, manifest)
        index._check_counts(folder)
        return index

    def _check_counts(self, folder: Path) -> None:
        try:
            for table in ("meeting", "item", "chunk", "word"):
                if self.catalogue.count(table) != getattr(self.manifest, f"{table}s"):
                    raise IndexDamaged(folder, f"the catalogue holds another number of {table}s than was written")
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(folder, str(error)) from error

    @cached_property
    def dense(self) -> DenseIndex:
        return DenseIndex(self._state / snapshot.VECTORS)

    @cached_property
    def embedder(self) -> Embedder:
        """The model that the index was made with.

        Raises:
            IndexOutdated: the model of that name is another one now.
        """
        embedder = load_embedder(self.manifest.model)
        if embedder.fingerprint != self.manifest.model_fingerprint:
            raise IndexOutdated(
                self._state.parent, f"was made with another model than the one that is now called {self.manifest.model}"
            )
        return embedder

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(
            *self.catalogue.words(), np.load(self._state / snapshot.WORDS, mmap_mode="r", allow_pickle=False)
        )

    @cached_property
    def _word_embedder(self) -> Embedder:
        """Words are always compared in the bundled model's space: it is the one that was made for single words."""
        return self.embedder if self.manifest.model == BUNDLED else load_embedder()

    def nearness(self, words: Sequence[str]) -> np.ndarray:
        """(number of words, size of the vocabulary): how near each of the collection's words is to each of these."""
        vectors = self._word_embedder.embed_passages([self.vocabulary.spelling_of(word) for word in words])
        folded = [fold(word) for word in words]
        rows = [self.vocabulary.nearness(word, vector) for word, vector in zip(folded, vectors, strict=True)]
        for place, (first, second) in enumerate(pairwise(folded)):
            for joined, spelled in self.vocabulary.spelled_like(
                first + second
            ):  # "arbejdsmarkeds politisk" is one word
                rows[place][joined] = max(rows[place][joined], spelled)
                rows[place + 1][joined] = max(rows[place + 1][joined], spelled)
        return np.stack(rows) if rows else np.zeros((0, len(self.vocabulary)), np.float32)

    def lexical_candidates(
        self, nearness: np.ndarray, limit: int, among: Iterable[int] | None = None
    ) -> dict[int, float]:
        """{item id: BM25} for the stems of the vocabulary's words that are nearest to the question's words."""
        stems: dict[str, None] = {}
        for row in nearness:
            nearest = np.argsort(-row)[:_EXPANSIONS]
            stems.update(
                (stem(self.vocabulary.words[place]), None) for place in nearest if row[place] >= _EXPANSION_FLOOR
            )
        return self.catalogue.lexical(stems, limit, among)

    def dense_scores(self, question: str, limit: int, among: Iterable[int] | None = None) -> dict[int, float]:
        """{chunk id: cosine} of the chunks nearest to the question; `among` limits it to the chunks of those items."""
        return self.dense.search(
            self.embedder.embed_query(question), limit, None if among is None else self.catalogue.chunk_ids(among)
        )


def read_meeting(path: Path) -> tuple[Meeting, tuple[Problem, ...]]:
    """Read one document as the minutes of a meeting, without an index.

    Raises:
        DocumentError: it cannot be read, or is not minutes.
    """
    return parse_minutes(read_document(path))


def build_index(
    folder: Path, paths: list[Path], settings: Settings, progress: Progress = lambda what, done, total: None
) -> BuildReport:
    """Make the index mirror the documents under the paths; on any failure the old state stays as it was.

    Documents and chunks that did not change are taken over from the old state. A document that cannot be read is
    refused and reported; if an earlier reading of it is in the index, that is kept.

    Raises:
        CorpusError, ModelError, IndexBusy, IndexForeign: nothing was changed.
    """
    documents = find_documents(paths)
    with snapshot.writing(folder) as state:
        old = _open_if_usable(folder)
        embedder = load_embedder(settings.model, download=settings.model is not None)
        meetings, refused = _read_all(documents, old, settings, progress)
        if not meetings:
            raise CorpusError("None of the documents can be read as minutes:\n" + "\n".join(map(str, refused)))
        report = BuildReport(
            len(meetings),
            sum(len(m.meeting.items) for m in meetings),
            True,
            tuple(refused),
            sum(len(m.problems) for m in meetings),
        )
        if old and _is_same(old, meetings, embedder, settings):
            return BuildReport(report.meetings, report.items, False, report.refused, report.problems)
        _write_state(state, meetings, embedder, old, progress)
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
            **counts,
        )
    return report


def _open_if_usable(folder: Path) -> MinutesIndex | None:
    """The old state, if there is one that can be built upon; a damaged or older one is simply replaced."""
    try:
        return MinutesIndex.open(folder)
    except IndexUnusable:
        return None


def _read_all(
    documents: list[Path], old: MinutesIndex | None, settings: Settings, progress: Progress
) -> tuple[list[IndexedMeeting], list[DocumentError]]:
    """Every document as a meeting with chunks: parsed, or taken from the old state where its bytes are the same."""
    known = {meeting.path: meeting for meeting in old.catalogue.meetings()} if old else {}
    by_content: dict[str, IndexedMeeting] = {}
    refused = []
    for done, path in enumerate(documents):
        progress("reading", done, len(documents))
        place = str(path.resolve())
        try:
            document = read_document(path)
            if document.sha256 in by_content:
                raise DocumentError(path, f"the same text as {by_content[document.sha256].path}; it is indexed once.")
            before = known.get(place)
            if before and before.sha256 == document.sha256:
                by_content[document.sha256] = _stored(old, before, settings)
            else:
                meeting, problems = parse_minutes(document)
                by_content[document.sha256] = _with_chunks(place, document.sha256, meeting, problems, settings)
        except DocumentError as error:
            refused.append(error)
            if place in known:
                by_content[known[place].sha256] = _stored(old, known[place], settings)
    progress("reading", len(documents), len(documents))
    return list(by_content.values()), refused


def _stored(old: MinutesIndex, stored: StoredMeeting, settings: Settings) -> IndexedMeeting:
    return _with_chunks(
        stored.path, stored.sha256, old.catalogue.meeting(stored.id), old.catalogue.problems(stored.id), settings
    )


def _with_chunks(
    path: str, sha256: str, meeting: Meeting, problems: tuple[Problem, ...], settings: Settings
) -> IndexedMeeting:
    chunks = tuple(tuple(chunk_item(meeting, item, closed_text=settings.closed_text)) for item in meeting.items)
    return IndexedMeeting(path, sha256, meeting, problems, chunks)


def _is_same(old: MinutesIndex, meetings: list[IndexedMeeting], embedder: Embedder, settings: Settings) -> bool:
    before = {(meeting.path, meeting.sha256) for meeting in old.catalogue.meetings()}
    same_model = (old.manifest.model, old.manifest.model_fingerprint) == (embedder.name, embedder.fingerprint)
    return (
        same_model
        and old.manifest.closed_text == settings.closed_text
        and before == {(meeting.path, meeting.sha256) for meeting in meetings}
    )


def _write_state(
    state: Path, meetings: list[IndexedMeeting], embedder: Embedder, old: MinutesIndex | None, progress: Progress
) -> None:
    words = write_catalogue(state / snapshot.CATALOGUE, meetings)
    texts = [chunk.searchable for meeting in meetings for chunks in meeting.chunks for chunk in chunks]
    DenseIndex.build(_vectors(texts, embedder, old, progress), state / snapshot.VECTORS)
    np.save(state / snapshot.WORDS, load_embedder().embed_passages(words).astype(np.float16), allow_pickle=False)


def _vectors(texts: list[str], embedder: Embedder, old: MinutesIndex | None, progress: Progress) -> np.ndarray:
    """(len(texts), dimension): taken from the old state for the texts that it has, if its model is the same."""
    vectors = np.zeros((len(texts), embedder.dimension), np.float32)
    known = {}
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
