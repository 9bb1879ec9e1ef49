"""The minutes behind the index: what a file is understood as, and taking it in and out while questions are answered."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from index.build import BuildReport, add_documents, build_index, read_meetings, remove_documents
from index.errors import DocumentError, IndexUnusable, ReferatError
from index.models import Minutes
from index.report import Report, report_index
from index.settings import Settings
from index.store import MinutesIndex

_log = logging.getLogger("referat")
Work = Callable[[], BuildReport]
Then = Callable[[], None]
_LONGEST_NAME = 150  # bytes


@dataclass(frozen=True, slots=True)
class Proposed:
    """A file that waits to be accepted, as it is understood; `refusal` says why it cannot be taken in."""

    path: Path
    minutes: tuple[Minutes, ...] = ()
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is: `what` is "reading", "embedding" or "copying"; `seconds_left` is None while unknown."""

    what: str
    done: int
    total: int
    seconds_left: float | None = None


class Cancelled(ReferatError):
    """The work was stopped by a reader; the index is as it was."""


class Library:
    """One for all readers, since an index has one writer; it answers from its old state until the new one is done."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._cancelled = False
        self._begun = 0.0
        self._progress: tuple[str, int, int] = ("reading", 0, 0)
        self.report: BuildReport | None = None
        self.failed: Exception | None = None
        shutil.rmtree(self._waiting, ignore_errors=True)  # what an earlier run was given, and never accepted

    @property
    def folder(self) -> Path:
        """Where files that are handed in are kept: beside the index, so that a rebuild finds them."""
        return self._settings.index.with_name(f"{self._settings.index.name}-minutes")

    @property
    def _waiting(self) -> Path:
        """No build looks into a folder whose name begins with a dot."""
        return self.folder / ".waiting"

    def propose(self, name: str, content: bytes) -> Proposed:
        """Read a file that is handed in; it waits in a folder of its own."""
        self._waiting.mkdir(parents=True, exist_ok=True)
        path = Path(tempfile.mkdtemp(dir=self._waiting)) / _own_name(name)
        path.write_bytes(content)
        try:
            return Proposed(path, read_meetings(path, ocr=self._settings.ocr))
        except DocumentError as error:
            shutil.rmtree(path.parent)
            return Proposed(path, refusal=error.reason)

    def leave_out(self, proposed: Proposed) -> None:
        shutil.rmtree(proposed.path.parent, ignore_errors=True)

    def accept(self, proposed: Iterable[Proposed]) -> bool:
        """Begin to take files in, in place of those of the same name; False where other work is going on.

        Where that fails or is cancelled, the files are as they were before, too.
        """
        proposed, taken = list(proposed), []

        def take_in() -> BuildReport:
            taken.extend(self._moved_in(one) for one in proposed if one.path.exists())
            places = [place for place, _ in taken]
            return add_documents(self._settings.index, places, self._settings, self._tell)

        return self._begin(take_in, partial(self._forget, proposed), partial(_put_back, taken))

    def _moved_in(self, one: Proposed) -> tuple[Path, Path | None]:
        """Where a file is now, and where the one that it takes the place of."""
        place = self.folder / one.path.name
        before = one.path.with_name(".before") if place.exists() else None
        if before:
            place.replace(before)
        one.path.replace(place)
        return place, before

    def _forget(self, proposed: Iterable[Proposed]) -> None:
        for one in proposed:
            self.leave_out(one)

    def remove(self, *paths: Path) -> bool:
        """Begin to take documents out of the index; one that was handed in here is deleted with it."""

        def take_out() -> BuildReport:
            return remove_documents(self._settings.index, list(map(str, paths)), self._settings, self._tell)

        return self._begin(take_out, partial(_delete, [path for path in paths if self.is_ours(path)]))

    def is_ours(self, path: Path) -> bool:
        """Whether a document was handed in here; any other is the owner's, and is never deleted."""
        return path.parent == self.folder.resolve()

    def held(self) -> list[Path]:
        """The documents of the index that are still there."""
        return [path for path in self._documents() if os.path.exists(path)]

    def out_of_reach(self) -> list[Path]:
        """The documents of the index that a rebuild would lose, since they are gone, or on a disk that is away."""
        return [path for path in self._documents() if not os.path.exists(path)]

    def _documents(self) -> list[Path]:
        try:
            index = MinutesIndex.open(self._settings.index)
        except IndexUnusable:
            return []
        with closing(index):
            return [Path(name) for name in index.catalogue.documents()]

    def trust_report(self) -> Report:
        """How well each document of the index was understood.

        Raises:
            IndexUnusable
        """
        return report_index(self._settings.index)

    def update(self, paths: list[Path]) -> bool:
        """Begin to make the index mirror those paths."""
        return self._begin(lambda: build_index(self._settings.index, paths, self._settings, self._tell))

    def _begin(self, work: Work, done: Then = lambda: None, undone: Then = lambda: None) -> bool:
        """Begin to work, and then `done`, or where it failed or was cancelled `undone`; False where other work is going
        on: nothing was begun."""
        with self._lock:
            if self.working:
                return False
            self.report = self.failed = None
            self._cancelled = False
            self._begun, self._progress = time.monotonic(), ("reading", 0, 0)
            self._thread = threading.Thread(target=self._work, args=(work, done, undone), daemon=True)
            self._thread.start()
        return True

    def cancel(self) -> None:
        """Let the work stop at its next step; the index stays as it was."""
        self._cancelled = True

    def wait(self, seconds: float) -> None:
        """Wait until the work is done, but not longer."""
        if self._thread:
            self._thread.join(seconds)

    @property
    def working(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    @property
    def progress(self) -> Progress:
        what, done, total = self._progress
        passed = time.monotonic() - self._begun
        return Progress(what, done, total, passed / done * (total - done) if done and passed > 1 else None)

    def _work(self, work: Work, done: Then, undone: Then) -> None:
        try:
            report = work()
            done()
            self.report = report
        except Exception as error:
            if not isinstance(error, ReferatError):
                _log.exception("The index could not be updated")
            undone()
            self.failed = error

    def _tell(self, what: str, done: int, total: int) -> None:
        if self._cancelled:
            raise Cancelled("The work was stopped. The index is as it was.")
        if what != self._progress[0]:
            self._begun = time.monotonic()
        self._progress = (what, done, total)


def _own_name(name: str) -> str:
    """A file's name that leads nowhere else: "minutes/2020/march.pdf" of a folder "minutes" is "2020 - march.pdf"."""
    parts = [part.lstrip(".") for part in name.replace("\\", "/").split("/")]
    named = [part for part in parts if part]
    whole = " - ".join(named[1:] or named).encode(errors="ignore")
    return whole[-_LONGEST_NAME:].decode(errors="ignore") or "referat.txt"


def _put_back(taken: list[tuple[Path, Path | None]]) -> None:
    """Undo what `accept` did: each file that was taken in goes, and the one that it replaced returns."""
    for place, before in reversed(taken):
        before.replace(place) if before else place.unlink(missing_ok=True)


def _delete(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
