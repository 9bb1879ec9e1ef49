"""The catalogue: meetings, items, chunks and words as rows of one SQLite file."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from index import lexical
from index.codec import from_json, to_json
from index.danish import fold, stem, words
from index.models import AgendaItem, Chunk, Meeting, Problem, SectionKind, Span

_SCHEMA = """
CREATE TABLE meeting (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL,
    municipality TEXT, body TEXT, date TEXT, record TEXT NOT NULL);
CREATE TABLE problem (meeting_id INTEGER NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL, message TEXT NOT NULL);
CREATE TABLE item (
    id INTEGER PRIMARY KEY, meeting_id INTEGER NOT NULL REFERENCES meeting, place INTEGER NOT NULL,
    number TEXT NOT NULL,
    case_number TEXT, journal_number TEXT, document_number TEXT,
    closed INTEGER NOT NULL, outcome TEXT NOT NULL, resumed INTEGER NOT NULL, process TEXT, record TEXT NOT NULL);
CREATE TABLE chunk (
    id INTEGER PRIMARY KEY, item_id INTEGER NOT NULL REFERENCES item, section TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, page INTEGER,
    context TEXT NOT NULL, text TEXT NOT NULL, words BLOB NOT NULL);
CREATE TABLE word (
    id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, spelled TEXT NOT NULL, item_count INTEGER NOT NULL);
CREATE INDEX item_of_meeting ON item (meeting_id);
CREATE INDEX item_by_case ON item (case_number);
CREATE INDEX chunk_of_item ON chunk (item_id);
"""
_REMEMBERED_ITEMS = 2_000
_GIVEN = "(SELECT value FROM json_each(?))"  # a list of ids of any length as one value


@dataclass(frozen=True, slots=True)
class StoredMeeting:
    """A meeting's row: enough to limit a search and to cite; the meeting itself comes by `Catalogue.meeting`."""

    id: int
    path: str
    sha256: str
    municipality: str | None
    body: str | None
    date: dt.date | None

    @property
    def source(self) -> str:
        return Path(self.path).name


@dataclass(frozen=True, slots=True)
class StoredItem:
    id: int
    meeting: StoredMeeting
    item: AgendaItem


@dataclass(frozen=True, slots=True)
class ChunkWords:
    """The words of a chunk and its item's title, by their ids: (n,) int32."""

    id: int
    item_id: int
    words: np.ndarray


@dataclass(frozen=True, slots=True)
class IndexedMeeting:
    """A meeting on its way into the catalogue, with the chunks of each of its items."""

    path: str
    sha256: str
    meeting: Meeting
    problems: tuple[Problem, ...]
    chunks: tuple[tuple[Chunk, ...], ...]


def write_catalogue(path: Path, meetings: Iterable[IndexedMeeting]) -> list[str]:
    """Write a new catalogue; returns its words as they are spelled, by id. Ids of chunks count from 0, in order."""
    connection = sqlite3.connect(path)
    try:
        with connection:
            connection.executescript(_SCHEMA)
            lexical.create(connection)
            writer = _Writer(connection)
            for indexed in meetings:
                writer.add(indexed)
            return writer.finish()
    finally:
        connection.close()


