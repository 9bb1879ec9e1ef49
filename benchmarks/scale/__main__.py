"""`python -m benchmarks.scale --items 1000 10000`: how building, asking and changing grow with the collection."""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import multiprocessing
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
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
        "date": dt.date.today().isoformat(),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, no GPU used",
        "questions": options.questions,
        "compared": options.compared,
    }
    sizes = []
    for items in options.items:
        with tempfile.TemporaryDirectory(dir=options.work) as folder:
            sizes.append(measure(Path(folder), items, options.questions, options.compared))
        write_report(options.out, about, sizes)
    return 0


def measure(folder: Path, items: int, count: int, compared: int) -> dict[str, Any]:
    """All figures of one size."""
    questions = planted(Collection.shared(), items, count)
    answered = [question for question in questions if question.answer]
    figures: dict[str, Any] = {"items": items}
    for what, work in (
        ("building", lambda: _apart(stages.write, folder, items)),
        ("asking", lambda: _apart(stages.ask, folder, questions)),
        ("asking cold", lambda: _cold(folder, answered)),
        ("comparing with exact search", lambda: _apart(stages.lose, folder, answered[:compared])),
        ("asking FTS5", lambda: _apart(stages.ask_bm25, folder, items, questions)),
        ("adding", lambda: _apart(stages.add, folder, items)),
        ("removing", lambda: _apart(stages.remove, folder)),
    ):
        told = work()
        log.info("%s items, %s: %s", items, what, told)
        figures |= told
    figures["of_bm25"] = round(figures["question_ms"]["p50"] / figures["bm25_ms"], 1)
    return figures


def _cold(folder: Path, questions: list) -> dict[str, float]:
    times = sorted(_apart(stages.ask_cold, folder, question) for question in questions[:_COLD_RUNS])
    return {"first_cold_s": round(times[len(times) // 2], 2)}


def _apart(work: Callable, *given: object) -> Any:
    """The work's result, done in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--items", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="the sizes")
    parser.add_argument("--questions", type=int, default=300, help="how many are asked at each size")
    parser.add_argument("--compared", type=int, default=40, help="how many of them are also searched exactly")
    parser.add_argument("--work", type=Path, help="where the indexes are made; the system's folder for such by default")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks/results", help="where scale.* go")
    return parser


if __name__ == "__main__":
    sys.exit(main())
