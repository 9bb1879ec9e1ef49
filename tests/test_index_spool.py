"""What was read is kept on disk until it is written."""

from index import spool
from index.build import read_meetings
from index.spool import Spool
from tests.conftest import CORPUS


def test_documents_come_back_as_they_were_read(monkeypatch):
    monkeypatch.setattr(spool, "_IN_MEMORY", 100_000)  # so that some are in memory, and more in a file
    paths, kept = sorted(CORPUS.glob("*.txt")), Spool()
    for path in paths:
        kept.add(str(path), path.name, read_meetings(path))
    for path in reversed(paths):
        assert kept.minutes_of(str(path)) == read_meetings(path)
    assert kept.checksums == {str(path): path.name for path in paths}


def test_a_document_that_is_read_again_takes_the_place_of_what_was_read():
    first, second = sorted(CORPUS.glob("*.txt"))[:2]
    kept = Spool()
    kept.add("minutes.txt", "1", read_meetings(first))
    kept.add("minutes.txt", "2", read_meetings(second))
    assert kept.minutes_of("minutes.txt") == read_meetings(second) and kept.checksums == {"minutes.txt": "2"}
