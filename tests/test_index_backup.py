"""One file, and back: whole or refused, and nothing outside of the index is touched."""

import random
import shutil
import zipfile

import pytest

from index import backup, snapshot
from index.backup import back_up, restore
from index.build import add_documents, build_index
from index.errors import BackupUnusable, IndexDamaged, IndexForeign, IndexMissing, IndexUnwritable
from index.manifest import FORMAT_VERSION
from index.settings import Settings
from index.store import MinutesIndex
from tests.conftest import CORPUS
from tests.test_index_check import rewrite, sql
from tests.updating import FIRST, answers, small_segments

NORDFYN = CORPUS / "nordfyn-direktionen-2021-04-21.txt"


@pytest.fixture(scope="module")
def saved(corpus_index, tmp_path_factory):
    file = tmp_path_factory.mktemp("saved") / "minutes.referat"
    back_up(corpus_index, file)
    return file


@pytest.fixture
def folder(tmp_path):
    """An index of other minutes, which a restore replaces or leaves."""
    build_index(tmp_path / "index", [NORDFYN], Settings())
    return tmp_path / "index"


def members(file):
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(file, parts):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return file


def test_restored_index_answers_as_before(corpus_index, saved, tmp_path):
    restore(tmp_path / "anew" / "index", saved, Settings())
    assert answers(tmp_path / "anew" / "index") == answers(corpus_index)


def test_backup_of_two_segments_is_restored_as_two(folder, tmp_path):
    with small_segments():
        add_documents(folder, [CORPUS / FIRST], Settings())
    back_up(folder, tmp_path / "file")
    restore(tmp_path / "anew", tmp_path / "file", Settings())
    restored = MinutesIndex.open(tmp_path / "anew")
    assert len(restored.segments) == 2 and restored.manifest.meetings == 2
    assert answers(tmp_path / "anew") == answers(folder)
    parts = [part for part in members(tmp_path / "file").items() if not part[0].startswith("0/")]
    with pytest.raises(BackupUnusable, match="not a backup"):
        restore(folder, write(tmp_path / "half", parts), Settings())
    swapped = [(f"{1 - int(name[0])}{name[1:]}", data) for name, data in members(tmp_path / "file").items()]
    with pytest.raises(BackupUnusable, match="not a whole backup"):
        restore(folder, write(tmp_path / "swapped", swapped), Settings())


def test_backup_of_an_earlier_format_is_told_apart(folder, tmp_path):
    manifest = ("manifest.json", b'{"kind": "referat-index", "format_version": 4}')
    with pytest.raises(BackupUnusable, match="format 4.*referat build"):
        restore(folder, write(tmp_path / "old", [manifest, ("items.npy", b"")]), Settings())


def test_restore_replaces_what_is_there_under_a_name_of_its_own(folder, saved, corpus_index):
    reader = MinutesIndex.open(folder)
    restore(folder, saved, Settings())
    restored = MinutesIndex.open(folder)
    assert restored.manifest.meetings == 5 and len(reader.catalogue.meetings()) == 1
    assert restored.name not in (reader.name, snapshot.current_name(corpus_index))
    assert {path.name for path in folder.iterdir()} == {"CURRENT", "writer.lock", restored.name}


def test_restore_mends_a_damaged_index(folder, saved):
    (folder / snapshot.current_name(folder) / "vectors.npy").write_bytes(b"")
    restore(folder, saved, Settings())
    assert MinutesIndex.open(folder).manifest.meetings == 5


def test_harmed_backup_is_refused_and_changes_nothing(folder, saved, tmp_path):
    data, chance, before = saved.read_bytes(), random.Random(7), snapshot.current_name(folder)
    harmed = tmp_path / "harmed"
    for number in range(60):
        changed = bytearray(data)
        if number % 3 == 0:
            del changed[chance.randrange(len(data)) :]
        elif number % 3 == 1:
            changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        else:
            place = chance.randrange(len(data) - 600)
            changed[place : place + 600] = bytes(600)
        harmed.write_bytes(changed)
        try:
            restore(folder, harmed, Settings())
        except BackupUnusable:
            assert snapshot.current_name(folder) == before
        else:  # the harm met a date or a flag of the archive: what it holds is what was written
            assert members(harmed) == members(saved)
            before = snapshot.current_name(folder)


@pytest.mark.parametrize(
    "name", ["../escaped", "/tmp/escaped", "0/../../escaped", "..\\escaped", "0/notes.txt", "3/words.npy"]
)
@pytest.mark.parametrize("instead", [True, False])
def test_members_of_other_names_are_refused(folder, saved, tmp_path, name, instead):
    parts = list(members(saved).items())
    parts = [(name, data) if instead and part == "0/words.npy" else (part, data) for part, data in parts]
    file = write(tmp_path / "crafted", parts if instead else [*parts, (name, b"x")])
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BackupUnusable, match="not a backup"):
        restore(folder, file, Settings())
    assert sorted(tmp_path.rglob("*")) == before


