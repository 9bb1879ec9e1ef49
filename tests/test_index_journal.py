"""What an update has done is kept in journals: whole records come back, and nothing else."""

import random

import pytest

from index.build import read_meetings
from index.journal import Journal, digest
from index.spool import Spool
from tests.conftest import CORPUS

RECORDS = {digest(str(number)): bytes([number % 251]) * (number * 7) for number in range(40)}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal"


def write(path, made_with="this"):
    journal = Journal(path, made_with)
    for key, record in RECORDS.items():
        place = journal.add(key, record)
        assert journal.read(place) == record
    journal.close()


def held(path, made_with="this"):
    journal = Journal(path, made_with)
    found = {key: journal.read(place) for key, place in journal.left.items()}
    journal.close()
    return found


def test_records_come_back(path):
    write(path)
    assert held(path) == RECORDS
    assert held(path) == RECORDS


def test_of_several_records_of_a_key_the_last_comes_back(path):
    write(path)
    journal = Journal(path, "this")
    journal.read(journal.left[digest("7")])
    journal.add(digest("7"), b"again")
    journal.close()
    assert held(path) == RECORDS | {digest("7"): b"again"}


def test_what_was_made_with_something_else_is_dropped(path):
    write(path)
    assert held(path, "that") == {} == held(path)


def test_whatever_is_cut_off_or_changed_only_whole_records_come_back(path):
    write(path)
    whole, chance = path.read_bytes(), random.Random(5)
    for number in range(400):
        harmed = bytearray(whole)
        place = chance.randrange(len(whole))
        if number % 2:
            harmed[place] ^= 1 << chance.randrange(8)
        else:
            del harmed[place:]
        path.write_bytes(harmed)
        found = held(path)
        assert found.items() <= RECORDS.items() and len(found) < len(RECORDS)
        journal = Journal(path, "this")
        journal.add(b"k" * 16, b"after it")
        journal.close()
        assert held(path) == found | {b"k" * 16: b"after it"}


def test_documents_come_back_as_they_were_read(path):
    paths, spool = sorted(CORPUS.glob("*.txt")), Spool(path, "this")
    for document in paths:
        spool.add(str(document), "0" * 64, read_meetings(document))
    for document in reversed(paths):
        assert spool.minutes_of(str(document)) == read_meetings(document)
    assert spool.checksums == {str(document): "0" * 64 for document in paths}
    spool.close()
    later = Spool(path, "this")
    assert later.left_of("another") is None and later.checksums == {}
    for document in paths:
        assert later.left_of(str(document)) == "0" * 64
        later.keep(str(document))
        assert later.minutes_of(str(document)) == read_meetings(document)
    assert later.resumed == len(paths) and later.checksums == spool.checksums


def test_a_document_that_is_read_again_takes_the_place_of_what_was_read(path):
    first, second = sorted(CORPUS.glob("*.txt"))[:2]
    spool = Spool(path, "this")
    spool.add("minutes.txt", "1" * 64, read_meetings(first))
    spool.add("minutes.txt", "2" * 64, read_meetings(second))
    assert spool.minutes_of("minutes.txt") == read_meetings(second) and spool.checksums == {"minutes.txt": "2" * 64}
