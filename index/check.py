"""Deep verification: what the parts of an index say, each against the others.

Opening compares checksums, which tells what changed since it was written. This tells what was written wrong.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import snapshot
from index.catalogue_writer import item_id_of
from index.codec import from_json
from index.danish import fold, stem, words
from index.dense import DenseIndex
from index.embed import Embedder
from index.errors import ModelError
from index.manifest import CATALOGUE
from index.models import AgendaItem, Meeting, SectionKind, Span
from index.postings import PostingsWriter, joined
from index.readings import Progress, reading_fingerprint
from index.settings import BUNDLED
from index.store import MinutesIndex
from index.tables import open_to_read

_EMBEDDED_AT_ONCE = 1_024
_SAMPLE = 500  # so many vectors of a model that takes its time are compared, of the bundled model all
_SHOWN_FAULTS = 20


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was checked, and what was found.

    Attributes:
        faults: what makes the index unfit to answer.
        remarks: what its owner may want to know.
    """

    created: str
    meetings: int
    items: int
    chunks: int
    words: int
    faults: tuple[str, ...]
    remarks: tuple[str, ...]


def check_index(folder: Path, progress: Progress = lambda what, done, total: None) -> CheckReport:
    """Verify every part of the current state.

    Raises:
        IndexUnusable: it cannot even be opened, or was made with another model.
    """
    index = MinutesIndex.open(folder, anew=True)
    with closing(index):
        facts = index.manifest
        faults, remarks = [], []
        try:
            embedder = index.embedder
        except ModelError as error:
            embedder = None
            faults.append(str(error))
        if snapshot.leftovers(folder):
            remarks.append("Beside it lies what an update left that was stopped, or is running; the next sweeps it.")
        if snapshot.is_unfinished(folder):
            remarks.append("Beside it lies what an update read that was stopped, or is running; the next goes on.")
        if facts.reading != reading_fingerprint():
            remarks.append("The minutes were read by another version of Referat; `referat build` reads them anew.")
        return CheckReport(
            facts.created,
            facts.meetings,
            facts.items,
            facts.chunks,
            facts.words,
            (*faults, *faults_of(index, embedder, progress)),
            tuple(remarks),
        )


def faults_of(
    index: MinutesIndex, embedder: Embedder | None, progress: Progress = lambda what, done, total: None
) -> list[str]:
    """What is wrong in an opened state, the first of many. Without their model, passages' vectors are not compared.

    Raises:
        IndexOutdated: the words' vectors are of another model than the bundled one.
    """
    found: list[str] = []
    with closing(open_to_read(*(segment / CATALOGUE for segment in index.segments))) as rows:
        for faults in (
            _file_faults(rows),
            _meeting_faults(rows, index, progress),
            _word_faults(rows, index),
            _vector_faults("passage", index.dense, index.catalogue.searchable_texts, embedder, progress),
            _vector_faults("word", index.dense_words, index.vocabulary.spellings, index.bundled, progress),
        ):
            try:
                for fault in faults:
                    found.append(fault)
                    if len(found) == _SHOWN_FAULTS:
                        return found
            except (sqlite3.Error, ValueError, KeyError, TypeError, IndexError, OverflowError) as error:
                found.append(f"a part cannot be read: {error}")
    return found


def _file_faults(rows: sqlite3.Connection) -> Iterator[str]:
    """What SQLite finds itself, in pages and in rows that refer to rows."""
    for (fault,) in rows.execute("PRAGMA integrity_check"):
        if fault != "ok":
            yield f"catalogue: {fault}"
    for _, schema, file in rows.execute("PRAGMA database_list").fetchall():
        for table, row, parent, _ in rows.execute(f"PRAGMA {schema}.foreign_key_check") if file else ():
            yield f"catalogue: row {row} of {table} refers to no {parent}"
    query = "SELECT count(*) FROM problem WHERE meeting_id NOT IN (SELECT id FROM account)"
    if count := rows.execute(query).fetchone()[0]:
        yield f"catalogue: {count} problems of no meeting"
    query = """SELECT count(*) FROM account WHERE sitting NOT IN (SELECT id FROM account)
               OR beside NOT IN (SELECT id FROM account)"""
    if count := rows.execute(query).fetchone()[0]:
        yield f"catalogue: {count} accounts beside none"


def _meeting_faults(rows: sqlite3.Connection, index: MinutesIndex, progress: Progress) -> Iterator[str]:
    """Each meeting against its items, their sections and chunks."""
    stored = index.catalogue.meetings()
    # What is made of words is compared where this version of Referat made it: another may cut and fold them otherwise.
    alike = index.manifest.reading == reading_fingerprint()
    ids = dict(rows.execute("SELECT word, id FROM word")) if alike else {}
    for done, row in enumerate(stored):
        progress("checking meetings", done, len(stored))
        meeting = index.catalogue.meeting(row.id)
        if (meeting.municipality, meeting.body, meeting.date) != (row.municipality, row.body, row.date):
            yield f"{row.source}: its row tells of another sitting than its record"
        query = "SELECT id, number, case_number, outcome, closed, record FROM item WHERE meeting_id = ? ORDER BY place"
        items = rows.execute(query, (row.id,)).fetchall()
        if [item_id for item_id, *_ in items] != [
            item_id_of(row.sha256, row.part, place) for place in range(len(meeting.items))
        ]:
            yield f"{row.source}: {len(items)} items in the catalogue are not the {len(meeting.items)} of the meeting"
            continue
        for (item_id, number, case_number, outcome, closed, record), item in zip(items, meeting.items, strict=True):
            where = f"{row.source}, item {item.number or item.title}"
            told = (item.number, item.case_number, item.outcome, item.closed)
            if from_json(AgendaItem, record) != item or (number, case_number, outcome, bool(closed)) != told:
                yield f"{where}: its row is not that of the meeting"
            if not _spans_fit(item, meeting):
                yield f"{where}: a section lies outside of its item, or the item outside of the text"
            yield from _item_faults(rows, item_id, item, meeting, where, ids)
    progress("checking meetings", len(stored), len(stored))


