"""Which items the words of a question fit best, and where items and their chunks stand."""

import numpy as np
import pytest

from index import postings
from index.item_rows import ItemRows
from index.models import SectionKind
from index.postings import Postings, PostingsWriter, joined, thinned, write_postings

BIKE, PATH, SCHOOL, COMMON = range(4)
ITEMS = (
    # title, case text
    ([BIKE, PATH], [COMMON] * 5),
    ([SCHOOL], [BIKE, COMMON, COMMON]),
    ([SCHOOL, COMMON], [BIKE] + [COMMON] * 40),
    ([COMMON], []),
)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    stem, writer = tmp_path_factory.mktemp("postings") / "postings", PostingsWriter()
    for title, text in ITEMS:
        writer.add(title, [(SectionKind.CASE_TEXT, text)])
    write_postings(stem, writer.finish())
    return Postings(stem, items=len(ITEMS))


def asked(*words, weights=None, limit=10, among=None):
    """What `search` is given for a question whose words are near to these: (word, nearness) each."""
    near = [(np.array([word for word, _ in of_one]), np.array([near for _, near in of_one])) for of_one in words]
    return near, np.array(weights or [1 / len(words)] * len(words)), limit, among


def test_title_counts_more_than_text_and_a_short_text_more_than_a_long_one(written):
    assert written.search(*asked([(BIKE, 1)])).tolist() == [0, 1, 2]


def test_words_that_say_more_decide(written):
    assert written.search(*asked([(BIKE, 1)], [(SCHOOL, 1)], weights=[0.2, 0.8])).tolist() == [1, 2, 0]


def test_nearest_word_of_an_item_counts(written):
    assert written.search(*asked([(PATH, 1), (SCHOOL, 0.9)])).tolist() == [0, 1, 2]
    assert written.search(*asked([(SCHOOL, 1), (PATH, 0.3)])).tolist() == [1, 2, 0]


def test_search_ends_at_a_limit_and_stays_within_rows(written):
    assert written.search(*asked([(BIKE, 1)], limit=1)).tolist() == [0]
    assert written.search(*asked([(BIKE, 1)], among=np.array([2, 3]))).tolist() == [2]
    assert written.search(*asked([], weights=[1])).tolist() == []


def test_time_of_a_word_is_bounded_nearest_first(written, monkeypatch):
    monkeypatch.setattr(postings, "_MOST_OF_A_WORD", 3)
    assert set(written.search(*asked([(COMMON, 1)]))) == {0, 1, 2, 3}  # the nearest is looked at whatever it takes
    assert written.search(*asked([(PATH, 1), (SCHOOL, 0.9), (BIKE, 0.5)])).tolist() == [0, 1, 2]
    assert 3 not in written.search(*asked([(PATH, 1), (COMMON, 0.9)])).tolist()


@pytest.mark.parametrize("among", [None, np.arange(0, 3_000, 3)])
def test_what_is_left_out_would_not_have_been_found(tmp_path, monkeypatch, among):
    chance, writer = np.random.default_rng(2), PostingsWriter()
    chances = 1 / np.arange(1, 51)
    for _ in range(3_000):
        title, text = (chance.choice(50, chance.integers(1, 30), p=chances / chances.sum()) for _ in range(2))
        writer.add(title, [(SectionKind.CASE_TEXT, text)])
    write_postings(tmp_path / "many", writer.finish())
    written = Postings(tmp_path / "many", items=3_000)
    for seed in range(50):
        chance = np.random.default_rng(seed)
        near = [(chance.choice(50, 6, replace=False), np.sort(chance.random(6))[::-1]) for _ in range(4)]
        question = near, chance.dirichlet([0.3] * 4), 10, among
        found = written.search(*question)
        with monkeypatch.context() as patched:
            patched.setattr(postings, "_that_may_be_best", lambda rows, scores, limit, more: (rows, scores))
            assert found.tolist() == written.search(*question).tolist()


def test_items_have_rows_and_chunks(tmp_path):
    ItemRows.write(tmp_path / "items.npy", np.array([900, 20, 500]), np.array([0, 2, 2, 5]))
    rows = ItemRows(tmp_path / "items.npy")
    assert rows.ids(np.array([2, 0])) == [500, 900]
    assert rows.rows(np.array([500, 900, 7, 901])).tolist() == [0, 2]
    assert rows.chunks(np.array([0, 1, 2])).tolist() == [0, 1, 2, 3, 4]
    assert rows.chunks(np.array([2])).tolist() == [2, 3, 4]
    assert rows.of_chunks(np.array([0, 1, 2, 4])).tolist() == [0, 0, 2, 2]


