"""`python -m benchmarks.quality QUESTIONS.jsonl --documents PATH...`: build, ask, count, time, write."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import logging
import os
import platform
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.quality.timing import ROOT, cold_times, seconds, summary, warm_times
from benchmarks.stamp import commit
from index.build import build_index
from index.settings import Settings
from qa.evaluate.questions import read_known
from qa.evaluate.report import evaluation_json
from qa.evaluate.run import evaluate
from qa.service import open_service
from qa.terminal import progress_line

log = logging.getLogger("benchmarks")
_COLD_RUNS = 10


def main(arguments: list[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    log.setLevel(logging.INFO)
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(options.questions, options.documents, Path(folder) / "index")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    answers = figures["quality"]["total"]["answers"]
    log.info("%s", {name: answers[name]["value"] for name in answers})
    log.info("warm %s, cold %s", figures["warm"], figures["cold"])


def measure(questions: Path, documents: list[Path], index: Path) -> dict[str, Any]:
    """All figures; times are of this machine with whatever else it does."""
    known, settings = read_known(questions), Settings(index=index)
    built = seconds(lambda: build_index(index, documents, settings))
    warm = warm_times(settings, known)
    alone = [question.turns[0] for question in known if len(question.turns) == 1 and question.turns[0].strip()]
    cold = cold_times(index, alone[:_COLD_RUNS])
    service = open_service(settings)
    quality = evaluation_json(evaluate(service, known, progress_line))
    del quality["failures"]  # `referat eval` tells them
    return {
        "commit": commit(),
        "date": dt.date.today().isoformat(),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, no GPU used",
        "questions": questions.name,
        "meetings": service.status().meetings,
        "items": service.status().items,
        "build_s": round(built, 2),
        "warm": summary(warm),
        "cold": summary(cold),
        "quality": quality,
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("questions", type=Path, help="JSONL as for `referat eval`")
    parser.add_argument("--documents", type=Path, nargs="+", default=[ROOT / "corpus"], metavar="PATH", help="minutes")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks/results/quality.json", help="the file to write")
    return parser


if __name__ == "__main__":
    main()
