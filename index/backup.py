"""A state of an index as one file, and back: a zip of its segments' manifests and of the files that these vouch for.

The segments are in it by their places: 0/manifest.json, 0/catalogue.sqlite ... and 1/ for what came since, if there is.
Backups of formats before 7 have one segment, without a place. What is of an earlier format is taken over on the way.

Nothing in a backup is trusted: only members that a state has are read, each under its own name, no more of each than
the manifest says, and all are verified before they take over.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from index import snapshot
from index.check import faults_of
from index.earlier import EarlierIndex
from index.embed import Embedder, load_embedder
from index.errors import BackupUnusable, IndexDamaged, IndexUnusable, IndexUnwritable, ModelError
from index.manifest import FILES, FORMAT_VERSION, MANIFEST, MAX_MANIFEST_BYTES, Manifest, parse_manifest
from index.readings import Progress, Readings
from index.settings import Settings
from index.store import MinutesIndex
from index.update import update

_MEMBERS = (MANIFEST, *FILES)
_BLOCK = 1 << 20
_NOT_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def back_up(folder: Path, target: Path) -> Manifest:
    """Write the current state to one file, which is whole or not there; an earlier backup of that name is replaced.

    Raises:
        IndexUnusable: there is no index, or it is damaged.
        BackupUnusable: the target is something else than a backup.
        OSError: it cannot be written.
    """
    if target.resolve().is_relative_to(folder.resolve()):
        raise BackupUnusable(target, "lies in the folder of the index. Choose a place of its own")
    if target.exists() and not _is_backup(target):
        raise BackupUnusable(target, "is there already, and is no backup. Choose another name")
    unfinished = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with ExitStack() as opened:
            manifest, files = _open_state(folder, opened)
            with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                for name, file in files.items():
                    with archive.open(name, "w", force_zip64=True) as member:
                        shutil.copyfileobj(file, member, _BLOCK)
        with unfinished.open("rb+") as written:
            os.fsync(written.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _open_state(folder: Path, opened: ExitStack) -> tuple[Manifest, dict[str, BinaryIO]]:
    """The current state's manifest and open files, verified; open, they outlast a writer who replaces the state."""
    name = snapshot.current_name(folder)
    try:
        segments = snapshot.read_state(folder, name, anew=True)
        return segments[folder / name], {
            f"{place}/{file}": opened.enter_context((segment / file).open("rb"))
            for place, segment in enumerate(segments)
            for file in _MEMBERS
        }
    except (OSError, IndexDamaged) as error:
        if snapshot.current_name(folder) != name:
            return _open_state(folder, opened)  # another state took over meanwhile
        raise error if isinstance(error, IndexDamaged) else IndexDamaged(folder, str(error)) from error


