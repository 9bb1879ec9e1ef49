"""Adding, removing and following minutes: what is named changes, all else stays."""

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from index import parallel, readings, snapshot, update
from index.build import add_documents, build_index, remove_documents
from index.check import check_index
from index.embed import BundledEmbedder
from index.errors import (
    CorpusError,
    IndexBusy,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    IndexUnwritable,
    SourceNotFound,
)
from index.settings import Settings
from index.store import MinutesIndex
from index.watch import watch
from qa.service import open_service
from tests.conftest import CORPUS, ROOT
from tests.updating import FIRST, SECOND, THIRD


@pytest.fixture
def minutes(tmp_path):
    folder = tmp_path / "minutes"
    folder.mkdir()
    for name in (FIRST, SECOND):
        shutil.copy(CORPUS / name, folder)
    return folder


@pytest.fixture
def folder(tmp_path, minutes):
    build_index(tmp_path / "index", [minutes], Settings())
    return tmp_path / "index"


def sources(folder):
    assert check_index(folder).faults == ()
    return sorted(meeting.source for meeting in MinutesIndex.open(folder).catalogue.meetings())


def test_added_minutes_join_the_others_which_need_not_be_there_any_more(folder, minutes):
    shutil.rmtree(minutes)
    report = add_documents(folder, [CORPUS / THIRD], Settings())
    assert (report.changed, report.added, report.removed) == (True, (str(CORPUS / THIRD),), ())
    assert sources(folder) == sorted([FIRST, SECOND, THIRD])
    assert not add_documents(folder, [CORPUS / THIRD], Settings()).changed


def test_added_minutes_replace_an_earlier_reading_of_the_file(folder, minutes):
    path = minutes / FIRST
    path.write_text(path.read_text(encoding="utf-8").replace("Udgået.", "Godkendt."), encoding="utf-8")
    assert add_documents(folder, [path], Settings()).added == (str(path),)
    assert sources(folder) == sorted([FIRST, SECOND])
    answer = open_service(Settings(index=folder)).ask("Hvad blev besluttet om kommunikation?")
    assert answer.results[0].item.decision == "Godkendt."


def test_adding_to_no_index_builds_one(tmp_path):
    add_documents(tmp_path / "index", [CORPUS / THIRD], Settings())
    assert sources(tmp_path / "index") == [THIRD]


def test_adding_to_a_damaged_index_changes_nothing(folder):
    (folder / snapshot.current_name(folder) / "words.npy").write_bytes(b"")
    before = sorted(folder.rglob("*"))
    with pytest.raises(IndexDamaged, match="referat restore"):
        add_documents(folder, [CORPUS / THIRD], Settings())
    with pytest.raises(IndexDamaged):
        remove_documents(folder, [FIRST], Settings())
    assert sorted(folder.rglob("*")) == before


def test_update_keeps_the_model_of_the_index(folder):
    build_index(folder, [CORPUS / FIRST], Settings(model="mirrored"))
    add_documents(folder, [CORPUS / THIRD], Settings(model=None))
    assert MinutesIndex.open(folder).manifest.model == "mirrored"
    assert sources(folder) == sorted([FIRST, THIRD])


def test_update_embeds_only_what_is_new(folder, monkeypatch):
    embedded, original = [], BundledEmbedder.embed_passages
    monkeypatch.setattr(BundledEmbedder, "embed_passages", lambda self, t: embedded.extend(t) or original(self, t))
    remove_documents(folder, [SECOND], Settings())
    assert not [text for text in embedded if "\n" in text]


def test_update_after_another_way_of_reading_reads_the_rest_anew_where_it_can(folder, minutes, monkeypatch):
    (minutes / SECOND).unlink()
    for module in (update, readings):
        monkeypatch.setattr(module, "reading_fingerprint", lambda: "another")
    read, parse = [], parallel.parse_meetings
    monkeypatch.setattr(parallel, "parse_meetings", lambda document: read.append(document.path.name) or parse(document))
    add_documents(folder, [CORPUS / THIRD], Settings())
    assert read == [FIRST, THIRD]
    assert len(MinutesIndex.open(folder).catalogue.meetings()) == 3


