"""The tables of a catalogue: an SQLite file in each segment, read as one.

Ids of accounts, chunks and words count on from segment to segment; items and what hangs on them lie in the segment of
their meeting's account. So the views join within a file, and of several files they are put one after the other: SQLite
looks each of them up by its own indexes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

_VIEWS = ("meeting", "placed", "duty", "passage")

_SCHEMA = """
CREATE TABLE account (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL, part INTEGER NOT NULL,
    municipality TEXT, body TEXT, date TEXT, items INTEGER NOT NULL,
    version TEXT NOT NULL, standing TEXT, beside INTEGER, differing TEXT NOT NULL,
    sitting INTEGER NOT NULL, record TEXT NOT NULL);
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
CREATE TABLE word (
    id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, backwards TEXT NOT NULL, letters INTEGER NOT NULL,
    stem TEXT NOT NULL, spelled TEXT NOT NULL);

-- The accounts that answer; an item, a follow-up and a chunk with the meeting that it is of.
CREATE VIEW meeting AS
    SELECT id, path, sha256, part, municipality, body, date, items, sitting FROM account
    WHERE standing IS NULL OR standing = 'part';
CREATE VIEW placed AS
    SELECT item.*, m.path, m.sha256, m.municipality, m.body, m.date, m.part, m.sitting
    FROM item JOIN account m ON m.id = meeting_id;
