"""A state of an index as one file, and back: a zip of its manifest and the files that the manifest vouches for.

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
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from index import snapshot
from index.check import faults_of
from index.errors import BackupUnusable, IndexDamaged, IndexUnusable, IndexUnwritable, ModelError
from index.snapshot import MANIFEST, Manifest
from index.store import MinutesIndex

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
        files = {file: opened.enter_context((folder / name / file).open("rb")) for file in (MANIFEST, *snapshot.FILES)}
        return snapshot.read_manifest(folder, name), files
    except (OSError, IndexDamaged) as error:
        if snapshot.current_name(folder) != name:
            return _open_state(folder, opened)  # another state took over meanwhile
        raise error if isinstance(error, IndexDamaged) else IndexDamaged(folder, str(error)) from error


def restore(folder: Path, source: Path) -> Manifest:
    """Make the state in a backup the current one, in place of what the folder holds; on any failure that stays.

    Raises:
        BackupUnusable: not a backup, damaged, or of another version.
        IndexBusy, IndexForeign, IndexUnwritable: nothing was changed.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _manifest(source, archive)
            with snapshot.writing(folder) as state:
                _take_over(folder, state, archive, manifest, source)
    except FileNotFoundError as error:
        raise BackupUnusable(source, "is not there. Check the spelling of the path") from error
    except _NOT_ZIP as error:
        raise BackupUnusable(source, f"is not a whole backup ({error}). Choose another one") from error
    return manifest


def _take_over(folder: Path, state: Path, archive: zipfile.ZipFile, manifest: Manifest, source: Path) -> None:
    if shutil.disk_usage(folder).free < sum(expected["bytes"] for expected in manifest.files.values()):
        raise IndexUnwritable(folder, "too little room for what is in the backup")
    for name, expected in manifest.files.items():
        _unpack(archive, name, expected, state / name, source)
    _verify(folder, state, manifest, source)
    made = asdict(manifest)
    for written_anew in ("kind", "format_version", "created", "files"):
        del made[written_anew]
    snapshot.publish(folder, state, **made)


def _manifest(source: Path, archive: zipfile.ZipFile) -> Manifest:
    """The manifest of a backup that holds what a state holds, and nothing else."""
    if sorted(archive.namelist()) != sorted((MANIFEST, *snapshot.FILES)):
        raise BackupUnusable(source, "is not a backup of a Referat index. Choose one that `referat backup` wrote")
    data = b"".join(_blocks(archive, MANIFEST, snapshot.MAX_MANIFEST_BYTES))
    version, manifest = snapshot.parse_manifest(data)
    if manifest is None:
        raise BackupUnusable(
            source,
            f"has format {version}, and this version of Referat reads format {snapshot.FORMAT_VERSION}. "
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


def _verify(folder: Path, state: Path, manifest: Manifest, source: Path) -> None:
    """What an index must be to answer, before it takes over."""
    try:
        with closing(MinutesIndex(folder, state.name, manifest)) as index:
            index.check_counts()
            try:
                embedder = index.embedder
            except ModelError:
                embedder = None  # it can be fetched later
            faults = faults_of(state, index, embedder)
    except (IndexUnusable, OSError, ValueError, sqlite3.DatabaseError) as error:
        faults = [str(error)]
    if faults:
        raise BackupUnusable(source, f"is not a whole backup ({faults[0]}). Choose another one")


def _is_backup(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return MANIFEST in archive.namelist()
    except (OSError, *_NOT_ZIP):
        return False
