"""By when something must be done, counted from the meeting."""

import datetime as dt

import pytest

from index.due import due_date

MEETING = dt.date(2021, 4, 12)  # a Monday


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2021-09-24", dt.date(2021, 9, 24)),
        ("om ca. 3 måneder", dt.date(2021, 7, 12)),
        ("om 14 dage", dt.date(2021, 4, 26)),
        ("om to uger", dt.date(2021, 4, 26)),
        ("om et år", dt.date(2022, 4, 12)),
        ("i næste uge", dt.date(2021, 4, 23)),
        ("i kommende uge", dt.date(2021, 4, 23)),
        ("i næste måned", dt.date(2021, 5, 31)),
        ("i uge 26", dt.date(2021, 7, 2)),
        ("uge 3", dt.date(2022, 1, 21)),
        ("i november 2021", dt.date(2021, 11, 30)),
        ("i maj 2023", dt.date(2023, 5, 31)),
        ("oktober mødet", dt.date(2021, 10, 31)),
        ("aprilmøde", dt.date(2021, 4, 30)),
        ("marts-mødet", dt.date(2022, 3, 31)),
        ("inden sommerferien", dt.date(2021, 6, 30)),
        ("efter sommerferien", dt.date(2021, 8, 31)),
        ("inden årsskiftet", dt.date(2021, 12, 31)),
        ("efter årsskiftet", dt.date(2022, 1, 31)),
        ("ifm. budgetopfølgningerne i 2021", dt.date(2021, 12, 31)),
        ("ifm. budgetopfølgningerne i 2019", None),
        ("uge 60", None),
        ("på næste møde", None),
        ("løbende", None),
        ("", None),
        (None, None),
    ],
)
def test_words_name_their_last_day(words, day):
    assert due_date(words, MEETING) == day


def test_month_without_that_day_ends_earlier():
    assert due_date("om 1 måned", dt.date(2023, 1, 31)) == dt.date(2023, 2, 28)


def test_words_need_a_meeting_to_count_from_and_a_date_does_not():
    assert due_date("om 3 måneder", None) is None
    assert due_date("2021-09-24", None) == dt.date(2021, 9, 24)
