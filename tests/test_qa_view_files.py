"""What is taken home: tables, calendars and conversations as files."""

from __future__ import annotations

import csv
import datetime as dt
import io

import openpyxl
import pytest
from docx import Document

from index.models import AgendaItem, Citation, FollowUp, Outcome, Span
from index.register import Duty, DutyState
from index.stored import StoredItem, StoredMeeting
from qa.models import Answer, Filters, Intent, Question, Result, Status
from qa.texts import DANISH
from qa.view.answer import Exchange
from qa.view.export import markdown_file, word_file
from qa.view.follow_up import calendar_file, duties_table, duty_view
from qa.view.table import Table, csv_file, excel_file, results_table

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", '=HYPERLINK("http://evil.test")', "|calc"]
TODAY = dt.date(2026, 11, 22)


def make_item(**fields) -> AgendaItem:
    given = {"number": "3", "title": "Udbud", "closed": False, "span": Span(0, 0), "sections": ()}
    return AgendaItem(**{**given, "decision": "Godkendt.", "outcome": Outcome.APPROVED, **fields})


def make_result(**fields) -> Result:
    citation = Citation("Nordfyn", "Direktionen", dt.date(2021, 4, 21), "3", "Udbud", "S2021-5237", "nordfyn.txt")
    return Result(1, make_item(**fields), citation, (), 1.0, ())


def make_duty(**fields) -> Duty:
    meeting = StoredMeeting(1, "/m/nordfyn.txt", "ab" * 32, "Nordfyn", "Direktionen", dt.date(2021, 4, 21))
    told = FollowUp(fields.pop("text", "Staben følger op, senest i juni; se bilag."), "Staben", "om 2 måneder")
    return Duty(StoredItem(7, meeting, make_item()), told, dt.date(2021, 6, 21), **{**OVERDUE, **fields})


OVERDUE = {"returned": None, "state": DutyState.OVERDUE}


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_calculated(text: str) -> None:
    table = Table("Punkter", ("Titel",), ((text,),))
    (_, (cell,)) = csv.reader(io.StringIO(csv_file(table).decode("utf-8-sig")), delimiter=";")
    assert cell == f"'{text}"
    cell = openpyxl.load_workbook(io.BytesIO(excel_file(table))).active["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_list_of_items_is_taken_home_with_dates_as_dates() -> None:
    table = results_table([make_result(title="Æblehave\u202e\x01")], DANISH)
    sheet = openpyxl.load_workbook(io.BytesIO(excel_file(table))).active
    assert [cell.value for cell in sheet[1]][:3] == ["Dato", "Kommune", "Udvalg"]
    assert sheet["A2"].value == dt.datetime(2021, 4, 21)
    assert sheet["E2"].value == "Æblehave"
    assert csv_file(table).startswith("\ufeffDato;Kommune".encode())


def test_very_long_cell_is_cut_to_what_excel_holds() -> None:
    table = Table("x", ("Titel",), (("ord " * 100_000,),))
    assert len(openpyxl.load_workbook(io.BytesIO(excel_file(table))).active["A2"].value) <= 32_767


def test_follow_up_says_who_when_and_whether_it_is_late() -> None:
    shown = duty_view(make_duty(), DANISH)
    assert (shown.badge.label, shown.badge.color) == ("Overskredet", "red")
    assert shown.quote.note == "Ansvarlig: Staben · Frist 21. juni 2021 (»om 2 måneder«)"
    done = duty_view(make_duty(returned=dt.date(2021, 7, 1), state=DutyState.DONE), DANISH)
    assert done.quote.note.endswith("På mødet igen 1. juli 2021")
    assert duties_table([make_duty()], DANISH).rows[0][:3] == (dt.date(2021, 6, 21), "Overskredet", "Staben")


def test_calendar_holds_what_is_due_and_not_done() -> None:
    done = make_duty(text="Færdig", state=DutyState.DONE)
    calendar = calendar_file([make_duty(), done], dt.datetime(2026, 11, 22, 8, tzinfo=dt.UTC), DANISH).decode()
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n"))
    lines = calendar.replace("\r\n ", "").split("\r\n")
    assert lines.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20210621" in lines and "DTSTAMP:20261122T080000Z" in lines
    assert "SUMMARY:Staben: Udbud" in lines
    (description,) = [line for line in lines if line.startswith("DESCRIPTION:")]
    assert "senest i juni\\; se bilag.\\n\\nNordfyn\\, Direktionen" in description


def test_calendar_line_cannot_be_broken_out_of() -> None:
    text = "x\r\nEND:VCALENDAR\nBEGIN:VALARM"
    calendar = calendar_file([make_duty(text=text)], dt.datetime.now(dt.UTC), DANISH).decode()
    lines = calendar.replace("\r\n ", "").split("\r\n")
    assert lines.count("END:VCALENDAR") == 1 and "BEGIN:VALARM" not in lines


@pytest.fixture
def exchanges() -> list[Exchange]:
    question = Question("Hvad?", "da", Intent.DECISION, Filters(), "Hvad?", ())
    hostile = make_result(decision="Godkendt ![x](http://evil.test/a.png)\n\n# og mere")
    return [
        Exchange(
            "Hvad blev <b>besluttet</b>?", Answer(question, Status.ANSWERED, "Direktionen godkendte.", (hostile,))
        ),
        Exchange("Hvilke?", Answer(question, Status.LIST, "2 punkter.", (make_result(), make_result()))),
        Exchange("Elefanter?", Answer(question, Status.NOT_FOUND, "Det siger referaterne ikke noget om.")),
    ]


def test_conversation_is_kept_as_markdown_with_every_citation(exchanges: list[Exchange]) -> None:
    text = markdown_file(exchanges, TODAY, DANISH).decode()
    assert text.startswith("# Samtale med referaterne\n\nHentet fra Referat den 22. november 2026.")
    assert "## Hvad blev \\<b\\>besluttet\\<\\/b\\>?" in text
    assert "> Godkendt \\!\\[x\\]\\(http" in text and "\n> \\# og mere" in text
    assert text.count("nordfyn\\.txt") == 3
    assert text.rstrip().endswith("Det siger referaterne ikke noget om\\.")


def test_conversation_is_kept_as_word_with_every_citation(exchanges: list[Exchange]) -> None:
    document = Document(io.BytesIO(word_file(exchanges, TODAY, DANISH)))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    assert paragraphs[0] == "Samtale med referaterne"
    assert "Godkendt ![x](http://evil.test/a.png)\n\n# og mere" in paragraphs
    assert sum("nordfyn.txt" in paragraph for paragraph in paragraphs) == 3