class _Writer:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._chunk_words: list[tuple[int, list[str]]] = []
        self._item_counts: dict[str, int] = {}
        self._spelled: dict[str, str] = {}

    def add(self, indexed: IndexedMeeting) -> None:
        meeting = indexed.meeting
        date = meeting.date.isoformat() if meeting.date else None
        row = (indexed.path, indexed.sha256, meeting.municipality, meeting.body, date, to_json(meeting))
        meeting_id = self._connection.execute("INSERT INTO meeting VALUES (NULL, ?, ?, ?, ?, ?, ?)", row).lastrowid
        problems = [(meeting_id, problem.file, problem.line, problem.message) for problem in indexed.problems]
        self._connection.executemany("INSERT INTO problem VALUES (?, ?, ?, ?)", problems)
        for place, (item, chunks) in enumerate(zip(meeting.items, indexed.chunks, strict=True)):
            self._add_item(_item_id(indexed.sha256, place), meeting_id, place, item, chunks)

    def _add_item(self, item_id: int, meeting_id: int, place: int, item: AgendaItem, chunks: tuple[Chunk, ...]) -> None:
        row = (
            item_id,
            meeting_id,
            place,
            item.number,
            item.case_number,
            item.journal_number,
            item.document_number,
            item.closed,
            item.outcome,
            item.resumed,
            item.process and fold(item.process),
            to_json(item),
        )
        self._connection.execute(f"INSERT INTO item VALUES ({', '.join('?' * len(row))})", row)
        lexical.add(self._connection, item_id, item.title, [(chunk.section, chunk.text) for chunk in chunks])
        title_words = self._folded(item.title)
        held = set(title_words)
        for chunk in chunks:
            chunk_words = self._folded(chunk.text)
            held.update(chunk_words)
            chunk_id = len(self._chunk_words)
            row = (
                chunk_id,
                item_id,
                chunk.section,
                chunk.span.start,
                chunk.span.end,
                chunk.page,
                chunk.context,
                chunk.text,
                b"",
            )
            self._connection.execute("INSERT INTO chunk VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            self._chunk_words.append((chunk_id, title_words + chunk_words))
        for word in held:
            self._item_counts[word] = self._item_counts.get(word, 0) + 1

    def _folded(self, text: str) -> list[str]:
        """The folded words of a text; of each its Danish spelling is remembered, which the model knows."""
        folded = []
        for word in words(text):
            folded.append(fold(word))
            if folded[-1] not in self._spelled or not word.isascii():
                self._spelled[folded[-1]] = word
        return folded

    def finish(self) -> list[str]:
        vocabulary = sorted(self._item_counts)
        ids = {word: place for place, word in enumerate(vocabulary)}
        rows = [(place, word, self._spelled[word], self._item_counts[word]) for word, place in ids.items()]
        self._connection.executemany("INSERT INTO word VALUES (?, ?, ?, ?)", rows)
        blobs = (
            (np.array([ids[word] for word in held], dtype=np.int32).tobytes(), chunk_id)
            for chunk_id, held in self._chunk_words
        )
        self._connection.executemany("UPDATE chunk SET words = ? WHERE id = ?", blobs)
        return [self._spelled[word] for word in vocabulary]


class Catalogue:
    """Read access; safe to share between threads, since the file never changes once it is written."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )

        self._item = lru_cache(maxsize=_REMEMBERED_ITEMS)(self._load_item)

    def close(self) -> None:
        self._connection.close()

    def count(self, table: str) -> int:
        return self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    def meetings(self) -> list[StoredMeeting]:
        rows = self._connection.execute(
            "SELECT id, path, sha256, municipality, body, date FROM meeting ORDER BY date, path"
        )
        return [_stored_meeting(row) for row in rows]

    def meeting(self, meeting_id: int) -> Meeting:
        return from_json(
            Meeting, self._connection.execute("SELECT record FROM meeting WHERE id = ?", (meeting_id,)).fetchone()[0]
        )

    def problems(self, meeting_id: int) -> tuple[Problem, ...]:
        rows = self._connection.execute(
            "SELECT file, line, message FROM problem WHERE meeting_id = ? ORDER BY line", (meeting_id,)
        )
        return tuple(Problem(*row) for row in rows)

    def items(self, ids: Iterable[int]) -> list[StoredItem]:
        """The items of those ids, in that order; ids that do not exist are passed over."""
        return [found for item_id in ids if (found := self._item(item_id))]

    def _load_item(self, item_id: int) -> StoredItem | None:
        query = """SELECT i.record, m.id, m.path, m.sha256, m.municipality, m.body, m.date
                   FROM item i JOIN meeting m ON m.id = i.meeting_id WHERE i.id = ?"""
        row = self._connection.execute(query, (item_id,)).fetchone()
        return StoredItem(item_id, _stored_meeting(row[1:]), from_json(AgendaItem, row[0])) if row else None

    def item_ids(
        self,
        *,
        meeting: int | None = None,
        municipality: str | None = None,
        body: str | None = None,
        first: dt.date | None = None,
        last: dt.date | None = None,
        number: str | None = None,
        outcomes: Iterable[str] = (),
        closed: bool | None = None,
        resumed: bool | None = None,
        forwarded_to: str | None = None,
    ) -> list[int]:
        """Ids of the items that meet all limits that are given, newest meeting first; the dates are the meeting's."""
        limits: list[tuple[str, object]] = [
            ("m.id = ?", meeting),
            ("m.municipality = ?", municipality),
            ("m.body = ?", body),
            ("m.date >= ?", first and first.isoformat()),
            ("m.date <= ?", last and last.isoformat()),
            ("i.number = ?", number),
            (f"i.outcome IN {_GIVEN}", json.dumps(sorted(outcomes)) if outcomes else None),
            ("i.closed = ?", closed),
            ("i.resumed = ?", resumed),
            ("instr(i.process, ?) > 0", forwarded_to and stem(fold(forwarded_to))),
        ]
        given = [(condition, value) for condition, value in limits if value is not None]
        return self._item_ids(" AND ".join(condition for condition, _ in given) or "1", [value for _, value in given])

    def item_ids_bearing(self, identifier: str) -> list[int]:
        """Ids of the items whose case, journal or document number this is; a KLE number also begins a case number."""
        numbers = "upper(i.case_number), upper(i.journal_number), upper(i.document_number)"
        return self._item_ids(
            f"upper(?) IN ({numbers}) OR substr(i.case_number, 1, length(?) + 1) = ? || '-'", [identifier] * 3
        )

    def _item_ids(self, condition: str, values: list[object]) -> list[int]:
        query = f"""SELECT i.id FROM item i JOIN meeting m ON m.id = i.meeting_id
                    WHERE {condition} ORDER BY m.date DESC, m.id, i.place"""
        return [row[0] for row in self._connection.execute(query, values)]

    def chunk_words(self, item_ids: Iterable[int]) -> list[ChunkWords]:
        """The words of all chunks of those items, by chunk id."""
        query = f"SELECT id, item_id, words FROM chunk WHERE item_id IN {_GIVEN} ORDER BY id"
        rows = self._connection.execute(query, (json.dumps(list(item_ids)),))
        return [ChunkWords(chunk, item, np.frombuffer(words, dtype=np.int32)) for chunk, item, words in rows]

    def chunks(self, ids: Iterable[int]) -> dict[int, Chunk]:
        query = f"SELECT id, section, start, end, context, text, page FROM chunk WHERE id IN {_GIVEN}"
        rows = self._connection.execute(query, (json.dumps(list(ids)),))
        return {row[0]: Chunk(SectionKind(row[1]), Span(row[2], row[3]), *row[4:]) for row in rows}

    def item_of_chunk(self, chunk_ids: Iterable[int]) -> dict[int, int]:
        return dict(
            self._connection.execute(
                f"SELECT id, item_id FROM chunk WHERE id IN {_GIVEN}", (json.dumps(list(chunk_ids)),)
            ).fetchall()
        )

    def chunk_ids(self, item_ids: Iterable[int]) -> np.ndarray:
        """(n,) int64 ids of the chunks of those items."""
        rows = self._connection.execute(
            f"SELECT id FROM chunk WHERE item_id IN {_GIVEN} ORDER BY id", (json.dumps(list(item_ids)),)
        )
        return np.array([row[0] for row in rows], dtype=np.int64)

    def searchable_texts(self) -> list[str]:
        """What was embedded of each chunk, by chunk id."""
        return [
            f"{context}\n{text}"
            for context, text in self._connection.execute("SELECT context, text FROM chunk ORDER BY id")
        ]

    def words(self) -> tuple[list[str], list[str], np.ndarray]:
        """By id: the folded words, sorted; the same as they are spelled; (n,) the number of items that hold each."""
        rows = self._connection.execute("SELECT word, spelled, item_count FROM word ORDER BY id").fetchall()
        return [row[0] for row in rows], [row[1] for row in rows], np.array([row[2] for row in rows], dtype=np.int32)

    def lexical(self, stems: Iterable[str], limit: int, among: Iterable[int] | None) -> dict[int, float]:
        return lexical.search(self._connection, stems, limit, among)


def _item_id(sha256: str, place: int) -> int:
    """An id that an item keeps for as long as its document stays as it is: 63 bits, as SQLite's row ids have."""
    return int.from_bytes(hashlib.sha256(f"{sha256}:{place}".encode()).digest()[:8]) >> 1


def _stored_meeting(row: tuple) -> StoredMeeting:
    meeting_id, path, sha256, municipality, body, date = row
    return StoredMeeting(meeting_id, path, sha256, municipality, body, dt.date.fromisoformat(date) if date else None)
