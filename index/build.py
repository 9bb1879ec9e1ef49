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

import numpy as np

from index import snapshot
from index.catalogue import Catalogue, SetAside
from index.catalogue_writer import IndexedMeeting, write_catalogue
from index.dense import DenseIndex
from index.embed import BUNDLED, Embedder, knows_danish, load_embedder
from index.errors import CorpusError, DocumentError, IndexMissing, IndexUnusable, IndexUnwritable, SourceNotFound
from index.models import Minutes
from index.parse.parts import parse_meetings
from index.read import find_documents, read_document
from index.readings import Progress, Readings, is_read_alike, keep, read_all, reading_fingerprint
from index.settings import Settings
from index.store import MinutesIndex
from index.versions import account_of, answers, sort_out

_EMBED_BATCH = 128


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
        readings = Readings()
        read_all(documents, old, settings, progress, readings)
        if not readings.by_path:
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
        readings = Readings()
        others = {path: sha256 for path, sha256 in old.catalogue.documents().items() if path not in given}
        keep(others, old, settings, readings)
        read_all(documents, old, settings, progress, readings)
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
        held, readings = old.catalogue.documents(), Readings()
        gone = {_named(source, held) for source in sources}
        keep({path: sha256 for path, sha256 in held.items() if path not in gone}, old, settings, readings)
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
    with snapshot.writing(folder) as state, _closing(open_old(folder)) as old:
        embedder, readings = choose_embedder(old), read(old)
        accounts = readings.accounts
        verdicts = sort_out([account_of(indexed.meeting) for indexed in accounts])
        meetings = [indexed for place, indexed in enumerate(accounts) if answers(verdicts.get(place))]
        before = set(old.catalogue.documents().items()) if old else set()
        after = {(indexed.path, indexed.sha256) for indexed in accounts}
        changed = old is None or before != after or not _made_alike(old, embedder, settings)
        set_aside, returned = [], []
        if changed:
            try:
                words = write_catalogue(state, accounts, verdicts)
                _write_vectors(state, meetings, words, embedder, old, progress)
                set_aside, returned = _set_aside(state, old)
                _publish(folder, state, embedder, settings)
            except RuntimeError as error:  # faiss tells of a full disk by one
                raise IndexUnwritable(folder, str(error)) from error
    return BuildReport(
        meetings=len(accounts) - len(verdicts),
        items=sum(len(indexed.meeting.items) for indexed in meetings),
        problems=sum(len(indexed.problems) for indexed in meetings),
        changed=changed,
        added=tuple(path for path, _ in sorted(after - before)),
        removed=tuple(sorted({path for path, _ in before} - {path for path, _ in after})),
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


def _set_aside(state: Path, old: MinutesIndex | None) -> tuple[list[SetAside], list[str]]:
    """The accounts that do not answer in the new state, unless the old one tells the same; the paths of those that
    do again."""
    before = {_place(aside): aside for aside in old.catalogue.set_aside()} if old else {}
    with closing(Catalogue(state / snapshot.CATALOGUE)) as catalogue:
        after = {_place(aside): aside for aside in catalogue.set_aside()}
        held = catalogue.documents()
    told = [aside for place, aside in after.items() if place not in before or before[place].reason != aside.reason]
    return told, sorted(path for path, part in before.keys() - after.keys() if path in held)


def _place(aside: SetAside) -> tuple[str, int]:
    return aside.meeting.path, aside.meeting.part


def _write_vectors(
    state: Path,
    meetings: list[IndexedMeeting],
    words: list[str],
    embedder: Embedder,
    old: MinutesIndex | None,
    progress: Progress,
) -> None:
    texts = [chunk.searchable for meeting in meetings for chunks in meeting.chunks for chunk in chunks]
    bundled = load_embedder()
    held = held_words = None
    if old and old.manifest.model_fingerprint == embedder.fingerprint:
        held = old.catalogue.searchable_texts(), old.dense.vectors()
    if old and old.manifest.word_model_fingerprint == bundled.fingerprint:
        held_words = old.vocabulary.spellings(), old.dense_words.vectors()
    DenseIndex.build(_vectors(texts, embedder, held, progress), state / snapshot.VECTORS)
    DenseIndex.build(_vectors(words, bundled, held_words, lambda what, done, total: None), state / snapshot.WORDS)


def _vectors(
    texts: list[str], embedder: Embedder, held: tuple[list[str], np.ndarray] | None, progress: Progress
) -> np.ndarray:
    """(len(texts), dimension) float16: taken over for the texts that are held already, with their vectors."""
    vectors = np.zeros((len(texts), embedder.dimension), np.float16)
    known = {text: row for row, text in enumerate(held[0])} if held else {}
    kept = [(place, known[text]) for place, text in enumerate(texts) if text in known]
    if kept:
        places, rows = zip(*kept, strict=True)
        vectors[list(places)] = held[1][list(rows)]
    new = [place for place, text in enumerate(texts) if text not in known]
    for start in range(0, len(new), _EMBED_BATCH):
        progress("embedding", start, len(new))
        batch = new[start : start + _EMBED_BATCH]
        vectors[batch] = embedder.embed_passages([texts[place] for place in batch])
    progress("embedding", len(new), len(new))
    return vectors


def _publish(folder: Path, state: Path, embedder: Embedder, settings: Settings) -> None:
    catalogue = Catalogue(state / snapshot.CATALOGUE)
    counts = catalogue.counts()
    catalogue.close()
    snapshot.publish(
        folder,
        state,
        model=embedder.name,
        model_fingerprint=embedder.fingerprint,
        word_model_fingerprint=load_embedder().fingerprint,
        dimension=embedder.dimension,
        closed_text=settings.closed_text,
        ocr=settings.ocr,
        reading=reading_fingerprint(),
        **counts,
    )
