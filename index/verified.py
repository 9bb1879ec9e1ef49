"""Files that were compared with their checksums are not read again for it while nobody has written to them.

INDEX/<segment>/verified.json has, of each file when it was last compared, its size, its times and its number on the
disk. Whatever writes to a file changes the time of its last change, which no program can set; so what was harmed by a
program is compared again, and told: all of its segment is. What a disk changes by itself it does not tell: so a record
is believed for a day.
The record says nothing of what the files should be: where it is lost, or harmed, they are compared.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import stat
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from index.manifest import Fingerprint

RECORD = "verified.json"
_BELIEVED_S = 24 * 60 * 60
_MAX_BYTES = 10_000
# How long a file must have been at rest when it is read: within a tick of the file system's clock, a change to it
# would leave its times as they are.
_TICK_S = 0.02
_SECOND_NS = 1_000_000_000

Look = tuple[int, int, int, int]
"""Of a file: bytes, nanoseconds of its last writing and of its last change, number on the disk."""

_of_this_process: dict[Path, dict[str, Look]] = {}
"""What this process compared itself, and may be answering from: believed for as long as it runs."""


def take_fingerprints(segment: Path, names: Iterable[str]) -> dict[str, Fingerprint]:
    """Those of files that were just written, which are recorded as compared."""
    looks = {name: _look(segment / name) for name in names}
    _let_rest(looks.values())
    fingerprints = {name: _fingerprint(segment / name) for name in looks}
    _write(segment / RECORD, looks)
    return fingerprints


def verify(segment: Path, files: Mapping[str, Fingerprint], *, anew: bool = False) -> None:
    """Compare the files of a segment with their fingerprints, unless all are known to be those; or always (`anew`).

    Raises:
        ValueError: one is missing, or is not what was written; the message says which.
        OSError: one cannot be read.
    """
    looks = {name: _look(segment / name) for name in files}
    for name, look in looks.items():
        if look is None:
            raise ValueError(f"{name} is missing")
        if look[0] != files[name]["bytes"]:
            raise ValueError(f"{name} is not what was written")
    known = [] if anew else [_read(segment / RECORD), _of_this_process.get(segment, {})]
    if not all(_tells(look) and look in [of.get(name) for of in known] for name, look in looks.items()):
        _let_rest(looks.values())
        _compare(segment, files)
        with suppress(OSError):  # of an index that may only be read
            _write(segment / RECORD, looks)
    _remember(segment, looks)


def _compare(segment: Path, files: Mapping[str, Fingerprint]) -> None:
    for name, expected in files.items():
        if _fingerprint(segment / name) != expected:
            _forget(segment)
            raise ValueError(f"{name} is not what was written")


def _look(path: Path) -> Look | None:
    """None where there is no such file."""
    try:
        seen = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino) if stat.S_ISREG(seen.st_mode) else None


def _tells(look: Look) -> bool:
    """Whether a change would show: Windows keeps no time of the last one, and some file systems count in seconds."""
    return os.name != "nt" and look[2] % _SECOND_NS != 0


def _let_rest(looks: Iterable[Look]) -> None:
    """Wait where one of the files was changed just now."""
    rested = time.time() - max((look[2] for look in looks), default=0) / 1e9
    if abs(rested) < _TICK_S:
        time.sleep(2 * _TICK_S)


def _fingerprint(path: Path) -> Fingerprint:
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def _write(record: Path, looks: Mapping[str, Look]) -> None:
    data = json.dumps({"at": time.time(), "files": looks}).encode()
    unfinished = record.with_name(f"{record.name}.{secrets.token_hex(4)}")
    try:
        unfinished.write_bytes(hashlib.sha256(data).hexdigest().encode() + b"\n" + data)
        unfinished.replace(record)
    finally:
        unfinished.unlink(missing_ok=True)


def _read(record: Path) -> dict[str, Look]:
    """What the record says; nothing where it is not whole, or older than it is believed."""
    try:
        if not record.is_file() or record.stat().st_size > _MAX_BYTES:
            return {}
        checksum, _, data = record.read_bytes().partition(b"\n")
    except OSError:
        return {}
    if checksum != hashlib.sha256(data).hexdigest().encode():
        return {}
    told = json.loads(data)
    is_recent = 0 <= time.time() - told["at"] <= _BELIEVED_S
    return {name: tuple(look) for name, look in told["files"].items()} if is_recent else {}


def _forget(segment: Path) -> None:
    """Let all files of a segment be compared from now on."""
    _of_this_process.pop(segment, None)
    with suppress(OSError):
        (segment / RECORD).unlink()


def _remember(segment: Path, looks: dict[str, Look]) -> None:
    for gone in [known for known in list(_of_this_process) if not known.exists()]:
        _of_this_process.pop(gone, None)
    _of_this_process[segment] = looks
