"""Indexes of earlier formats are refused, and taken over: `formats` holds a backup of each, as its version wrote it.

Who raises the format adds a backup of the one before; those that are there must go on being taken over.
"""

import shutil
import sqlite3
import zipfile
from contextlib import closing

import numpy as np
import pytest

from index import backup, manifest, readings, snapshot, update
from index.backup import restore
from index.build import add_documents, build_index, migrate_index, remove_documents
from index.check import check_index
from index.earlier import EarlierIndex
from index.errors import BackupUnusable, IndexDamaged, IndexOutdated
from index.manifest import FORMAT_VERSION
from index.settings import Settings
from index.store import MinutesIndex
from qa.contract import answer_json
from qa.service import open_service
from tests.conftest import CORPUS
from tests.updating import FIRST, FORMATS, SECOND, answers, embedded_now, small_segments, stop_at, unpack

KNOWN = sorted(int(path.stem) for path in FORMATS.glob("*.zip"))
MINUTES = ["/minutes/havneby-kulturudvalget-2020-03-04.txt", "/minutes/havneby-oekonomiudvalget-2020-02-11.txt"]


@pytest.fixture
def raise_format(monkeypatch):
    """Call it, and this version's format is the next one."""

    def raised():
        for module in (manifest, snapshot, backup):
            monkeypatch.setattr(module, "FORMAT_VERSION", FORMAT_VERSION + 1)

    return raised


@pytest.fixture(params=KNOWN)
def written(request, raise_format):
    """A backup that a version wrote whose format is not this one's."""
    if request.param == FORMAT_VERSION:
        raise_format()
    return FORMATS / f"{request.param}.zip"


@pytest.fixture
def folder(written, tmp_path):
    """The index that the backup is of."""
    unpack(written, tmp_path / "index")
    return tmp_path / "index"


def tells_of_havneby(folder):
    assert check_index(folder).faults == ()
    index, service = MinutesIndex.open(folder), open_service(Settings(index=folder))
    assert list(index.catalogue.documents()) == MINUTES
    paving = answer_json(service.ask("Hvad blev besluttet om belægningen på Strandpromenaden?"))["results"][0]
    assert paving["case_number"] == "19/2044" and "færdigt før sommerferien" in paving["decision"]
    assert answer_json(service.ask("Hvilke sager blev udsat?"))["results"][0]["case_number"] == "20/330"
    return True


def test_each_format_since_the_first_that_is_known_has_its_backup():
    assert KNOWN == list(range(manifest._FIRST_KNOWN, FORMAT_VERSION + 1))


def test_earlier_format_is_refused_and_taken_over_on_wish(folder, written):
    for refused in (
        lambda: MinutesIndex.open(folder),
        lambda: add_documents(folder, [CORPUS / FIRST], Settings()),
        lambda: remove_documents(folder, [MINUTES[0]], Settings()),
    ):
        with pytest.raises(IndexOutdated, match=f"format {written.stem}.*referat migrate --index {folder}"):
            refused()
    assert migrate_index(folder, Settings()).changed
    assert tells_of_havneby(folder)
    assert not migrate_index(folder, Settings()).changed
    add_documents(folder, [CORPUS / FIRST], Settings())
    assert MinutesIndex.open(folder).manifest.meetings == 3


def test_what_documents_say_stays_as_it_was(folder):
    before = {path: EarlierIndex.open(folder).catalogue.minutes_of(path) for path in MINUTES}
    migrate_index(folder, Settings())
    assert {path: MinutesIndex.open(folder).catalogue.minutes_of(path) for path in MINUTES} == before
    assert all(minutes and minutes[0].meeting.items for minutes in before.values())


def test_backup_of_an_earlier_format_is_put_back(written, tmp_path):
    held = restore(tmp_path / "index", written, Settings())
    assert (held.meetings, held.items) == (2, 5)
    assert tells_of_havneby(tmp_path / "index")
    assert len(list((tmp_path / "index").iterdir())) == 3


def test_build_takes_over_only_what_it_mirrors(folder):
    build_index(folder, [CORPUS / FIRST], Settings())
    assert list(MinutesIndex.open(folder).catalogue.documents()) == [str(CORPUS / FIRST)]
    assert len(list(folder.iterdir())) == 3


