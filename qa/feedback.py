"""What readers say of answers, kept on this machine: questions for `referat eval`, and remarks that settle nothing."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from index.settings import user_data_folder
from qa.models import Answer, Limit, Result, Status

QUESTIONS, REMARKS = "questions.jsonl", "remarks.jsonl"
_lock = threading.Lock()


def feedback_folder() -> Path:
    return user_data_folder() / "feedback"


def shown(answer: Answer) -> tuple[Result, ...]:
    """The items that an answer gives as right: all of a list, the first of any other, none where there is none."""
    return answer.results if answer.status is Status.LIST else answer.results[:1]


def keep(
    turns: Sequence[str],
    answer: Answer,
    right: Sequence[Result] | None,
    note: str,
    now: dt.datetime,
    lifted: Collection[Limit] = (),
) -> Path:
    """Add what a reader says of an answer; returns the file that it was added to.

    Args:
        turns: the questions of the conversation up to and with the one that was answered.
        lifted: the limits that were taken off them. What is right without one settles nothing of the question as it
            reads, so such an answer gives a remark.
        right: the items that do answer it, empty where the minutes do not; None where the reader does not know.

    Raises:
        OSError: it cannot be written.
    """
    told: dict[str, Any] = {"id": f"reader-{now:%Y%m%dT%H%M%S%f}"}
    told |= {"question": turns[0]} if len(turns) == 1 else {"turns": list(turns)}
    told |= {"note": note.strip(), "shown": [_named(result) for result in shown(answer)]}
    if lifted:
        told |= {"lifted": sorted(lifted)}
    if right is not None:
        told |= {
            "category": "outcome" if len(right) > 1 else "reader",
            "relevant": [_named(result) for result in right],
        }
    path = feedback_folder() / (REMARKS if right is None or lifted else QUESTIONS)
    line = json.dumps({key: value for key, value in told.items() if value != ""}, ensure_ascii=False)
    with _lock:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    return path


def kept(name: str) -> bytes:
    """All that was kept under that name; empty where nothing was."""
    path = feedback_folder() / name
    return path.read_bytes() if path.is_file() else b""


def _named(result: Result) -> dict[str, str]:
    named = {"file": result.citation.source}
    if result.item.number:
        return named | {"item": result.item.number}
    if result.item.case_number:
        return named | {"case_number": result.item.case_number}
    return named | {"title": result.item.title}
