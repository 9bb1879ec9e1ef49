"""Minutes of several meetings in one file, and those of one that only look so."""

import json
import re
from pathlib import Path

import pytest

from index.build import build_index
from index.dates import written_dates
from index.parse.parts import parse_meetings
from index.read import Document, read_document
from index.settings import Settings
from index.store import MinutesIndex
from index.versions import Version, version_of
from qa.cli import main
from qa.service import open_service
from tests import convert
from tests.conftest import CORPUS, ROOT
from tests.test_index_versions import AGENDA, BUDGET, HALL, MINUTES, PLAN, printed

TEXTS = sorted(path for folder in (CORPUS, ROOT / "tests" / "layouts") for path in folder.glob("*.txt"))
JUNE = printed((*HALL, "Anbefales."), date="8. juni 2021")


def meetings(*texts):
    return [minutes.meeting for minutes in parse_meetings(Document(Path("year.txt"), "\n".join(texts), ""))]


def essence(meeting):
    items = [(item.number, item.title, item.case_number, item.decision) for item in meeting.items]
    return meeting.municipality, meeting.body, meeting.date, items


def on_another_day(text, date):
    """The text with another day wherever it writes that date."""
    parts, position = [], 0
    for written in written_dates(text):
        if written.date == date:
            other = "17" if written.day != 17 else "18"
            day = re.sub(rf"(?<!\d)0?{written.day}(?!\d)", other, text[written.start : written.end], count=1)
            parts += (text[position : written.start], day)
            position = written.end
    return "".join(parts) + text[position:]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_two_meetings_in_any_layout_are_read_as_each_by_itself(path):
    text = read_document(path).text.replace("&nbsp;", " ")
    (whole,) = meetings(text)
    other = on_another_day(text, whole.date)
    assert [essence(found) for found in meetings(text, other)] == [essence(whole), essence(meetings(other)[0])]


@pytest.mark.parametrize("name", ["jammerbugt-direktionen-20*", "kalundborg-direktionen-20*"])
def test_the_meetings_of_a_house_in_one_file(name):
    texts = [read_document(path).text for path in sorted(CORPUS.glob(name))]
    assert [essence(found) for found in meetings(*texts)] == [essence(meetings(text)[0]) for text in texts]


def test_papers_of_one_meeting_are_told_apart_by_what_they_are():
    found = meetings(AGENDA, printed(HALL, title="Tillægsdagsorden"), MINUTES)
    assert [version_of(meeting) for meeting in found] == [
        Version.AGENDA, Version.SUPPLEMENTARY_AGENDA, Version.MINUTES
    ]  # fmt: skip


def test_bodies_that_met_on_one_day():
    found = meetings(MINUTES, printed((*HALL, "Anbefales."), body="Byrådet"))
    assert [meeting.body for meeting in found] == ["Økonomiudvalget", "Byrådet"]


@pytest.mark.parametrize(
    "line",
    [
        "Mødedato: 8. juni 2021 kl. 16:00",
        "Økonomiudvalget\nMødedato: 8. juni 2021 kl. 16:00",
        "Referat fra Økonomiudvalget den 8. juni 2021",
        "Sundby Kommune\nReferat\nØkonomiudvalget\nMødedato: 4. maj 2021 kl. 16:00\nSide 2",
    ],
)
def test_a_date_or_a_head_of_a_page_begins_no_meeting(line):
    assert len(meetings(MINUTES.replace("Beslutning", f"{line}\n\nBeslutning", 1))) == 1


def test_a_header_without_items_joins_what_it_follows():
    assert [len(found.items) for found in meetings(MINUTES, "Sundby Kommune\nReferat\nMødedato: 8. juni 2021")] == [2]


def test_lines_and_pages_are_those_of_the_file():
    text = f"{MINUTES}\f{JUNE}\f4. Mødeplan\n\nBeslutning\nGodkendt.\n".replace("Sundby Kommune", "Sundby")
    data = text.encode()
    document = Document(Path("year.txt"), text.replace("\f", "\n"), "", tuple(_pages(text)))
    _, minutes = parse_meetings(document)
    assert [minutes.meeting.page_of(item.span.start) for item in minutes.meeting.items] == [2, 3]
    (problem,) = minutes.problems
    assert problem.line == data.decode().replace("\f", "\n").splitlines().index("Referat", 5)


def _pages(text):
    return [0, *(match.end() for match in re.finditer("\f", text))]


def test_a_pdf_of_a_year(tmp_path):
    (tmp_path / "year.pdf").write_bytes(convert.to_pdf(f"{MINUTES}\n{JUNE}", head="Protokol 2021"))
    assert [essence(one.meeting) for one in parse_meetings(read_document(tmp_path / "year.pdf"))] == [
        essence(meetings(text)[0]) for text in (MINUTES, JUNE)
    ]


@pytest.fixture
def year(tmp_path):
    path = tmp_path / "minutes" / "year.txt"
    path.parent.mkdir()
    path.write_text("\n".join([MINUTES, JUNE]), encoding="utf-8")
    return path


def test_command_tells_each_meeting_of_the_file(year, capsys):
    assert main(["parse", str(year), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["file"], one["date"], len(one["items"])) for one in told] == [
        (str(year), "2021-05-04", 2), (str(year), "2021-06-08", 1)
    ]  # fmt: skip
    assert main(["report", str(year)]) == 0
    assert "year.txt 2021-06-08" in capsys.readouterr().out


def test_each_meeting_of_the_file_is_indexed_linked_and_removed_with_it(year, tmp_path, capsys):
    folder = tmp_path / "index"
    build_index(folder, [year.parent], Settings())
    register = MinutesIndex.open(folder).register
    may, june = sorted(MinutesIndex.open(folder).catalogue.meetings(), key=lambda stored: stored.date)
    assert (may.source, may.part, june.source, june.part) == ("year.txt", 0, "year.txt", 1)
    assert register.meeting(may.key) == may and register.meeting(june.key) == june and may.key != june.key
    assert register.meeting(f"{may.key}-7") is None and register.meeting("-") is None
    answer = open_service(Settings(index=folder)).ask("Hvad blev besluttet om svømmehallen?")
    assert (answer.results[0].citation.date, answer.results[0].citation.source) == (june.date, "year.txt")
    assert main(["check", "--index", str(folder)]) == 0
    assert not build_index(folder, [year.parent], Settings()).changed
    other = year.with_name("b.txt")
    other.write_text(printed((*BUDGET, "Godkendt."), (*PLAN, "Godkendt."), title="Godkendt referat"), encoding="utf-8")
    build_index(folder, [year.parent], Settings())
    catalogue = MinutesIndex.open(folder).catalogue
    assert [(stored.source, stored.part) for stored in catalogue.meetings()] == [("b.txt", 0), ("year.txt", 1)]
    assert main(["remove", "year.txt", "--index", str(folder)]) == 0
    assert [stored.source for stored in MinutesIndex.open(folder).catalogue.meetings()] == ["b.txt"]
