"""Referat itself, asked as `referat ask --batch` asks it: each conversation turn by turn."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.documents import item_name
from benchmarks.peers.protocol import Item
from benchmarks.peers.score import Ranking
from index.build import build_index
from index.settings import Settings
from qa.models import Conversation, Result, Status
from qa.service import open_service


class Referat:
    def __init__(self, folder: Path) -> None:
        self._settings = Settings(index=folder)

    def build(self, paths: list[Path]) -> None:
        """Reads and parses too, which the peers are spared."""
        build_index(self._settings.index, paths, self._settings)
        self._service = open_service(self._settings)

    def ask(self, turns: Sequence[str]) -> tuple[Ranking, Ranking, float]:
        """The answer; the candidates, near misses of a no among them; the seconds that the last turn took."""
        conversation = Conversation()
        for turn in turns[:-1]:
            conversation = conversation.with_answer(self._service.ask(turn, conversation))
        started = time.perf_counter()
        answer = self._service.ask(turns[-1], conversation)
        seconds = time.perf_counter() - started
        results = () if answer.status is Status.NOT_FOUND else answer.results
        return _ranking(results), _ranking(results or answer.nearest), seconds


def _ranking(results: Sequence[Result]) -> Ranking:
    items = tuple(
        Item(result.citation.source, item_name(result.item.number, result.item.case_number, result.item.title))
        for result in results
    )
    return Ranking(items, results[0].score if results else 0.0)
