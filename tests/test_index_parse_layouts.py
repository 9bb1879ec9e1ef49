"""Invented minutes, each in another layout, against what a person read in them (`layouts/README.md`)."""

import json
import re
from dataclasses import replace

import pytest

from index.models import SectionKind
from index.parse import parse_minutes
from index.parse.reading import restored
from index.read import read_document
from qa.contract import meeting_json
from tests.conftest import ROOT
from tests.parse_score import disagreements

LAYOUTS = ROOT / "tests/layouts"
PAGE = 37  # lines
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
LABEL = re.compile(
    r"^(?:Beslutning(?:er)?|Indstilling|Sagsfremstilling|Bilag|Resum[eé]|Økonomi|Baggrund|Fraværende)(?=[ \t]*$)",
    re.MULTILINE,
)


@pytest.fixture(params=sorted(path.stem for path in LAYOUTS.glob("*.json")))
def layout(request):
    """(document, meeting, problems, gold) of a layout."""
    document = read_document(LAYOUTS / f"{request.param}.txt")
    gold = json.loads((LAYOUTS / f"{request.param}.json").read_text(encoding="utf-8"))
    return document, *parse_minutes(document), gold


def test_layout_is_read_as_a_person_reads_it(layout):
    _, meeting, problems, gold = layout
    assert disagreements(gold, meeting_json(meeting.source, meeting, problems)) == []


def test_every_character_of_the_source_is_accounted_for(layout):
    document, meeting, _, _ = layout
    assert restored(meeting.text, meeting.edits) == document.text


def test_sections_tile_the_items(layout):
    _, meeting, _, _ = layout
    for item in meeting.items:
        position = item.span.start
        for section in item.sections:
            assert section.span.start == position
            assert section.span.start <= section.body.start <= section.body.end <= section.span.end
            position = section.span.end
        assert position == item.span.end


def test_decisions_stand_in_the_source_part_by_part(layout):
    document, meeting, _, _ = layout
    source = "".join(document.text.split())
    for item in meeting.items:
        sections = [section for section in item.sections if section.kind is SectionKind.DECISION]
        parts = [part.of(meeting.text) for section in sections for part in meeting.unbroken(section.body)]
        assert "".join("".join(parts).split()) == "".join((item.decision or "").split())
        assert "&" in source or all("".join(part.split()) in source for part in parts)


def _with_feet(text: str) -> str:
    lines = text.split("\n")
    pages = len(lines) // PAGE
    feet = (f"\n{' ' * 60}Side {at // PAGE} af {pages}\n" if at and at % PAGE == 0 else "" for at in range(len(lines)))
    return "\n".join(line + (f"\n{foot}" if foot else "") for line, foot in zip(lines, feet, strict=True))


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param(lambda text: _with_feet(LABEL.sub(r"**\g<0>**", text)), id="bold labels, feet of pages"),
        pytest.param(
            lambda text: INDENT.sub("", LABEL.sub(lambda label: label[0].upper(), text)), id="capitals, no indent"
        ),
        pytest.param(lambda text: LABEL.sub(r"\g<0>:", text).replace("\n", "  \n"), id="colons, blanks at the end"),
    ],
)
def test_layout_is_read_alike_when_it_is_printed_a_little_otherwise(layout, printed):
    document, _, _, gold = layout
    meeting, problems = parse_minutes(replace(document, text=printed(document.text), page_starts=()))
    assert disagreements(gold, meeting_json(meeting.source, meeting, problems)) == []
