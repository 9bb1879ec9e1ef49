"""The real minutes' development questions: measured, never trained or tuned on."""

from __future__ import annotations

import dataclasses
import json
import tempfile
from pathlib import Path
from unittest import mock

import numpy as np

import index.embed
from index.build import build_index, read_meetings
from index.chunk import chunk_item
from index.embed import BundledEmbedder
from index.meetings import MeetingColumns
from index.settings import BUNDLED, Settings
from index.store import MinutesIndex
from qa.models import Filters, Holdings
from qa.retrieve import retrieve
from qa.understand import understand
from training.measure import Score, ranking_figures, ranks


def read_questions(path: Path) -> list[dict]:
    """The questions that an item answers, and that stand alone."""
    questions = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [question for question in questions if question.get("relevant") and question.get("question")]


def figures_alone(score: Score, questions: list[dict], corpus: Path) -> dict[str, dict[str, float]]:
    """The score of an item's best chunk, among all items."""
    places: dict[tuple[str, str], int] = {}
    texts, item_of = [], []
    for path in sorted(corpus.glob("*.txt")):
        for meeting, item in ((m.meeting, item) for m in read_meetings(path) for item in m.meeting.items):
            place = places.setdefault((path.name, item.number), len(places))
            for chunk in chunk_item(meeting, item):
                texts.append(chunk.searchable)
                item_of.append(place)
    of_chunks = score([question["question"] for question in questions], texts)
    scores = np.full((len(questions), len(places)), -np.inf, np.float32)
    np.maximum.at(scores.T, item_of, of_chunks.T)
    right = [{places[r["file"], r["item"]] for r in question["relevant"]} for question in questions]
    return _by_language(ranks(scores, right), questions)


def figures_in_use(model: Path, questions: list[dict], corpus: Path) -> dict[str, dict[str, float]]:
    """Through the store and soft word matching, without the question's limits and exact numbers."""
    embedder = BundledEmbedder(model, name=BUNDLED)
    with mock.patch.object(index.embed, "_bundled", lambda: embedder), tempfile.TemporaryDirectory() as folder:
        build_index(Path(folder), [corpus], Settings(index=Path(folder)))
        minutes = MinutesIndex.open(Path(folder))
        holdings = Holdings(municipalities=(), bodies=(), meetings=MeetingColumns([]))
        found = [_rank(minutes, question, holdings) for question in questions]
    return _by_language(np.array(found), questions)


def _rank(minutes: MinutesIndex, question: dict, holdings: Holdings) -> float:
    asked = understand(question["question"], holdings)
    hits = retrieve(minutes, dataclasses.replace(asked, filters=Filters(), identifiers=())).hits
    right = {(relevant["file"], relevant["item"]) for relevant in question["relevant"]}
    stored = {found.id: found for found in minutes.catalogue.items([hit.item_id for hit in hits])}
    for rank, hit in enumerate(hits, 1):
        found = stored[hit.item_id]
        if (found.meeting.source, found.item.number) in right:
            return rank
    return np.inf


def _by_language(found: np.ndarray, questions: list[dict]) -> dict[str, dict[str, float]]:
    figures = {"all": ranking_figures(found)}
    for name, lang in (("danish", "da"), ("english", "en")):
        figures[name] = ranking_figures(found[np.array([question["lang"] == lang for question in questions])])
    return figures
