"""The index folder: whole or not at all, never wrong in silence, nothing embedded twice."""

import shutil
import subprocess
import sys
from contextlib import closing

import numpy as np
import pytest
from filelock import FileLock

from index import readings, snapshot, state_writer, update
from index.build import add_documents, build_index, remove_documents
from index.catalogue import Catalogue
from index.check import check_index
from index.danish import fold
from index.embed import BundledEmbedder
from index.errors import (
    CorpusError,
    IndexBusy,
    IndexDamaged,
    IndexForeign,
    IndexMissing,
    IndexOutdated,
    IndexUnwritable,
    ModelError,
)
from index.manifest import FILES, FORMAT_VERSION
from index.settings import Settings
from index.store import MinutesIndex
from tests.conftest import CORPUS

JAMMERBUGT = CORPUS / "jammerbugt-direktionen-2020-09-15.txt"
NORDFYN = CORPUS / "nordfyn-direktionen-2021-04-21.txt"


@pytest.fixture
def minutes(tmp_path):
    folder = tmp_path / "minutes"
    folder.mkdir()
    for path in (JAMMERBUGT, NORDFYN):
        shutil.copy(path, folder)
    return folder


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def built(folder, minutes):
    build_index(folder, [minutes], Settings())
    return folder


def sources(folder):
    return [meeting.source for meeting in MinutesIndex.open(folder).catalogue.meetings()]


@pytest.fixture
def embedded(monkeypatch):
    """The passages that are embedded while a test runs."""
    texts = []
    original = BundledEmbedder.embed_passages

    def counted(self, passages):
        texts.extend(passages)
        return original(self, passages)

    monkeypatch.setattr(BundledEmbedder, "embed_passages", counted)
    return texts


def test_built_index_holds_what_was_read(built):
    index = MinutesIndex.open(built)
    assert (index.manifest.meetings, index.manifest.items) == (2, 18)
    assert len(index.dense) == index.manifest.chunks
    assert len(index.vocabulary) == index.manifest.words
    stored = index.catalogue.meeting(index.catalogue.meetings()[0].id)
    assert stored.items[1].title.startswith("Godkendelse af principper")


def test_second_build_changes_and_embeds_nothing(built, minutes, embedded):
    before = snapshot.current_name(built)
    report = build_index(built, [minutes], Settings())
    assert not report.changed
    assert snapshot.current_name(built) == before
    assert embedded == []


def test_added_document_alone_is_embedded(built, minutes, embedded):
    shutil.copy(CORPUS / "kalundborg-direktionen-2018-09-03.txt", minutes)
    report = build_index(built, [minutes], Settings())
    assert report.changed and len(sources(built)) == 3
    passages = [text for text in embedded if "\n" in text]
    assert passages and all("Kalundborg" in text.splitlines()[0] for text in passages)


def test_removed_document_is_gone_from_every_part(built, minutes):
    (minutes / NORDFYN.name).unlink()
    build_index(built, [minutes], Settings())
    index = MinutesIndex.open(built)
    assert sources(built) == [JAMMERBUGT.name]
    assert index.vocabulary.id_of("rambøll") is None and index.vocabulary.id_of("ramboell") is None
    assert len(index.dense) == index.manifest.chunks == index.catalogue.count("chunk")
    assert not any("Rambøll" in path.read_bytes().decode("utf-8", "ignore") for path in (built / index.name).iterdir())


def test_changed_document_replaces_its_meeting(built, minutes):
    path = minutes / JAMMERBUGT.name
    path.write_text(path.read_text(encoding="utf-8").replace("Udgået.", "Godkendt."), encoding="utf-8")
    build_index(built, [minutes], Settings())
    index = MinutesIndex.open(built)
    assert index.manifest.meetings == 2
    (item,) = [item for item in index.catalogue.items(index.catalogue.item_ids()) if item.item.title == "Kommunikation"]
    assert item.item.decision == "Godkendt."


def by_text(index):
    """{passage: its vector}"""
    return dict(zip(index.catalogue.searchable_texts(), index.dense.vectors().tolist(), strict=True))


def test_vectors_taken_over_are_those_of_a_fresh_build(built, minutes, tmp_path):
    shutil.copy(CORPUS / "kalundborg-direktionen-2018-09-03.txt", minutes)
    build_index(built, [minutes], Settings())
    build_index(tmp_path / "fresh", [minutes], Settings())
    assert by_text(MinutesIndex.open(built)) == by_text(MinutesIndex.open(tmp_path / "fresh"))


def words_of(index):
    """{word: in how many items it is}"""
    spelled = [fold(word) for word in index.vocabulary.spellings()]
    return dict(zip(spelled, index.postings.item_counts(np.arange(len(spelled))).tolist(), strict=True))


