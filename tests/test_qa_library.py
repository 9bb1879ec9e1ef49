"""Handing files in, and taking them out again."""

from __future__ import annotations

import shutil

import pytest

from index.settings import Settings
from qa.library import Cancelled, Library, Progress
from qa.models import Status
from qa.service import open_service
from qa.texts import DANISH
from qa.view.library import done_line, problem_lines, progress_line, understood_line
from tests.conftest import CORPUS

NORDFYN = CORPUS / "nordfyn-direktionen-2021-04-21.txt"
KALUNDBORG = CORPUS / "kalundborg-direktionen-2021-04-12.txt"


@pytest.fixture
def library(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    shutil.copy(NORDFYN, folder)
    library = Library(Settings(index=tmp_path / "index"))
    library.update([folder])
    return done(library)


def done(library):
    library.wait(120)
    assert not library.working and library.failed is None
    return library


def test_file_is_understood_taken_in_asked_and_removed(library, tmp_path):
    service = open_service(Settings(index=tmp_path / "index"))
    proposed = library.propose(KALUNDBORG.name, KALUNDBORG.read_bytes())
    assert understood_line(proposed.minutes[0].meeting, DANISH).startswith(
        "Kalundborg · Direktionen · 12. april 2021 · 20 punkter"
    )
    assert service.ask("Hvad blev besluttet om Citrix?").status is Status.NOT_FOUND
    library.accept([proposed])
    assert done_line(done(library).report, DANISH).startswith("Indekset er opdateret: 2 møder med 30 punkter.")
    assert service.ask("Hvad blev besluttet om Citrix?").results[0].item.number == "5"
    (taken,) = [path for path in library.held() if path.name == KALUNDBORG.name]
    library.remove(taken)
    done(library)
    assert not taken.exists() and service.ask("Hvad blev besluttet om Citrix?").status is Status.NOT_FOUND
    assert [path.name for path in library.held()] == [NORDFYN.name]


def test_document_of_the_users_own_is_never_deleted(library):
    proposed = library.propose(KALUNDBORG.name, KALUNDBORG.read_bytes())
    library.accept([proposed])
    (own,) = [path for path in done(library).held() if path.name == NORDFYN.name]
    library.remove(own)
    assert own.exists() and own not in done(library).held()


def test_what_is_no_minutes_is_refused_and_not_kept(library):
    proposed = library.propose("billede.txt", b"\x00\x01\x02" * 100)
    assert not proposed.minutes and proposed.refusal
    assert not list(library.folder.rglob("billede*"))


@pytest.mark.parametrize("name", ["../../ude.txt", "..\\ude.txt", "/etc/ude.txt", "..", ".ude.txt"])
def test_name_of_a_file_leads_nowhere_else(library, name):
    proposed = library.propose(name, KALUNDBORG.read_bytes())
    assert proposed.path.parent.parent == library.folder / ".waiting" and proposed.path.exists()
    library.leave_out(proposed)
    assert not proposed.path.exists()


def test_files_of_one_name_in_the_folders_of_a_folder_stay_apart(library):
    names = ("referater/2020/marts.txt", "referater/2021/marts.txt", "referater/marts.txt")
    proposed = [library.propose(name, KALUNDBORG.read_bytes()) for name in names]
    assert [one.path.name for one in proposed] == ["2020 - marts.txt", "2021 - marts.txt", "marts.txt"]


def test_waiting_file_is_in_no_build(library):
    library.propose(KALUNDBORG.name, KALUNDBORG.read_bytes())
    library.update([*library.held(), library.folder])
    assert [path.name for path in done(library).held()] == [NORDFYN.name]


def test_document_out_of_reach_stays_when_others_come_and_go(library, tmp_path):
    (tmp_path / "corpus").rename(tmp_path / "away")
    library.accept([library.propose(KALUNDBORG.name, KALUNDBORG.read_bytes())])
    assert done(library).report.meetings == 2
    library.remove(library.folder / KALUNDBORG.name)
    assert done(library).report.meetings == 1


def test_file_waits_while_other_work_is_going_on(library, monkeypatch):
    proposed, meanwhile = library.propose(KALUNDBORG.name, KALUNDBORG.read_bytes()), []
    monkeypatch.setattr(library, "_tell", lambda *told: meanwhile.append(library.accept([proposed])))
    library.update(library.held())
    done(library)
    assert meanwhile and not any(meanwhile) and proposed.path.exists()


def test_long_name_is_cut_to_what_a_file_may_be_called(library):
    assert library.propose("æ" * 200 + ".txt", KALUNDBORG.read_bytes()).path.suffix == ".txt"


def test_failure_leaves_the_old_index(library):
    library.update([library.folder / "findes-ikke.txt"])
    library.wait(60)
    assert library.failed is not None and library.report is None
    assert [path.name for path in library.held()] == [NORDFYN.name]


def test_work_that_is_cancelled_leaves_index_and_files_as_they_were(library, monkeypatch):
    library.accept([library.propose(KALUNDBORG.name, KALUNDBORG.read_bytes())])
    (place,) = done(library).folder.glob("*.txt")
    tell = library._tell
    monkeypatch.setattr(library, "_tell", lambda *told: (library.cancel(), tell(*told)))
    library.accept([library.propose(KALUNDBORG.name, b"other"), library.propose("ny.txt", NORDFYN.read_bytes())])
    library.wait(60)
    assert isinstance(library.failed, Cancelled) and library.report is None
    assert list(library.folder.glob("*.txt")) == [place] and place.read_bytes() == KALUNDBORG.read_bytes()
    library.remove(place)
    library.wait(60)
    assert isinstance(library.failed, Cancelled) and place in library.held()


def test_files_of_the_same_name_wait_apart_and_are_forgotten_with_the_process(library, tmp_path):
    first, second = (library.propose("referat.txt", path.read_bytes()) for path in (NORDFYN, KALUNDBORG))
    assert first.path.read_bytes() != second.path.read_bytes()
    Library(Settings(index=tmp_path / "index"))
    assert not first.path.exists() and not second.path.exists()


def test_problems_and_progress_are_told():
    assert progress_line(Progress("reading", 2, 5), DANISH) == "Læser referaterne: 2 af 5"
    assert progress_line(Progress("embedding", 2, 5, 7.4), DANISH).endswith("2 af 5, ca. 7 sekunder tilbage")
    assert progress_line(Progress("copying", 1, 4), DANISH) == "Kopierer resten af indekset: del 1 af 4"
    assert problem_lines((), DANISH) == ""
