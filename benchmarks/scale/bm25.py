"""The yardstick: SQLite's FTS5 with Danish stems, the question's words joined by OR, and nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from benchmarks.scale.minutes import MadeItem
from index.danish import content_words, fold, stem, terms


class Bm25:
    def __init__(self, path: Path, items: Iterable[MadeItem]) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.execute("CREATE VIRTUAL TABLE item USING fts5(title, text, content='', detail=full)")
        rows = ((" ".join(terms(item.title)), " ".join(terms(item.case_text))) for item in items)
        with self._connection:
            self._connection.executemany("INSERT INTO item(title, text) VALUES (?, ?)", rows)

    def search(self, question: str, limit: int = 10) -> list[int]:
        query = " OR ".join(f'"{stem(fold(word))}"' for word in content_words(question))
        sql = "SELECT rowid FROM item WHERE item MATCH ? ORDER BY bm25(item, 4.0, 1.0) LIMIT ?"
        return [row[0] for row in self._connection.execute(sql, (query, limit))]