@pytest.mark.parametrize(("small", "segments"), [(state_writer._SMALL, 1), (9, 2)])
def test_what_comes_is_written_after_what_is_there(built, minutes, tmp_path, monkeypatch, small, segments):
    """And is found as if all had been built at once; nothing that was there is loaded for it."""
    monkeypatch.setattr(state_writer, "_SMALL", small)
    monkeypatch.setattr(Catalogue, "minutes_of", lambda *arguments: pytest.fail("loaded"))
    for name in ("kalundborg-direktionen-2018-09-03.txt", "kalundborg-direktionen-2021-04-12.txt"):
        before = MinutesIndex.open(built)
        shutil.copy(CORPUS / name, minutes)
        report = build_index(built, [minutes], Settings())
        after = MinutesIndex.open(built)
        assert len(after.segments) == segments
        assert after.rows.all_ids[: len(before.rows)].tolist() == before.rows.all_ids.tolist()
        assert report.meetings == after.manifest.meetings == before.manifest.meetings + 1
        assert check_index(built).faults == ()
    build_index(tmp_path / "fresh", [minutes], Settings())
    fresh = MinutesIndex.open(tmp_path / "fresh")
    assert by_text(after) == by_text(fresh)
    assert sorted(after.catalogue.item_ids()) == sorted(fresh.catalogue.item_ids())
    assert words_of(after) == words_of(fresh)


def test_what_came_is_joined_to_the_rest_once_it_has_grown(built, monkeypatch):
    """Before that to what came earlier; what stays is not touched."""
    monkeypatch.setattr(state_writer, "_SMALL", 1)
    first = built / snapshot.current_name(built)
    files, told = changed(first), []
    for name in (
        "jammerbugt-direktionen-2019-05-07.txt",
        "kalundborg-direktionen-2018-09-03.txt",
        "kalundborg-direktionen-2021-04-12.txt",
    ):
        add_documents(built, [CORPUS / name], Settings())
        with closing(MinutesIndex.open(built)) as index:
            told.append((index.manifest.items, len(index.segments), changed(first) == files))
    assert told == [(25, 2, True), (36, 2, True), (56, 1, False)]


def changed(segment):
    """When each file of a segment was changed last."""
    return {path: path.stat().st_ctime_ns for path in segment.glob("*")}


def test_account_that_bears_on_one_that_is_there_is_kept_aside(built, minutes):
    shutil.copy(minutes / JAMMERBUGT.name, minutes / "aaa.txt")
    report = build_index(built, [minutes], Settings())
    assert len(report.set_aside) == 1 and report.meetings == 2
    assert check_index(built).faults == ()
    (minutes / "aaa.txt").unlink()
    assert build_index(built, [minutes], Settings()).meetings == 2 and check_index(built).faults == ()


def test_document_that_breaks_keeps_its_earlier_reading(built, minutes):
    (minutes / JAMMERBUGT.name).write_bytes(b"")
    report = build_index(built, [minutes], Settings())
    assert [refused.path.name for refused in report.refused] == [JAMMERBUGT.name]
    assert JAMMERBUGT.name in sources(built)


def test_same_text_in_two_files_is_indexed_once(folder, minutes):
    shutil.copy(minutes / JAMMERBUGT.name, minutes / "kopi.txt")
    report = build_index(folder, [minutes], Settings())
    assert report.meetings == 2
    assert [aside.meeting.source for aside in report.set_aside] == ["kopi.txt"]


@pytest.mark.parametrize(
    ("paths", "settings", "error"),
    [
        (["nowhere"], Settings(), CorpusError),
        (["empty"], Settings(), CorpusError),
        (["prose.txt"], Settings(), CorpusError),
        (["minutes"], Settings(model="no/such-model-on-this-machine"), ModelError),
    ],
)
def test_failed_build_leaves_the_old_state_and_no_litter(built, minutes, tmp_path, monkeypatch, paths, settings, error):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    (tmp_path / "empty").mkdir()
    (tmp_path / "prose.txt").write_text("Kære Anne. Tak for sidst.")
    before = sorted(path.name for path in built.iterdir())
    with pytest.raises(error):
        build_index(built, [tmp_path / path for path in paths], settings)
    assert sorted(path.name for path in built.iterdir()) == before
    assert len(sources(built)) == 2


@pytest.mark.parametrize(
    "step",
    [
        "state_writer.write_catalogue",
        "state_writer.KnownVectors.of",
        "state_writer.write_without",
        "thinning.tables.write_some",
        "snapshot.publish",
    ],
)
def test_crash_at_any_step_leaves_the_old_state(built, minutes, monkeypatch, step):
    def crash(*arguments, **facts):
        raise OSError(28, "No space left on device")

    before = sources(built)
    (minutes / NORDFYN.name).unlink()
    shutil.copy(CORPUS / "kalundborg-direktionen-2018-09-03.txt", minutes)
    monkeypatch.setattr(f"index.{step}", crash)
    with pytest.raises(IndexUnwritable, match="No space left"):
        build_index(built, [minutes], Settings())
    assert sources(built) == before
    assert not list(built.glob("new-*"))


