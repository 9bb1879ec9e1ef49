"""Rows -> `peers.json`, and the same as tables in `peers.md`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.peers.run import Row
from benchmarks.peers.score import Question, hits_by_category, invented, ranking_figures, separation

_NAMES = ("system", "given", "asked")
_SHARES = ("hit@1", "hit@5", "mrr", "refused", "invented", "auroc")
_YARDSTICK = "bm25s"


def figures_of(rows: Sequence[Row], questions: Sequence[Question]) -> list[dict[str, Any]]:
    """The figures of each row; the first is Referat's answers, to whose share of refusals the peers are held."""
    refused = ranking_figures(questions, rows[0].rankings)["refused"]
    yardstick = next(row for row in rows if row.system == _YARDSTICK)
    return [
        _rounded(
            {"system": row.system, "given": row.given, "asked": row.asked}
            | ranking_figures(questions, row.rankings)
            | _evidence(row, questions, refused)
            | _costs(row, yardstick)
            | {"hit@1 by category": _rounded(hits_by_category(questions, row.rankings))}
        )
        for row in rows
    ]


def _evidence(row: Row, questions: Sequence[Question], refused: float) -> dict[str, float]:
    """How well it knows what it cannot answer. Referat says so; for a peer, the score has to."""
    if row.asked == "candidates" or all(question.relevant for question in questions):
        return {}
    if row.asked == "as answered":
        return {"invented": invented(questions, row.rankings)}
    auroc, still_answered = separation(questions, row.rankings, refused)
    return {"auroc": auroc, "invented": still_answered}


def _costs(row: Row, yardstick: Row) -> dict[str, float]:
    (p50, p95), usual = np.percentile(row.times, [50, 95]), np.percentile(yardstick.times, 50)
    return {
        "build_seconds": row.build,
        "build_ratio": row.build / yardstick.build,
        "p50_ms": float(1000 * p50),
        "p95_ms": float(1000 * p95),
        "p50_ratio": float(p50 / usual),
    }


def _rounded(figures: dict[str, Any]) -> dict[str, Any]:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in figures.items()}


def write_report(folder: Path, about: dict[str, Any], figures: list[dict[str, Any]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    whole = json.dumps(about | {"rows": figures}, ensure_ascii=False, indent=1)
    (folder / "peers.json").write_text(whole + "\n", encoding="utf-8")
    (folder / "peers.md").write_text(_page(about, figures), encoding="utf-8")


def _page(about: dict[str, Any], figures: list[dict[str, Any]]) -> str:
    categories = tuple(figures[0]["hit@1 by category"])
    main = [[*_cells(row, _NAMES), *_cells(row, _SHARES), *_cost_cells(row)] for row in figures]
    by_category = [[*_cells(row, _NAMES), *_cells(row["hit@1 by category"], categories)] for row in figures]
    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    return f"""# Referat and its peers

Written by `make peers`; [what it means](../README.md). Commit `{about["commit"]}`, {about["date"]};
{about["questions"]}: {about["answerable"]} questions that the minutes answer, {about["unanswerable"]} that they do not;
{about["meetings"]} meetings, {about["items"]} items; {about["machine"]}.

{_table((*_NAMES, *_SHARES, "build s", "p50 ms", "p95 ms"), main)}

"invented" of a peer: if a threshold on its score made it refuse as many as Referat does. In brackets: times as long
as {_YARDSTICK}.

## hit@1 by category

{_table((*_NAMES, *categories), by_category)}

{versions}
"""


def _cells(row: dict[str, Any], names: Sequence[str]) -> list[str]:
    values = [row.get(name, "") for name in names]
    return [f"{value:.3f}" if isinstance(value, float) else value for value in values]


def _cost_cells(row: dict[str, Any]) -> list[str]:
    return [
        f"{row['build_seconds']:.2f} ({row['build_ratio']:.0f}x)",
        f"{row['p50_ms']:.1f} ({row['p50_ratio']:.0f}x)",
        f"{row['p95_ms']:.1f}",
    ]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))
