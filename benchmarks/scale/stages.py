"""What is measured at each size; every stage runs in a process of its own, so that its memory is its own."""

from __future__ import annotations

import hashlib
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.scale.bm25 import Bm25
from benchmarks.scale.minutes import ITEMS_OF_A_MEETING, Collection, MadeMeeting
from benchmarks.scale.printed import as_read
from benchmarks.scale.questions import Planted
from benchmarks.scale.written import print_meeting
from index import build
from index.embed import load_embedder
from index.models import Minutes
from index.readings import Readings
from index.settings import Settings
from index.store import MinutesIndex
from index.update import update
from qa.models import Question
from qa.retrieve import item_ids_within, items_bearing, rank, retrieve, word_weights
from qa.service import open_service

MOST_READ = 1_000
"""Up to here the minutes are files that Referat reads; larger collections are handed to it as what it would read."""
_RANKED_AT_ONCE = 5_000
_MOST_RANKED = 20_000  # of more items, those of the nearest passages of all, and those that the words fit best, are
_WIDE = 2_000  # so many of each
_MEASURED_AT_ONCE = 100_000


def write(folder: Path, items: int) -> dict[str, Any]:
    """Build the index in `folder`/index; the minutes are made before the clock is started."""
    if items <= MOST_READ:
        minutes = folder / "minutes"
        minutes.mkdir()
        characters = sum(print_meeting(minutes, number) for number in range(items // ITEMS_OF_A_MEETING))
        seconds, busy = _timed(lambda: build.build_index(folder / "index", [minutes], Settings()))
    else:
        characters, seconds, busy = _build_of_meetings(folder, items)
    size = sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file())
    return {
        "route": "files" if items <= MOST_READ else "meetings",
        "characters": characters,
        "build_items_per_s": round(items / seconds),
        "build_busy_s": round(busy),
        "index_of_text": round(size / characters, 2),
        "build_peak_mb": _peak_megabytes(),
    }


def _build_of_meetings(folder: Path, items: int) -> tuple[int, float, float]:
    """(characters, seconds, seconds of the processor) of a build that is handed meetings; the clock is started when it
    has been handed them all."""
    read_in, began = [], []

    def read(readings: Readings) -> None:
        meetings = Collection.shared().meetings(items)
        read_in.append(sum(_read_in(readings, folder / "minutes", made) for made in meetings))
        began.extend((time.perf_counter(), time.process_time()))

    update(folder / "index", lambda _: None, lambda _: load_embedder(), read, Settings(), lambda *_: None)
    return read_in[0], time.perf_counter() - began[0], time.process_time() - began[1]


def _read_in(readings: Readings, minutes: Path, made: MadeMeeting) -> int:
    """As if a file with the meeting had been read."""
    meeting = as_read(made)
    checksum = hashlib.sha256(meeting.text.encode()).hexdigest()
    readings.read.add(str(minutes / meeting.source), checksum, (Minutes(meeting, ()),))
    return len(meeting.text)


def ask(folder: Path, questions: list[Planted]) -> dict[str, Any]:
    """Open with the files in memory, ask all once to warm up, and then once more; the answers are those of the last."""
    _open_and_close(folder)
    opening = time.perf_counter()
    service = open_service(Settings(index=folder / "index"))
    opening = time.perf_counter() - opening
    for question in questions:
        service.ask(question.text)
    times, right, refused, busy = {}, {}, [], []
    for question in questions:
        began, spent = time.perf_counter(), time.process_time()
        answer = service.ask(question.text)
        busy.append(1000 * (time.process_time() - spent))
        times.setdefault(question.kind, []).append(1000 * (time.perf_counter() - began))
        if question.answer:
            first = [(result.citation.source, result.citation.item) for result in answer.results[:1]]
            right.setdefault(question.kind, []).append(first == [question.answer])
        if question.kind == "unsaid":
            refused.append(not answer.results)
    p50, p95, p99 = np.percentile(sum(times.values(), []), (50, 95, 99)).round(1).tolist()
    return {
        "opening_s": round(opening, 2),
        "question_ms": {"p50": p50, "p95": p95, "p99": p99},
        "question_busy_ms": dict(zip(("p50", "p95"), np.percentile(busy, (50, 95)).round(1).tolist(), strict=True)),
        "question_ms_by_kind": {kind: round(float(np.median(of_kind)), 1) for kind, of_kind in times.items()},
        "hit@1": round(float(np.mean(sum(right.values(), []))), 3),
        "hit@1_by_kind": {kind: round(float(np.mean(hits)), 3) for kind, hits in right.items()},
        "refused": round(float(np.mean(refused)), 3),
        "serving_peak_mb": _peak_megabytes(),
        "serving_private_mb": _private_megabytes(),
    }


def ask_cold(folder: Path, question: Planted) -> float:
    """Seconds to open and to answer one question where none of the index is in memory."""
    for path in (folder / "index").rglob("*"):
        if path.is_file():
            descriptor = os.open(path, os.O_RDONLY)
            os.fsync(descriptor)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(descriptor)
    return _timed(lambda: open_service(Settings(index=folder / "index")).ask(question.text))[0]


def lose(folder: Path, questions: list[Planted]) -> dict[str, float]:
    """hit@1 of the ranking, and of one with every item for a candidate, or with many where there are too many."""
    service, index = open_service(Settings(index=folder / "index")), MinutesIndex.open(folder / "index")
    found, exact = [], []
    for planted in questions:
        question = service.understand(planted.text)
        best = _best_of(index, question, _exact_candidates(index, question))
        first = [hit.item_id for hit in retrieve(index, question).hits[:1]]
        bearing = [item for item in index.catalogue.items([best, *first])]
        right = [(item.meeting.source, item.item.number) == planted.answer for item in bearing]
        exact.append(right[0])
        found.append(right[-1] and bool(first))
    return {"ranked": round(float(np.mean(found)), 3), "exact": round(float(np.mean(exact)), 3)}


def _exact_candidates(index: MinutesIndex, question: Question) -> list[int]:
    within = item_ids_within(index, question.filters)
    if len(within) <= _MOST_RANKED:
        return within
    among, near = index.rows_of(within), index.near_words(question.words)
    by_words = index.lexical_candidates(near, word_weights(question.words, near, len(index.rows)), _WIDE, among)
    asked, vectors = index.embedder.embed_query(question.asked), index.dense.vectors()
    blocks = range(0, len(vectors), _MEASURED_AT_ONCE)
    cosines = np.concatenate([vectors[at : at + _MEASURED_AT_ONCE].astype(np.float32) @ asked for at in blocks])
    chunks = index.rows.chunks(among)
    nearest = chunks[np.argsort(-cosines[chunks])[:_WIDE]]
    by_meaning = index.rows.ids(index.rows.of_chunks(nearest))
    return list(dict.fromkeys([*items_bearing(index, question.identifiers, among), *by_words, *by_meaning]))


def _best_of(index: MinutesIndex, question: Question, items: list[int]) -> int:
    """The item that ranks first if each is a candidate."""
    near, bearing = index.near_words(question.words), items_bearing(index, question.identifiers, index.rows_of(items))
    parts = [items[start : start + _RANKED_AT_ONCE] for start in range(0, len(items), _RANKED_AT_ONCE)]
    firsts = [hit for part in parts for hit in rank(index, question, near, part, bearing).hits[:1]]
    return max(firsts, key=lambda hit: (hit.exact, hit.score, -hit.item_id)).item_id


def add(folder: Path, items: int) -> dict[str, float]:
    """Seconds to add one meeting, by the clock and of the processor."""
    new = folder / "new"
    new.mkdir(exist_ok=True)
    print_meeting(new, items // ITEMS_OF_A_MEETING)
    adding, busy = _timed(lambda: build.add_documents(folder / "index", [new], Settings()))
    return {"add_s": round(adding, 2), "add_busy_s": round(busy, 2), "add_peak_mb": _peak_megabytes()}


def remove(folder: Path) -> dict[str, float]:
    """Seconds to remove one meeting."""
    removing, busy = _timed(lambda: build.remove_documents(folder / "index", [f"{0:07}.txt"], Settings()))
    return {"remove_s": round(removing, 2), "remove_busy_s": round(busy, 2), "remove_peak_mb": _peak_megabytes()}


def ask_bm25(folder: Path, items: int, questions: list[Planted]) -> dict[str, float]:
    """Milliseconds that SQLite's FTS5 alone takes to rank the items by the question's stems."""
    bm25 = Bm25(folder / "bm25.sqlite", (item for made in Collection.shared().meetings(items) for item in made.items))
    times = []
    for question in questions + questions:
        began = time.perf_counter()
        bm25.search(question.text)
        times.append(1000 * (time.perf_counter() - began))
    return {"bm25_ms": round(float(np.median(times[len(questions) :])), 1)}


def _open_and_close(folder: Path) -> None:
    MinutesIndex.open(folder / "index").close()


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and seconds that a processor was busy with it: those of others do not count in them."""
    began, spent = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - spent


def _peak_megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _private_megabytes() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon")) // 1024
