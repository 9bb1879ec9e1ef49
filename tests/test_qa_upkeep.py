"""The commands that keep an index: what they print, and how they end."""

import shutil

import pytest

from index import snapshot
from qa import upkeep
from qa.cli import main
from tests.conftest import CORPUS
from tests.test_index_check import rewrite, sql
from tests.updating import FIRST, FORMATS, SECOND, THIRD, stop_at, unpack


@pytest.fixture
def run(capsys, tmp_path):
    """Run a command on the index of the test: (exit code, stdout, stderr)."""

    def run(*arguments):
        code = main([*map(str, arguments), "--index", str(tmp_path / "index")])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def minutes(tmp_path):
    folder = tmp_path / "minutes"
    folder.mkdir()
    for name in (FIRST, SECOND):
        shutil.copy(CORPUS / name, folder)
    return folder


def test_life_of_an_index(run, minutes, tmp_path):
    assert "1 meeting," in run("add", minutes / FIRST)[1]
    assert "2 meetings" in run("add", minutes)[1]
    assert "up to date: 2 meetings" in run("add", minutes / SECOND)[1]
    code, out, err = run("check")
    assert (code, err) == (0, "") and "is whole: 2 meetings, 18 agenda items" in out
    assert "holds the index: 2 meetings" in run("backup", tmp_path / "saved")[1]
    code, out, err = run("remove", SECOND)
    assert code == 0 and f"Removed: {minutes / SECOND}" in out and "1 meeting," in out
    assert "still there" in err
    (minutes / FIRST).unlink()
    code, out, err = run("remove", FIRST)
    assert (code, err) == (0, "") and "0 meetings" in out
    assert "i alt 0 punkter" in run("ask", "Hvad blev besluttet om løn?")[1]
    code, out, _ = run("restore", tmp_path / "saved")
    assert code == 0 and "again: 2 meetings, 18 agenda items" in out
    assert "is whole: 2 meetings" in run("check")[1]


def test_add_with_a_refused_file_is_not_done(run, minutes):
    (minutes / "empty.txt").write_text("")
    code, out, err = run("add", minutes)
    assert code == 1 and "2 meetings" in out and "left out" in err and "empty.txt" in err


def test_index_of_an_earlier_format_is_migrated(run, tmp_path):
    unpack(FORMATS / "6.zip", tmp_path / "index")
    code, out, err = run("ask", "Hvad blev besluttet om belægning?")
    assert (code, out) == (1, "") and f"referat migrate --index {tmp_path / 'index'}" in err
    code, out, err = run("migrate")
    assert code == 0 and "is one of this version: 2 meetings, 5 agenda items" in out
    assert "as an earlier version read them: 2" in err
    assert "19/2044" in run("ask", "Hvad blev besluttet om belægning på Strandpromenaden?")[1]
    assert run("migrate")[1:] == (f"The index in {tmp_path / 'index'} is up to date: 2 meetings, 5 agenda items.\n", "")
    code, out, _ = run("restore", FORMATS / "5.zip")
    assert code == 0 and "again: 2 meetings, 5 agenda items" in out


def test_update_that_was_stopped_is_gone_on_with_and_told(run, minutes, tmp_path, monkeypatch):
    with monkeypatch.context() as stopping:
        stopping.setattr(upkeep, "progress_line", stop_at("embedding", 0.5))
        code, out, err = run("build", minutes)
    assert (code, out) == (1, "") and "Nothing was changed. What was read is kept" in err
    code, out, err = run("build", minutes)
    assert code == 0 and "went on where an update had stopped (documents read: 2, passages embedded: " in err


def test_check_tells_each_fault_and_what_mends(run, minutes, tmp_path):
    run("build", minutes)
    rewrite(tmp_path / "index", sql("UPDATE word SET stem = 'x' WHERE word IN ('rambøll', 'ramboell', 'udbud')"))
    code, out, err = run("check")
    assert code == 1 and len(out.splitlines()) == 2 and "another word" in out
    assert "referat build PATH" in err and "referat restore FILE" in err


def test_check_remarks_what_a_stopped_update_left(run, minutes, tmp_path):
    run("build", minutes)
    (tmp_path / "index" / "new-0123456789ab").mkdir()
    code, out, err = run("check")
    assert code == 0 and "is whole" in out and "stopped" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check"], "referat build"),
        (["remove", FIRST], "referat build"),
        (["add", "missing"], "no file or folder"),
        (["backup", "file"], "referat build"),
        (["restore", "missing"], "is not there"),
        (["restore", CORPUS / FIRST], "not a whole backup"),
    ],
)
def test_what_cannot_be_done_gets_one_clear_message(run, tmp_path, monkeypatch, arguments, says):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*arguments)
    assert (code, out) == (1, "") and says in err and "Traceback" not in err
    assert not list(tmp_path.rglob("*"))


def test_damage_is_told_by_every_command_that_needs_the_old_state(run, minutes, tmp_path):
    run("build", minutes)
    index = tmp_path / "index"
    (index / snapshot.current_name(index) / "words.faiss").write_bytes(b"")
    for arguments in (["check"], ["add", CORPUS / THIRD], ["remove", FIRST], ["backup", tmp_path / "saved"]):
        code, _, err = run(*arguments)
        assert code == 1 and "words.faiss is not what was written" in err and "referat restore" in err
    assert run("build", minutes)[0] == 0 and run("check")[0] == 0