def restore(
    folder: Path, source: Path, settings: Settings, progress: Progress = lambda what, done, total: None
) -> Manifest:
    """Make the state in a backup the current one, in place of what the folder holds; on any failure that stays.

    Raises:
        BackupUnusable: not a backup, damaged, or of a format that is not known.
        ModelError: it is of an earlier format, and its model is not there.
        IndexBusy, IndexForeign, IndexUnwritable: nothing was changed.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifests = _manifests(source, archive)
            if any(manifest.format_version != FORMAT_VERSION for manifest in manifests.values()):
                _take_over(folder, archive, manifests, source, settings, progress)
            else:
                with snapshot.writing(folder) as work:
                    segments = _unpacked(folder, work, archive, manifests, source)
                    _verify(folder, segments, source)
                    snapshot.publish(folder, {segment: manifest.facts for segment, manifest in segments.items()})
    except FileNotFoundError as error:
        raise BackupUnusable(source, "is not there. Check the spelling of the path") from error
    except _NOT_ZIP as error:
        raise BackupUnusable(source, f"is not a whole backup ({error}). Choose another one") from error
    return list(manifests.values())[-1]


def _take_over(
    folder: Path,
    archive: zipfile.ZipFile,
    manifests: dict[str, Manifest],
    source: Path,
    settings: Settings,
    progress: Progress,
) -> None:
    """Let the index hold what a backup of an earlier format holds; none of the documents that it names is looked at."""

    def open_backup(work: Path) -> EarlierIndex:
        try:
            return EarlierIndex(_unpacked(folder, work, archive, manifests, source))
        except (ValueError, sqlite3.DatabaseError) as error:
            raise BackupUnusable(source, f"is not a whole backup ({error}). Choose another one") from error

    def embedder(old: EarlierIndex) -> Embedder:
        return load_embedder(old.manifest.model, device=settings.device)

    def read(readings: Readings) -> None:
        readings.kept |= readings.old.catalogue.documents()

    settings = replace(settings, closed_text=list(manifests.values())[-1].closed_text)
    update(folder, open_backup, embedder, read, settings, progress)


def _unpacked(
    folder: Path, work: Path, archive: zipfile.ZipFile, manifests: dict[str, Manifest], source: Path
) -> dict[Path, Manifest]:
    """The segments, in their order, with the files that their manifests vouch for."""
    needed = sum(expected["bytes"] for manifest in manifests.values() for expected in manifest.files.values())
    if shutil.disk_usage(work).free < needed:
        raise IndexUnwritable(folder, "too little room for what is in the backup")
    segments = {work / str(place): manifest for place, manifest in enumerate(manifests.values())}
    for (prefix, manifest), segment in zip(manifests.items(), segments, strict=True):
        segment.mkdir()
        for name, expected in manifest.files.items():
            _unpack(archive, prefix + name, expected, segment / name, source)
    return segments


def _manifests(source: Path, archive: zipfile.ZipFile) -> dict[str, Manifest]:
    """{what the names of its members begin with: manifest} of the segments of a backup that holds what a state holds,
    and nothing else."""
    names = archive.namelist()
    count = sum(name.endswith(f"/{MANIFEST}") for name in names)
    places = [""] if MANIFEST in names else [f"{place}/" for place in range(count)]
    if not all(place + MANIFEST in names for place in places):
        raise _no_backup(source)
    manifests = {place: _manifest(source, archive, place + MANIFEST) for place in places}
    held = [place + name for place, manifest in manifests.items() for name in (MANIFEST, *manifest.files)]
    if not held or sorted(names) != sorted(held):
        raise _no_backup(source)
    return manifests


def _no_backup(source: Path) -> BackupUnusable:
    return BackupUnusable(source, "is not a backup of a Referat index. Choose one that `referat backup` wrote")


def _manifest(source: Path, archive: zipfile.ZipFile, name: str) -> Manifest:
    data = b"".join(_blocks(archive, name, MAX_MANIFEST_BYTES))
    version, manifest = parse_manifest(data)
    if manifest is None:
        raise BackupUnusable(
            source,
            f"has format {version}, and this version of Referat reads format {FORMAT_VERSION}. "
            "Build the index anew with: referat build PATH",
        )
    return manifest


def _unpack(archive: zipfile.ZipFile, name: str, expected: dict[str, int | str], target: Path, source: Path) -> None:
    checksum, size = hashlib.sha256(), 0
    with target.open("wb") as file:
        for block in _blocks(archive, name, expected["bytes"]):
            checksum.update(block)
            size += len(block)
            file.write(block)
    if (size, checksum.hexdigest()) != (expected["bytes"], expected["sha256"]):
        raise BackupUnusable(source, f"is damaged: {name} is not what was written. Choose another one")


def _blocks(archive: zipfile.ZipFile, name: str, limit: int) -> Iterator[bytes]:
    """A member's bytes, and not many more than the limit, however much it would unpack to."""
    with archive.open(name) as member:
        taken = 0
        while taken <= limit and (block := member.read(_BLOCK)):
            taken += len(block)
            yield block


def _verify(folder: Path, segments: dict[Path, Manifest], source: Path) -> None:
    """What an index must be to answer, before it takes over."""
    try:
        with closing(MinutesIndex(folder, segments)) as index:
            index.check_counts()
            try:
                embedder = index.embedder
            except ModelError:
                embedder = None  # it can be fetched later
            faults = faults_of(index, embedder)
    except (IndexUnusable, OSError, ValueError, sqlite3.DatabaseError) as error:
        faults = [str(error)]
    if faults:
        raise BackupUnusable(source, f"is not a whole backup ({faults[0]}). Choose another one")


def _is_backup(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return not {MANIFEST, f"0/{MANIFEST}"}.isdisjoint(archive.namelist())
    except (OSError, *_NOT_ZIP):
        return False
