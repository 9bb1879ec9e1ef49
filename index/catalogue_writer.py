"""Writing the catalogue: read meetings and their chunks -> the rows of a new SQLite file."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import snapshot, vocabulary
from index.codec import to_json
from index.danish import fold, words
from index.due import due_date
from index.item_rows import ItemRows
from index.models import AgendaItem, Chunk, FollowUp, Meeting, Problem
from index.postings import PostingsWriter, write_postings
from index.versions import Verdict, answers, version_of

_SCHEMA = """
CREATE TABLE account (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL, part INTEGER NOT NULL,
    municipality TEXT, body TEXT, date TEXT, items INTEGER NOT NULL, record TEXT NOT NULL,
    version TEXT NOT NULL, standing TEXT, beside INTEGER REFERENCES account, differing TEXT NOT NULL,
    sitting INTEGER NOT NULL);
CREATE VIEW meeting AS SELECT id, path, sha256, part, municipality, body, date, items, record, sitting FROM account
    WHERE standing IS NULL OR standing = 'part';
CREATE TABLE problem (meeting_id INTEGER NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL, message TEXT NOT NULL);
CREATE TABLE item (
    id INTEGER PRIMARY KEY, meeting_id INTEGER NOT NULL REFERENCES account, place INTEGER NOT NULL,
    number TEXT NOT NULL,
    case_number TEXT, journal_number TEXT, document_number TEXT,
    closed INTEGER NOT NULL, outcome TEXT NOT NULL, resumed INTEGER NOT NULL, process TEXT, record TEXT NOT NULL);
CREATE TABLE follow_up (
    item_id INTEGER NOT NULL REFERENCES item, text TEXT NOT NULL, who TEXT, due TEXT, due_on TEXT);
CREATE TABLE chunk (
    id INTEGER PRIMARY KEY, item_id INTEGER NOT NULL REFERENCES item, section TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, page INTEGER,
    context TEXT NOT NULL, text TEXT NOT NULL, words BLOB NOT NULL);
CREATE INDEX account_of_file ON account (path);
CREATE INDEX account_by_checksum ON account (sha256);
CREATE INDEX item_of_meeting ON item (meeting_id);
CREATE INDEX item_by_case ON item (case_number);
CREATE INDEX item_by_case_written_any_way ON item (upper(case_number));
CREATE INDEX item_by_journal ON item (upper(journal_number));
CREATE INDEX item_by_document ON item (upper(document_number));
CREATE INDEX meeting_of_body ON account (municipality, body, date, standing, items, sitting);
CREATE INDEX meeting_of_sitting ON account (sitting);
CREATE INDEX follow_up_of_item ON follow_up (item_id);
CREATE INDEX chunk_of_item ON chunk (item_id);
"""


@dataclass(frozen=True, slots=True)
class IndexedMeeting:
    """A file's account of a meeting on its way into the catalogue, with the chunks of each of its items."""

    path: str
    sha256: str
    meeting: Meeting
    problems: tuple[Problem, ...]
    chunks: tuple[tuple[Chunk, ...], ...]


def write_catalogue(state: Path, accounts: Iterable[IndexedMeeting], verdicts: Mapping[int, Verdict]) -> list[str]:
    """Write a new catalogue with its postings and rows; returns its words as they are spelled, by id.

    Ids of words and of chunks count from 0, in the order in which they come.

    Args:
        verdicts: what becomes of accounts beside others, by their places. Of those kept aside nothing is to be found.
    """
    connection = sqlite3.connect(state / snapshot.CATALOGUE)
    try:
        with connection:
            connection.executescript(_SCHEMA)
            vocabulary.create(connection)
            writer = _Writer(connection)
            for place, indexed in enumerate(accounts):
                account_id = writer.add_account(place, indexed, verdicts.get(place))
                if answers(verdicts.get(place)):
                    writer.add_items(account_id, indexed)
            return writer.finish(state)
    finally:
        connection.close()


