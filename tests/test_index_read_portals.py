"""Saved pages of agenda portals (invented): the minutes in them, and nothing of the portal around them."""

import datetime as dt

import pytest

from index.parse import parse_minutes
from index.read import read_document
from tests.conftest import ROOT

PAGES = ROOT / "tests" / "pages"


def parsed(name):
    document = read_document(PAGES / name)
    meeting, problems = parse_minutes(document)
    assert problems == ()
    return document.text, meeting


@pytest.mark.parametrize(
    "around",
    ["cookies", "Accepter", "Søg", "Borger", "Forside", "Hent som pdf", "Seneste møder", "Tlf.", "window", "bilag/1"],
)
def test_nothing_around_the_minutes_is_read(around):
    assert around not in parsed("portal_accordion.html")[0]


def test_page_with_items_folded_in():
    _, meeting = parsed("portal_accordion.html")
    assert (meeting.municipality, meeting.body, meeting.date) == ("Lindeholm", "Økonomiudvalget", dt.date(2024, 3, 12))
    assert (meeting.start_time, meeting.place) == ("15:30", "Mødelokale 2, Rådhuset")
    assert [(item.number, item.title, item.case_number, item.decision) for item in meeting.items] == [
        ("1", "Godkendelse af dagsorden", None, "Godkendt."),
        (
            "2",
            "Budgetopfølgning pr. 29. februar 2024",
            "EMN-2024-000871",
            "Taget til efterretning.\n\nBo Kjær (V) ønskede en opgørelse over vintertjenesten til næste møde.",
        ),
        ("3", "Udbud af rengøring", "EMN-2023-004410", "Udsat til mødet i april."),
        ("4", "Køb af ejendom", None, None),
    ]
    _, budget, tender, closed = meeting.items
    assert "Skoler\t412,5\t68,9\nVeje\t37,0\t4,1" in budget.span.of(meeting.text)
    assert "1. Der er ingen ubalancer på skolerne." in budget.span.of(meeting.text)
    assert [attachment.name.partition(" (")[0] for attachment in budget.attachments] == [
        "Budgetopfølgning februar 2024", "Notat om vintertjenesten"
    ]  # fmt: skip
    assert "a. udbuddet igangsættes" in tender.recommendation
    assert [(one.body, one.date, one.text) for one in tender.earlier_decisions] == [
        ("Teknik- og Miljøudvalget", dt.date(2024, 2, 27), "Anbefales.")
    ]
    assert closed.closed


def test_page_of_tables_in_the_windows_code_page():
    text, meeting = parsed("portal_table.html")
    assert "fremgang i læsning – og tilbagegang" in text
    assert (meeting.municipality, meeting.body) == ("Mølleby", "Børne- og Skoleudvalget")
    assert [(item.number, item.title, item.case_number, item.closed) for item in meeting.items] == [
        ("71", "Godkendelse af dagsorden", None, False),
        ("72", "Kvalitetsrapport for skolerne", "19/20311", False),
        ("73", "Klage over afgørelse", None, True),
    ]
    assert meeting.items[1].decision.startswith("Sendes i høring i skolebestyrelserne")


def test_page_of_one_item():
    text, meeting = parsed("portal_item.html")
    assert text.startswith("Kulturudvalget 3. juni 2022\n") and "Forrige punkt" not in text
    assert (meeting.municipality, meeting.body, meeting.date) == ("Lindeholm", "Kulturudvalget", dt.date(2022, 6, 3))
    (item,) = meeting.items
    assert (item.number, item.title, item.case_number) == ("2", "Ny svømmehal", "04.08.00-P20-3-22")
    assert item.decision == "Anbefales over for Byrådet med 4 stemmer mod 1."
    assert [attachment.name for attachment in item.attachments] == ["Placeringer.pdf"]
