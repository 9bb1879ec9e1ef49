"""Every file of an index, harmed in every way: told before an answer, without a crash, in little memory.

Some hundred cases are tried here; REFERAT_CORRUPTIONS=2000 tries as many. They run in a process of their own, so that
one that dies is told, and under a limit of memory.
"""

import json
import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index import snapshot, verified
from index.build import add_documents, build_index
from index.errors import IndexUnusable
from index.manifest import FILES, MANIFEST
from index.settings import Settings
from index.store import MinutesIndex
from index.verified import RECORD
from tests.conftest import CORPUS, ROOT
from tests.updating import FIRST, SECOND, THIRD, small_segments

CORRUPTIONS = int(os.environ.get("REFERAT_CORRUPTIONS", 300))
MEMORY = 1_500_000_000
FOREIGN = (
    b"",
    b"SQLite format 3\0" + bytes(4080),
    b"\x93NUMPY\x01\x00v\x00{'descr': '<f2', 'fortran_order': False, 'shape': (999999999999, 256), }".ljust(128)
    + b"\n",
    b"IPfs" + b"\xff" * 4096,
    b"\x80\x04\x95cos\nsystem\n",
    b"[" * 90_000,
    b'{"kind": "referat-index", "format_version": 3, "files": {}}',
    b"PK\x03\x04" * 99,
    "Kære Anne. Tak for sidst.".encode() * 99,
)

Harm = Callable[[Path, Path, random.Random], None]


def truncated(path: Path, other: Path, chance: random.Random) -> None:
    os.truncate(path, chance.randrange(path.stat().st_size))


def lengthened(path: Path, other: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes() + chance.randbytes(chance.choice([1, 12, 4096])))


def flipped(path: Path, other: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def backdated(path: Path, other: Path, chance: random.Random) -> None:
    """A bit that is flipped by a program which puts the time of its writing back."""
    seen = path.stat()
    flipped(path, other, chance)
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def zeroed(path: Path, other: Path, chance: random.Random) -> None:
    """A page that never reached the disk: zeros where something else stood."""
    data = path.read_bytes()
    places = [place for place in range(0, len(data), 512) if any(data[place : place + 512])]
    place = chance.choice(places)
    path.write_bytes(data[:place] + bytes(len(data[place : place + 512])) + data[place + 512 :])


def swapped(path: Path, other: Path, chance: random.Random) -> None:
    """The file of that name of another index; where that is the same (few vectors need no quick look) another file."""
    if other.read_bytes() == path.read_bytes():
        exchanged(path, other, chance)
    else:
        shutil.copy(other, path)


def exchanged(path: Path, other: Path, chance: random.Random) -> None:
    """Another file of the same state."""
    siblings = [sibling for sibling in path.parent.rglob("*") if sibling.is_file() and sibling.stat().st_size]
    others = [sibling for sibling in siblings if sibling.read_bytes() != path.read_bytes()]
    shutil.copy(chance.choice([sibling for sibling in others if sibling.name != "writer.lock"]), path)


def foreign(path: Path, other: Path, chance: random.Random) -> None:
    path.write_bytes(chance.choice(FOREIGN))


def removed(path: Path, other: Path, chance: random.Random) -> None:
    path.unlink()


def endless(path: Path, other: Path, chance: random.Random) -> None:
    """A file of a terabyte, a folder, or a pipe that nobody writes to."""
    path.unlink()
    kind = chance.randrange(3)
    if kind == 0:
        path.touch()
        os.truncate(path, 1 << 40)
    elif kind == 1:
        path.mkdir()
    else:
        os.mkfifo(path)


HARMS = (truncated, lengthened, flipped, backdated, zeroed, swapped, exchanged, foreign, removed, endless)


def files_of(index: Path) -> list[Path]:
    """All of them, in the order of the segments."""
    segments = snapshot.read_state(index, snapshot.current_name(index))
    return [index / "CURRENT", *(segment / name for segment in segments for name in (*FILES, MANIFEST, RECORD))]


def try_case(index: Path, files: list[tuple[Path, Path]], number: int) -> dict:
    """Harm one file of an index whose files are all known to be whole, open it, mend the file; what came of it."""
    MinutesIndex.open(index).close()
    chance = random.Random(number)
    path, twin = files[number % len(files)]
    harm = HARMS[number // len(files) % len(HARMS)]
    data = path.read_bytes()
    harm(path, twin, chance)
    try:
        MinutesIndex.open(index).close()
        told = "opened"
    except IndexUnusable:
        told = "refused"
    except BaseException as error:
        told = repr(error)
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    path.write_bytes(data)
    verified._of_this_process.clear()
    return {"number": number, "file": path.name, "harm": harm.__name__, "told": told}


def made(folder: Path, first: str, then: str) -> Path:
    """An index of two segments."""
    build_index(folder, [CORPUS / first], Settings())
    with small_segments():
        add_documents(folder, [CORPUS / then], Settings())
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="limits of memory and pipes are of Unix")
def test_every_harm_to_every_file_is_told(tmp_path):
    index, other = made(tmp_path / "index", SECOND, THIRD), made(tmp_path / "other", FIRST, SECOND)
    done = subprocess.run(
        [sys.executable, "-m", "tests.test_index_corruption", index, other, str(CORRUPTIONS)],
        cwd=ROOT, capture_output=True, text=True, timeout=60 + CORRUPTIONS,
    )  # fmt: skip
    cases = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, len(cases)) == (0, CORRUPTIONS), (cases[-1:], done.stderr)
    due = {True: "opened", False: "refused"}  # the record says nothing of what files should be: all are read then
    assert [case for case in cases if case["told"] != due[case["file"] == RECORD]] == []
    MinutesIndex.open(index).close()  # every harm was undone, so that each was the only one


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    index, other = map(Path, sys.argv[1:3])
    files = list(zip(files_of(index), files_of(other), strict=True))
    for case in range(int(sys.argv[3])):
        sys.stdout.write(json.dumps(try_case(index, files, case)) + "\n")
        sys.stdout.flush()
