"""The benchmark of scale: its minutes are what it takes them for, and its questions are answered where it says."""

import json
import sys

import pytest

from index.build import build_index, read_meetings
from index.settings import Settings
from qa.evaluate.questions import read_known
from qa.service import open_service
from tests.conftest import ROOT

sys.path.insert(0, str(ROOT))  # `benchmarks` is no part of what is installed

from benchmarks.scale import stages, written
from benchmarks.scale.minutes import Collection
from benchmarks.scale.printed import LAYOUTS, as_read
from benchmarks.scale.questions import KINDS, planted
from benchmarks.scale.report import write_report


@pytest.fixture(scope="module")
def minutes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("minutes")
    for made in Collection.shared().meetings(40):
        meeting = as_read(made)
        (folder / meeting.source).write_text(meeting.text, encoding="utf-8")
    return folder


def test_minutes_are_read_as_what_they_were_made_as(minutes):
    for number in range(len(LAYOUTS)):
        made = as_read(Collection.shared().meeting(number))
        read = read_meetings(minutes / made.source)[0].meeting
        assert (read.text.rstrip(), read.municipality, read.body, read.date) == (
            made.text.rstrip(),
            made.municipality,
            made.body,
            made.date,
        )
        for mine, theirs in zip(made.items, read.items, strict=True):
            told = (mine.number, mine.title, mine.case_number, mine.decision, mine.outcome)
            assert (theirs.number, theirs.title, theirs.case_number, theirs.decision, theirs.outcome) == told
            assert [section.kind for section in theirs.sections] == [section.kind for section in mine.sections]


def test_planted_questions_are_answered_by_the_items_that_they_were_planted_on(minutes, tmp_path):
    build_index(tmp_path / "index", [minutes], Settings())
    service, questions = open_service(Settings(index=tmp_path / "index")), planted(Collection.shared(), 40, 24)
    assert {question.kind for question in questions} == set(KINDS)
    answers = [service.ask(question.text) for question in questions if question.answer]
    found = [(answer.results[0].citation.source, answer.results[0].citation.item) for answer in answers]
    assert found == [question.answer for question in questions if question.answer]
    unsaid = [question for question in questions if question.kind == "unsaid"]
    assert not any(service.ask(question.text).results for question in unsaid)


def test_a_size_is_measured_and_reported(tmp_path):
    questions = planted(Collection.shared(), 20, 12)
    answered = [question for question in questions if question.answer]
    figures = stages.write(tmp_path, 20) | stages.ask(tmp_path, questions)
    figures |= stages.lose(tmp_path, answered) | stages.ask_bm25(tmp_path, 20, questions)
    figures |= stages.add(tmp_path, 20) | stages.remove(tmp_path)
    figures["first_cold_s"] = stages.ask_cold(tmp_path, answered[0])
    assert (figures["hit@1"], figures["ranked"], figures["exact"]) == (1.0, 1.0, 1.0)
    about = {"items": 20, "commit": "0123456789ab", "date": "2026-01-01", "machine": "one core"}
    about |= {"questions": 12, "compared": 8}
    measured = [about | {"stages": {"all": figures}}, about | {"items": 9, "commit": "ba9876543210", "stages": {}}]
    for of_size in (*measured, measured[0]):
        write_report(tmp_path / "results", of_size)
    page = (tmp_path / "results/scale.md").read_text(encoding="utf-8")
    assert "| commit | `ba9876543210` | `0123456789ab` |" in page
    assert "| answered right first (hit@1) |  | 1.0 |" in page
    assert json.loads((tmp_path / "results/scale.json").read_text(encoding="utf-8"))["sizes"] == measured[::-1]


def test_wide_search_finds_what_all_items_would_give(minutes, tmp_path, monkeypatch):
    build_index(tmp_path / "index", [minutes], Settings())
    monkeypatch.setattr(stages, "_MOST_RANKED", 10)
    questions = [question for question in planted(Collection.shared(), 40, 24) if question.answer]
    assert stages.lose(tmp_path, questions) == {"ranked": 1.0, "exact": 1.0}


def test_minutes_are_written_with_questions_that_their_items_answer(tmp_path):
    written.main([str(tmp_path), "--items", "20", "--questions", "12"])
    assert [path.name for path in sorted((tmp_path / "minutes").iterdir())] == ["0000000.txt", "0000001.txt"]
    questions = read_known(tmp_path / "questions.jsonl")
    assert {question.category for question in questions} == set(KINDS) - {"set"}
    assert all(bool(question.relevant) == (question.category != "unsaid") for question in questions)
