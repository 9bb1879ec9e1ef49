"""Reading many documents at once: each process reads and parses one document at a time, the order stays.

A process is this module, run: it gets the path of a document, and answers with what was read. It is started by its
command line and not by `multiprocessing`, which would run the program that reads (the app, for one) once more in each.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from index.codec import from_json, to_json
from index.errors import DocumentError
from index.models import Minutes
from index.parse.parts import parse_meetings
from index.read import read_document
from index.read.frames import read_frame, write_frame

_LONGEST_FRAME = 2**32
_WORTH_A_PROCESS = 8  # documents: as long as a process takes to start
_COMMAND = (sys.executable, "-m", "index.parallel")
_OCR = "--ocr"
_ROOT = Path(__file__).parent.parent  # where Python finds the package `index`
_CRASHED = "reading it ends the program that reads. Open it in the program that made it, and save it again."


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """A document as it was read; `refused` holds the reason where it is no minutes, and then there is no meeting."""

    sha256: str = ""
    minutes: tuple[Minutes, ...] = ()
    refused: str | None = None


def read_minutes(path: Path, *, ocr: bool = False) -> DocumentRead:
    """Read one document in this process."""
    try:
        document = read_document(path, ocr=ocr)
        return DocumentRead(document.sha256, parse_meetings(document))
    except DocumentError as error:
        return DocumentRead(refused=error.reason)


def read_many(paths: Sequence[Path], processes: int | None = None, *, ocr: bool = False) -> Iterator[DocumentRead]:
    """Each document as it is read, in the order of the paths, by so many processes; None is one for each core.

    A document that ends its process is refused, and the others are read. Few documents are read without processes.
    """
    count = min(processes or cores(), len(paths) // _WORTH_A_PROCESS)
    if count < 2:
        yield from (read_minutes(path, ocr=ocr) for path in paths)
        return
    with _Pool(_COMMAND + ((_OCR,) if ocr else ())) as pool, ThreadPoolExecutor(count) as threads:
        pending = [threads.submit(pool.read, path) for path in paths]
        try:
            for future in pending:
                yield future.result()
        finally:  # where the user stops it, what has been begun is given up
            threads.shutdown(wait=False, cancel_futures=True)
            pool.stop()


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Pool:
    """The processes that read: started when a thread finds none idle, replaced when one dies."""

    def __init__(self, command: tuple[str, ...]) -> None:
        self._command = command
        self._lock = threading.Lock()
        self._all: set[subprocess.Popen] = set()
        self._idle: list[subprocess.Popen] = []
        self._stopped = False

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *reason: object) -> None:
        for process in list(self._all):
            self._end(process)

    def read(self, path: Path) -> DocumentRead:
        process = self._taken()
        if process is None:
            return DocumentRead(refused=_CRASHED)
        try:
            write_frame(process.stdin, os.fsencode(path.absolute()))
            answer = read_frame(process.stdout, _LONGEST_FRAME)
        except OSError:  # it died while it was spoken to
            answer = None
        if answer is None:
            self._end(process)
            return DocumentRead(refused=_CRASHED)
        with self._lock:
            self._idle.append(process)
        return from_json(DocumentRead, answer.decode())

    def _taken(self) -> subprocess.Popen | None:
        """A process for this thread alone; None when all have been stopped."""
        with self._lock:
            if self._stopped:
                return None
            if self._idle:
                return self._idle.pop()
            process = subprocess.Popen(
                self._command,
                cwd=_ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._all.add(process)
            return process

    def _end(self, process: subprocess.Popen) -> None:
        with self._lock:
            self._all.discard(process)
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stdin):
            try:
                stream.close()
            except OSError:  # something was still to be sent
                pass

    def stop(self) -> None:
        """End what is being read, so that no thread waits for it, and begin no more."""
        with self._lock:
            self._stopped = True
            for process in self._all:
                process.kill()


def _serve() -> None:
    """Read what is asked for until the owner is gone."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    while (path := read_frame(sys.stdin.buffer, _LONGEST_FRAME)) is not None:
        write_frame(answers, to_json(read_minutes(Path(os.fsdecode(path)), ocr=_OCR in sys.argv)).encode())


if __name__ == "__main__":
    _serve()
