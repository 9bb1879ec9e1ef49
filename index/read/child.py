"""What runs apart: reads the documents that are sent to it, one after another, under limits of the system.

Started as `python -m index.read.child` by `worker`. It gets a document's suffix and its bytes, never a path, and opens
no file and no connection. What a document makes it do wrong ends this process and no other.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial

from index.read.extract import Extract, Unreadable
from index.read.frames import read_frame, write_frame

try:
    import resource
except ImportError:  # Windows has no such limits: there, only `worker`'s clock holds
    resource = None

MEMORY_BYTES = 1_000_000_000
CPU_SECONDS = 15
PAGE_SECONDS = 60  # by the clock, for tesseract to read one page; of the processor it has no less than a document
TEXT_CHARS = 5_000_000
TOO_MUCH_MEMORY = (
    f"takes more than {MEMORY_BYTES // 1_000_000} MB of memory to read, as no minutes do. "
    "Split it into one file for each meeting, or copy its text to a new file."
)
_NAMES = {".html": "html", ".htm": "html", ".docx": "docx", ".pdf": "pdf"}
_LONGEST_FRAME = 2**32
SCANNED_PAGE = "#"  # after the suffix: which page to recognise the text of, from 0


def main() -> None:
    """Answer until the owner is gone. Whatever a library prints goes nowhere, since the answers use the same stream."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    _limit_process()
    while (suffix := read_frame(sys.stdin.buffer, _LONGEST_FRAME)) is not None:
        data = read_frame(sys.stdin.buffer, _LONGEST_FRAME)
        if data is None:
            return
        _limit_time()
        asked, _, page = suffix.decode().partition(SCANNED_PAGE)
        read = partial(_reader("scan"), place=int(page)) if page else _reader(_NAMES[asked])
        write_frame(answers, json.dumps(_answer(read, data)).encode())


def _limit_process() -> None:
    """Memory, no file written, no core left behind."""
    if resource:
        _limit(resource.RLIMIT_AS, MEMORY_BYTES)
        _limit(resource.RLIMIT_FSIZE, 0)
        _limit(resource.RLIMIT_CORE, 0)


def _limit_time() -> None:
    """The time of the processor that the next document may take; the system ends the process that takes more."""
    if resource:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + CPU_SECONDS)


def _limit(which: int, most: int) -> None:
    try:
        resource.setrlimit(which, (most, resource.getrlimit(which)[1]))
    except (ValueError, OSError):  # a stricter limit is in force, or (macOS) this one is not to be set
        return


def _answer(read: Callable[..., Extract], data: bytes) -> dict[str, object]:
    """The extract as plain data, or under `refused` the reason why there is none."""
    try:
        extract = read(data)
        if sum(map(len, extract.pages)) > TEXT_CHARS:
            raise Unreadable("holds more text than minutes do. Split it into one file for each meeting.")
        return asdict(extract)
    except Unreadable as reason:
        return {"refused": str(reason)}
    except MemoryError:
        return {"refused": TOO_MUCH_MEMORY}
    except RecursionError:
        return {"refused": "nested more deeply than documents are. Copy its text to a new file, and try that."}
    except Exception as error:
        return {"refused": f"damaged ({type(error).__name__}). Open it in the program that made it, and save it again."}


def _reader(name: str) -> Callable[[bytes], Extract]:
    """The reader of a format; loaded when first needed, since a worker may never meet that format."""
    module = importlib.import_module(f"index.read.{name}")
    return getattr(module, f"read_{name}")


if __name__ == "__main__":
    main()
