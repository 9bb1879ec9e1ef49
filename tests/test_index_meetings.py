"""Which meetings, and which rows of items, lie within limits."""

import datetime as dt

import pytest

from index.meetings import Extent, MeetingColumns, Within

MEETINGS = MeetingColumns(
    [
        # municipality, body, date, sitting, items
        ("Nordfyn", "Direktionen", "2020-05-07", 1, 2),
        ("Nordfyn", "Byrådet", "2021-01-31", 2, 1),
        ("Jammerbugt", "Direktionen", None, 3, 3),
        (None, "Byrådet", "2021-02-01", 2, 1),
        ("Jammerbugt", "Byrådet", "2019-12-31", 5, 0),
        ("Nordfyn", "Byrådet", "2021-01-31", 2, 2),
    ]
)


@pytest.mark.parametrize(
    ("within", "rows"),
    [
        (Within(), [0, 1, 2, 3, 4, 5, 6, 7, 8]),
        (Within("Nordfyn"), [0, 1, 2, 7, 8]),
        (Within("Nordfyn", "Byrådet"), [2, 7, 8]),
        (Within(body="Direktionen"), [0, 1, 3, 4, 5]),
        (Within("Ærø"), []),
        (Within(first=dt.date(2021, 1, 31)), [2, 6, 7, 8]),
        (Within(last=dt.date(2020, 5, 7)), [0, 1]),
        (Within("Nordfyn", first=dt.date(2020, 5, 8), last=dt.date(2021, 1, 30)), []),
    ],
)
def test_rows_of_items_are_those_of_the_meetings_within(within, rows):
    assert MEETINGS.rows(within).tolist() == rows


@pytest.mark.parametrize(
    ("within", "day"),
    [
        (Within(), dt.date(2021, 2, 1)),
        (Within("Nordfyn", "Direktionen"), dt.date(2020, 5, 7)),
        (Within("Jammerbugt"), dt.date(2019, 12, 31)),
        (Within("Jammerbugt", "Direktionen"), None),  # without a date
        (Within("Nordfyn", first=dt.date(2020, 5, 8), last=dt.date(2021, 1, 30)), None),
    ],
)
def test_last_day_of_meetings_within(within, day):
    assert MEETINGS.last_day(within) == day


def test_extent_counts_sittings_with_items():
    assert MEETINGS.extent(Within()) == Extent(
        4, 9, ("Jammerbugt", "Nordfyn"), dt.date(2020, 5, 7), dt.date(2021, 2, 1)
    )
    assert MEETINGS.extent(Within("Nordfyn")).meetings == 2
    assert MEETINGS.extent(Within("Jammerbugt", "Byrådet")) == Extent(0, 0, (), None, None)


def test_no_meetings():
    assert MeetingColumns([]).rows(Within()).tolist() == []
    assert MeetingColumns([]).extent(Within("Nordfyn")).items == 0