def test_removed_by_name_or_path(folder, minutes):
    report = remove_documents(folder, [str(minutes / FIRST)], Settings())
    assert report.removed == (str(minutes / FIRST),)
    remove_documents(folder, [SECOND], Settings())
    assert sources(folder) == []
    assert open_service(Settings(index=folder)).ask("Hvad blev besluttet om kommunikation?").results == ()


def test_removing_what_is_not_there_or_not_clear_removes_nothing(folder, tmp_path):
    twin = tmp_path / "twin" / FIRST
    twin.parent.mkdir()
    twin.write_text((CORPUS / THIRD).read_text(encoding="utf-8"), encoding="utf-8")
    add_documents(folder, [twin], Settings())
    with pytest.raises(SourceNotFound, match="Several.*twin"):
        remove_documents(folder, [SECOND, FIRST], Settings())
    with pytest.raises(SourceNotFound, match="no minutes called"):
        remove_documents(folder, [SECOND, "unknown.txt"], Settings())
    assert len(sources(folder)) == 3


def test_removing_from_no_index_makes_none(tmp_path):
    with pytest.raises(IndexMissing):
        remove_documents(tmp_path / "index", [FIRST], Settings())
    assert not (tmp_path / "index").exists()


HOLD = """
from pathlib import Path
import sys, time
from index import snapshot
with snapshot.writing(Path(sys.argv[1])):
    print("writing", flush=True)
    time.sleep(60)
"""


def test_second_writer_is_told_and_a_dead_one_is_no_hindrance(folder, minutes):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, folder], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as writer:  # fmt: skip
        assert writer.stdout.readline() == "writing\n"
        for update in (
            lambda: build_index(folder, [minutes], Settings()),
            lambda: add_documents(folder, [CORPUS / THIRD], Settings()),
            lambda: remove_documents(folder, [FIRST], Settings()),
        ):
            with pytest.raises(IndexBusy, match="Another process"):
                update()
        assert sources(folder) == sorted([FIRST, SECOND])
        writer.kill()
        writer.wait()
    assert list(folder.glob("new-*"))
    add_documents(folder, [CORPUS / THIRD], Settings())
    assert sources(folder) == sorted([FIRST, SECOND, THIRD])
    assert not list(folder.glob("new-*"))


ASK = """
import sys
from pathlib import Path
from index.settings import Settings
from qa.service import open_service
service = open_service(Settings(index=Path(sys.argv[1])))
for line in sys.stdin:
    print(len(service.minutes(line.strip())), flush=True)
"""


def test_readers_in_other_processes_switch_without_a_restart(folder):
    def ask(reader, source):
        reader.stdin.write(source + "\n")
        reader.stdin.flush()
        return int(reader.stdout.readline())

    command = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    with (
        subprocess.Popen([sys.executable, "-c", ASK, folder], **command) as one,
        subprocess.Popen([sys.executable, "-c", ASK, folder], **command) as two,
    ):
        assert [ask(reader, source) for reader in (one, two) for source in (FIRST, THIRD)] == [1, 0, 1, 0]
        add_documents(folder, [CORPUS / THIRD], Settings())
        assert [ask(reader, THIRD) for reader in (one, two)] == [1, 1]
        remove_documents(folder, [FIRST], Settings())
        assert [ask(reader, source) for reader in (one, two) for source in (FIRST, THIRD)] == [0, 1, 0, 1]
        one.stdin.close()
        two.stdin.close()


