"""A process that asks and asks, in one thread or several on one service, and notes what is not as it must be."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field
from multiprocessing.sharedctypes import SynchronizedArray
from pathlib import Path

from benchmarks.soak.minutes import Matter
from index.settings import Settings
from qa.models import Answer
from qa.service import Service, open_service

# What the writer last told of each of the minutes that come and go, counting on: gone, coming, there, going, gone ...
GONE, COMING, THERE, GOING = range(4)
_MAX_PAUSE_S = 0.5  # without one, eight readers would leave the writer no core
_STEADY = ("Hvad blev besluttet om Citrix?", "kalundborg-direktionen-2021-04-12.txt")


_told: SynchronizedArray


def share(told: SynchronizedArray) -> None:
    """Where this process looks up what the writer tells: handed to it once, as it begins."""
    global _told
    _told = told


@dataclass(slots=True)
class Notes:
    """What one reader process saw.

    Attributes:
        stale: answers from minutes whose removal had been reported before the question was asked.
        lost: questions that minutes answer that were there from before the question until after the answer.
        seconds: of each answer.
        memory: (seconds since the start, private megabytes) about once a second.
    """

    stale: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)


def read(index: Path, matters: list[Matter], until: float, threads: int, seed: int) -> Notes:
    """Ask until the clock (time.monotonic) says so."""
    notes, service, began = Notes(), open_service(Settings(index=index)), time.monotonic()
    askers = [
        threading.Thread(target=_ask, args=(service, matters, until, random.Random(seed + number), notes))
        for number in range(threads)
    ]
    for asker in askers:
        asker.start()
    while any(asker.is_alive() for asker in askers):
        notes.memory.append((time.monotonic() - began, private_megabytes()))
        time.sleep(1)
    return notes


def _ask(service: Service, matters: list[Matter], until: float, chance: random.Random, notes: Notes) -> None:
    while time.monotonic() < until:
        time.sleep(chance.uniform(0, _MAX_PAUSE_S))
        number = chance.randrange(len(matters))
        before, start = _told[number], time.perf_counter()
        try:
            cited = _cited(service.ask(matters[number].question))
            notes.seconds.append(time.perf_counter() - start)
            steady = chance.random() < 0.1 and _cited(service.ask(_STEADY[0]))
        except Exception as error:  # whatever it is, it is what is looked for here
            notes.errors.append(f"{type(error).__name__}: {error}")
            continue
        source = matters[number].path.name
        if before == _told[number] and before % 4 == GONE and source in cited:
            notes.stale.append(source)
        if before == _told[number] and before % 4 == THERE and cited[:1] != [source]:
            notes.lost.append(f"{source}: {cited}")
        if steady and steady[:1] != [_STEADY[1]]:
            notes.lost.append(f"{_STEADY[1]}: {steady}")


def _cited(answer: Answer) -> list[str]:
    return [result.citation.source for result in (*answer.results, *answer.nearest)]


def private_megabytes() -> float:
    """The memory of this process that it shares with nobody; mapped files are not in it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon")) / 1024
