"""The catalogue, read: meetings, items, chunks and words from the rows of the tables of all segments."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache, partial
from operator import itemgetter
from pathlib import Path

import numpy as np

from index.codec import from_json
from index.danish import fold, stem
from index.dense import DenseIndex
from index.meetings import MeetingColumns
from index.models import AgendaItem, Chunk, Meeting, Minutes, Problem, SectionKind, Span
from index.postings import Postings
from index.stored import MEETING, MEETING_OF_ITEM, ChunkWords, SetAside, StoredItem, StoredMeeting, stored_meeting
from index.tables import of_each, open_to_read
from index.versions import Standing, Verdict, Version
from index.vocabulary import Vocabulary

_REMEMBERED_ITEMS = 2_000
_GIVEN = "(SELECT value FROM json_each(?))"  # a list of ids of any length as one value


class Catalogue:
    """Read access; safe to share between threads, since the files never change once they are written."""

    def __init__(self, *paths: Path) -> None:
        self._connection = open_to_read(*paths)
        # Of the connection, not of a method: a circle would keep a replaced state's file open until it is collected.
        self._item = lru_cache(maxsize=_REMEMBERED_ITEMS)(partial(_load_item, self._connection))

    def close(self) -> None:
        self._connection.close()

    def count(self, table: str) -> int:
        return self._sum(f"SELECT count(*) AS rows FROM {{0}}.{table}")

    def counts(self) -> dict[str, int]:
        """How much there is to be found: meetings, items, chunks and words."""
        meetings = self._first(f"SELECT count(DISTINCT sitting) FROM {self._each('SELECT sitting FROM {0}.meeting')}")
        return {
            "meetings": meetings,
            "items": self.count("item"),
            "chunks": self._consecutive("chunk"),
            "words": self._consecutive("word"),
        }

    def _consecutive(self, table: str) -> int:
        """The rows of a table whose ids are consecutive, at the cost of two."""
        return self._sum(
            f"SELECT (SELECT max(id) FROM {{0}}.{table}) - (SELECT min(id) FROM {{0}}.{table}) + 1 AS rows"
        )

    def _sum(self, query: str) -> int:
        return self._first(f"SELECT coalesce(sum(rows), 0) FROM {self._each(query)}")

    def _each(self, query: str) -> str:
        return of_each(self._connection, query)

    def _first(self, query: str) -> int:
        return self._connection.execute(query).fetchone()[0]

    def meetings(self) -> list[StoredMeeting]:
        rows = self._connection.execute(f"SELECT {MEETING} FROM meeting ORDER BY date, path, part")
        return [stored_meeting(row) for row in rows]

    def set_aside(self) -> list[SetAside]:
        """The accounts of meetings that are kept, but do not answer; conflicts first."""
        query = f"""SELECT {MEETING}, version, standing, beside, differing FROM account
                    WHERE standing != '{Standing.PART}' ORDER BY standing != '{Standing.CONFLICT}', path, part"""
        rows = self._connection.execute(query).fetchall()
        answering = self._accounts({row[-2] for row in rows})
        return [
            SetAside(
                stored_meeting(account),
                Version(version),
                Verdict(Standing(standing), beside, tuple(json.loads(differing))),
                answering[beside],
            )
            for *account, version, standing, beside, differing in rows
        ]

    def _accounts(self, ids: Iterable[int]) -> dict[int, StoredMeeting]:
        query = f"SELECT {MEETING} FROM account WHERE id IN {_GIVEN}"
        return {row[0]: stored_meeting(row) for row in self._connection.execute(query, (json.dumps(list(ids)),))}

    def documents(self) -> dict[str, str]:
        """{path: checksum} of all files that the index was made of, also of those whose meetings others answer for."""
        files = self._each("SELECT DISTINCT path, sha256 FROM {0}.account")
        return dict(self._connection.execute(f"SELECT path, sha256 FROM {files} ORDER BY path").fetchall())

    def accounts_in(self, path: str) -> int:
        """How many meetings a file tells of."""
        return self._connection.execute("SELECT count(*) FROM account WHERE path = ?", (path,)).fetchone()[0]

    def last_account(self) -> int:
        """The highest id of an account; 0 where there is none."""
        return self._first(f"SELECT coalesce(max(id), 0) FROM {self._each('SELECT max(id) AS id FROM {0}.account')}")

    def days_of(self, paths: Iterable[str]) -> dict[int, str]:
        """{id: day} of the accounts in some files; the day as ISO 8601, "" where it is not known."""
        query = f"SELECT id, coalesce(date, '') FROM account WHERE path IN {_GIVEN}"
        return dict(self._connection.execute(query, (json.dumps(sorted(paths)),)))

    def accounts_on(self, days: Iterable[str]) -> Iterator[tuple[int, str, Meeting, Verdict | None]]:
        """(id, path, what it says, what became of it) of the accounts of meetings on those days, as `days_of` has
        them, by id."""
        query = f"""SELECT id, path, record, standing, beside, differing FROM account
                    WHERE coalesce(date, '') IN {_GIVEN} ORDER BY id"""
        for account, path, record, *told in self._connection.execute(query, (json.dumps(sorted(days)),)):
            yield account, path, from_json(Meeting, record), _verdict(*told)

    def items_of(self, accounts: Iterable[int]) -> list[int]:
        """The ids of the items of some accounts."""
        query = f"SELECT id FROM item WHERE meeting_id IN {_GIVEN}"
        return [row[0] for row in self._connection.execute(query, (json.dumps(sorted(accounts)),))]

    def count_problems(self) -> int:
        """How many problems there are in the accounts that answer."""
        query = "SELECT count(*) FROM problem WHERE meeting_id IN (SELECT id FROM meeting)"
        return self._connection.execute(query).fetchone()[0]

    def minutes_of(self, path: str) -> tuple[Minutes, ...]:
        """What a file says, also where another answers for it."""
        rows = self._connection.execute("SELECT id, record FROM account WHERE path = ? ORDER BY part", (path,))
        return tuple(Minutes(from_json(Meeting, record), self.problems(account)) for account, record in rows.fetchall())

    def meeting(self, meeting_id: int) -> Meeting:
        return from_json(
            Meeting, self._connection.execute("SELECT record FROM account WHERE id = ?", (meeting_id,)).fetchone()[0]
        )

    def problems(self, meeting_id: int) -> tuple[Problem, ...]:
        rows = self._connection.execute(
            "SELECT file, line, message FROM problem WHERE meeting_id = ? ORDER BY line", (meeting_id,)
        )
        return tuple(Problem(*row) for row in rows)

    def items(self, ids: Iterable[int]) -> list[StoredItem]:
        """The items of those ids, in that order; ids that do not exist are passed over."""
        return [found for item_id in ids if (found := self._item(item_id))]

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
            ("meeting_id = ?", meeting),
            ("municipality = ?", municipality),
            ("body = ?", body),
            ("date >= ?", first and first.isoformat()),
            ("date <= ?", last and last.isoformat()),
            ("number = ?", number),
            (f"outcome IN {_GIVEN}", json.dumps(sorted(outcomes)) if outcomes else None),
            ("closed = ?", closed),
            ("resumed = ?", resumed),
            ("instr(process, ?) > 0", forwarded_to and stem(fold(forwarded_to))),
        ]
        given = [(condition, value) for condition, value in limits if value is not None]
        return self._item_ids(" AND ".join(condition for condition, _ in given) or "1", [value for _, value in given])

    @cached_property
    def columns(self) -> MeetingColumns:
        """The meetings by what a question may limit."""
        told = self._each("SELECT id, municipality, body, date, sitting, items FROM {0}.meeting")
        # Put in order here, so that they are read from an index: in the table they lie pages apart.
        rows = sorted(self._connection.execute(f"SELECT * FROM {told}"), key=itemgetter(0))
        return MeetingColumns(row[1:] for row in rows)

    def item_ids_bearing(self, identifier: str) -> list[int]:
        """Ids of the items whose case, journal or document number this is; a KLE number also begins a case number."""
        number = identifier.upper()
        return self._item_ids(
            """upper(case_number) = ? OR upper(journal_number) = ? OR upper(document_number) = ?
               OR upper(case_number) >= ? AND upper(case_number) < ?""",
            [number, number, number, f"{number}-", f"{number}."],  # a full stop comes next after a hyphen
        )

    def _item_ids(self, condition: str, values: list[object]) -> list[int]:
        query = f"SELECT id FROM placed WHERE {condition} ORDER BY date DESC, meeting_id, place"
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

    def searchable_texts(self) -> Iterator[str]:
        """What was embedded of each chunk, in the order of the ids."""
        rows = self._connection.execute("SELECT context, text FROM chunk ORDER BY id")
        return (f"{context}\n{text}" for context, text in rows)

    def texts_of(self, item_id: int) -> Iterator[str]:
        """What the words of an item are of: its title, and its chunks."""
        query = """SELECT json_extract(record, '$.title') FROM item WHERE id = ?1
                   UNION ALL SELECT text FROM chunk WHERE item_id = ?1"""
        return (text for (text,) in self._connection.execute(query, (item_id,)))

    def danish_spellings(self, words: Iterable[int]) -> list[tuple[int, str, str]]:
        """(id, folded, as it is spelled) of those words that folding changes."""
        query = f"SELECT id, word, spelled FROM word WHERE id IN {_GIVEN} AND spelled <> word"
        return self._connection.execute(query, (json.dumps(list(words)),)).fetchall()

    def vocabulary(self, vectors: DenseIndex, postings: Postings) -> Vocabulary:
        """The words of the texts; row i of the vectors belongs to word i."""
        return Vocabulary(self._connection, vectors, postings)


def _load_item(connection: sqlite3.Connection, item_id: int) -> StoredItem | None:
    query = f"SELECT record, {MEETING_OF_ITEM} FROM placed WHERE id = ?"
    row = connection.execute(query, (item_id,)).fetchone()
    return StoredItem(item_id, stored_meeting(row[1:]), from_json(AgendaItem, row[0])) if row else None


def _verdict(standing: str | None, beside: int, differing: str) -> Verdict | None:
    return Verdict(Standing(standing), beside, tuple(json.loads(differing))) if standing else None