def test_pointer_that_cannot_be_read_costs_no_state(folder, minutes, monkeypatch):
    state = folder / snapshot.current_name(folder)

    def fail(folder):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(snapshot, "_pointed_at", fail)
        with pytest.raises(IndexUnwritable, match="Input/output"):
            build_index(folder, [minutes], Settings())
        with pytest.raises(IndexDamaged, match="Input/output"):
            MinutesIndex.open(folder)
    (folder / "CURRENT").write_text("0123456789ab")
    with pytest.raises(CorpusError):
        build_index(folder, [minutes / "none"], Settings())
    with pytest.raises(IndexBusy), snapshot.writing(folder), snapshot.writing(folder):
        pass
    assert (state / "manifest.json").exists()
    build_index(folder, [minutes], Settings())
    assert not state.exists() and sources(folder) == sorted([FIRST, SECOND])


def test_garbled_pointer_is_damage_that_building_mends(folder, minutes):
    (folder / "CURRENT").write_bytes(b"\xff\x00")
    with pytest.raises(IndexDamaged, match="CURRENT"):
        MinutesIndex.open(folder)
    build_index(folder, [minutes], Settings())
    assert sources(folder) == sorted([FIRST, SECOND])


def test_index_of_an_earlier_format_is_refused_with_the_command_that_mends_it(folder):
    manifest = folder / snapshot.current_name(folder) / "manifest.json"
    manifest.write_text('{"kind": "referat-index", "format_version": 2, "meetings": 2}')
    with pytest.raises(IndexOutdated, match=r"format 2.*referat build"):
        add_documents(folder, [CORPUS / THIRD], Settings())


class Clock:
    """What a follower sleeps on: each nap is one step of a test's script."""

    def __init__(self, *steps):
        self.steps = list(steps)

    def __call__(self, seconds):
        if not self.steps:
            raise KeyboardInterrupt
        self.steps.pop(0)()


def followed(folder, paths, *steps):
    """What each update yields, until the script is done."""
    results = []
    with pytest.raises(KeyboardInterrupt):
        for result in watch(folder, paths, Settings(), sleep=Clock(*steps)):
            results.append(result)
    return results


def nothing():
    pass


def test_watch_builds_at_first_and_after_changes_that_have_come_to_rest(tmp_path, minutes):
    path = minutes / THIRD
    text = (CORPUS / THIRD).read_text(encoding="utf-8")
    reports = followed(
        tmp_path / "index", [minutes],
        nothing, nothing,
        lambda: path.write_text(text[:2000], encoding="utf-8"),  # still being copied
        lambda: path.write_text(text, encoding="utf-8"),
        nothing, nothing,
        lambda: (minutes / FIRST).unlink(),
        nothing, nothing,
    )  # fmt: skip
    assert [len(report.added) for report in reports] == [2, 1, 0]
    assert [report.removed for report in reports] == [(), (), (str(minutes / FIRST),)]
    assert sources(tmp_path / "index") == sorted([SECOND, THIRD])


def test_watch_tells_what_fails_and_goes_on(folder, minutes, tmp_path):
    away = tmp_path / "away"
    results = followed(
        folder, [minutes],
        nothing,
        lambda: minutes.rename(away), nothing, nothing,
        lambda: away.rename(minutes), nothing,
    )  # fmt: skip
    assert [type(result).__name__ for result in results] == ["BuildReport", "CorpusError", "BuildReport"]
    assert sources(folder) == sorted([FIRST, SECOND])


def test_watch_command_follows_until_it_is_stopped(tmp_path, minutes):
    index = tmp_path / "index"
    with subprocess.Popen(
        [sys.executable, "-m", "qa.cli", "watch", minutes, "--index", index],
        cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as follower:  # fmt: skip
        stop = threading.Timer(60, follower.kill)
        stop.start()
        assert "2 meetings" in follower.stdout.readline()
        shutil.copy(CORPUS / THIRD, minutes)
        assert "3 meetings" in follower.stdout.readline()
        follower.terminate()
        errors = follower.communicate()[1]
        stop.cancel()
    assert follower.returncode == 0 and "no longer following" in errors and "Traceback" not in errors
    assert sources(index) == sorted([FIRST, SECOND, THIRD])
    assert {Path(path).name for path in index.iterdir()} == {"CURRENT", "writer.lock", snapshot.current_name(index)}
