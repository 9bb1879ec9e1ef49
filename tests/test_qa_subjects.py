"""What the minutes are about: KLE numbers, words of titles, abbreviations."""

from __future__ import annotations

import datetime as dt

from index.models import AgendaItem, Span
from index.register import Wish
from index.stored import StoredItem, StoredMeeting
from qa.subjects import abbreviations, title_words, topics


def make_item(title: str, day: int = 1, **fields) -> StoredItem:
    meeting = StoredMeeting(day, "a.txt", "ab" * 32, "Nordfyn", "Direktionen", dt.date(2024, 1, day))
    return StoredItem(id=day, item=AgendaItem("1", title, False, Span(0, 0), (), **fields), meeting=meeting)


def test_kle_numbers_are_counted_wherever_they_stand() -> None:
    told = topics(
        [
            make_item("Budget 2025", 3, journal_number="00.30.02"),
            make_item("Budget 2024", 2, case_number="00.30.02-S00-21-19"),
            make_item("Citrix", 1, journal_number="85.11.00", case_number="326-2021-13238"),
        ],
        10,
    )
    assert [(topic.number, topic.items, topic.latest.item.title) for topic in told] == [
        ("00.30.02", 2, "Budget 2025"),
        ("85.11.00", 1, "Citrix"),
    ]


def test_words_of_titles_count_with_their_forms_and_routine_is_left_out() -> None:
    titles = ("Orientering om cykelstier", "Godkendelse af cykelsti", "Orientering om dagpleje", "Cykelstier 2024")
    assert title_words([make_item(title) for title in titles], 10) == (("cykelstier", 3),)


def test_abbreviations_are_those_that_are_written_out() -> None:
    told = abbreviations(
        [
            (7, "Sagen drøftes i Strategisk Chefforum (SCF). Priserne (ekskl. moms) er uændrede."),
            (8, "GIS (geografiske informationssystemer) udbygges, og SCF (Senere Chefforum) orienteres."),
            (9, "Der er afsat 300 t.kr. (2021-PL) til HR."),
        ]
    )
    assert [(one.short, one.meaning, one.item_id) for one in told] == [
        ("GIS", "geografiske informationssystemer", 8),
        ("SCF", "Strategisk Chefforum", 7),
    ]


def test_subjects_are_those_of_the_chosen_minutes(service) -> None:
    told = service.subjects(Wish(municipality="Kalundborg"))
    assert told.topics[0].latest.meeting.municipality == "Kalundborg"
    assert {topic.number for topic in told.topics} < {topic.number for topic in service.subjects(Wish()).topics}
