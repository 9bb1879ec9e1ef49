"""How long an answer takes: in a service that runs, and for a command that starts."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index.errors import QuestionError
from index.settings import Settings
from qa.evaluate.questions import KnownQuestion
from qa.models import Conversation
from qa.service import Service, open_service

ROOT = Path(__file__).parents[2]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def warm_times(settings: Settings, known: Sequence[KnownQuestion]) -> list[float]:
    """Seconds for each turn of each question, asked once, of a service that has answered one question before."""
    service = open_service(settings)
    service.ask("Hvad blev besluttet?")
    return [taken for question in known for taken in _turn_times(service, question)]


def _turn_times(service: Service, question: KnownQuestion) -> list[float]:
    conversation, times = Conversation(), []
    for turn in question.turns:
        start = time.perf_counter()
        try:
            answer = service.ask(turn, conversation)
        except QuestionError:  # refused before it is searched: no time of an answer
            return times
        times.append(time.perf_counter() - start)
        conversation = conversation.with_answer(answer)
    return times


def cold_times(index: Path, questions: Sequence[str]) -> list[float]:
    """Seconds for each question as a process of its own, from its start to its end."""
    command = [sys.executable, "-m", "qa.cli", "ask", "--index", str(index)]
    return [
        seconds(
            lambda question=question: subprocess.run([*command, question], cwd=ROOT, check=True, capture_output=True)
        )
        for question in questions
    ]


def summary(times: Sequence[float]) -> dict[str, float]:
    """In milliseconds."""
    taken = 1000 * np.array(times)
    p50, p95, longest = np.percentile(taken, (50, 95, 100)).round(1).tolist()
    return {"n": len(taken), "p50_ms": p50, "p95_ms": p95, "max_ms": longest}
