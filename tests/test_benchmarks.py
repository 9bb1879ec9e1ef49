"""The benchmarks: how peers are scored, and how a chunk finds its item (no peer is needed); what the soak notices."""

import json
import sys
import time

import numpy as np
import pytest

from index.build import build_index, read_meetings
from index.settings import Settings
from tests.conftest import CORPUS, ROOT

sys.path.insert(0, str(ROOT))  # `benchmarks` is no part of what is installed

from benchmarks.peers.documents import Places, file_documents, item_documents
from benchmarks.peers.protocol import Hit, Item
from benchmarks.peers.referat import Referat
from benchmarks.peers.report import figures_of, write_report
from benchmarks.peers.run import Row
from benchmarks.peers.score import (
    Question,
    Ranking,
    hits_by_category,
    invented,
    ranking_figures,
    read_questions,
    separation,
)
from benchmarks.soak import reader
from benchmarks.soak.minutes import write_matters
from benchmarks.soak.reader import COMING, GONE, THERE

A, B, C = Item("m.txt", "1"), Item("m.txt", "2"), Item("m.txt", "3")
QUESTIONS = [
    Question(("first",), "direct", frozenset({A})),
    Question(("second",), "direct", frozenset({A, B})),
    Question(("absent",), "fact", frozenset({C})),
    Question(("refused",), "fact", frozenset({C})),
    Question(("no answer",), "unanswerable", frozenset()),
    Question(("no answer",), "unanswerable", frozenset()),
]
RANKINGS = [
    Ranking((A, B), 0.9),
    Ranking((C, B, A), 0.8),
    Ranking((A,), 0.7),
    Ranking((), 0.0),
    Ranking((A,), 0.75),
    Ranking((), 0.0),
]


def test_ranks_count_the_first_right_item():
    assert ranking_figures(QUESTIONS, RANKINGS) == {"hit@1": 0.25, "hit@5": 0.5, "mrr": 0.375, "refused": 0.25}
    assert hits_by_category(QUESTIONS, RANKINGS) == {"direct": 0.5, "fact": 0.0}


def test_an_answer_to_what_is_not_answered_is_invented():
    assert invented(QUESTIONS, RANKINGS) == 0.5


def test_scores_are_held_to_the_same_share_of_refusals():
    auroc, still_answered = separation(QUESTIONS, RANKINGS, refused=0.0)
    assert auroc == pytest.approx(5.5 / 8)
    assert still_answered == 1.0
    assert separation(QUESTIONS, RANKINGS, refused=0.5)[1] == 0.5


def test_questions_are_read(tmp_path):
    path = tmp_path / "questions.jsonl"
    lines = [
        {"question": "b", "turns": ["a", "b"], "category": "conversation", "relevant": [{"file": "m.txt", "item": 3}]},
        {"question": "c", "category": "direct", "relevant": [{"file": "m.txt", "item": "", "title": "Et  Punkt"}]},
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    assert read_questions(path) == [
        Question(("a", "b"), "conversation", frozenset({C})),
        Question(("c",), "direct", frozenset({Item("m.txt", "etpunkt")})),
    ]


def test_a_chunk_belongs_to_the_item_that_most_of_it_stands_in():
    meeting = read_meetings(CORPUS / "nordfyn-direktionen-2021-04-21.txt")[0].meeting
    places, whole = Places([meeting]), file_documents([meeting])[0]
    assert len(item_documents([meeting])) == len(meeting.items) == 10
    for item in meeting.items:
        chunk = whole.text[item.span.start - 20 : item.span.end]
        assert places.item_of(Hit(whole.file, "", " ".join(chunk.split()), 1.0)) == (whole.file, item.number)
    assert places.item_of(Hit(whole.file, "", whole.text[:40], 1.0)) == (whole.file, "")
    assert places.item_of(Hit(whole.file, "7", "anything", 1.0)) == (whole.file, "7")


def test_referat_is_asked_turn_by_turn(tmp_path):
    referat = Referat(tmp_path / "index")
    referat.build([CORPUS])
    answered, candidates, seconds = referat.ask(["Hvad blev besluttet om Citrix?"])
    assert answered.items[0] == ("kalundborg-direktionen-2021-04-12.txt", "5")
    assert candidates == answered and seconds > 0
    refused, nearest, _ = referat.ask(["Hvad blev besluttet om Citrix?", "Hvem kører skolebussen?"])
    assert not refused.items and nearest.items


def test_the_report_says_which_commit_and_compares_with_bm25s(tmp_path):
    rows = [
        Row("Referat", "files", "as answered", RANKINGS, 2.0, np.full(6, 0.004)),
        Row("bm25s", "items", "last turn", RANKINGS, 0.5, np.full(6, 0.001)),
    ]
    figures = figures_of(rows, QUESTIONS)
    assert (figures[0]["build_ratio"], figures[0]["p50_ratio"]) == (4.0, 4.0)
    about = {"commit": "abc", "date": "2026-01-01", "questions": "q.jsonl", "answerable": 4, "unanswerable": 2}
    about |= {"meetings": 1, "items": 3, "machine": "one core", "versions": {"bm25s": "1"}}
    write_report(tmp_path, about, figures)
    page = (tmp_path / "peers.md").read_text(encoding="utf-8")
    assert "Commit `abc`" in page
    assert "| Referat | files | as answered | 0.250 | 0.500 | 0.375 | 0.250 | 0.500 |  | 2.00 (4x) | 4.0 (4x) |" in page
    assert json.loads((tmp_path / "peers.json").read_text(encoding="utf-8"))["rows"] == figures


@pytest.mark.parametrize(("told", "stale", "lost"), [(GONE, True, False), (THERE, False, True), (COMING, False, False)])
def test_soak_tells_answers_that_are_stale_or_lost(tmp_path, told, stale, lost):
    """Told that what is there is gone, and that what is gone is there, a reader must object."""
    matters = write_matters(tmp_path)
    build_index(tmp_path / "index", [CORPUS, *(matter.path for matter in matters[:4])], Settings())
    reader.share([told] * len(matters))
    notes = reader.read(tmp_path / "index", matters, time.monotonic() + 4, 2, seed=1)
    assert (bool(notes.stale), bool(notes.lost), notes.errors) == (stale, lost, [])
    assert len(notes.seconds) > 3 and notes.memory
