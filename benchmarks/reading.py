"""How quickly minutes are read: python -m benchmarks.reading [--meetings 1000].

By many processes beside one, by the clock; and in each format by one, in seconds of the processor, which do not depend
on what else the machine does.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from index.parallel import DocumentRead, cores, read_many
from index.parse.parts import parse_meetings
from index.read import _document
from index.read.child import _reader
from index.read.text import read_text
from tests import convert
from tests.made_minutes import some_minutes
from tests.mutated import FORMATS

_SEED = 20_000
_OF_EACH_FORMAT = 100
_PAGE = 2_000  # characters


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
    for kind in FORMATS:
        reading, parsing, pages = _by_format(kind)
        sys.stdout.write(
            f"{kind}: {pages / (reading + parsing):.0f} pages a second and core ({pages:.0f} pages of {_PAGE} "
            f"characters: {reading:.1f} s to read, {parsing:.1f} s to parse)\n"
        )


def _made(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"{number:05}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(some_minutes(random.Random(_SEED + number)).text, encoding="utf-8")
    return paths


def _by_format(kind: str) -> tuple[float, float, float]:
    """Seconds of the processor to read and to parse minutes in a format, and how many pages they have."""
    texts = [some_minutes(random.Random(_SEED + number)).text for number in range(_OF_EACH_FORMAT)]
    write = getattr(convert, f"to_{kind}", str.encode)
    read = read_text if kind == "txt" else _reader(kind)
    documents = [write(text) for text in texts]
    read(documents[0])  # loads what it needs
    begun = time.process_time()
    extracts = [read(data) for data in documents]
    done = time.process_time()
    for extract in extracts:
        parse_meetings(_document(Path(f"a.{kind}"), b"", extract))
    return done - begun, time.process_time() - done, sum(map(len, texts)) / _PAGE


def _timed(paths: list[Path], processes: int) -> tuple[list[DocumentRead], float]:
    start = time.perf_counter()
    read = list(read_many(paths, processes))
    return read, time.perf_counter() - start


if __name__ == "__main__":
    main()
