"""`python -m benchmarks.soak`: one writer and eight readers on one index, for a while; what went wrong, if anything."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import logging
import multiprocessing
import os
import platform
import random
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.sharedctypes import SynchronizedArray
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.soak import reader
from benchmarks.soak.minutes import NAMES, Matter, write_matters
from benchmarks.soak.reader import GONE, Notes, private_megabytes
from benchmarks.stamp import ROOT, commit
from index.build import add_documents, build_index, remove_documents
from index.check import check_index
from index.settings import Settings

log = logging.getLogger("benchmarks")
_ALONE, _SHARING = 4, 4  # readers that are processes of their own; readers that are threads of one process


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    log.setLevel(logging.INFO)
    with tempfile.TemporaryDirectory() as folder:
        figures = soak(Path(folder), 60 * options.minutes)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    log.info("%s", json.dumps(figures, ensure_ascii=False, indent=1))
    return 1 if figures["errors"] or figures["stale"] or figures["lost"] or figures["faults"] else 0


def soak(folder: Path, seconds: float) -> dict[str, Any]:
    index, matters = folder / "index", write_matters(folder)
    build_index(index, [ROOT / "corpus"], Settings())
    spawn = multiprocessing.get_context("spawn")
    told = spawn.Array("q", len(NAMES))
    until = time.monotonic() + seconds
    with ProcessPoolExecutor(_ALONE + 1, mp_context=spawn, initializer=reader.share, initargs=(told,)) as pool:
        threads = [_SHARING] + _ALONE * [1]
        asked = [pool.submit(reader.read, index, matters, until, count, 100 * n) for n, count in enumerate(threads)]
        times, memory = _write(index, matters, told, until)
        notes = [asking.result() for asking in asked]
    return _figures(seconds, notes, times, memory) | {
        "faults": list(check_index(index).faults),
        "left in the folder": sorted(path.name for path in index.iterdir() if len(path.name) != 12),
    }


def _write(
    index: Path, matters: list[Matter], told: SynchronizedArray, until: float
) -> tuple[list[float], list[tuple[float, float]]]:
    """Let minutes come and go, telling of each step before and after; (seconds of each update, own memory)."""
    chance, times, memory, began = random.Random(0), [], [], time.monotonic()
    while time.monotonic() < until:
        number, start = chance.randrange(len(matters)), time.perf_counter()
        comes = told[number] % 4 == GONE
        told[number] += 1
        if comes:
            add_documents(index, [matters[number].path], Settings())
        else:
            remove_documents(index, [matters[number].path.name], Settings())
        told[number] += 1
        times.append(time.perf_counter() - start)
        memory.append((time.monotonic() - began, private_megabytes()))
    return times, memory


def _figures(
    seconds: float, notes: list[Notes], times: list[float], memory: list[tuple[float, float]]
) -> dict[str, Any]:
    answered = 1000 * np.array([taken for note in notes for taken in note.seconds])
    return {
        "commit": commit(),
        "date": dt.date.today().isoformat(),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        "seconds": seconds,
        "readers": f"{_SHARING} threads of one process, {_ALONE} processes",
        "updates": len(times),
        "update_s": dict(zip(("p50", "p95"), np.percentile(times, (50, 95)).round(2).tolist(), strict=True)),
        "questions": len(answered),
        "question_ms": dict(zip(("p50", "p95"), np.percentile(answered, (50, 95)).round(1).tolist(), strict=True)),
        "errors": sorted({error for note in notes for error in note.errors}),
        "stale": [what for note in notes for what in note.stale],
        "lost": [what for note in notes for what in note.lost],
        "private_mb": {
            "threads": _growth(notes[0].memory),
            "processes": [_growth(note.memory) for note in notes[1:]],
            "writer": _growth(memory),
        },
    }


def _growth(memory: list[tuple[float, float]]) -> list[float]:
    """The median of each fifth of the time, but the first."""
    end = memory[-1][0]
    fifths = [[held for at, held in memory if part <= 5 * at / end <= part + 1] for part in range(1, 5)]
    return [round(float(np.median(fifth)), 1) for fifth in fifths if fifth]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks/results/soak.json", help="the file to write")
    return parser


if __name__ == "__main__":
    sys.exit(main())