def _spans_fit(item: AgendaItem, meeting: Meeting) -> bool:
    def within(inner: Span, outer: Span) -> bool:
        return outer.start <= inner.start <= inner.end <= outer.end

    whole = Span(0, len(meeting.text))
    sections = item.sections
    return within(item.span, whole) and all(
        within(section.span, item.span) and within(section.body, section.span) for section in sections
    )


def _item_faults(
    rows: sqlite3.Connection, item_id: int, item: AgendaItem, meeting: Meeting, where: str, ids: dict[str, int]
) -> Iterator[str]:
    """Chunks against the text, and what was made of their words; the latter where `ids` are given to compare with."""
    query = "SELECT section, start, end, page, text, words FROM chunk WHERE item_id = ? ORDER BY id"
    chunks = rows.execute(query, (item_id,)).fetchall()
    for _, start, end, page, text, _ in chunks:
        if not (item.span.start <= start < end <= item.span.end) or meeting.text[start:end] != text:
            yield f"{where}: a passage is not what stands at its place in the text"
        if page != meeting.page_of(start):
            yield f"{where}: a passage has another page than its place"
    if not ids:
        return
    for *_, text, blob in chunks:
        told = [ids.get(fold(word)) for word in words(item.title) + words(text)]
        if np.frombuffer(blob, dtype=np.int32).tolist() != told:
            yield f"{where}: the words of a passage are not those of its text"


def _word_faults(rows: sqlite3.Connection, index: MinutesIndex) -> Iterator[str]:
    """Each word against its own forms, and its postings against the items that hold it."""
    query = "SELECT id, word, backwards, letters, stem, spelled FROM word ORDER BY id"
    vocabulary = rows.execute(query).fetchall()
    if [row[0] for row in vocabulary] != list(range(len(vocabulary))):
        yield "words: not numbered in their order"
        return
    alike = index.manifest.reading == reading_fingerprint()
    for _, word, backwards, letters, stemmed, spelled in vocabulary:
        if (backwards, letters) != (word[::-1], len(word)) or (
            alike and (stemmed, fold(spelled)) != (stem(word), word)
        ):
            yield f"words: the row of {word} is of another word"
    if alike:
        yield from _posting_faults(rows, index, {row[1]: row[0] for row in vocabulary})


def _posting_faults(rows: sqlite3.Connection, index: MinutesIndex, ids: dict[str, int]) -> Iterator[str]:
    """The rows of items, and the postings of words, against those that the items would be given today."""
    items = index.rows.ids(np.arange(len(index.rows)))
    held = rows.execute("SELECT id FROM item ORDER BY id").fetchall()
    chunks = rows.execute("SELECT item_id, section, words FROM chunk ORDER BY id").fetchall()
    of_chunks = index.rows.of_chunks(np.arange(len(chunks)))
    if sorted(items) != [item for (item,) in held] or [items[row] for row in of_chunks] != [row[0] for row in chunks]:
        yield "items: their rows are not those of the catalogue"
        return
    if index.rows.rows(np.array(items, np.int64)).tolist() != list(range(len(items))):
        yield "items: their rows are not found by their ids"
    writer = PostingsWriter()
    for row, item in enumerate(items):
        record = rows.execute("SELECT record FROM item WHERE id = ?", (item,)).fetchone()[0]
        title = [ids[fold(word)] for word in words(from_json(AgendaItem, record).title)]
        own = [chunks[chunk] for chunk in index.rows.chunks(np.array([row]))]
        writer.add(title, [(SectionKind(kind), np.frombuffer(blob, np.int32)[len(title) :]) for _, kind, blob in own])
    if not all(map(np.array_equal, writer.finish(), joined(index.postings.segments))):
        yield "words: the postings are not those of the items"


def _vector_faults(
    what: str, dense: DenseIndex, read_texts: Callable[[], Iterable[str]], embedder: Embedder | None, progress: Progress
) -> Iterator[str]:
    """Each vector against its text, and the quick look at it."""
    texts = list(read_texts())
    if len(dense) != len(texts):
        yield f"{len(dense)} vectors of {len(texts)} {what}s"
        return
    if embedder is None:
        return
    compared = len(texts) if embedder.name == BUNDLED else min(_SAMPLE, len(texts))
    places = np.linspace(0, len(texts) - 1, compared, dtype=np.int64) if compared else np.empty(0, np.int64)
    for start in range(0, compared, _EMBEDDED_AT_ONCE):
        progress(f"checking {what}s", start, compared)
        batch = places[start : start + _EMBEDDED_AT_ONCE]
        wanted = embedder.embed_passages([texts[place] for place in batch])
        for place in dense.unlike(batch, wanted):
            yield f"{what} {place}: its vector is that of another text"
    progress(f"checking {what}s", compared, compared)
