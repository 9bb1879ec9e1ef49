"""An update that is stopped leaves what it has read and embedded, and the next one goes on from that."""

import random
import shutil
from pathlib import Path

import numpy as np
import pytest

from index import readings, snapshot, tables
from index.build import add_documents, build_index, remove_documents
from index.check import check_index
from index.errors import CorpusError, IndexMissing, IndexUnwritable, ReferatError
from index.settings import Settings
from index.store import MinutesIndex
from tests.conftest import CORPUS
from tests.updating import FIRST, answers, embedded_now, stop_at

DOCUMENTS = sorted(CORPUS.glob("*.txt"))


@pytest.fixture
def minutes(tmp_path):
    folder = tmp_path / "minutes"
    folder.mkdir()
    for path in DOCUMENTS:
        shutil.copy(path, folder)
    return folder


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


def stopped(folder, minutes, what="embedding", share=0.6, settings=None):
    with pytest.raises(KeyboardInterrupt):
        build_index(folder, [minutes], settings or Settings(), stop_at(what, share))
    assert {"unfinished.read"} <= names(folder) <= {"unfinished.read", "unfinished.embedded", "writer.lock"}


def names(folder):
    return {path.name for path in folder.iterdir()}


def read_now(monkeypatch):
    """The documents that are read from now on."""
    read, read_many = [], readings.read_many

    def noted(paths, *given, **named):
        read.extend(paths)
        return read_many(paths, *given, **named)

    monkeypatch.setattr(readings, "read_many", noted)
    return read


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory):
    """What an index answers that was built without a stop."""
    folder = tmp_path_factory.mktemp("unbroken") / "index"
    build_index(folder, [CORPUS], Settings())
    return answers(folder), MinutesIndex.open(folder).vectors()


def test_build_that_is_stopped_goes_on(folder, minutes, monkeypatch, unbroken):
    stopped(folder, minutes, "reading", 0.6)
    with pytest.raises(IndexMissing):
        MinutesIndex.open(folder)
    read = read_now(monkeypatch)
    report = build_index(folder, [minutes], Settings())
    assert report.resumed == (3, 0) and [path.name for path in read] == [path.name for path in DOCUMENTS[3:]]
    assert answers(folder) == unbroken[0]
    assert names(folder) == {"CURRENT", "writer.lock", snapshot.current_name(folder)}


def test_vectors_of_a_build_that_is_stopped_are_not_computed_again(folder, minutes, monkeypatch, unbroken):
    stopped(folder, minutes)
    read, embedded = read_now(monkeypatch), embedded_now(monkeypatch)
    report = build_index(folder, [minutes], Settings())
    index = MinutesIndex.open(folder)
    texts = list(index.catalogue.searchable_texts())
    assert report.resumed[0] == len(DOCUMENTS) and not read
    assert report.resumed[1] > len(texts) / 2
    assert len(set(texts) & set(embedded)) <= len(texts) - report.resumed[1]
    assert np.array_equal(index.vectors(), unbroken[1]) and answers(folder) == unbroken[0]


def test_update_is_stopped_as_often_as_one_likes(folder, minutes, unbroken):
    for what, share in (("reading", 0.3), ("reading", 0.5), ("embedding", 0), ("embedding", 0.4), ("embedding", 0.9)):
        stopped(folder, minutes, what, share)
    assert build_index(folder, [minutes], Settings()).resumed[0] == len(DOCUMENTS)
    assert answers(folder) == unbroken[0]


def test_old_state_answers_until_the_update_is_done(folder, minutes, unbroken):
    build_index(folder, [DOCUMENTS[0]], Settings())
    before = answers(folder)
    with pytest.raises(KeyboardInterrupt):
        build_index(folder, [minutes], Settings(), stop_at("embedding", 0.5))
    assert answers(folder) == before
    assert any("the next goes on" in remark for remark in check_index(folder).remarks)
    assert build_index(folder, [minutes], Settings()).resumed[0] == len(DOCUMENTS)
    assert answers(folder) == unbroken[0] and check_index(folder).remarks == ()


def test_document_that_has_changed_since_is_read_anew(folder, minutes):
    stopped(folder, minutes)
    changed = minutes / FIRST
    changed.write_text(changed.read_text(encoding="utf-8").replace("Udgået.", "Godkendt."), encoding="utf-8")
    assert build_index(folder, [minutes], Settings()).resumed[0] == len(DOCUMENTS) - 1
    clean = folder.with_name("clean")
    build_index(clean, [minutes], Settings())
    assert answers(folder) == answers(clean)


