"""One writer's update: what an index shall hold -> a new state of it, which takes over whole or not at all.

An update that is stopped leaves what it has read and embedded, and the next one goes on from that.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path

from index import snapshot
from index.catalogue import Catalogue
from index.earlier import Held
from index.embed import Embedder, knows_danish, load_embedder
from index.errors import DocumentError
from index.known_vectors import KnownVectors
from index.manifest import CATALOGUE, FORMAT_VERSION, Facts
from index.readings import Progress, Readings, is_read_alike, reading_fingerprint
from index.settings import BUNDLED, Settings
from index.spool import Spool
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
        resumed: how many documents, and how many passages' vectors, were there from an update that was stopped.
        as_before: how many documents are held as an earlier version read them, since they are not there, or not as
            they were.
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
    as_before: int
    resumed: tuple[int, int] = (0, 0)
    leftovers: bool = False


def update(
    folder: Path,
    open_old: Callable[[Path], Held | None],
    choose_embedder: Callable[[Held | None], Embedder],
    read: Callable[[Readings], None],
    settings: Settings,
    progress: Progress,
) -> BuildReport:
    """Open what there is, read what there shall be, write that, and let it answer.

    Args:
        open_old: opens the state that is taken over, if there is one; given a folder to work in.

    Raises:
        IndexBusy, IndexForeign, IndexUnwritable; and what the steps raise: nothing was changed.
    """
    with snapshot.writing(folder) as work:
        with ExitStack() as opened:  # the journals end before the new state takes over, which tells that they are done
            if old := open_old(work):
                opened.callback(old.close)
                settings = replace(settings, ocr=settings.ocr or old.manifest.ocr)  # what was read so is not read worse
            embedder = choose_embedder(old)
            spool = opened.enter_context(closing(Spool(folder / snapshot.READ, _made_with(settings))))
            readings = Readings(old, settings, spool)
            read(readings)
            alike = isinstance(old, MinutesIndex) and _made_alike(old, embedder, settings)
            if alike and old.catalogue.documents() == readings.documents:
                return _report(old.catalogue, old, readings, embedder)
            known = opened.enter_context(closing(_known_vectors(folder, embedder, None if alike else old)))
            segment, staying = write_state(work, readings, known, old if alike else None, progress)
            with closing(Catalogue(*(each / CATALOGUE for each in (*staying, segment)))) as catalogue:
                report, facts = _report(catalogue, old, readings, embedder), _facts(catalogue, embedder, settings)
        snapshot.publish(folder, {segment: facts}, staying)
    left = bool(snapshot.leftovers(folder)) or snapshot.is_unfinished(folder)
    return replace(report, changed=True, resumed=(spool.resumed, known.resumed), leftovers=left)


def _made_with(settings: Settings) -> str:
    """All that a reading of a document depends on, besides the document."""
    return f"{FORMAT_VERSION} {reading_fingerprint()} {settings.ocr} {settings.closed_text}"


def _made_alike(old: MinutesIndex, embedder: Embedder, settings: Settings) -> bool:
    """Whether the index would be made today, of the same documents, as it was."""
    facts = old.manifest
    same_model = (facts.model, facts.model_fingerprint) == (embedder.name, embedder.fingerprint)
    same_words = facts.word_model_fingerprint == load_embedder().fingerprint
    return same_model and same_words and is_read_alike(old, settings)


def _known_vectors(folder: Path, embedder: Embedder, replaced: Held | None) -> KnownVectors:
    """Of the texts of a state that is written anew, if it is of the same model; and what a stopped update left."""
    is_same = replaced is not None and replaced.manifest.model_fingerprint == embedder.fingerprint
    return KnownVectors(folder / snapshot.EMBEDDED, embedder, replaced if is_same else None)


def _report(catalogue: Catalogue, old: Held | None, readings: Readings, embedder: Embedder) -> BuildReport:
    counts, held = catalogue.counts(), catalogue.documents()
    before = old.catalogue.documents() if old else {}
    set_aside, returned = _set_aside(catalogue, old if isinstance(old, MinutesIndex) else None)
    return BuildReport(
        meetings=counts["meetings"],
        items=counts["items"],
        problems=catalogue.count_problems(),
        changed=False,
        added=tuple(path for path, _ in sorted(held.items() - before.items())),
        removed=tuple(sorted(before.keys() - held.keys())),
        refused=tuple(readings.refused),
        set_aside=tuple(set_aside),
        returned=tuple(returned),
        knows_danish=embedder.name == BUNDLED or knows_danish(embedder),
        as_before=readings.as_before,
    )


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


def _facts(catalogue: Catalogue, embedder: Embedder, settings: Settings) -> Facts:
    return Facts(
        model=embedder.name,
        model_fingerprint=embedder.fingerprint,
        word_model_fingerprint=load_embedder().fingerprint,
        dimension=embedder.dimension,
        closed_text=settings.closed_text,
        ocr=settings.ocr,
        reading=reading_fingerprint(),
        **catalogue.counts(),
    )
