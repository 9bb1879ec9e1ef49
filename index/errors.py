"""Every error that a user can meet, in one tree.

    ReferatError
    ├── SettingsError        a setting that cannot be used
    ├── DocumentError        a file that cannot be read as minutes
    ├── CorpusError          a path without documents
    ├── ModelError           an embedding model that cannot be loaded
    ├── IndexUnusable        an index that must not answer
    │   ├── IndexMissing
    │   ├── IndexForeign
    │   ├── IndexDamaged
    │   └── IndexOutdated
    ├── IndexBusy            another process is writing
    ├── IndexUnwritable      the disk does not take a new state
    ├── BackupUnusable       a file that is no whole backup, or that a backup must not replace
    ├── ItemNotFound         a reference to an item that is not in the index
    ├── SourceNotFound       a reference to minutes that are not in the index, or to several
    ├── QuestionError        a question that cannot be asked
    └── ExtraMissing         a command that needs more than was installed

The message of each is shown to the user as it is: it says what is wrong and what to do.
Only `qa.cli` and `qa.view.failure` turn them into text; the library never prints.
"""

from __future__ import annotations

from pathlib import Path


class ReferatError(Exception):
    """Base of all errors whose message is meant for the user."""


class SettingsError(ReferatError):
    pass


class DocumentError(ReferatError):
    """A file that cannot be read as minutes; `path` names it."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{str(path).encode(errors='backslashreplace').decode()}: {message}")
        self.path = path
        self.reason = message


class CorpusError(ReferatError):
    pass


class ModelError(ReferatError):
    pass


class IndexUnusable(ReferatError):
    """An index that must not be asked; the message names the command that mends it."""


class IndexMissing(IndexUnusable):
    def __init__(self, folder: Path) -> None:
        super().__init__(f"There is no index in {folder}. Build one with: referat build PATH --index {folder}")


class IndexForeign(IndexUnusable):
    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} holds something else than a Referat index. Choose an empty folder with --index.")


class IndexDamaged(IndexUnusable):
    def __init__(self, folder: Path, what: str) -> None:
        super().__init__(
            f"The index in {folder} is damaged ({what}). Build it anew with: referat build PATH --index {folder}\n"
            f"or put a backup back with: referat restore FILE --index {folder}"
        )


class IndexOutdated(IndexUnusable):
    def __init__(self, folder: Path, what: str, *, is_known: bool = True) -> None:
        """`is_known` where what the index holds can be taken over."""
        mend = "Bring it up to date with: referat migrate" if is_known else "Build it anew with: referat build PATH"
        super().__init__(f"The index in {folder} {what}. {mend} --index {folder}")


class IndexBusy(ReferatError):
    def __init__(self, folder: Path) -> None:
        super().__init__(f"Another process is updating the index in {folder}. Wait until it is done, and try again.")


class IndexUnwritable(ReferatError):
    def __init__(self, folder: Path, what: str) -> None:
        super().__init__(
            f"A new state of the index cannot be written to {folder} ({what}). Make room, or choose another folder "
            "with --index, and try again. Nothing is left half done."
        )


class BackupUnusable(ReferatError):
    def __init__(self, file: Path, what: str) -> None:
        super().__init__(f"{file} {what}. The index was not changed.")


class ItemNotFound(ReferatError):
    pass


class SourceNotFound(ReferatError):
    def __init__(self, source: str, paths: list[str]) -> None:
        several = f"Several minutes are called {source}. Give the path of one: {', '.join(paths)}"
        none = f"There are no minutes called {source} in the index. Give the name of a file, as the citations do."
        super().__init__((several if paths else none) + "\nNothing was removed.")


class QuestionError(ReferatError):
    pass


class ExtraMissing(ReferatError):
    def __init__(self, command: str, package: str, extra: str) -> None:
        super().__init__(f"`{command}` needs {package}. Install it with: pip install 'referat[{extra}]'")