@pytest.mark.parametrize("file", ["catalogue.sqlite", "vectors.npy", "manifest.json"])
def test_harmed_index_of_an_earlier_format_is_not_taken_over(folder, file):
    path = next(folder.glob(f"*/{file}"))
    harmed = bytearray(path.read_bytes())
    harmed[len(harmed) // 2] ^= 1
    path.write_bytes(harmed)
    before = sorted(path.name for path in folder.iterdir())
    with pytest.raises(IndexDamaged):
        migrate_index(folder, Settings())
    assert sorted(path.name for path in folder.iterdir() if path.name != "writer.lock") == before
    build_index(folder, [CORPUS / FIRST], Settings())
    assert MinutesIndex.open(folder).manifest.meetings == 1


@pytest.mark.parametrize(
    "members", [("0/manifest.json", "0/catalogue.sqlite"), ("manifest.json", "../catalogue.sqlite")]
)
def test_backup_of_an_earlier_format_with_other_members_is_refused(written, tmp_path, members):
    with zipfile.ZipFile(written) as archive:
        data = archive.read(archive.namelist()[0])
    with zipfile.ZipFile(tmp_path / "crafted", "w") as archive:
        archive.writestr(members[0], data)
        archive.writestr(members[1], b"")
    with pytest.raises(BackupUnusable, match="not a backup"):
        restore(tmp_path / "index", tmp_path / "crafted", Settings())
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize("number", [manifest._FIRST_KNOWN - 1, FORMAT_VERSION + 1])
def test_format_that_is_not_known_is_to_be_built_anew(number, tmp_path):
    folder = tmp_path / "index"
    build_index(folder, [CORPUS / FIRST], Settings())
    path = folder / snapshot.current_name(folder) / "manifest.json"
    path.write_text(path.read_text().replace(f'"format_version": {FORMAT_VERSION}', f'"format_version": {number}'))
    for opening in (MinutesIndex.open, lambda folder: migrate_index(folder, Settings())):
        with pytest.raises(IndexOutdated, match=f"format {number}.*referat build PATH"):
            opening(folder)
    build_index(folder, [CORPUS / FIRST], Settings())
    assert MinutesIndex.open(folder).manifest.meetings == 1


@pytest.fixture
def of_this_format(tmp_path):
    """An index of two segments, and the documents that it was made of."""
    folder, minutes = tmp_path / "index", tmp_path / "minutes"
    minutes.mkdir()
    for name in (FIRST, SECOND):
        shutil.copy(CORPUS / name, minutes)
    build_index(folder, [minutes / FIRST], Settings())
    with small_segments():
        add_documents(folder, [minutes / SECOND], Settings())
    return folder


def test_next_format_takes_this_one_over_without_embedding_again(of_this_format, raise_format, monkeypatch):
    before, vectors = answers(of_this_format), MinutesIndex.open(of_this_format).vectors()
    texts = set(MinutesIndex.open(of_this_format).catalogue.searchable_texts())
    shutil.rmtree(of_this_format.with_name("minutes"))
    embedded = embedded_now(monkeypatch)
    raise_format()
    migrate_index(of_this_format, Settings())
    assert not texts & set(embedded)
    index = MinutesIndex.open(of_this_format)
    assert np.array_equal(index.vectors(), vectors) and len(index.segments) == 1
    assert answers(of_this_format) == before


def test_scanned_pages_are_read_as_they_were(of_this_format, raise_format, tmp_path, monkeypatch):
    build_index(of_this_format, [tmp_path / "minutes"], Settings(ocr=True))
    read, read_many = [], readings.read_many

    def noted(paths, *given, ocr):
        read.append((len(paths), ocr))
        return read_many(paths, *given, ocr=ocr)

    monkeypatch.setattr(readings, "read_many", noted)
    for module in (update, readings):
        monkeypatch.setattr(module, "reading_fingerprint", lambda: "another")
    raise_format()
    assert migrate_index(of_this_format, Settings()).as_before == 0
    assert read == [(2, True)] and MinutesIndex.open(of_this_format).manifest.ocr


def test_documents_that_are_gone_are_told_of_and_a_moved_folder_makes_no_twins(
    of_this_format, raise_format, tmp_path, monkeypatch
):
    (tmp_path / "minutes").rename(tmp_path / "moved")
    (tmp_path / "minutes").symlink_to(tmp_path / "moved")
    (tmp_path / "moved" / SECOND).unlink()
    before = MinutesIndex.open(of_this_format).catalogue.documents()
    for module in (update, readings):
        monkeypatch.setattr(module, "reading_fingerprint", lambda: "another")
    raise_format()
    assert migrate_index(of_this_format, Settings()).as_before == 1
    assert MinutesIndex.open(of_this_format).catalogue.documents() == before


def test_catalogue_of_which_a_table_is_a_program_is_refused(folder):
    segments = snapshot.read_state(folder, snapshot.current_name(folder), earlier=True)
    for segment in segments:
        with closing(sqlite3.connect(segment / "catalogue.sqlite")) as connection, connection:
            connection.execute("ALTER TABLE problem RENAME TO other")
            connection.execute(
                "CREATE VIEW problem AS WITH RECURSIVE n AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT 1"
            )
    with pytest.raises(ValueError, match="lacks a table"):
        EarlierIndex(segments)


def test_vectors_of_another_shape_are_refused(folder):
    segments = snapshot.read_state(folder, snapshot.current_name(folder), earlier=True)
    for changed in (lambda rows: rows[:, :1], lambda rows: rows[1:], lambda rows: rows.astype(np.float32)):
        path = next(iter(segments)) / "vectors.npy"
        before = path.read_bytes()
        np.save(path, changed(np.load(path)))
        with pytest.raises(ValueError, match="vectors"):
            EarlierIndex(segments)
        path.write_bytes(before)


def test_withheld_text_stays_withheld(of_this_format, raise_format, tmp_path):
    build_index(of_this_format, [tmp_path / "minutes"], Settings(closed_text=True))
    raise_format()
    migrate_index(of_this_format, Settings())
    assert not MinutesIndex.open(of_this_format).manifest.closed_text


def test_stop_leaves_the_earlier_state(of_this_format, raise_format):
    raise_format()
    with pytest.raises(KeyboardInterrupt):
        migrate_index(of_this_format, Settings(), stop_at("embedding", 0.5))
    with pytest.raises(IndexOutdated):
        MinutesIndex.open(of_this_format)
    migrate_index(of_this_format, Settings())
    assert MinutesIndex.open(of_this_format).manifest.meetings == 2
