"""Writing the catalogue: read meetings and their chunks -> the rows of a new SQLite file."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import snapshot, vocabulary
from index.codec import to_json
from index.danish import fold, words
from index.due import due_date
from index.item_rows import ItemRows
from index.models import AgendaItem, Chunk, FollowUp, Meeting, Problem
from index.postings import PostingsWriter, merged, write_postings
from index.store import MinutesIndex
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
CREATE INDEX account_by_day ON account (coalesce(date, ''));
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


def write_catalogue(
    state: Path,
    accounts: Mapping[int, IndexedMeeting],
    verdicts: Mapping[int, Verdict],
    held: MinutesIndex | None = None,
) -> list[str]:
    """Write a catalogue with its postings and rows; returns its words as they are spelled, by id.

    Ids of words and of chunks count from 0, in the order in which they come.

    Args:
        accounts: by their ids.
        verdicts: what becomes of accounts beside others, by ids. Of those kept aside nothing is to be found.
        held: an index that all of this comes to: its ids stay, and only the new words are returned.
    """
    path = state / snapshot.CATALOGUE
    if held:
        shutil.copyfile(held.state / snapshot.CATALOGUE, path)
    connection = sqlite3.connect(path)
    try:
        connection.executescript("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;")  # synced when published
        with connection:
            if not held:
                connection.executescript(_SCHEMA)
                vocabulary.create(connection)
            writer = _Writer(connection, held)
            for account_id, indexed in accounts.items():
                writer.add_account(account_id, indexed, verdicts.get(account_id))
                if answers(verdicts.get(account_id)):
                    writer.add_items(account_id, indexed)
            return writer.finish(state)
    finally:
        connection.close()


class _Writer:
    def __init__(self, connection: sqlite3.Connection, held: MinutesIndex | None) -> None:
        self._connection = connection
        self._held = held
        self._held_words = len(held.postings) if held else 0
        self._ids: dict[str, int] = {}  # of words in any spelling
        self._words: dict[str, int] = {}  # of folded words that are new, in the order of their ids
        self._spelled: list[str] = []
        self._postings = PostingsWriter(len(held.rows) if held else 0)
        self._items: list[int] = []
        self._ends: list[int] = [int(held.rows.ends[-1]) if held else 0]

    def add_account(self, account_id: int, indexed: IndexedMeeting, verdict: Verdict | None) -> None:
        meeting = indexed.meeting
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
            verdict and verdict.beside,
            json.dumps(verdict.differing if verdict else (), ensure_ascii=False),
            verdict.beside if verdict else account_id,
        )
        self._connection.execute(f"INSERT INTO account VALUES ({', '.join('?' * len(row))})", row)
        problems = [(account_id, problem.file, problem.line, problem.message) for problem in indexed.problems]
        self._connection.executemany("INSERT INTO problem VALUES (?, ?, ?, ?)", problems)

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
        first = self._ends[-1]
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
        self._ends.append(first + len(chunks))

    def _ids_of(self, text: str) -> list[int]:
        """The ids of the words of a text."""
        return [self._ids[word] if word in self._ids else self._id_of(word) for word in words(text)]

    def _id_of(self, word: str) -> int:
        """The id of a new spelling; of each word the Danish one is kept, which the model knows."""
        folded = fold(word)
        known = self._held.vocabulary.id_of(folded) if self._held and folded not in self._words else None
        if known is None:
            known = self._words.setdefault(folded, self._held_words + len(self._words))
            if known == self._held_words + len(self._spelled):
                self._spelled.append(word)
            elif not word.isascii():
                self._spelled[known - self._held_words] = word
        self._ids[word] = known
        return known

    def finish(self, state: Path) -> list[str]:
        """Write what is known only when all accounts have come."""
        starts, postings = self._postings.finish(self._held_words + len(self._words))
        counts = np.diff(starts).tolist()
        new = zip(self._words, self._spelled, counts[self._held_words :], strict=True)
        vocabulary.fill(self._connection, new, self._held_words)
        items, ends = np.array(self._items, np.int64), np.array(self._ends, np.int64)
        if self._held:
            vocabulary.add_counts(self._connection, enumerate(counts[: self._held_words]))
            starts, postings = merged((self._held.postings.starts, self._held.postings.postings), (starts, postings))
            items = np.concatenate([self._held.rows.all_ids, items])
            ends = np.concatenate([self._held.rows.ends, ends[1:]])
        else:
            vocabulary.create_indexes(self._connection)
        write_postings(state / snapshot.POSTINGS, starts, postings)
        ItemRows.write(state / snapshot.ITEMS, items, ends)
        return self._spelled


def _due_on(duty: FollowUp, meeting: Meeting) -> str | None:
    day = due_date(duty.due, meeting.date)
    return day.isoformat() if day else None


def item_id_of(sha256: str, part: int, place: int) -> int:
    """An id that an item keeps for as long as its document stays as it is: 63 bits, as SQLite's row ids have."""
    return int.from_bytes(hashlib.sha256(f"{sha256}:{part}:{place}".encode()).digest()[:8]) >> 1
