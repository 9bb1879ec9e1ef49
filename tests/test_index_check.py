"""What checksums cannot tell, since it was written so: parts of an index that do not agree."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from index import check, snapshot
from index.build import build_index
from index.check import check_index
from index.dense import DenseIndex
from index.errors import IndexDamaged, IndexOutdated
from index.manifest import CATALOGUE
from index.settings import Settings
from tests.conftest import CORPUS


@pytest.fixture
def folder(corpus_index, tmp_path):
    return shutil.copytree(corpus_index, tmp_path / "index")


def rewrite(folder, change=lambda segment: None, **facts):
    """Publish the current state anew, its last segment changed, with all checksums right."""
    segments = snapshot.read_state(folder, snapshot.current_name(folder))
    *staying, last = segments
    with snapshot.writing(folder) as work:
        changed = shutil.copytree(last, work / "changed")
        change(changed)
        snapshot.publish(folder, {changed: replace(segments[last].facts, **facts)}, staying)


def sql(*statements):
    def change(state):
        with closing(sqlite3.connect(state / CATALOGUE)) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    return change


def vectors(name, edit):
    def change(state):
        changed = DenseIndex(state / name).vectors().astype(np.float32)
        edit(changed)
        DenseIndex.build(changed, state / name)

    return change


def column(name, edit):
    def change(state):
        changed = np.load(state / name)
        edit(changed)
        np.save(state / name, changed)

    return change


def exchange_two(numbers):
    numbers[..., [0, 1]] = numbers[..., [1, 0]]


def exchange(rows):
    rows[[3, 7]] = rows[[7, 3]]


def test_whole_index_has_no_fault(corpus_index):
    told = []
    report = check_index(corpus_index, lambda what, done, total: told.append((what, done, total)))
    assert (report.meetings, report.items, report.faults, report.remarks) == (5, 56, (), ())
    assert ("checking meetings", 5, 5) in told and ("checking words", report.words, report.words) in told


FIRST_CHUNK = "id = (SELECT min(id) FROM chunk WHERE section = 'decision')"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (vectors("vectors", exchange), "passage 3: its vector"),
        (vectors("words", exchange), "word 3: its vector"),
        (sql("UPDATE word SET stem = 'citron' WHERE word = 'citrix'"), "row of citrix"),
        (sql("DELETE FROM word WHERE word = 'citrix'"), "not numbered"),
        (sql(f"UPDATE chunk SET text = 'Afvist.' WHERE {FIRST_CHUNK}"), "not what stands at its place"),
        (sql(f"UPDATE chunk SET start = start + 1, end = end + 1 WHERE {FIRST_CHUNK}"), "not what stands at its place"),
        (sql(f"UPDATE chunk SET words = zeroblob(4) WHERE {FIRST_CHUNK}"), "the words of a passage"),
        (sql(f"UPDATE chunk SET words = x'FFFFFF7F' WHERE {FIRST_CHUNK}"), "the words of a passage"),
        (sql(f"UPDATE chunk SET page = 9 WHERE {FIRST_CHUNK}"), "another page"),
        (sql(f"UPDATE chunk SET item_id = 5 WHERE {FIRST_CHUNK}"), "refers to no item"),
        (column("postings.npy", exchange_two), "the postings are not those"),
        (column("items.npy", exchange_two), "their rows are not those"),
        (sql("UPDATE item SET outcome = 'approved' WHERE outcome = 'noted'"), "its row is not that of the meeting"),
        (sql("UPDATE item SET place = 99 - place"), "are not the"),
        (sql("UPDATE item SET record = (SELECT max(record) FROM item)"), "its row is not that of the meeting"),
        (sql("UPDATE account SET municipality = 'Nordfyn'"), "another sitting"),
        (sql("UPDATE account SET record = '{}' WHERE id = 1"), "cannot be read"),
        (sql("UPDATE account SET record = json_set(record, '$.items[0].decision', 'Ja.')"), "its row is not"),
        (sql("INSERT INTO problem VALUES (99, 'x', 1, 'x')"), "problems of no meeting"),
    ],
)  # fmt: skip
def test_parts_that_do_not_agree_are_told(folder, change, says):
    rewrite(folder, change)
    assert any(says in fault for fault in check_index(folder).faults), check_index(folder).faults


def test_spans_outside_of_the_text_are_told(folder):
    def shorten(state):
        with closing(sqlite3.connect(state / CATALOGUE)) as connection, connection:
            connection.execute("UPDATE account SET record = json_set(record, '$.text', substr(record, 1, 2000))")

    rewrite(folder, shorten)
    assert any("outside of the text" in fault for fault in check_index(folder).faults)


def test_counts_of_the_manifest_are_compared_on_opening(folder):
    rewrite(folder, words=3)
    with pytest.raises(IndexDamaged, match="another number of rows"):
        check_index(folder)


@pytest.mark.parametrize("field", ["model_fingerprint", "word_model_fingerprint"])
def test_vectors_of_another_model_are_refused(folder, field):
    rewrite(folder, **{field: "another"})
    with pytest.raises(IndexOutdated, match="another model"):
        check_index(folder)


def test_missing_model_is_told_and_the_rest_is_checked(folder, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    rewrite(folder, vectors("words", exchange), model="no/such-model")
    faults = check_index(folder).faults
    assert "no/such-model" in faults[0] and "word 3" in faults[1]


def test_leftovers_and_another_way_of_reading_are_remarked(folder, monkeypatch):
    (folder / "new-0123456789ab").mkdir()
    monkeypatch.setattr(check, "reading_fingerprint", lambda: "another")
    report = check_index(folder)
    assert report.faults == () and len(report.remarks) == 2
    build_index(folder, [CORPUS], Settings())
    assert not (folder / "new-0123456789ab").exists()
