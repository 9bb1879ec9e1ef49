import datetime as dt

import pytest

from index.dates import begun_ranges, first_date, written_dates


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("7. maj 2019 kl. 10:00", dt.date(2019, 5, 7)),
        ("Mandag d. 03. september 2018 kl. 12:30", dt.date(2018, 9, 3)),
        ("d. 21-04-2021", dt.date(2021, 4, 21)),
        ("2019-05-07", dt.date(2019, 5, 7)),
        ("den 15/9 2020", dt.date(2020, 9, 15)),
        ("16-09-2020 14:30:00", dt.date(2020, 9, 16)),
        ("den 12.04.2021", dt.date(2021, 4, 12)),
        ("Onsdag, Oktober 9, 2019 - 17:00", dt.date(2019, 10, 9)),
        ("April 12th, 2021", dt.date(2021, 4, 12)),
        ("12 April 2021", dt.date(2021, 4, 12)),
        ("opd. 06.04.21", dt.date(2021, 4, 6)),
    ],
)
def test_date(text, date):
    assert first_date(text) == date


@pytest.mark.parametrize(
    "text", ["00.30.02", "81.28.00-P22-1-19", "326-2021-13238", "kl. 09.00 - 09.20", "1,2 mio.", "31. februar 2020"]
)
def test_no_date(text):
    assert first_date(text) is None


def test_year_left_out_is_the_meetings():
    (written,) = written_dates("senest 24. september")
    assert written.year is None
    assert written.on(2020) == dt.date(2020, 9, 24)


@pytest.mark.parametrize("text", ["den 26. og 27. januar 2021", "26.-27. jan. 2021", "26 to 27 January 2021"])
def test_day_that_begins_a_range_is_one_of_its_month(text):
    assert [written.date for written in begun_ranges(text)] == [dt.date(2021, 1, 26)]


def test_numbers_that_stand_together_begin_no_range():
    assert begun_ranges("punkt 26 og 27 i dagsordenen") == []
