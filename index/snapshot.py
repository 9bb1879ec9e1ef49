"""The index folder: states of immutable segments, one state current; readers never see a half one.

INDEX/CURRENT           the name of the segment that ends the current state
INDEX/<name>/           a segment: manifest.json, catalogue.sqlite, items.npy, postings.* of the words in the items,
                        vectors.* of the chunks, words.* of the words; verified.json (see `index.verified`)
INDEX/writer.lock       held by the one process that writes
INDEX/unfinished.*      journals of what an update has read and embedded, until it is done; the next one goes on from
                        those of one that was not

A state is a segment and those that it comes after: usually one, or a large one and a small one of what came since. What
is in a segment goes on where those before it end: ids of accounts, chunks and words, rows of items.

Each vouches for the next: CURRENT names a segment, its name is of the manifest's checksum, the manifest has those of
all other files, and the name of the segment before. So what is damaged, swapped or of another state is told before it
answers.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import secrets
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from index import verified
from index.errors import IndexBusy, IndexDamaged, IndexForeign, IndexMissing, IndexOutdated, IndexUnwritable
from index.manifest import FILES, FORMAT_VERSION, MANIFEST, Facts, Manifest, load_manifest, write_manifest

_CURRENT, _LOCK, _NEW = "CURRENT", "writer.lock", "new-"
_POINTER = f"{_CURRENT}.new"
READ, EMBEDDED = "unfinished.read", "unfinished.embedded"
_SEGMENT = re.compile(r"[0-9a-f]{12}")


def current_name(folder: Path) -> str:
    """The name of the current state: changes whenever the index does.

    Raises:
        IndexMissing, IndexForeign: there is no index in the folder, or something else.
        IndexDamaged: there is one, but which state is current cannot be read.
    """
    try:
        name = _pointed_at(folder)
        if name:
            return name
        if _holds_something_else(folder):
            raise IndexForeign(folder)
    except OSError as error:
        raise IndexDamaged(folder, f"{_CURRENT} cannot be read: {error.strerror}") from error
    raise IndexMissing(folder) if name is None else IndexDamaged(folder, f"{_CURRENT} is not what was written")


def _pointed_at(folder: Path) -> str | None:
    """The name in CURRENT; None where there is no such file, "" where it does not hold the name of a state."""
    path = folder / _CURRENT
    if not path.exists():
        return None
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        name = file.read(64).decode("ascii", "replace")
    return name if _SEGMENT.fullmatch(name) else ""


def read_state(folder: Path, name: str, *, anew: bool = False, earlier: bool = False) -> dict[Path, Manifest]:
    """The segments of a state in their order, after their files have been compared with their manifests.

    Args:
        anew: whether all files are compared; else only those that were not since they were last written to.
        earlier: whether the state may be of an earlier format.

    Raises:
        IndexDamaged: a file is missing, or is not what was written.
        IndexOutdated: of another format.
    """
    segments: dict[Path, Manifest] = {}
    after: str | None = name
    while after:
        segment = folder / after
        segments[segment] = _read_segment(folder, segment, anew, earlier)
        after = segments[segment].after
    return dict(reversed(segments.items()))


def _read_segment(folder: Path, segment: Path, anew: bool, earlier: bool) -> Manifest:
    try:
        version, manifest, name = load_manifest(segment)
    except (OSError, ValueError) as error:
        raise IndexDamaged(folder, f"{segment.name}/{MANIFEST} cannot be read") from error
    if manifest is None or (version != FORMAT_VERSION and not earlier):
        told = f"has format {version}, and this version of Referat reads format {FORMAT_VERSION}"
        raise IndexOutdated(folder, told, is_known=manifest is not None)
    if name != segment.name:
        raise IndexDamaged(folder, f"{segment.name}/{MANIFEST} is not what was written")
    try:
        verified.verify(segment, manifest.files, anew=anew)
    except ValueError as error:
        raise IndexDamaged(folder, f"{segment.name}/{error}") from error
    return manifest


@contextmanager
def writing(folder: Path) -> Iterator[Path]:
    """A new, empty folder to make segments in, for the one writer; what is not handed to `publish` is removed again.
    So are the journals, once they are of no more use: not where the writer fails or is stopped before it is done.

    The lock is the operating system's: it ends with the process that holds it, however that ends.

    Raises:
        IndexBusy: another process is writing.
        IndexForeign: the folder holds something that is not an index.
        IndexUnwritable: the disk does not take it; then nothing is left on it.
    """
    try:
        if not _pointed_at(folder) and _holds_something_else(folder):
            raise IndexForeign(folder)
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / _LOCK, timeout=0):
            _sweep(folder)
            _sweep_journals(folder)
            work = folder / f"{_NEW}{secrets.token_hex(6)}"
            goes_on = False
            try:
                work.mkdir()
                yield work
            except BaseException as error:
                goes_on = not isinstance(error, (OSError, sqlite3.Error, IndexUnwritable))
                raise
            finally:
                shutil.rmtree(work, ignore_errors=True)
                for name in (_POINTER, *(() if goes_on else (READ, EMBEDDED))):
                    with suppress(OSError):  # what is done is done; what a program holds open is a leftover
                        (folder / name).unlink(missing_ok=True)
                _sweep(folder)
    except Timeout as error:
        raise IndexBusy(folder) from error
    except (OSError, sqlite3.Error) as error:
        raise IndexUnwritable(folder, getattr(error, "strerror", None) or str(error)) from error


def publish(folder: Path, segments: Mapping[Path, Facts], staying: Sequence[Path] = ()) -> None:
    """Write the manifests of finished segments, make all durable, and let the state that they end answer from now on.

    Args:
        segments: in their order.
        staying: segments of the current state that they come after.
    """
    names = [segment.name for segment in staying]
    for segment, facts in segments.items():
        names.append(_seal(segment, facts, names[-1] if names else None))
    new = names[len(staying) :]
    pointer = folder / _POINTER
    pointer.write_text(new[-1], encoding="ascii")
    _sync(pointer)
    try:
        for segment, name in zip(segments, new, strict=True):
            segment.rename(folder / name)
        _sync(folder)
        pointer.replace(folder / _CURRENT)
        _sync(folder)
    except BaseException:
        if _pointed_at(folder) != new[-1]:
            for name in new:
                shutil.rmtree(folder / name, ignore_errors=True)
        raise


def _seal(segment: Path, facts: Facts, after: str | None) -> str:
    """Write the manifest of a segment, and all of it to the disk; returns its name."""
    files = verified.take_fingerprints(segment, FILES)
    name = write_manifest(segment, facts, dt.datetime.now(dt.UTC).isoformat(), after, files)
    for path in (*segment.iterdir(), segment):
        _sync(path)
    return name


def is_unfinished(folder: Path) -> bool:
    """Whether there is something for the next update to go on from."""
    return (folder / READ).exists()


def leftovers(folder: Path) -> list[Path]:
    """What a crash left and what has been replaced: every segment that is not of the current state.

    Finished ones are kept where the current state is not there: then they may be all that is left of the index.
    """
    current = _pointed_at(folder)
    kept = _names(folder, current)
    return [
        path
        for path in folder.iterdir()
        if path.name not in (current, *kept) and (kept or path.name.startswith(_NEW)) and _is_ours(path)
    ]


def _names(folder: Path, name: str | None) -> list[str]:
    """The names of a state's segments, as far as their manifests tell; none where one is not there or not readable."""
    names = []
    while name:
        try:
            _, manifest, own = load_manifest(folder / name)
        except (OSError, ValueError):
            return []
        if manifest is None or own != name:
            return []
        names.append(name)
        name = manifest.after
    return names