class _Writer:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._ids: dict[str, int] = {}  # of words in any spelling
        self._words: dict[str, int] = {}  # of folded words, in the order of their ids
        self._spelled: list[str] = []
        self._postings = PostingsWriter()
        self._items: list[int] = []
        self._first_chunks: list[int] = [0]

    def add_account(self, place: int, indexed: IndexedMeeting, verdict: Verdict | None) -> int:
        """Add an account of a meeting, in the order of their places; returns its id."""
        meeting, account_id = indexed.meeting, _account_id(place)
        row = (
            account_id,
            indexed.path,
            indexed.sha256,
            meeting.part,
            meeting.municipality,
            meeting.body,
            meeting.date.isoformat() if meeting.date else None,
            len(meeting.items),
            to_json(meeting),
            version_of(meeting),
            verdict and verdict.standing,
            verdict and _account_id(verdict.beside),
            json.dumps(verdict.differing if verdict else (), ensure_ascii=False),
            _account_id(verdict.beside if verdict else place),
        )
        self._connection.execute(f"INSERT INTO account VALUES ({', '.join('?' * len(row))})", row)
        problems = [(account_id, problem.file, problem.line, problem.message) for problem in indexed.problems]
        self._connection.executemany("INSERT INTO problem VALUES (?, ?, ?, ?)", problems)
        return account_id

    def add_items(self, meeting_id: int, indexed: IndexedMeeting) -> None:
        meeting = indexed.meeting
        for place, (item, chunks) in enumerate(zip(meeting.items, indexed.chunks, strict=True)):
            item_id = item_id_of(indexed.sha256, meeting.part, place)
            self._add_item(item_id, meeting_id, place, item, chunks)
            duties = [(item_id, duty.text, duty.who, duty.due, _due_on(duty, meeting)) for duty in item.follow_ups]
            self._connection.executemany("INSERT INTO follow_up VALUES (?, ?, ?, ?, ?)", duties)

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
        title = self._ids_of(item.title)
        held = [(chunk.section, self._ids_of(chunk.text)) for chunk in chunks]
        self._postings.add(title, held)
        first = self._first_chunks[-1]
        rows = [
            (
                chunk_id,
                item_id,
                chunk.section,
                chunk.span.start,
                chunk.span.end,
                chunk.page,
                chunk.context,
                chunk.text,
                np.array(title + ids, np.int32).tobytes(),
            )
            for chunk_id, (chunk, (_, ids)) in enumerate(zip(chunks, held, strict=True), first)
        ]
        self._connection.executemany("INSERT INTO chunk VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._items.append(item_id)
        self._first_chunks.append(first + len(chunks))

    def _ids_of(self, text: str) -> list[int]:
        """The ids of the words of a text."""
        return [self._ids[word] if word in self._ids else self._id_of(word) for word in words(text)]

    def _id_of(self, word: str) -> int:
        """The id of a new spelling; of each word the Danish one is kept, which the model knows."""
        known = self._ids[word] = self._words.setdefault(fold(word), len(self._words))
        if known == len(self._spelled):
            self._spelled.append(word)
        elif not word.isascii():
            self._spelled[known] = word
        return known

    def finish(self, state: Path) -> list[str]:
        starts, postings = self._postings.finish(len(self._words))
        counts = np.diff(starts).tolist()
        vocabulary.fill(self._connection, zip(self._words, self._spelled, counts, strict=True))
        write_postings(state / snapshot.POSTINGS, starts, postings)
        ItemRows.write(state / snapshot.ITEMS, self._items, self._first_chunks)
        return self._spelled


def _due_on(duty: FollowUp, meeting: Meeting) -> str | None:
    day = due_date(duty.due, meeting.date)
    return day.isoformat() if day else None


def _account_id(place: int) -> int:
    return place + 1


def item_id_of(sha256: str, part: int, place: int) -> int:
    """An id that an item keeps for as long as its document stays as it is: 63 bits, as SQLite's row ids have."""
    return int.from_bytes(hashlib.sha256(f"{sha256}:{part}:{place}".encode()).digest()[:8]) >> 1
