"""An update that is killed, or whose disk fails, at any moment: the old state or the new one, whole, and no litter.

Few are tried here; REFERAT_CRASHES=300 tries as many, evenly over the kinds of update and of failure.
"""

import errno
import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from index import snapshot
from index.errors import IndexMissing, IndexOutdated, SourceNotFound
from tests.conftest import ROOT
from tests.updating import FAILED, KINDS, answers, prepare, update

CRASHES = int(os.environ.get("REFERAT_CRASHES", 16))
HOWS = ("at a moment", "before a call", "within a call", "full", "faulty", "faulty once")
COMMAND = [sys.executable, "-m", "tests.updating"]


@dataclass(frozen=True)
class Before:
    """An index before an update: what it answers then and after it, how long that takes, how often it writes."""

    index: Path
    minutes: Path
    old: list | str | None
    new: list
    seconds: float
    calls: int


@pytest.fixture(scope="module")
def failing_disk(tmp_path_factory):
    if not sys.platform.startswith("linux") or not shutil.which("cc"):
        pytest.skip("needs Linux and a C compiler")
    library = tmp_path_factory.mktemp("failing") / "failing_disk.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, ROOT / "tests/failing_disk.c", "-ldl"], check=True)
    return library


@pytest.fixture(scope="module")
def before(tmp_path_factory, failing_disk):
    """The start of each kind of update, made when it is first asked for."""
    made: dict[str, Before] = {}

    def start(kind: str) -> Before:
        if kind not in made:
            folder = tmp_path_factory.mktemp(kind)
            index, minutes, done = folder / "index", folder / "minutes", folder / "done"
            prepare(kind, index, minutes)
            old = state(index)
            if index.exists():
                shutil.copytree(index, done)
            count = folder / "calls"
            seconds, code, errors = run(kind, done, minutes, disk(failing_disk, done, count=count))
            assert code == 0, errors
            made[kind] = Before(index, minutes, old, answers(done), seconds, int(count.read_text()))
        return made[kind]

    return start


def disk(library: Path, below: Path, how: int = 0, first: int = 0, last: int = 1 << 40, count: Path | None = None):
    """The environment of a process whose calls below a folder fail."""
    numbers = {"FAIL_HOW": str(how), "FAIL_FROM": str(first), "FAIL_UNTIL": str(last)}
    counted = {"FAIL_COUNT": str(count)} if count else {}
    return {"LD_PRELOAD": str(library), "FAIL_BELOW": str(below)} | numbers | counted


def run(kind: str, index: Path, minutes: Path, environment: dict, kill_after: float | None = None):
    """(seconds, exit code, stderr) of an update in a process of its own."""
    with subprocess.Popen(
        [*COMMAND, kind, index, minutes], cwd=ROOT, env=os.environ | environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout.readline() == "ready\n"
        began = time.perf_counter()
        if kill_after is not None:
            time.sleep(kill_after)
            process.kill()
        errors = process.communicate()[1]
        return time.perf_counter() - began, process.returncode, errors


def crash(how: str, kind: str, start: Before, index: Path, library: Path, chance: random.Random):
    """Run the update until it fails as it shall; its exit code and its errors."""
    if how == "at a moment":
        return run(kind, index, start.minutes, {}, kill_after=chance.uniform(0, start.seconds))[1:]
    first = chance.randint(1, start.calls)
    number = {"before a call": 0, "within a call": -1, "full": errno.ENOSPC}.get(how, errno.EIO)
    last = first + 1 if how == "faulty once" else 1 << 40
    return run(kind, index, start.minutes, disk(library, index, number, first, last))[1:]


def state(index: Path):
    """What an index answers; None where there is none, and the message where it is of an earlier format."""
    try:
        return answers(index)
    except IndexMissing:
        return None
    except IndexOutdated as error:
        return str(error).replace(str(index), "")


def found(index: Path, start: Before):
    """The state that a crash left, which must be the old or the new one."""
    answered = state(index)
    assert answered in (start.old, start.new)
    return answered


def is_tidy(index: Path) -> bool:
    """Whether there is nothing but the segments of one state, the pointer to it and the lock."""
    names = {path.name for path in index.iterdir()} if index.exists() else set()
    current = snapshot.read_state(index, snapshot.current_name(index), earlier=True) if "CURRENT" in names else []
    return names - {"CURRENT", "writer.lock"} == {segment.name for segment in current}


@pytest.mark.parametrize("number", range(CRASHES))
def test_crash_leaves_the_old_state_or_the_new_one(number, before, failing_disk, tmp_path):
    turn, place = divmod(number, len(KINDS))
    kind, how = KINDS[place], HOWS[(turn + place) % len(HOWS)]
    start, index = before(kind), tmp_path / "index"
    if start.index.exists():
        shutil.copytree(start.index, index)
    code, errors = crash(how, kind, start, index, failing_disk, random.Random(number))
    assert code in (0, FAILED, -9), errors
    answered = found(index, start)
    if code == -9:  # what goes on from there may be killed, too
        crash(HOWS[turn % 3], kind, start, index, failing_disk, random.Random(-number))
        answered = found(index, start)
    if code != -9 and how != "faulty":  # who cannot read what is current leaves the sweeping to the next
        assert is_tidy(index)
    if kind == "remove" and answered == start.new:
        with pytest.raises(SourceNotFound):  # done already; what the crash left is swept all the same
            update(kind, index, start.minutes)
    else:
        update(kind, index, start.minutes)
    assert answers(index) == start.new
    assert is_tidy(index)
