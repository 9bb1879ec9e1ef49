"""Lexical search: BM25 over the fields of each item, in SQLite's FTS5, on stems made by `index.danish`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from index.danish import terms
from index.models import SectionKind

# Weight of each column in BM25: a word of the title says more of an item than one of its case text.
FIELD_WEIGHTS = {"title": 4.0, "decision": 2.0, "recommendation": 1.5, "rest": 1.0}


def create(connection: sqlite3.Connection) -> None:
    tokenize = "unicode61 remove_diacritics 0 tokenchars './-'"
    connection.execute(f'CREATE VIRTUAL TABLE lexical USING fts5({", ".join(FIELD_WEIGHTS)}, tokenize="{tokenize}")')


def add(connection: sqlite3.Connection, item_id: int, title: str, shown: Iterable[tuple[SectionKind, str]]) -> None:
    """Index an item by its title and the (kind, text) pairs that may be shown of it."""
    row = (item_id, *fields_of(title, shown))
    columns = ", ".join(FIELD_WEIGHTS)
    connection.execute(f"INSERT INTO lexical(rowid, {columns}) VALUES ({', '.join('?' * len(row))})", row)


def fields_of(title: str, shown: Iterable[tuple[SectionKind, str]]) -> tuple[str, ...]:
    """The stems of each field, as they are indexed."""
    fields = {name: [] for name in FIELD_WEIGHTS}
    fields["title"] = terms(title)
    for kind, text in shown:
        fields[kind.value if kind.value in fields else "rest"] += terms(text)
    return tuple(" ".join(stems) for stems in fields.values())


def search(
    connection: sqlite3.Connection, stems: Iterable[str], limit: int, among: Iterable[int] | None = None
) -> dict[int, float]:
    """{item id: BM25 score, higher is better} of the items that hold any of the stems; `among` limits it to those."""
    query = " OR ".join('"' + stem.replace('"', '""') + '"' for stem in stems)
    if not query:
        return {}
    weights = ", ".join(map(str, FIELD_WEIGHTS.values()))
    limited = "" if among is None else "AND rowid IN (SELECT value FROM json_each(?))"
    sql = f"""SELECT rowid, -bm25(lexical, {weights}) AS score FROM lexical
              WHERE lexical MATCH ? {limited} ORDER BY score DESC LIMIT ?"""
    values = (query, limit) if among is None else (query, json.dumps(list(among)), limit)
    return dict(connection.execute(sql, values).fetchall())
