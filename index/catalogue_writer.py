"""Writing a catalogue: read meetings and their chunks -> the rows of a new segment."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import tables, vocabulary
from index.codec import to_json
from index.danish import fold, words
from index.due import due_date
from index.item_rows import ItemRows
from index.manifest import CATALOGUE, ITEMS, POSTINGS
from index.models import AgendaItem, Chunk, FollowUp, Meeting, Problem
from index.postings import PostingsWriter, write_postings
from index.store import MinutesIndex
from index.tables import open_to_write
from index.versions import Verdict, answers, version_of


@dataclass(frozen=True, slots=True)
class IndexedMeeting:
    """A file's account of a meeting on its way into the catalogue, with the chunks of each of its items."""

    path: str
    sha256: str
    meeting: Meeting
    problems: tuple[Problem, ...]
    chunks: tuple[tuple[Chunk, ...], ...]


def write_catalogue(
    segment: Path,
    accounts: Iterable[tuple[int, IndexedMeeting]],
    verdicts: Mapping[int, Verdict],
    before: MinutesIndex | None = None,
) -> list[str]:
    """Write a catalogue with its postings and rows; returns its words as they are spelled, in the order of their ids.

    Args:
        accounts: with their ids, in the order of these.
        verdicts: what becomes of accounts beside others, by ids. Of those kept aside nothing is to be found.
        before: an index that the segment comes after: ids of words and of chunks, and rows, go on where its own end.
            Its words keep their ids. Without one they begin at 0.
    """
    with closing(open_to_write(segment / CATALOGUE)) as connection, connection:
        tables.create(connection)
        writer = _Writer(connection, before)
        for account_id, indexed in accounts:
            writer.add_account(account_id, indexed, verdicts.get(account_id))
            if answers(verdicts.get(account_id)):
                writer.add_items(account_id, indexed)
        return writer.finish(segment)


class _Writer:
    def __init__(self, connection: sqlite3.Connection, before: MinutesIndex | None) -> None:
        self._connection = connection
        self._before = before
        self._first_word = len(before.postings) if before else 0
        self._ids: dict[str, int] = {}  # of words in any spelling
        self._words: dict[str, int] = {}  # of folded words that are new, in the order of their ids
        self._spelled: list[str] = []
        self._postings = PostingsWriter(len(before.rows) if before else 0)
        self._items: list[int] = []
        self._ends: list[int] = [int(before.rows.ends[-1]) if before else 0]

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
            version_of(meeting),
            verdict and verdict.standing,
            verdict and verdict.beside,
            json.dumps(verdict.differing if verdict else (), ensure_ascii=False),
            verdict.beside if verdict else account_id,
            to_json(meeting),
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
        known = self._before.vocabulary.id_of(folded) if self._before and folded not in self._words else None
        if known is None:
            known = self._words.setdefault(folded, self._first_word + len(self._words))
            if known == self._first_word + len(self._spelled):
                self._spelled.append(word)
            elif not word.isascii():
                self._spelled[known - self._first_word] = word
        self._ids[word] = known
        return known

    def finish(self, segment: Path) -> list[str]:
        """Write what is known only when all accounts have come."""
        vocabulary.fill(self._connection, zip(self._words, self._spelled, strict=True), self._first_word)
        tables.create_indexes(self._connection)
        write_postings(segment / POSTINGS, self._postings.finish())
        ItemRows.write(segment / ITEMS, np.array(self._items, np.int64), np.array(self._ends, np.int64))
        return self._spelled


def _due_on(duty: FollowUp, meeting: Meeting) -> str | None:
    day = due_date(duty.due, meeting.date)
    return day.isoformat() if day else None


def item_id_of(sha256: str, part: int, place: int) -> int:
    """An id that an item keeps for as long as its document stays as it is: 63 bits, as SQLite's row ids have."""
    return int.from_bytes(hashlib.sha256(f"{sha256}:{part}:{place}".encode()).digest()[:8]) >> 1