def test_what_was_read_otherwise_is_read_anew(folder, minutes):
    stopped(folder, minutes)
    assert build_index(folder, [minutes], Settings(closed_text=True)).resumed[0] == 0


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
def test_update_that_fails_is_gone_on_with(folder, minutes, error):
    with pytest.raises(error):
        build_index(folder, [minutes], Settings(), stop_at("embedding", 0.5, error))
    for refused in (  # nor does one that cannot be begun lose it
        lambda: build_index(folder, [minutes], Settings(model="no/such")),
        lambda: build_index(folder, [folder.with_name("none")], Settings()),
        lambda: remove_documents(folder, ["typo.txt"], Settings()),
    ):
        with pytest.raises(ReferatError):
            refused()
    assert build_index(folder, [minutes], Settings()).resumed[0] == len(DOCUMENTS)


def test_disk_that_fails_is_left_nothing(folder, minutes):
    stopped(folder, minutes)
    with pytest.raises(IndexUnwritable):
        build_index(folder, [minutes], Settings(), stop_at("embedding", 0.5, OSError(28, "No space left on device")))
    assert names(folder) == {"writer.lock"}


def test_first_build_of_nothing_leaves_nothing(folder):
    nothing = folder.with_name("nothing.txt")
    nothing.write_text("")
    with pytest.raises(CorpusError):
        build_index(folder, [nothing], Settings())
    assert names(folder) == {"writer.lock"}


def test_stop_while_sqlite_copies_is_a_stop(folder, minutes, monkeypatch):
    build_index(folder, [minutes], Settings())

    def stop(*arguments):
        raise KeyboardInterrupt

    class Stopping(dict):
        get = stop

    write_some = tables.write_some
    monkeypatch.setattr(tables, "write_some", lambda *given: write_some(*given[:-1], Stopping()))
    before = answers(folder)
    with pytest.raises(KeyboardInterrupt):
        remove_documents(folder, [DOCUMENTS[0].name], Settings())
    assert answers(folder) == before


def test_what_cannot_be_unlinked_is_told_of_and_goes_with_the_next(folder, minutes, monkeypatch):
    build_index(folder, [DOCUMENTS[0]], Settings())
    unlink = Path.unlink

    def held(path, **how):
        if path.name.startswith("unfinished"):
            raise PermissionError(13, "held")
        unlink(path, **how)

    with monkeypatch.context() as holding:
        holding.setattr(Path, "unlink", held)
        assert add_documents(folder, [DOCUMENTS[1]], Settings()).leftovers
    assert len(MinutesIndex.open(folder).catalogue.documents()) == 2 and "unfinished.read" in names(folder)
    assert not remove_documents(folder, [DOCUMENTS[1].name], Settings()).leftovers
    assert names(folder) == {"CURRENT", "writer.lock", snapshot.current_name(folder)}


def test_what_was_read_for_another_update_goes_with_the_next(folder, minutes):
    build_index(folder, [DOCUMENTS[0], DOCUMENTS[1]], Settings())
    with pytest.raises(KeyboardInterrupt):
        add_documents(folder, [DOCUMENTS[2]], Settings(), stop_at("embedding", 0))
    assert "unfinished.read" in names(folder)
    remove_documents(folder, [DOCUMENTS[1].name], Settings())
    assert names(folder) == {"CURRENT", "writer.lock", snapshot.current_name(folder)}
    held = MinutesIndex.open(folder).catalogue.documents()
    assert list(held) == [str(DOCUMENTS[0])]


@pytest.mark.parametrize("number", range(12))
def test_harmed_journals_do_no_harm(number, folder, minutes, unbroken):
    stopped(folder, minutes)
    chance = random.Random(number)
    for name in ("unfinished.read", "unfinished.embedded"):
        path = folder / name
        harmed = bytearray(path.read_bytes())
        place = chance.randrange(len(harmed))
        if number % 3 == 0:
            del harmed[place:]
        elif number % 3 == 1:
            harmed[place] ^= 1 << chance.randrange(8)
        else:
            harmed = random.Random(number).randbytes(len(harmed))
        path.write_bytes(harmed)
    build_index(folder, [minutes], Settings())
    assert answers(folder) == unbroken[0]
