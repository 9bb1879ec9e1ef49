"""One run: build, ask, and keep what was found and how long it took."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import numpy as np

from benchmarks.peers.documents import Places
from benchmarks.peers.protocol import Document, Hit, Peer
from benchmarks.peers.referat import Referat
from benchmarks.peers.score import Question, Ranking

PEERS = {
    "bm25s": "Bm25s",
    "llama_index": "LlamaIndex",
    "haystack": "Haystack",
    "txtai": "Txtai",
    "langchain": "LangChain",
}
"""Module -> class. A module is imported in the process that asks its peer, and nowhere else."""

CHUNKS = 50
"""How many chunks a peer is asked for: enough for ten items, even where one item has many of the best chunks."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one system found for each question, in one of the ways it was asked; times in seconds."""

    system: str
    given: str
    asked: str
    rankings: list[Ranking]
    build: float
    times: np.ndarray


def run_referat(folder: Path, paths: list[Path], questions: Sequence[Question]) -> list[Row]:
    """What it answers; and its candidates, whether it answers or not."""
    referat = Referat(folder)
    build = _seconds(lambda: referat.build(paths))
    referat.ask(questions[0].turns)  # warms up
    answers, candidates, times = zip(*[referat.ask(question.turns) for question in questions], strict=True)
    return [
        Row("Referat", "files", asked, list(rankings), build, np.array(times))
        for asked, rankings in (("as answered", answers), ("candidates", candidates))
    ]


def run_peer(
    module: str, given: dict[str, Sequence[Document]], places: Places, questions: Sequence[Question]
) -> tuple[list[Row], dict[str, str]]:
    """The rows of a peer with each kind of documents that it can be given, and the versions behind them."""
    peer: Peer = getattr(import_module(f"benchmarks.peers.{module}"), PEERS[module])()
    rows = []
    for kind, documents in given.items():
        if kind == "items" or peer.splits:
            rows += _rows(peer, kind, documents, places, questions)
    return rows, {package: version(package) for package in peer.packages}


def _rows(
    peer: Peer, kind: str, documents: Sequence[Document], places: Places, questions: Sequence[Question]
) -> list[Row]:
    """Conversations asked by their last turn; and by all turns joined."""
    build = _seconds(lambda: peer.build(documents))
    peer.ask(questions[0].turns[-1], CHUNKS)
    last, times = [], []
    for question in questions:
        started = time.perf_counter()
        hits = peer.ask(question.turns[-1], CHUNKS)
        times.append(time.perf_counter() - started)
        last.append(_ranking(hits, places))
    joined = [
        _ranking(peer.ask(" ".join(question.turns), CHUNKS), places) if len(question.turns) > 1 else ranking
        for question, ranking in zip(questions, last, strict=True)
    ]
    return [
        Row(peer.name, kind, asked, rankings, build, np.array(times))
        for asked, rankings in (("last turn", last), ("turns joined", joined))
    ]


def _ranking(hits: Sequence[Hit], places: Places) -> Ranking:
    return Ranking(tuple(dict.fromkeys(places.item_of(hit) for hit in hits)), hits[0].score if hits else 0.0)


def _seconds(do: Callable[[], None]) -> float:
    started = time.perf_counter()
    do()
    return time.perf_counter() - started
