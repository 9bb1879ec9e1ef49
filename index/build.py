"""Building: the documents under some paths -> a new state of the index, which takes over whole or not at all.

`build_index` makes the index mirror the paths; `add_documents` and `remove_documents` change what they name and keep
the rest as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from index import snapshot
from index.catalogue import Catalogue
from index.embed import Embedder, knows_danish, load_embedder
from index.errors import CorpusError, DocumentError, IndexMissing, IndexUnusable, IndexUnwritable, SourceNotFound
from index.manifest import CATALOGUE, Facts
from index.models import Minutes
from index.parse.parts import parse_meetings
from index.read import find_documents, read_document
from index.readings import Progress, Readings, is_read_alike, keep, read_all, reading_fingerprint
from index.settings import BUNDLED, Settings
from index.state_writer import write_state
from index.store import MinutesIndex
from index.stored import SetAside


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What an update did.

    Attributes:
        added: the paths of the documents that are new or changed.
        removed: the paths of those that are in no part of the index any more.
        refused: the documents that could not be read; they changed nothing.
        set_aside: the accounts of meetings that do not answer since this update, because another does.
        returned: the paths of those that answer again.
        leftovers: True where an earlier state could not be removed yet, since a reader holds it (on Windows).
        knows_danish: False where the model seems to know no Danish.
    """

    meetings: int
    items: int
    problems: int
    changed: bool
    added: tuple[str, ...]
    removed: tuple[str, ...]
    refused: tuple[DocumentError, ...]
    set_aside: tuple[SetAside, ...]
    returned: tuple[str, ...]
    knows_danish: bool
    leftovers: bool = False


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

    def read(old: MinutesIndex | None) -> Readings:
        readings = Readings(old, settings)
        read_all(documents, progress, readings)
        if not readings.documents:
            raise CorpusError("None of the documents can be read as minutes:\n" + "\n".join(map(str, readings.refused)))
        return readings

    def embedder(old: MinutesIndex | None) -> Embedder:
        return load_embedder(settings.model, device=settings.device, download=download)

    return _update(folder, _open_if_usable, embedder, read, settings, progress)


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

    def read(old: MinutesIndex) -> Readings:
        readings = Readings(old, settings)
        others = {path: sha256 for path, sha256 in old.catalogue.documents().items() if path not in given}
        keep(others, readings)
        read_all(documents, progress, readings)
        return readings

    return _update(folder, partial(MinutesIndex.open, device=settings.device), _its_own, read, settings, progress)


def remove_documents(
    folder: Path, sources: Sequence[str], settings: Settings, progress: Progress = lambda what, done, total: None
) -> BuildReport:
    """Take meetings out of every part of the index, by the names or the paths of their files; all others stay.

    Raises:
        SourceNotFound: a name that none has, or several have.
        IndexUnusable, IndexBusy: nothing was changed.
    """

    snapshot.current_name(folder)  # asked before the lock makes a folder

    def read(old: MinutesIndex) -> Readings:
        held, readings = old.catalogue.documents(), Readings(old, settings)
        gone = {_named(source, held) for source in sources}
        keep({path: sha256 for path, sha256 in held.items() if path not in gone}, readings)
        return readings

    return _update(folder, partial(MinutesIndex.open, device=settings.device), _its_own, read, settings, progress)


def _its_own(old: MinutesIndex) -> Embedder:
    return old.embedder


def _update(
    folder: Path,
    open_old: Callable[[Path], MinutesIndex | None],
    choose_embedder: Callable[[MinutesIndex | None], Embedder],
    read: Callable[[MinutesIndex | None], Readings],
    settings: Settings,
    progress: Progress,
) -> BuildReport:
    """One writer's work from the lock to the new state: open what there is, read what there shall be, write that."""
    with snapshot.writing(folder) as work, _closing(open_old(folder)) as old:
        embedder, readings = choose_embedder(old), read(old)
        before, after = old.catalogue.documents() if old else {}, readings.documents
        alike = old is not None and _made_alike(old, embedder, settings)
        changed = not alike or before != after
        segments = old.segments if old else ()
        if changed:
            try:
                segment, staying = write_state(work, readings, embedder, old, alike, progress)
            except RuntimeError as error:  # faiss tells of a full disk by one
                raise IndexUnwritable(folder, str(error)) from error
            segments = (*staying, segment)
        with closing(Catalogue(*(segment / CATALOGUE for segment in segments))) as catalogue:
            counts, problems = catalogue.counts(), catalogue.count_problems()
            set_aside, returned = _set_aside(catalogue, old) if changed else ([], [])
        if changed:
            snapshot.publish(folder, {segment: _facts(embedder, settings, counts)}, staying)
    return BuildReport(
        meetings=counts["meetings"],
        items=counts["items"],
        problems=problems,
        changed=changed,
        added=tuple(path for path, _ in sorted(after.items() - before.items())),
        removed=tuple(sorted(before.keys() - after.keys())),
        refused=tuple(readings.refused),
        set_aside=tuple(set_aside),
        returned=tuple(returned),
        knows_danish=embedder.name == BUNDLED or knows_danish(embedder),
        leftovers=bool(snapshot.leftovers(folder)),
    )


@contextmanager
def _closing(index: MinutesIndex | None) -> Iterator[MinutesIndex | None]:
    try:
        yield index
    finally:
        if index:
            index.close()


def _open_if_usable(folder: Path) -> MinutesIndex | None:
    """The old state, if there is one that can be built upon; a damaged or older one is simply replaced."""
    try:
        return MinutesIndex.open(folder)
    except IndexUnusable:
        return None


def _named(source: str, held: Iterable[str]) -> str:
    """The file that has this path, or alone has this name."""
    whole = str(Path(source).resolve())
    found = [path for path in held if path == whole] or [path for path in held if source in (Path(path).name, path)]
    if len(found) != 1:
        raise SourceNotFound(source, found)
    return found[0]


def _made_alike(old: MinutesIndex, embedder: Embedder, settings: Settings) -> bool:
    """Whether the index would be made today, of the same documents, as it was."""
    facts = old.manifest
    same_model = (facts.model, facts.model_fingerprint) == (embedder.name, embedder.fingerprint)
    same_words = facts.word_model_fingerprint == load_embedder().fingerprint
    return same_model and same_words and is_read_alike(old, settings)


def _set_aside(catalogue: Catalogue, old: MinutesIndex | None) -> tuple[list[SetAside], list[str]]:
    """The accounts that do not answer in the new state, unless the old one tells the same; the paths of those that
    do again."""
    before = {_place(aside): aside for aside in old.catalogue.set_aside()} if old else {}
    after = {_place(aside): aside for aside in catalogue.set_aside()}
    held = catalogue.documents()
    told = [aside for place, aside in after.items() if place not in before or before[place].reason != aside.reason]
    return told, sorted(path for path, part in before.keys() - after.keys() if path in held)


def _place(aside: SetAside) -> tuple[str, int]:
    return aside.meeting.path, aside.meeting.part


def _facts(embedder: Embedder, settings: Settings, counts: dict[str, int]) -> Facts:
    return Facts(
        model=embedder.name,
        model_fingerprint=embedder.fingerprint,
        word_model_fingerprint=load_embedder().fingerprint,
        dimension=embedder.dimension,
        closed_text=settings.closed_text,
        ocr=settings.ocr,
        reading=reading_fingerprint(),
        **counts,
    )