def _sweep(folder: Path) -> None:
    """Remove what has been replaced, and what earlier writers left."""
    for path in leftovers(folder):
        shutil.rmtree(path, ignore_errors=True)


def _sweep_journals(folder: Path) -> None:
    """Remove journals of an update that took over, but ended before it removed them: they are older than CURRENT."""
    current = folder / _CURRENT
    for journal in (folder / READ, folder / EMBEDDED):
        if journal.exists() and current.exists() and journal.stat().st_mtime_ns < current.stat().st_mtime_ns:
            journal.unlink()


def _holds_something_else(folder: Path) -> bool:
    """Whether the folder is a file, or holds anything but segments and what an unfinished build leaves."""
    if not folder.exists():
        return False
    if not folder.is_dir():
        return True
    own = {path for path in folder.iterdir() if path.name in (_LOCK, _POINTER, READ, EMBEDDED) or _is_ours(path)}
    others = set(folder.iterdir()) - own
    return bool(others) and not (own and others == {folder / _CURRENT})


def _is_ours(path: Path) -> bool:
    """Whether a folder is a segment, or one to make segments in: by its name, and by holding nothing else."""
    if not path.is_dir() or not _SEGMENT.fullmatch(path.name.removeprefix(_NEW)):
        return False
    held = [file for file in path.rglob("*") if not (file.is_dir() and path.name.startswith(_NEW))]
    known = (*FILES, MANIFEST, verified.RECORD, *_files_of(path))
    return all(file.name.startswith(known) for file in held)


def _files_of(segment: Path) -> Iterable[str]:
    """The names of a segment's files, by its manifest: a format may have others than this one's."""
    try:
        _, manifest, _ = load_manifest(segment)
    except (OSError, ValueError):
        return ()
    return manifest.files if manifest else ()


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return  # Windows cannot open a folder to flush it
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
