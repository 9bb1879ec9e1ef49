"""The index folder: whole states side by side, one of them current; readers never see a half one.

INDEX/CURRENT           the name of the state that answers
INDEX/<name>/           manifest.json, catalogue.sqlite, vectors.* of the chunks, words.* of their words
INDEX/writer.lock       held by the one process that writes
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from index.dense import SUFFIXES
from index.errors import IndexBusy, IndexDamaged, IndexForeign, IndexMissing, IndexOutdated

# To be raised whenever the files or their tables change, so that an older index is refused and built anew.
FORMAT_VERSION = 3

CATALOGUE, VECTORS, WORDS = "catalogue.sqlite", "vectors", "words"
FILES = (CATALOGUE, *(stem + suffix for stem in (VECTORS, WORDS) for suffix in SUFFIXES))
_CURRENT, _MANIFEST, _LOCK, _NEW = "CURRENT", "manifest.json", "writer.lock", "new-"
_KIND = "referat-index"
_STATE = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a state was made with, `reading` being the code that read the minutes, and what it must hold."""

    kind: str
    format_version: int
    model: str
    model_fingerprint: str
    dimension: int
    closed_text: bool
    reading: str
    meetings: int
    items: int
    chunks: int
    words: int
    files: dict[str, dict[str, int | str]]


def current_name(folder: Path) -> str:
    """The name of the current state: changes whenever the index does.

    Raises:
        IndexMissing, IndexForeign: there is no index in the folder, or something else.
    """
    name = _pointed_at(folder)
    if name is None:
        raise (IndexForeign if _holds_something_else(folder) else IndexMissing)(folder)
    return name


def _pointed_at(folder: Path) -> str | None:
    """The name in CURRENT, if it can be that of a state."""
    try:
        name = (folder / _CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return name if _STATE.fullmatch(name) else None


def read_manifest(folder: Path, name: str) -> Manifest:
    """The manifest of a state, after its files have been compared with it.

    Raises:
        IndexDamaged: a file is missing, or is not what was written.
        IndexOutdated: written by another version.
    """
    state = folder / name
    try:
        manifest = json.loads((state / _MANIFEST).read_text(encoding="utf-8"))
        if manifest["kind"] != _KIND:
            raise IndexForeign(folder)
        if manifest["format_version"] != FORMAT_VERSION:
            raise IndexOutdated(
                folder,
                f"has format {manifest['format_version']}, and this version of Referat reads format {FORMAT_VERSION}",
            )
        manifest = Manifest(**manifest)
        if set(manifest.files) != set(FILES):
            raise ValueError("other files than a state has")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise IndexDamaged(folder, f"{name}/{_MANIFEST} cannot be read") from error
    for file, expected in manifest.files.items():
        path = state / file
        if not path.is_file():
            raise IndexDamaged(folder, f"{name}/{file} is missing")
        if _fingerprint(path) != expected:
            raise IndexDamaged(folder, f"{name}/{file} is not what was written")
    return manifest


@contextmanager
def writing(folder: Path) -> Iterator[Path]:
    """A new, empty state folder, for the one writer; what is not handed to `publish` is removed again.

    Raises:
        IndexBusy: another process is writing.
        IndexForeign: the folder holds something that is not an index.
    """
    if _pointed_at(folder) is None and _holds_something_else(folder):
        raise IndexForeign(folder)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / _LOCK, timeout=0):
            _remove_leftovers(folder)
            state = folder / f"{_NEW}{secrets.token_hex(6)}"
            state.mkdir()
            try:
                yield state
            finally:
                shutil.rmtree(state, ignore_errors=True)
    except Timeout as error:
        raise IndexBusy(folder) from error


def publish(folder: Path, state: Path, **facts: object) -> None:
    """Write the manifest of a finished state, make everything durable, and let the state answer from now on."""
    files = {file: _fingerprint(state / file) for file in FILES}
    manifest = Manifest(kind=_KIND, format_version=FORMAT_VERSION, files=files, **facts)
    (state / _MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    for path in (*state.iterdir(), state):
        _sync(path)
    name = state.name.removeprefix(_NEW)
    state.rename(folder / name)
    pointer = folder / f"{_CURRENT}.new"
    pointer.write_text(name, encoding="utf-8")
    _sync(pointer)
    pointer.replace(folder / _CURRENT)
    _sync(folder)
    _remove_leftovers(folder)


def _remove_leftovers(folder: Path) -> None:
    """Remove every state but the current one: what a crash left, and what has been replaced."""
    current = _pointed_at(folder)
    for path in folder.iterdir():
        if path.name != current and _is_ours(path):
            shutil.rmtree(path, ignore_errors=True)


def _holds_something_else(folder: Path) -> bool:
    """Whether the folder is a file, or holds anything but what an unfinished build leaves."""
    if not folder.exists():
        return False
    if not folder.is_dir():
        return True
    return any(path.name not in (_LOCK, f"{_CURRENT}.new") and not _is_ours(path) for path in folder.iterdir())


def _is_ours(path: Path) -> bool:
    """Whether a folder is a state, finished or not: by its name, and by holding nothing that a state does not."""
    if not path.is_dir() or not _STATE.fullmatch(path.name.removeprefix(_NEW)):
        return False
    return all(file.name.startswith((*FILES, _MANIFEST)) for file in path.iterdir())


def _fingerprint(path: Path) -> dict[str, int | str]:
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return  # Windows cannot open a folder to flush it
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
