"""Building: the documents under some paths -> a new state of the index, which takes over whole or not at all.

`build_index` makes the index mirror the paths; `add_documents` and `remove_documents` change what they name and keep
the rest as it is; `migrate_index` keeps all, as this version makes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from index import snapshot
from index.earlier import Held, open_held
from index.embed import Embedder, load_embedder
from index.errors import CorpusError, IndexMissing, IndexUnusable, SourceNotFound
from index.models import Minutes
from index.parse.parts import parse_meetings
from index.read import find_documents, read_document
from index.readings import Progress, Readings, keep, read_all
from index.settings import Settings
from index.store import MinutesIndex
from index.update import BuildReport, update


def read_meetings(path: Path, *, ocr: bool = False) -> tuple[Minutes, ...]:
    """Read one document as the minutes of the meetings in it, without an index.

    Raises:
        DocumentError: it cannot be read, or is not minutes.
    """
    return parse_meetings(read_document(path, ocr=ocr))


def build_index(
    folder: Path,
    paths: list[Path],
    settings: Settings,
    progress: Progress = lambda what, done, total: None,
    *,
    download: bool = False,
) -> BuildReport:
    """Make the index mirror the documents under the paths; on any failure the old state stays as it was.

    Documents and chunks that did not change are taken over from the old state. A document that cannot be read is
    refused and reported; if an earlier reading of it is in the index, that is kept. `download` allows a hub model to
    be fetched.

    Raises:
        CorpusError, ModelError, IndexBusy, IndexForeign: nothing was changed.
    """
    documents = find_documents(paths)

    def read(readings: Readings) -> None:
        read_all(documents, progress, readings)
        if not readings.documents:
            raise CorpusError("None of the documents can be read as minutes:\n" + "\n".join(map(str, readings.refused)))

    def embedder(old: Held | None) -> Embedder:
        return load_embedder(settings.model, device=settings.device, download=download)

    return update(folder, lambda _: _open_if_usable(folder), embedder, read, settings, progress)


def add_documents(
    folder: Path, paths: list[Path], settings: Settings, progress: Progress = lambda what, done, total: None
) -> BuildReport:
    """Take the documents under the paths into the index, or read them anew; all others stay. Its model stays, too.

    Raises:
        CorpusError, IndexUnusable, IndexBusy: nothing was changed.
    """
    documents = find_documents(paths)
    given = {str(path.resolve()) for path in documents}
    try:
        snapshot.current_name(folder)
    except IndexMissing:
        return build_index(folder, paths, settings, progress)

    def read(readings: Readings) -> None:
        held = readings.old.catalogue.documents()
        keep({path: sha256 for path, sha256 in held.items() if path not in given}, progress, readings)
        read_all(documents, progress, readings)

    return update(folder, lambda _: MinutesIndex.open(folder, settings.device), _its_own, read, settings, progress)


def remove_documents(
    folder: Path, sources: Sequence[str], settings: Settings, progress: Progress = lambda what, done, total: None
) -> BuildReport:
    """Take meetings out of every part of the index, by the names or the paths of their files; all others stay.

    Raises:
        SourceNotFound: a name that none has, or several have.
        IndexUnusable, IndexBusy: nothing was changed.
    """

    snapshot.current_name(folder)  # asked before the lock makes a folder

    def read(readings: Readings) -> None:
        held = readings.old.catalogue.documents()
        gone = {_named(source, held) for source in sources}
        keep({path: sha256 for path, sha256 in held.items() if path not in gone}, progress, readings)

    return update(folder, lambda _: MinutesIndex.open(folder, settings.device), _its_own, read, settings, progress)


def migrate_index(folder: Path, settings: Settings, progress: Progress = lambda what, done, total: None) -> BuildReport:
    """Write an index of an earlier format, or of an earlier model, as this version makes it. All that it holds stays,
    also where the documents are gone; those that are there as they were are read anew if they are read otherwise now.

    Raises:
        ModelError, IndexUnusable, IndexBusy: nothing was changed.
    """
    snapshot.current_name(folder)  # asked before the lock makes a folder

    def read(readings: Readings) -> None:
        keep(readings.old.catalogue.documents(), progress, readings)

    def embedder(old: Held) -> Embedder:
        return load_embedder(old.manifest.model, device=settings.device)

    return update(folder, lambda _: open_held(folder, settings.device), embedder, read, settings, progress)


def _its_own(old: MinutesIndex) -> Embedder:
    return old.embedder


def _open_if_usable(folder: Path) -> Held | None:
    """The old state, if there is one that can be built upon; a damaged one, or one of a format that is not known, is
    simply replaced."""
    try:
        return open_held(folder)
    except IndexUnusable:
        return None


def _named(source: str, held: Iterable[str]) -> str:
    """The file that has this path, or alone has this name."""
    whole = str(Path(source).resolve())
    found = [path for path in held if path == whole] or [path for path in held if source in (Path(path).name, path)]
    if len(found) != 1:
        raise SourceNotFound(source, found)
    return found[0]
