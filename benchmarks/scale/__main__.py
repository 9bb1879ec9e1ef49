"""`python -m benchmarks.scale --items 1000 10000`: how building, asking and changing grow with the collection."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import logging
import multiprocessing
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from benchmarks.scale import stages
from benchmarks.scale.minutes import Collection
from benchmarks.scale.questions import planted
from benchmarks.scale.report import write_report
from benchmarks.stamp import ROOT, commit

log = logging.getLogger("benchmarks")
_COLD_RUNS = 3


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    log.setLevel(logging.INFO)
    about = {
        "commit": commit(),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, no GPU used",
        "questions": options.questions,
        "compared": options.compared,
    }
    for items in options.items:
        kept = options.work and options.work / str(items)
        with nullcontext(kept) if kept else tempfile.TemporaryDirectory() as folder:
            for figures in measured(Path(folder), about | {"items": items}):
                write_report(options.out, figures)
    return 0


def measured(folder: Path, about: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The figures of one size, more of them after each stage; what this commit has measured already is not repeated."""
    path = folder / "figures.json"
    figures = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if any(figures.get(name) != value for name, value in about.items()):
        figures = about | {"stages": {}}
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    items, questions = about["items"], planted(Collection.shared(), about["items"], about["questions"])
    answered = [question for question in questions if question.answer]
    for stage, work in (
        ("building", lambda: _apart(stages.write, folder, items)),
        ("asking", lambda: _apart(stages.ask, folder, questions)),
        ("asking cold", lambda: _cold(folder, answered)),
        ("comparing with exact search", lambda: _apart(stages.lose, folder, answered[: about["compared"]])),
        ("adding", lambda: _apart(stages.add, folder, items)),
        ("asking FTS5", lambda: _apart(stages.ask_bm25, folder, items, questions)),
        ("removing", lambda: _apart(stages.remove, folder)),
    ):
        if stage not in figures["stages"]:
            figures["stages"][stage] = work()
            figures["date"] = dt.date.today().isoformat()
            path.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        log.info("%s items, %s: %s", items, stage, figures["stages"][stage])
        yield figures


def _cold(folder: Path, questions: list) -> dict[str, float]:
    times = sorted(_apart(stages.ask_cold, folder, question) for question in questions[:_COLD_RUNS])
    return {"first_cold_s": round(times[len(times) // 2], 2)}


def _apart(work: Callable, *given: object) -> Any:
    """The work's result, done in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    add = parser.add_argument
    add("--items", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="the sizes; others stay as they are")
    add("--questions", type=int, default=300, help="how many are asked at each size")
    add("--compared", type=int, default=40, help="how many of them are also searched exactly")
    add("--work", type=Path, help="where the indexes are kept, so that a run that was stopped can go on")
    add("--out", type=Path, default=ROOT / "benchmarks/results", help="where scale.* are, and go")
    return parser


if __name__ == "__main__":
    sys.exit(main())
