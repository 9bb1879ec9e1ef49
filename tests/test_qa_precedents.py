"""The same topic's earlier decisions."""

from __future__ import annotations

import pytest

from index.build import build_index
from index.settings import Settings
from qa.precedents import topic_words
from qa.service import Service, open_service

MINUTES = """Kalundborg Kommune

REFERAT Direktionen d. {date}

Mødedato {date} kl. 12:30

Punkt 1: {first}

Beslutning

{outcome}

Punkt 2: Orientering

Beslutning

Taget til efterretning.
"""
MEETINGS = [
    ("03-02-2020", "Cykelsti på Strandvejen", "Godkendt."),
    ("04-03-2021", "Forslag til cykelstier ved skolerne", "Afvist."),
    ("05-04-2022", "Ny cykelsti ved Møllebakken", "-"),
    ("06-05-2022", "Takster for dagplejen 2023", "Godkendt."),
    ("07-06-2023", "Udvidelse af cykelsti i Rørby", "Drøftet."),
]


@pytest.fixture(scope="module")
def kalundborg(tmp_path_factory) -> Service:
    folder = tmp_path_factory.mktemp("minutes")
    for date, first, outcome in MEETINGS:
        text = MINUTES.format(date=date, first=first, outcome=outcome)
        (folder / f"{date}.txt").write_text(text, encoding="utf-8")
    build_index(folder / "index", [folder], Settings(index=folder / "index"))
    return open_service(Settings(index=folder / "index"))


def titles_before(service: Service, reference: str) -> list[str]:
    (record,) = service.find_items(reference)
    return [before.item.title for before in service.precedents(record.id)]


def test_earlier_decisions_on_the_topic_come_newest_first(kalundborg):
    assert titles_before(kalundborg, "07-06-2023:1") == [
        "Forslag til cykelstier ved skolerne",
        "Cykelsti på Strandvejen",
    ]


def test_what_came_later_and_what_is_of_another_topic_are_no_precedents(kalundborg):
    assert titles_before(kalundborg, "03-02-2020:1") == []
    assert titles_before(kalundborg, "06-05-2022:1") == []


def test_title_that_names_no_topic_has_no_precedents(kalundborg):
    assert titles_before(kalundborg, "07-06-2023:2") == []
    assert topic_words("Orientering om sager, 2. kvartal 2021") == ()


def test_item_that_is_gone_has_no_precedents(kalundborg):
    assert kalundborg.precedents(-1) == ()
