"""The index folder: whole states side by side, one of them current; readers never see a half one.

INDEX/CURRENT           the name of the state that answers
INDEX/<name>/           manifest.json, catalogue.sqlite, items.npy, postings.* of the words in the items,
                        vectors.* of the chunks, words.* of the words
INDEX/writer.lock       held by the one process that writes

Each vouches for the next: CURRENT names a state, its name is of the manifest's checksum, the manifest has those of all
other files. So what is damaged, swapped or of another state is told before it answers.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from index import dense, postings
from index.errors import IndexBusy, IndexDamaged, IndexForeign, IndexMissing, IndexOutdated, IndexUnwritable

# To be raised whenever the files or their tables change, so that an older index is refused and built anew.
FORMAT_VERSION = 6

CATALOGUE, ITEMS, POSTINGS, VECTORS, WORDS = "catalogue.sqlite", "items.npy", "postings", "vectors", "words"
FILES = (
    CATALOGUE,
    ITEMS,
    *(POSTINGS + suffix for suffix in postings.SUFFIXES),
    *(stem + suffix for stem in (VECTORS, WORDS) for suffix in dense.SUFFIXES),
)
MANIFEST = "manifest.json"
_CURRENT, _LOCK, _NEW = "CURRENT", "writer.lock", "new-"
_POINTER = f"{_CURRENT}.new"
_KIND = "referat-index"
_STATE = re.compile(r"[0-9a-f]{12}")
MAX_MANIFEST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a state was made with, and what it must hold.

    Attributes:
        created: when, in UTC, as ISO 8601.
        word_model_fingerprint: of the bundled model, whose space the words are in.
        reading: the fingerprint of the code that read the minutes.
        files: {name: {"bytes": size, "sha256": checksum}}
    """

    kind: str
    format_version: int
    created: str
    model: str
    model_fingerprint: str
    word_model_fingerprint: str
    dimension: int
    closed_text: bool
    ocr: bool
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
    return name if _STATE.fullmatch(name) else ""


def read_manifest(folder: Path, name: str) -> Manifest:
    """The manifest of a state, after its files have been compared with it.

    Raises:
        IndexDamaged: a file is missing, or is not what was written.
        IndexOutdated: written by another version.
    """
    state = folder / name
    try:
        data = _small_file(state / MANIFEST)
        version, manifest = parse_manifest(data)
    except (OSError, ValueError) as error:
        raise IndexDamaged(folder, f"{name}/{MANIFEST} cannot be read") from error
    if manifest is None:
        raise IndexOutdated(folder, f"has format {version}, and this version of Referat reads format {FORMAT_VERSION}")
    if name != _name_of(data):
        raise IndexDamaged(folder, f"{name}/{MANIFEST} is not what was written")
    for file, expected in manifest.files.items():
        path = state / file
        if not path.is_file():
            raise IndexDamaged(folder, f"{name}/{file} is missing")
        if path.stat().st_size != expected["bytes"] or _fingerprint(path) != expected:
            raise IndexDamaged(folder, f"{name}/{file} is not what was written")
    return manifest


def parse_manifest(data: bytes) -> tuple[int, Manifest | None]:
    """The format that a manifest tells of, and the manifest if it is this version's.

    Raises:
        ValueError: it is not a manifest.
    """
    try:
        read = json.loads(data)
        if read["kind"] != _KIND:
            raise ValueError("of something else")
        if read["format_version"] != FORMAT_VERSION:
            return read["format_version"], None
        manifest = Manifest(**read)
        sizes = {name: expected["bytes"] for name, expected in manifest.files.items()}
        if set(sizes) != set(FILES) or not all(isinstance(size, int) for size in sizes.values()):
            raise ValueError("other files than a state has")
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not a manifest") from error
    return FORMAT_VERSION, manifest


@contextmanager
def writing(folder: Path) -> Iterator[Path]:
    """A new, empty state folder, for the one writer; what is not handed to `publish` is removed again.

    The lock is the operating system's: it ends with the process that holds it, however that ends.

    Raises:
        IndexBusy: another process is writing.
        IndexForeign: the folder holds something that is not an index.
        IndexUnwritable: the disk does not take it.
    """
    try:
        if not _pointed_at(folder) and _holds_something_else(folder):
            raise IndexForeign(folder)
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / _LOCK, timeout=0):
            _sweep(folder)
            state = folder / f"{_NEW}{secrets.token_hex(6)}"
            try:
                state.mkdir()
                yield state
            finally:
                shutil.rmtree(state, ignore_errors=True)
                (folder / _POINTER).unlink(missing_ok=True)
                _sweep(folder)
    except Timeout as error:
        raise IndexBusy(folder) from error
    except (OSError, sqlite3.Error) as error:
        raise IndexUnwritable(folder, getattr(error, "strerror", None) or str(error)) from error


def publish(folder: Path, state: Path, **facts: object) -> None:
    """Write the manifest of a finished state, make everything durable, and let the state answer from now on."""
    files = {file: _fingerprint(state / file) for file in FILES}
    created = dt.datetime.now(dt.UTC).isoformat()
    manifest = Manifest(kind=_KIND, format_version=FORMAT_VERSION, created=created, files=files, **facts)
    data = json.dumps(asdict(manifest), indent=1).encode()
    (state / MANIFEST).write_bytes(data)
    for path in (*state.iterdir(), state):
        _sync(path)
    name = _name_of(data)
    pointer = folder / _POINTER
    pointer.write_text(name, encoding="ascii")
    _sync(pointer)
    try:
        state.rename(folder / name)
        _sync(folder)
        pointer.replace(folder / _CURRENT)
        _sync(folder)
    except BaseException:
        if _pointed_at(folder) != name:
            shutil.rmtree(folder / name, ignore_errors=True)
        raise


def leftovers(folder: Path) -> list[Path]:
    """What a crash left and what has been replaced: every state but the current one.

    Finished ones are kept where the current one is not there: then they may be all that is left of the index.
    """
    current = _pointed_at(folder)
    replaced = bool(current) and (folder / current / MANIFEST).is_file()
    return [
        path
        for path in folder.iterdir()
        if path.name != current and (replaced or path.name.startswith(_NEW)) and _is_ours(path)
    ]


def _sweep(folder: Path) -> None:
    """Remove what has been replaced, and what earlier writers left."""
    for path in leftovers(folder):
        shutil.rmtree(path, ignore_errors=True)


def _holds_something_else(folder: Path) -> bool:
    """Whether the folder is a file, or holds anything but states and what an unfinished build leaves."""
    if not folder.exists():
        return False
    if not folder.is_dir():
        return True
    own = {path for path in folder.iterdir() if path.name in (_LOCK, _POINTER) or _is_ours(path)}
    others = set(folder.iterdir()) - own
    return bool(others) and not (own and others == {folder / _CURRENT})


def _is_ours(path: Path) -> bool:
    """Whether a folder is a state, finished or not: by its name, and by holding nothing that a state does not."""
    if not path.is_dir() or not _STATE.fullmatch(path.name.removeprefix(_NEW)):
        return False
    return all(file.name.startswith((*FILES, MANIFEST)) for file in path.iterdir())


def _name_of(manifest: bytes) -> str:
    return hashlib.sha256(manifest).hexdigest()[:12]


def _small_file(path: Path) -> bytes:
    if not path.is_file() or path.stat().st_size > MAX_MANIFEST_BYTES:
        raise ValueError("not a file of ours")
    return path.read_bytes()


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