def test_members_of_the_same_name_are_refused(folder, saved, tmp_path):
    parts = [part for part in members(saved).items() if part[0] != "0/words.npy"]
    with pytest.warns(UserWarning, match="Duplicate"):
        file = write(tmp_path / "crafted", [*parts, parts[-1]])
    with pytest.raises(BackupUnusable, match="not a backup"):
        restore(folder, file, Settings())


def test_bomb_is_not_unpacked(folder, saved, tmp_path, monkeypatch):
    bomb = [(name, bytes(300_000_000) if name == "0/words.npy" else data) for name, data in members(saved).items()]
    taken = []
    blocks = backup._blocks
    monkeypatch.setattr(backup, "_blocks", lambda *given: (taken.append(len(b)) or b for b in blocks(*given)))
    with pytest.raises(BackupUnusable, match="words.npy"):
        restore(folder, write(tmp_path / "bomb", bomb), Settings())
    assert sum(taken) < 10_000_000


@pytest.mark.parametrize("file", [NORDFYN, CORPUS, CORPUS / "missing"])
def test_what_is_no_backup_is_refused(folder, file):
    with pytest.raises((BackupUnusable, OSError)) as refused:
        restore(folder, file, Settings())
    assert isinstance(refused.value, BackupUnusable) or file == CORPUS
    with pytest.raises((BackupUnusable, OSError)):
        restore(folder.with_name("new"), file, Settings())
    assert not folder.with_name("new").exists()
    assert MinutesIndex.open(folder).manifest.meetings == 1


def test_backup_of_another_format_is_refused(folder, saved, tmp_path):
    parts = members(saved)
    parts["0/manifest.json"] = parts["0/manifest.json"].replace(
        b'"format_version": %d' % FORMAT_VERSION, b'"format_version": 99'
    )
    with pytest.raises(BackupUnusable, match="format 99.*referat build"):
        restore(folder, write(tmp_path / "old", parts.items()), Settings())


def test_backup_whose_parts_do_not_agree_is_refused(folder, corpus_index, tmp_path):
    other = shutil.copytree(corpus_index, tmp_path / "other")
    rewrite(other, sql("UPDATE word SET stem = 'citron' WHERE word = 'citrix'"))
    back_up(other, tmp_path / "file")
    with pytest.raises(BackupUnusable, match="citrix"):
        restore(folder, tmp_path / "file", Settings())
    assert MinutesIndex.open(folder).manifest.meetings == 1


def test_restore_into_something_else_is_refused(tmp_path, saved):
    with pytest.raises(IndexForeign):
        restore(CORPUS, saved, Settings())


def test_restore_onto_a_full_disk_is_refused(folder, saved, monkeypatch):
    monkeypatch.setattr(backup.shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10, 10, 0))
    with pytest.raises(IndexUnwritable, match="too little room"):
        restore(folder, saved, Settings())
    assert MinutesIndex.open(folder).manifest.meetings == 1


def test_backup_replaces_a_backup_and_nothing_else(folder, saved, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("mine")
    with pytest.raises(BackupUnusable, match="no backup"):
        back_up(folder, letter)
    assert letter.read_text() == "mine"
    file = shutil.copy(saved, tmp_path / "file")
    back_up(folder, file)
    restore(tmp_path / "anew", file, Settings())
    assert MinutesIndex.open(tmp_path / "anew").manifest.meetings == 1
    with pytest.raises(BackupUnusable, match="folder of the index"):
        back_up(folder, folder / "backup")


def test_backup_of_no_or_a_damaged_index_is_refused_and_leaves_no_file(folder, tmp_path):
    with pytest.raises(IndexMissing):
        back_up(tmp_path / "none", tmp_path / "file")
    (folder / snapshot.current_name(folder) / "vectors.npy").write_bytes(b"")
    with pytest.raises(IndexDamaged):
        back_up(folder, tmp_path / "file")
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_backup_while_another_state_takes_over_is_of_one_state(folder, tmp_path, monkeypatch):
    read = snapshot.read_state
    updates = iter([[CORPUS]])

    def overtaken(*given, **options):
        if paths := next(updates, None):
            build_index(folder, paths, Settings())
        return read(*given, **options)

    monkeypatch.setattr(backup.snapshot, "read_state", overtaken)
    back_up(folder, tmp_path / "file")
    restore(tmp_path / "anew", tmp_path / "file", Settings())
    assert MinutesIndex.open(tmp_path / "anew").manifest.meetings == 5
