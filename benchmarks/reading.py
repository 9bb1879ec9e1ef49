"""How much sooner several processes read many minutes than one: python -m benchmarks.reading [--meetings 1000]."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from index.parallel import DocumentRead, cores, read_many
from tests.made_minutes import some_minutes

_SEED = 20_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--meetings", type=int, default=1_000, help="how many minutes are made up")
    parser.add_argument("--processes", type=int, default=cores())
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = _made(Path(folder), given.meetings)
        one, serially = _timed(paths, 1)
        several, at_once = _timed(paths, given.processes)
    if one != several:
        sys.exit("Several processes read something else than one.")
    size = sum(len(minutes.meeting.text) for read in one for minutes in read.minutes)
    sys.stdout.write(
        f"{given.meetings} minutes, {size / given.meetings:.0f} characters each: one process {serially:.1f} s, "
        f"{given.processes} processes {at_once:.1f} s, {serially / at_once:.2f} times as fast\n"
    )


def _made(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"{number:05}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(some_minutes(random.Random(_SEED + number)).text, encoding="utf-8")
    return paths


def _timed(paths: list[Path], processes: int) -> tuple[list[DocumentRead], float]:
    start = time.perf_counter()
    read = list(read_many(paths, processes))
    return read, time.perf_counter() - start


if __name__ == "__main__":
    main()
