"""Figures of several sizes -> scale.json, and scale.md with a column for each size."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

_ROWS: tuple[tuple[str, Callable[[dict[str, Any]], object]], ...] = (
    ("commit", lambda row: f"`{row['commit']}`"),
    ("measured on", lambda row: row["date"]),
    ("minutes come as", lambda row: row["route"]),
    ("text, MB", lambda row: round(row["characters"] / 1e6, 1)),
    ("built, items/s", lambda row: row["build_items_per_s"]),
    ("built, processor's ms for an item", lambda row: round(1000 * row["build_busy_s"] / row["items"], 2)),
    ("index, times the text", lambda row: row["index_of_text"]),
    ("peak memory, building, MB", lambda row: row["build_peak_mb"]),
    ("opening, s", lambda row: row["opening_s"]),
    ("first question, nothing in memory, s", lambda row: row["first_cold_s"]),
    ("question p50, ms", lambda row: row["question_ms"]["p50"]),
    ("question p95, ms", lambda row: row["question_ms"]["p95"]),
    ("question p99, ms", lambda row: row["question_ms"]["p99"]),
    ("question p50, processor's ms", lambda row: row["question_busy_ms"]["p50"]),
    ("question p95, processor's ms", lambda row: row["question_busy_ms"]["p95"]),
    ("FTS5 alone p50, ms", lambda row: row["bm25_ms"]),
    ("question, times FTS5", lambda row: round(row["question_ms"]["p50"] / row["bm25_ms"], 1)),
    ("peak memory, serving, MB", lambda row: row["serving_peak_mb"]),
    ("of which shared with nobody, MB", lambda row: row["serving_private_mb"]),
    ("answered right first (hit@1)", lambda row: row["hit@1"]),
    ("refused, of what is not said", lambda row: row["refused"]),
    ("questions asked, and of these compared", lambda row: f"{row['questions']}, {row['compared']}"),
    ("ranked right first, of those compared", lambda row: row["ranked"]),
    ("the same with exact search", lambda row: row["exact"]),
    ("add one meeting, s", lambda row: row["add_s"]),
    ("add one meeting, processor's s", lambda row: row["add_busy_s"]),
    ("remove one meeting, s", lambda row: row["remove_s"]),
    ("remove one meeting, processor's s", lambda row: row["remove_busy_s"]),
)


def write_report(folder: Path, measured: dict[str, Any]) -> None:
    """Write what was measured of one size, in the place of what was there of it, beside the other sizes."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "scale.json"
    sizes = json.loads(path.read_text(encoding="utf-8"))["sizes"] if path.is_file() else []
    sizes = [size for size in sizes if size["items"] != measured["items"]] + [measured]
    sizes.sort(key=lambda size: size["items"])
    path.write_text(json.dumps({"sizes": sizes}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "scale.md").write_text(_page([_flat(size) for size in sizes]), encoding="utf-8")


def _flat(size: dict[str, Any]) -> dict[str, Any]:
    """The figures of all stages, with what they were measured of."""
    figures = dict(size)
    for of_stage in figures.pop("stages").values():
        figures |= of_stage
    return figures


def _page(sizes: list[dict[str, Any]]) -> str:
    asked = [row for row in sizes if "question_ms" in row]
    kinds = list(asked[0]["question_ms_by_kind"]) if asked else []
    head = [f"{row['items']:,} items" for row in sizes]
    main = [[name, *(_told(row, value) for row in sizes)] for name, value in _ROWS]
    times = [[kind, *(row.get("question_ms_by_kind", {}).get(kind, "") for row in sizes)] for kind in kinds]
    hits = [[kind, *(row.get("hit@1_by_kind", {}).get(kind, "") for row in sizes)] for kind in kinds]
    machines = "; ".join(dict.fromkeys(row["machine"] for row in sizes))
    return f"""# How Referat grows

Written by `python -m benchmarks.scale`; [what it means](../README.md#scale). Each column is of the commit that it
names; what is empty was not measured. On {machines}.

{_table(["", *head], main)}

## Question p50 by kind, ms

{_table(["", *head], times)}

## hit@1 by kind

{_table(["", *head], hits)}
"""


def _told(row: dict[str, Any], value: Callable[[dict[str, Any]], object]) -> object:
    """A figure; nothing where it was not measured."""
    try:
        return value(row)
    except KeyError:
        return ""


def _table(head: list[str], rows: list[list[object]]) -> str:
    cells = [head, ["---"] + ["--:"] * (len(head) - 1), *([str(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)
