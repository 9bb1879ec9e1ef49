"""Tables over several files: the rows of all, each looked up by its file's own indexes."""

import datetime as dt
from contextlib import closing

import pytest

from index import tables
from index.build import add_documents, build_index
from index.manifest import CATALOGUE
from index.meetings import Within
from index.register import DutyState, Wish
from index.settings import Settings
from index.store import MinutesIndex
from index.thinning import write_without
from tests.conftest import CORPUS
from tests.updating import FIRST, SECOND, THIRD, small_segments


@pytest.fixture(scope="module")
def parted(tmp_path_factory):
    """An index of two segments."""
    folder = tmp_path_factory.mktemp("parted") / "index"
    build_index(folder, [CORPUS / FIRST, CORPUS / SECOND], Settings())
    with small_segments():
        add_documents(folder, [CORPUS / THIRD], Settings())
    with closing(MinutesIndex.open(folder)) as index:
        assert len(index.segments) == 2
        yield index


@pytest.fixture(scope="module")
def whole(parted, tmp_path_factory):
    """The same rows in one file."""
    folder = tmp_path_factory.mktemp("whole")
    write_without(frozenset(), parted.segments, None, folder, parted.bundled, lambda what, done, total: None)
    with closing(tables.open_to_read(folder / CATALOGUE)) as connection:
        yield connection


@pytest.mark.parametrize("name", [*tables._STAYING, *tables._VIEWS])
def test_joined_files_have_the_rows_of_all(parted, whole, name):
    query = f"SELECT * FROM {name} ORDER BY 1, 2, 3, 4"
    rows = whole.execute(query).fetchall()
    assert parted.catalogue._connection.execute(query).fetchall() == rows
    assert parted.catalogue.count(name) == len(rows)


def look_ups(index):
    """What a question asks of the tables, and what is asked for one meeting, item or case."""
    catalogue, register, words = index.catalogue, index.register, index.vocabulary
    meeting = catalogue.meetings()[-1]
    item = catalogue.items(catalogue.item_ids(meeting=meeting.id))[0]
    return {
        "items": lambda: catalogue._item.cache_clear() or catalogue.items([item.id]),
        "of a meeting": lambda: catalogue.item_ids(meeting=meeting.id, number="1"),
        "of a body": lambda: catalogue.item_ids(municipality=meeting.municipality, body=meeting.body),
        "bearing": lambda: catalogue.item_ids_bearing("326-2021-13238"),
        "chunks": lambda: (catalogue.chunk_words([item.id]), catalogue.chunks([0, 1])),
        "texts": lambda: (catalogue.meeting(meeting.id), catalogue.minutes_of(meeting.path)),
        "documents": lambda: (catalogue.last_account(), catalogue.accounts_in(meeting.path)),
        "on a day": lambda: list(catalogue.accounts_on([meeting.date.isoformat()])),
        "of files": lambda: (catalogue.days_of([meeting.path]), catalogue.items_of([meeting.id])),
        "spellings": lambda: (list(catalogue.texts_of(item.id)), catalogue.danish_spellings([0, 1])),
        "set aside": catalogue.set_aside,
        "words": lambda: (
            words.id_of("budget"),
            words.spelling_of("budget"),
            words.near(["budgettet"], words_of(index)),
        ),
        "meeting": lambda: (
            register.meeting(meeting.key),
            register.meetings_beside(meeting),
            register.items_of(meeting),
        ),
        "listed": lambda: register._held(meeting),
        "case": lambda: register.case(meeting.municipality, "326-2021-13238"),
    }


def words_of(index):
    return index.bundled.embed_passages(["budgettet"])


NAMES = (
    "items,of a meeting,of a body,bearing,chunks,texts,documents,on a day,of files,spellings,set aside,words,meeting"
)
NAMES += ",listed,case"


@pytest.mark.parametrize("name", NAMES.split(","))
def test_look_ups_read_no_table_through(parted, name):
    call, asked = look_ups(parted)[name], []
    connections = (parted.catalogue._connection, parted.register._connection)
    for connection in connections:
        connection.set_trace_callback(asked.append)
    call()
    for connection in connections:
        connection.set_trace_callback(None)
    assert asked
    for query in asked:
        plan = [step for *_, step in connections[0].execute(f"EXPLAIN QUERY PLAN {query}")]
        assert not [step for step in plan if reads_through(step, plan)], (query, plan)


def reads_through(step, plan):
    """Whether a step goes through a table of a file, or makes one of all rows; not through what it got from others."""
    scans = step.startswith("SCAN") and "INDEX" not in step and "VIRTUAL" not in step
    return (
        step.startswith("MATERIALIZE")
        or "AUTOMATIC" in step
        or (scans and step.replace("SCAN", "CO-ROUTINE") not in plan)
    )


def test_pages_of_the_register_tell_the_same_of_one_file_and_of_several(parted, whole):
    today, asked = dt.date(2021, 1, 1), []
    parted.register._connection.set_trace_callback(asked.append)
    for wish in (Wish(), Wish(year=2020), Wish(closed=True), *(Wish(state=state) for state in DutyState)):
        parted.register.meetings(wish, 9), parted.register.count_meetings(wish), parted.register.bodies(wish)
        parted.register.cases(wish, 1, 9), parted.register.duties(wish, today, 9), parted.register.items(wish, 9)
        parted.register.count_duties(wish, today), parted.register.undecided(wish, 9)
        parted.register.decisions_by_month(wish), parted.register.bracketed(wish, 9)
    parted.register._connection.set_trace_callback(None)
    assert len(set(asked)) > 40
    for query in set(asked):
        assert parted.register._connection.execute(query).fetchall() == whole.execute(query).fetchall(), query


def test_limits_leave_the_same_rows_by_columns_and_by_tables(parted):
    for meeting in parted.catalogue.meetings():
        rows = parted.rows_within(Within(meeting.municipality, meeting.body, meeting.date, meeting.date))
        assert len(rows) and rows.tolist() == parted.rows_of(parted.catalogue.item_ids(meeting=meeting.id)).tolist()
