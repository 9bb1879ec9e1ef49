"""Files that were compared with their checksums: not read again while nobody wrote to them, else at once."""

import os
import shutil
import sys
import time
from unittest import mock

import pytest

from index import snapshot, verified
from index.backup import back_up
from index.build import add_documents, build_index
from index.check import check_index
from index.errors import IndexDamaged
from index.manifest import FILES
from index.settings import Settings
from index.store import MinutesIndex
from tests.conftest import CORPUS
from tests.updating import FIRST, SECOND, small_segments

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="keeps no time of the last change")


@pytest.fixture
def compared(monkeypatch):
    """The files that are compared while a test runs, by their names; nothing is known of any from before."""
    names, fingerprint = [], verified._fingerprint
    monkeypatch.setattr(verified, "_fingerprint", lambda path: names.append(path.name) or fingerprint(path))
    monkeypatch.setattr(verified, "_of_this_process", {})
    return names


@pytest.fixture
def segment(tmp_path):
    build_index(tmp_path / "index", [CORPUS / FIRST], Settings())
    return tmp_path / "index" / snapshot.current_name(tmp_path / "index")


@pytest.fixture
def another_process(monkeypatch):
    """Calling it forgets what this process knows."""
    return lambda: monkeypatch.setattr(verified, "_of_this_process", {})


def flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def flip_on_the_disk(segment, name):
    """A bit that nobody wrote: the record is made to know the file as it is then."""
    flip(segment / name)
    verified._let_rest([verified._look(segment / name)])
    verified._write(segment / verified.RECORD, {file: verified._look(segment / file) for file in FILES})


def test_what_was_just_written_is_not_compared_on_opening(segment, compared):
    MinutesIndex.open(segment.parent).close()
    assert compared == []


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("put_back", [False, True])
def test_what_was_written_to_is_compared_once(segment, compared, another_process, name, put_back):
    path = segment / name
    data, seen = path.read_bytes(), path.stat()
    path.write_bytes(data)
    if put_back:
        os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    MinutesIndex.open(segment.parent).close()
    another_process()
    MinutesIndex.open(segment.parent).close()
    assert sorted(compared) == sorted(FILES)
    flip(path)
    if put_back:
        os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    with pytest.raises(IndexDamaged, match=name):
        MinutesIndex.open(segment.parent)


def test_record_is_believed_for_a_day(segment, compared, another_process, monkeypatch):
    now = time.time()
    monkeypatch.setattr(verified.time, "time", lambda: now + 23 * 3600)
    MinutesIndex.open(segment.parent).close()
    assert compared == []
    another_process()
    monkeypatch.setattr(verified.time, "time", lambda: now + 25 * 3600)
    MinutesIndex.open(segment.parent).close()
    assert sorted(compared) == sorted(FILES)
    another_process()
    MinutesIndex.open(segment.parent).close()
    assert sorted(compared) == sorted(FILES)  # once: then the record is new
    another_process()
    monkeypatch.setattr(verified.time, "time", lambda: now - 3600)
    MinutesIndex.open(segment.parent).close()
    assert len(compared) == 2 * len(FILES)  # a record of times to come is none


def test_process_that_answers_from_files_need_not_compare_them_again(segment, compared, monkeypatch):
    MinutesIndex.open(segment.parent).close()
    (segment / verified.RECORD).unlink()
    monkeypatch.setattr(verified, "_BELIEVED_S", -1)
    with small_segments():
        add_documents(segment.parent, [CORPUS / SECOND], Settings())
    del compared[:]
    index = MinutesIndex.open(segment.parent)
    assert len(index.segments) == 2 and sorted(compared) == sorted(FILES)  # those of the new segment


@pytest.mark.parametrize("harm", ["lost", "empty", "foreign", "of another", "copied", "folder", "large"])
def test_record_that_is_not_whole_costs_a_comparison(segment, compared, harm, tmp_path):
    record = segment / verified.RECORD
    data = record.read_bytes()
    if harm == "copied":  # the files are others then, whatever they hold
        segment = shutil.copytree(segment.parent, tmp_path / "copy") / segment.name
    elif harm in ("lost", "folder"):
        record.unlink()
        if harm == "folder":
            record.mkdir()
    else:
        harms = {"empty": b"", "foreign": b"{}", "of another": data.replace(b"1", b"2"), "large": data * 100}
        record.write_bytes(harms[harm])
    MinutesIndex.open(segment.parent).close()
    assert sorted(compared) == sorted(FILES)


def test_file_system_that_counts_in_seconds_is_not_believed(segment, compared, monkeypatch):
    look = verified._look

    def in_seconds(path):
        size, written, changed, number = look(path)
        return size, written, changed // verified._SECOND_NS * verified._SECOND_NS, number

    monkeypatch.setattr(verified, "_look", in_seconds)
    for times in (1, 2):
        MinutesIndex.open(segment.parent).close()
        assert len(compared) == times * len(FILES)


def test_index_that_may_only_be_read_is_opened(segment, compared, monkeypatch):
    (segment / verified.RECORD).unlink()

    def refuse(*given):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(verified, "_write", refuse)
    MinutesIndex.open(segment.parent).close()
    MinutesIndex.open(segment.parent).close()
    assert sorted(compared) == sorted(FILES)


def a_day_later(folder):
    with mock.patch.object(verified, "_BELIEVED_S", -1):
        MinutesIndex.open(folder)


@pytest.mark.parametrize("tell", [check_index, lambda folder: back_up(folder, folder.with_name("file")), a_day_later])
def test_what_a_disk_changes_by_itself_is_told_by_a_check_a_backup_and_a_day_later(segment, another_process, tell):
    flip_on_the_disk(segment, "vectors.npy")
    MinutesIndex.open(segment.parent).close()
    another_process()
    for ask in (tell, MinutesIndex.open):  # once it is told, nothing answers any more
        with pytest.raises(IndexDamaged, match="vectors.npy"):
            ask(segment.parent)