def test_killed_writer_leaves_the_old_state_and_its_litter_is_swept(built, minutes):
    program = f"""
import time
from pathlib import Path
from index import build, state_writer
from index.manifest import FILES, FORMAT_VERSION
from index.settings import Settings
state_writer._told = lambda *arguments: (print("writing", flush=True), time.sleep(60))
build.build_index(Path({str(built)!r}), [Path({str(CORPUS)!r})], Settings())
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout.readline() == "writing\n"
        writer.kill()
    assert len(sources(built)) == 2
    assert list(built.glob("new-*"))
    (minutes / NORDFYN.name).unlink()
    build_index(built, [minutes], Settings())
    assert sources(built) == [JAMMERBUGT.name]
    assert not list(built.glob("new-*"))


def test_only_one_writer_at_a_time(built, minutes):
    with FileLock(built / "writer.lock"), pytest.raises(IndexBusy, match="Another process"):
        build_index(built, [minutes], Settings())


def test_open_reader_keeps_its_state_while_a_new_one_is_published(built, minutes):
    reader = MinutesIndex.open(built)
    assert len(reader.dense) == reader.manifest.chunks
    (minutes / NORDFYN.name).unlink()
    build_index(built, [minutes], Settings())
    assert len(reader.catalogue.meetings()) == 2
    assert len(MinutesIndex.open(built).catalogue.meetings()) == 1


def test_missing_index(tmp_path):
    with pytest.raises(IndexMissing, match="referat build"):
        MinutesIndex.open(tmp_path / "none")


def test_folder_of_something_else_is_neither_read_nor_written(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(IndexForeign):
        MinutesIndex.open(tmp_path)
    with pytest.raises(IndexForeign):
        build_index(tmp_path, [CORPUS], Settings())
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_folders_of_others_are_never_removed(tmp_path):
    (tmp_path / "my").mkdir()
    (tmp_path / "my" / "manifest.json").write_text("{}")
    (tmp_path / "new-photos").mkdir()
    (tmp_path / "new-photos" / "a.jpg").write_text("mine")
    with pytest.raises(IndexForeign):
        build_index(tmp_path, [CORPUS], Settings())
    assert (tmp_path / "my" / "manifest.json").exists() and (tmp_path / "new-photos" / "a.jpg").exists()


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
@pytest.mark.parametrize("harm", ["remove", "empty", "truncate", "flip", "swap"])
def test_damage_is_found_before_an_answer(built, name, harm):
    path = built / snapshot.current_name(built) / name
    data = bytearray(path.read_bytes())
    if harm == "remove":
        path.unlink()
    elif harm == "flip":
        data[len(data) // 2] ^= 0x41
        path.write_bytes(data)
    else:
        path.write_bytes(
            {"empty": b"", "truncate": bytes(data[: len(data) // 2]), "swap": b"SQLite format 3\0" * 9}[harm]
        )
    with pytest.raises(IndexDamaged, match="referat build"):
        MinutesIndex.open(built)


def test_damaged_index_is_mended_by_building(built, minutes):
    (built / snapshot.current_name(built) / "vectors.faiss").write_bytes(b"")
    build_index(built, [minutes], Settings())
    assert len(sources(built)) == 2


def test_documents_are_read_again_when_the_way_of_reading_changed(built, minutes, embedded, monkeypatch):
    for module in (update, readings):
        monkeypatch.setattr(module, "reading_fingerprint", lambda: "another")
    assert build_index(built, [minutes], Settings()).changed
    assert not [text for text in embedded if "\n" in text]  # though all is written anew
    assert not build_index(built, [minutes], Settings()).changed


def test_closed_text_is_in_no_file_unless_its_owner_says_so(folder, tmp_path):
    path = tmp_path / "minutes.txt"
    path.write_text(
        "Referat af møde i Økonomiudvalget\nDen 15.06.2021 kl. 08:30\n\nPunkt 1: Lukket: Salg af grund\n\n"
        "Sagsfremstilling\n\nKøberen hedder Sørensen.\n\nBeslutning\n\nGodkendt.\n",
        encoding="utf-8",
    )

    def files():
        return b"".join(file.read_bytes() for file in (folder / snapshot.current_name(folder)).iterdir())

    build_index(folder, [path], Settings())
    assert "Sørensen".encode() not in files() and b"soerensen" not in files()
    build_index(folder, [path], Settings(closed_text=True))
    assert "Sørensen".encode() in files()
    build_index(folder, [path], Settings())
    assert "Sørensen".encode() not in files()


@pytest.mark.parametrize("name", ["i#1", "i?2", "i%41", "med mellemrum æøå"])
def test_any_folder_name_will_do(tmp_path, minutes, name):
    build_index(tmp_path / name, [minutes], Settings())
    assert len(sources(tmp_path / name)) == 2


def test_index_of_another_format_is_refused(built):
    manifest = built / snapshot.current_name(built) / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"format_version": {FORMAT_VERSION}', '"format_version": 99'))
    with pytest.raises(IndexOutdated, match="format 99"):
        MinutesIndex.open(built)


def test_progress_is_told(folder, minutes):
    told = []
    build_index(folder, [minutes], Settings(), lambda what, done, total: told.append((what, done, total)))
    assert ("reading", 2, 2) in told
    assert told[-1][0] == "embedding" and told[-1][1] == told[-1][2] > 0
    remove_documents(folder, [NORDFYN.name], Settings(), lambda what, done, total: told.append((what, done, total)))
    assert told[-1] == ("copying", 4, 4)
