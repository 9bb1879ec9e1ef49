"""Many documents read at once: what is read and its order are those of one process, and no document stops the rest."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from index import parallel
from index.build import build_index
from index.parallel import read_many
from index.settings import Settings
from index.store import MinutesIndex
from tests.conftest import CORPUS, ROOT
from tests.made_minutes import some_minutes

DYING = """
import os
from index import parallel
read = parallel.read_minutes
parallel.read_minutes = lambda path, ocr: os._exit(3) if path.stem == "07" else read(path)
parallel._serve()
"""


@pytest.fixture
def minutes(tmp_path):
    """Thirty documents: the fourth is no minutes, the fifth is empty, the last is not there."""
    folder = tmp_path / "minutes"
    folder.mkdir()
    for number in range(29):
        text = some_minutes(random.Random(number)).text
        (folder / f"{number:02}.txt").write_text({3: "Kære Anne.", 4: ""}.get(number, text), encoding="utf-8")
    return [folder / f"{number:02}.txt" for number in range(30)]


@pytest.fixture
def started(monkeypatch):
    """The processes that are started while a test runs."""
    processes = []

    class Recorded(subprocess.Popen):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            processes.append(self)

    monkeypatch.setattr(parallel.subprocess, "Popen", Recorded)
    return processes


def test_several_processes_read_as_one_does(minutes, started):
    one = list(read_many(minutes, 1))
    assert started == []
    assert list(read_many(minutes, 3)) == one
    assert 1 < len(started) <= 3
    assert [place for place, read in enumerate(one) if read.refused] == [3, 4, 29]


def test_few_documents_start_no_process(started):
    assert len(list(read_many(sorted(CORPUS.glob("*.txt")), 8))) == 5
    assert started == []


def test_document_that_ends_its_process_is_refused_alone(minutes, monkeypatch):
    monkeypatch.setattr(parallel, "_COMMAND", (sys.executable, "-c", DYING))
    read = list(read_many(minutes, 2))
    assert [place for place, one in enumerate(read) if one.refused] == [3, 4, 7, 29]
    assert "save it again" in read[7].refused


def test_reader_that_goes_away_leaves_no_process(minutes, started):
    read = read_many(minutes, 3)
    next(read)
    read.close()
    assert started and all(process.returncode is not None for process in started)


def test_build_is_the_same_with_several_processes(minutes, tmp_path):
    states = {}
    for processes in (1, 3):
        folder = tmp_path / str(processes)
        report = build_index(folder, [minutes[0].parent], Settings(processes=processes))
        catalogue = MinutesIndex.open(folder).catalogue
        stored = [(meeting.path, meeting.sha256) for meeting in catalogue.meetings()]
        states[processes] = list(map(str, report.refused)), stored, list(catalogue.searchable_texts())
    assert states[1] == states[3]
    assert len(states[1][0]) == 2


def test_unchanged_documents_are_not_even_opened_as_minutes(tmp_path, minutes, monkeypatch):
    folder = tmp_path / "index"
    build_index(folder, minutes[:3], Settings())
    monkeypatch.setattr(parallel, "read_minutes", lambda path, ocr: pytest.fail(f"{path} was read again"))
    assert not build_index(folder, minutes[:3], Settings()).changed


@pytest.mark.skipif(sys.platform == "win32", reason="no process groups")
def test_ctrl_c_ends_every_process_and_changes_nothing(tmp_path, minutes):
    for number in range(100, 700):
        (minutes[0].parent / f"{number}.txt").write_text(some_minutes(random.Random(number)).text, encoding="utf-8")
    command = [sys.executable, "-m", "qa.cli", "build", str(minutes[0].parent), "--index", str(tmp_path / "index")]
    environment = os.environ | {"REFERAT_PROCESSES": "2"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as building:
        while not _children(building.pid):
            time.sleep(0.05)
        time.sleep(1.5)  # until they read
        os.killpg(building.pid, signal.SIGINT)
        _, told = building.communicate(timeout=90)
    assert (building.returncode, told) == (
        1,
        "referat: stopped. Nothing was changed. What was read is kept, and the next update goes on from it.\n",
    )
    assert not (tmp_path / "index" / "CURRENT").exists() and not list((tmp_path / "index").glob("new-*"))
    with pytest.raises(ProcessLookupError):
        os.killpg(building.pid, 0)
    assert build_index(tmp_path / "index", [minutes[0].parent], Settings()).resumed[0] > 0


def _children(process: int) -> str:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True)
    return found.stdout.strip()