def test_no_items(tmp_path):
    write_postings(tmp_path / "none", PostingsWriter().finish())
    assert Postings(tmp_path / "none", items=0).search(*asked([], weights=[1])).tolist() == []
    ItemRows.write(tmp_path / "items.npy", np.empty(0, np.int64), np.zeros(1, np.int64))
    assert ItemRows(tmp_path / "items.npy").rows(np.array([5])).tolist() == []


@pytest.fixture(scope="module")
def parted(tmp_path_factory):
    """The stems of two segments, of two items each."""
    folder = tmp_path_factory.mktemp("parted")
    for stem, first in ((folder / "first", 0), (folder / "then", 2)):
        writer = PostingsWriter(first)
        for title, text in ITEMS[first : first + 2]:
            writer.add(title, [(SectionKind.CASE_TEXT, text)])
        write_postings(stem, writer.finish())
    return folder / "first", folder / "then"


@pytest.mark.parametrize("at_once", [1, 2, 100])
def test_joined_segments_are_as_if_all_had_come_at_once(parted, written, monkeypatch, at_once):
    monkeypatch.setattr(postings, "_COPIED_AT_ONCE", at_once)
    for one, other in zip(joined(Postings(*parted, items=4).segments), written.segments[0], strict=True):
        assert one.tolist() == other.tolist()


def test_segments_are_searched_as_one(parted, written):
    both = Postings(*parted, items=4)
    assert len(both) == len(written) == 4
    assert both.item_counts(np.arange(6)).tolist() == written.item_counts(np.arange(6)).tolist() == [3, 1, 2, 4, 0, 0]
    for question in (asked([(BIKE, 1)]), asked([(SCHOOL, 1), (PATH, 0.3)]), asked([(COMMON, 1)], [(9, 1)])):
        assert both.search(*question).tolist() == written.search(*question).tolist()


def test_rows_of_several_segments_stand_one_after_the_other(tmp_path):
    ItemRows.write(tmp_path / "first.npy", np.array([900, 20, 500]), np.array([0, 2, 2, 5]))
    ItemRows.write(tmp_path / "then.npy", np.array([700, 10]), np.array([5, 6, 8]))
    rows = ItemRows(tmp_path / "first.npy", tmp_path / "then.npy")
    assert (len(rows), rows.ids(np.array([4, 2]))) == (5, [10, 500])
    assert rows.rows(np.array([10, 900, 7, 700])).tolist() == [0, 3, 4]
    assert rows.chunks(np.array([2, 4])).tolist() == [2, 3, 4, 6, 7]
    assert rows.of_chunks(np.array([4, 5, 7])).tolist() == [2, 3, 4]


def test_items_that_are_put_in_order_as_they_come_are_as_if_all_had_been_held(written, monkeypatch):
    monkeypatch.setattr(postings, "_HELD_ITEMS", 3)
    writer = PostingsWriter()
    for title, text in ITEMS:
        writer.add(title, [(SectionKind.CASE_TEXT, text)])
    for one, other in zip(writer.finish(), written.segments[0], strict=True):
        assert one.tolist() == other.tolist()


@pytest.mark.parametrize("at_once", [1, 3, 100])
@pytest.mark.parametrize("gone", [(), (0,), (1, 3), (0, 1, 2, 3)])
def test_postings_without_some_items_are_as_if_those_had_never_come(written, monkeypatch, gone, at_once):
    monkeypatch.setattr(postings, "_COPIED_AT_ONCE", at_once)
    writer, rows = PostingsWriter(), np.full(len(ITEMS), -1)
    for place in set(range(len(ITEMS))) - set(gone):
        rows[place] = len(rows[rows >= 0])
        writer.add(ITEMS[place][0], [(SectionKind.CASE_TEXT, ITEMS[place][1])])
    for one, other in zip(thinned(written.segments[0], rows), writer.finish(), strict=True):
        assert (one.tolist(), one.dtype) == (other.tolist(), other.dtype)


def test_items_that_hold_a_word_are_told_in_order(parted):
    both = Postings(*parted, items=4)
    assert [both.rows_of(word).tolist() for word in (BIKE, SCHOOL, 9)] == [[0, 1, 2], [1, 2], []]


def test_rows_that_stay_close_up(tmp_path):
    ItemRows.write(tmp_path / "first.npy", np.array([900, 20, 500]), np.array([3, 5, 5, 8]))
    ItemRows.write(tmp_path / "then.npy", np.array([700, 10]), np.array([8, 9, 11]))
    rows = ItemRows(tmp_path / "first.npy", tmp_path / "then.npy")
    rows.write_some(np.array([False, True, True, False, True]), tmp_path / "some.npy")
    some = ItemRows(tmp_path / "some.npy")
    assert (some.all_ids.tolist(), some.ends.tolist()) == ([20, 500, 10], [3, 3, 6, 8])
    assert some.rows(np.array([10, 20, 700])).tolist() == [0, 2]
