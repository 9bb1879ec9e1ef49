"""The owner's side of reading apart: processes that read documents, watched, and replaced when one dies."""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from index.read.child import CPU_SECONDS, PAGE_SECONDS, SCANNED_PAGE, TEXT_CHARS, TOO_MUCH_MEMORY
from index.read.extract import Extract, Unreadable
from index.read.frames import read_frame, write_frame

WALL_SECONDS = 18
SCAN_SECONDS = PAGE_SECONDS + WALL_SECONDS
_LONGEST_ANSWER = 6 * TEXT_CHARS + 1_000_000  # JSON writes a letter in at most six bytes
_ROOT = Path(__file__).parent.parent.parent  # where Python finds the package `index`
_TOO_LONG = (
    f"takes longer to read than {CPU_SECONDS} seconds, as no minutes do. "
    "Split it into one file for each meeting, or copy its text to a new file."
)
_CRASHED = "damaged: reading it fails. Open it in the program that made it, save it again, and try that."


class Worker:
    """One process that reads one document at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "index.read.child"],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.used = False

    def read(self, asked: str, data: bytes, seconds: float) -> Extract:
        """
        Raises:
            Unreadable: the document is refused, or has ended the process.
        """
        self.used = True
        out_of_time = threading.Event()
        clock = threading.Timer(seconds, lambda: (out_of_time.set(), self._process.kill()))
        clock.start()
        try:
            write_frame(self._process.stdin, asked.encode())
            write_frame(self._process.stdin, data)
            answer = read_frame(self._process.stdout, _LONGEST_ANSWER)
        except OSError:  # it died while it was spoken to
            answer = None
        finally:
            clock.cancel()
        if answer is None:
            raise Unreadable(self._reason_of_death(out_of_time.is_set()))
        return _extract(answer)

    def stop(self) -> int:
        """Its exit status; negative where a signal ended it."""
        self._process.kill()
        self._process.stdout.close()
        try:
            self._process.stdin.close()
        except OSError:  # something was still to be sent
            pass
        return self._process.wait()

    def _reason_of_death(self, out_of_time: bool) -> str:
        try:
            status = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return _CRASHED
        if out_of_time or status == -getattr(signal, "SIGXCPU", 0):
            return _TOO_LONG
        # Libraries in C end the process when they get no memory.
        return TOO_MUCH_MEMORY if status == -signal.SIGABRT else _CRASHED


_idle: list[Worker] = []


def read_apart(suffix: str, data: bytes) -> Extract:
    """Read the bytes of a document in another process, under limits on memory, time and text.

    Several threads may read at once: each has a process of its own.

    Raises:
        Unreadable: with the reason and what to do.
    """
    return _read_apart(suffix, data, WALL_SECONDS)


def read_scan_apart(data: bytes, place: int) -> str:
    """The text of a pdf's page that is a picture, at a place from 0; "" where it takes too long.

    Raises:
        Unreadable: with the reason and what to do.
    """
    return _read_apart(f".pdf{SCANNED_PAGE}{place}", data, SCAN_SECONDS).pages[0].strip()


def _read_apart(asked: str, data: bytes, seconds: float) -> Extract:
    worker = _idle.pop() if _idle else Worker()
    try:
        extract = worker.read(asked, data, seconds)
    except BaseException:  # also when the user stops it: what is left of it must not answer the next document
        worker.stop()
        raise
    _idle.append(worker)
    return extract


def _extract(answer: bytes) -> Extract:
    fields = json.loads(answer)
    if "refused" in fields:
        raise Unreadable(fields["refused"])
    return Extract(tuple(fields["pages"]), fields["paged"], tuple(fields["pictures"]))


def _stop_idle() -> None:
    while _idle:
        _idle.pop().stop()


atexit.register(_stop_idle)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)  # a forked process has no share in its parent's workers
