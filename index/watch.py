"""Following a folder: an update whenever its documents have changed and come to rest."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from index.build import BuildReport, build_index
from index.errors import ReferatError
from index.read import find_documents
from index.readings import Progress
from index.settings import Settings

POLL_S = 2.0
_RETRY_S = 60.0

_Look = frozenset[tuple[str, int, int]]


def watch(
    folder: Path,
    paths: list[Path],
    settings: Settings,
    progress: Progress = lambda what, done, total: None,
    *,
    poll_s: float = POLL_S,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[BuildReport | ReferatError]:
    """Keep the index a mirror of the paths, without end: yields what each update did, or why it could not be made.

    An update begins when two looks in a row see the same, so that files still being copied are waited for. One that
    failed is tried again when the documents change, or after a while. Nothing is left undone when the caller stops.
    """
    done: _Look | None = None
    retry_at: float | None = None
    before = _look(paths)
    while True:
        sleep(poll_s)
        now = _look(paths)
        at_rest, before = now == before, now
        if not at_rest or (now == done and (retry_at is None or time.monotonic() < retry_at)):
            continue
        done, retry_at = now, None
        try:
            yield build_index(folder, paths, settings, progress)
        except ReferatError as error:
            retry_at = time.monotonic() + _RETRY_S
            yield error


def _look(paths: list[Path]) -> _Look:
    """The documents with their sizes and times; none where a path cannot be looked at, which the update will tell."""
    try:
        return frozenset(map(_seen, find_documents(paths)))
    except ReferatError:
        return frozenset()


def _seen(path: Path) -> tuple[str, int, int]:
    try:
        stat = path.stat()
    except OSError:
        return str(path), -1, -1
    return str(path), stat.st_size, stat.st_mtime_ns
