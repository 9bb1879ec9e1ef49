"""The minutes behind the index: what a file is understood as, and taking it in and out while questions are answered."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from index.build import BuildReport, build_index, read_meetings
from index.errors import DocumentError, IndexUnusable, ReferatError
from index.models import Minutes
from index.settings import Settings
from index.store import MinutesIndex

_log = logging.getLogger("referat")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A file that waits to be accepted, as it is understood; `refusal` says why it cannot be taken in."""

    path: Path
    minutes: tuple[Minutes, ...] = ()
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is: `what` is "reading" or "embedding", `seconds_left` is None while nobody can know."""

    what: str
    done: int
    total: int
    seconds_left: float | None = None


class Library:
    """One for all readers, since an index has one writer; it answers from its old state until the new one is done."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._begun = 0.0
        self._progress: tuple[str, int, int] = ("reading", 0, 0)
        self.report: BuildReport | None = None
        self.failed: Exception | None = None

    @property
    def folder(self) -> Path:
        """Where files that are handed in are kept: beside the index, so that a rebuild finds them."""
        return self._settings.index.with_name(f"{self._settings.index.name}-minutes")

    def propose(self, name: str, content: bytes) -> Proposed:
        """Read a file that is handed in; it waits in a folder that no build looks into."""
        waiting = self.folder / ".waiting"
        waiting.mkdir(parents=True, exist_ok=True)
        path = waiting / (Path(name.replace("\\", "/")).name.lstrip(".") or "referat.txt")
        path.write_bytes(content)
        try:
            return Proposed(path, read_meetings(path))
        except DocumentError as error:
            path.unlink()
            return Proposed(path, refusal=error.reason)

    def leave_out(self, proposed: Proposed) -> None:
        proposed.path.unlink(missing_ok=True)

    def accept(self, proposed: Iterable[Proposed]) -> None:
        """Take files in, in place of those of the same name, and begin to update the index."""
        for one in proposed:
            if one.path.exists():
                one.path.replace(self.folder / one.path.name)
        self.update([*self.held(), self.folder])

    def remove(self, *paths: Path) -> None:
        """Take documents out of the index; one that was handed in here is deleted with it."""
        for path in paths:
            if path.parent == self.folder.resolve():
                path.unlink(missing_ok=True)
        self.update([other for other in self.held() if other not in paths])

    def held(self) -> list[Path]:
        """The documents of the index that are still there."""
        try:
            index = MinutesIndex.open(self._settings.index)
        except IndexUnusable:
            return []
        try:
            return [path for name in index.catalogue.documents() if (path := Path(name)).exists()]
        finally:
            index.close()

    def update(self, paths: list[Path]) -> None:
        """Begin to make the index mirror those paths, unless that is going on already."""
        with self._lock:
            if not self.working:
                self.report = self.failed = None
                self._begun, self._progress = time.monotonic(), ("reading", 0, 0)
                self._thread = threading.Thread(target=self._update, args=(paths,), daemon=True)
                self._thread.start()

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

    def _update(self, paths: list[Path]) -> None:
        try:
            self.report = build_index(self._settings.index, paths, self._settings, self._tell)
        except ReferatError as error:
            self.failed = error
        except Exception as error:
            _log.exception("The index could not be updated")
            self.failed = error

    def _tell(self, what: str, done: int, total: int) -> None:
        if what != self._progress[0]:
            self._begun = time.monotonic()
        self._progress = (what, done, total)
