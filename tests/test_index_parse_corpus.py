"""The five real minutes, parsed: compared with what was checked by hand, and whole to the last character."""

import json
import subprocess
import sys

import pytest

from index.models import SectionKind
from index.parse import parse_minutes
from index.read import read_document
from qa.contract import meeting_json
from tests.conftest import CORPUS, SHARED

FILES = sorted(path.name for path in CORPUS.glob("*.txt"))


@pytest.fixture(params=FILES)
def read(request):
    document = read_document(CORPUS / request.param)
    return document, *parse_minutes(document)


def test_parse_is_as_accepted(read, snapshot):
    document, meeting, problems = read
    snapshot(document.path.stem, meeting_json(meeting.source, meeting, problems))


def test_every_character_belongs_somewhere(read):
    _, meeting, _ = read
    position = meeting.items[0].span.start
    for item in meeting.items:
        for section in item.sections:
            assert section.span.start == position
            assert section.span.start <= section.body.start <= section.body.end <= section.span.end
            position = section.span.end
        assert item.span.end == position
    assert position == len(meeting.text)


def test_quotations_stand_in_the_text(read):
    _, meeting, _ = read
    for item in meeting.items:
        for text in (item.decision, item.recommendation, *(earlier.text for earlier in item.earlier_decisions)):
            assert text is None or text in item.span.of(meeting.text)
        assert all(follow_up.text in item.decision for follow_up in item.follow_ups)


def test_only_the_meetings_own_decision_is_the_decision(read):
    _, meeting, _ = read
    for item in meeting.items:
        earlier = [section for section in item.sections if section.kind is SectionKind.EARLIER_DECISION]
        assert len(earlier) == len(item.earlier_decisions)
        assert all(decision.date < meeting.date for decision in item.earlier_decisions)


def test_the_file_name_plays_no_part(read, tmp_path):
    document, meeting, _ = read
    renamed = tmp_path / "uden-navn.txt"
    renamed.write_bytes(document.path.read_bytes())
    again, _ = parse_minutes(read_document(renamed))
    assert again.items == meeting.items
    assert (again.municipality, again.body, again.date) == (meeting.municipality, meeting.body, meeting.date)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared folder with gold and instruments is not beside the project")
def test_parse_equals_gold(tmp_path):
    parsed = [meeting_json(name, *parse_minutes(read_document(CORPUS / name))) for name in FILES]
    path = tmp_path / "parsed.json"
    path.write_text(json.dumps(parsed, ensure_ascii=False), encoding="utf-8")
    score = [sys.executable, SHARED / "score/score_parse.py", SHARED / "gold/parse.json", path, "--json"]
    assert set(json.loads(subprocess.check_output(score))["total"].values()) == {1.0}