CREATE VIEW duty AS SELECT f.text, f.who, f.due, f.due_on, placed.* FROM follow_up f JOIN placed ON id = item_id;
CREATE VIEW passage AS SELECT c.id AS chunk_id, c.text, placed.* FROM chunk c JOIN placed ON placed.id = item_id;
"""
_INDEXES = """
CREATE INDEX account_of_file ON account (path, sha256);
CREATE INDEX account_by_checksum ON account (sha256);
CREATE INDEX account_by_day ON account (coalesce(date, ''));
CREATE INDEX account_beside ON account (standing) WHERE standing IS NOT NULL;
CREATE INDEX problem_of_meeting ON problem (meeting_id);
CREATE INDEX item_of_meeting ON item (meeting_id);
CREATE INDEX item_by_case ON item (case_number);
CREATE INDEX item_by_case_written_any_way ON item (upper(case_number));
CREATE INDEX item_by_journal ON item (upper(journal_number));
CREATE INDEX item_by_document ON item (upper(document_number));
CREATE INDEX meeting_of_body ON account (municipality, body, date, standing, items, sitting);
CREATE INDEX meeting_of_sitting ON account (sitting);
CREATE INDEX follow_up_of_item ON follow_up (item_id);
CREATE INDEX chunk_of_item ON chunk (item_id);
CREATE INDEX word_backwards ON word (backwards);
CREATE INDEX word_by_stem ON word (stem);
CREATE INDEX word_by_letters ON word (letters, word);
CREATE INDEX word_by_letters_backwards ON word (letters, backwards);
"""
# Of a file, the rows of each table that stay, without the accounts in `gone`, with the ids that they have then.
_OF_GONE = "(SELECT id FROM {0}.item WHERE meeting_id IN gone)"
_STAYING = {
    "account": "SELECT * FROM {0}.account WHERE id NOT IN gone",
    "problem": "SELECT * FROM {0}.problem WHERE meeting_id NOT IN gone",
    "item": "SELECT * FROM {0}.item WHERE meeting_id NOT IN gone",
    "follow_up": f"SELECT * FROM {{0}}.follow_up WHERE item_id NOT IN {_OF_GONE}",
    "chunk": f"""SELECT chunk_id(id), item_id, section, start, end, page, context, text, word_ids(words)
                 FROM {{0}}.chunk WHERE item_id NOT IN {_OF_GONE} ORDER BY id""",
    "word": """SELECT word_id(id), word, backwards, letters, stem, spelling(id, spelled)
               FROM {0}.word WHERE word_id(id) >= 0 ORDER BY id""",
}


def create(connection: sqlite3.Connection) -> None:
    connection.executescript(_SCHEMA)


def create_indexes(connection: sqlite3.Connection) -> None:
    """Make the rows quick to look up, once they are written."""
    connection.executescript(_INDEXES)


def open_to_write(path: Path) -> sqlite3.Connection:
    """A connection to a file that no one reads before it is published, and so made durable."""
    connection = sqlite3.connect(path.resolve().as_uri(), uri=True)
    connection.executescript("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;")
    return connection


def open_to_read(*paths: Path) -> sqlite3.Connection:
    """A connection that may be shared between threads, to files that never change: their rows, one after the other."""
    connection = sqlite3.connect(_address(paths[0]), uri=True, check_same_thread=False)
    later = _attach(connection, paths[1:])
    if later:
        connection.execute("PRAGMA temp_store = MEMORY")
    for name in (*_STAYING, *_VIEWS) if later else ():
        rows = " UNION ALL ".join(f"SELECT * FROM {schema}.{name}" for schema in ("main", *later))
        connection.execute(f"CREATE TEMP VIEW {name} AS {rows}")
    return connection


def of_each(connection: sqlite3.Connection, query: str) -> str:
    """The rows that a query has in each file, one after the other: where a view over all would read all columns.

    Args:
        query: names tables as `{0}.item`.
    """
    schemas = [name for _, name, file in connection.execute("PRAGMA database_list") if file]
    return f"({' UNION ALL '.join(query.format(schema) for schema in schemas)})"


def write_some(
    paths: Sequence[Path],
    target: Path,
    gone: Iterable[int],
    chunk_ids: np.ndarray,
    word_ids: np.ndarray,
    spelled: Mapping[int, str],
) -> None:
    """Write the rows of several files, one after the other, to one, without those of accounts that go.

    Args:
        gone: the ids of those accounts.
        chunk_ids: by the id of each chunk that stays the one that it has then.
        word_ids: the same of each word; -1 where it goes.
        spelled: {word id: its spelling} of those that are spelled otherwise then.
    """
    with closing(open_to_write(target)) as connection:
        create(connection)
        files = _attach(connection, paths)
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("CREATE TEMP TABLE gone (id INTEGER PRIMARY KEY)")
        stops = _Stops()
        for name, arguments, function in (
            ("chunk_id", 1, lambda chunk: int(chunk_ids[chunk])),
            ("word_id", 1, lambda word: int(word_ids[word])),
            ("word_ids", 1, lambda words: word_ids[np.frombuffer(words, np.int32)].tobytes()),
            ("spelling", 2, spelled.get),
        ):
            connection.create_function(name, arguments, stops.noted(function), deterministic=True)
        with stops, connection:
            connection.executemany("INSERT INTO gone VALUES (?)", ((account,) for account in gone))
            for file in files:
                for table, rows in _STAYING.items():
                    connection.execute(f"INSERT INTO main.{table} {rows.format(file)}")
        create_indexes(connection)


class _Stops:
    """SQLite makes an error of its own of all that a function raises: here a user's stop stays one."""

    def __init__(self) -> None:
        self._stop: KeyboardInterrupt | None = None

    def noted(self, function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            try:
                return function(*arguments)
            except KeyboardInterrupt as stop:
                self._stop = stop
                raise

        return call

    def __enter__(self) -> None:
        pass

    def __exit__(self, *reason: object) -> None:
        if self._stop:
            raise self._stop


def _attach(connection: sqlite3.Connection, paths: Sequence[Path]) -> list[str]:
    """Returns the names that the files have in queries."""
    names = [f"later_{place}" for place in range(1, len(paths) + 1)]
    for name, path in zip(names, paths, strict=True):
        connection.execute(f"ATTACH ? AS {name}", (_address(path),))
    return names


def _address(path: Path) -> str:
    return f"{path.resolve().as_uri()}?mode=ro&immutable=1"
