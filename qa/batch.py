"""A file of questions: a JSON object a line, with `question`, or with `turns` for a conversation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import QuestionError
from qa.models import Answer, Conversation
from qa.service import Service


@dataclass(frozen=True, slots=True)
class BatchLine:
    """What is asked in a line: its turns, of which the last is to be answered, and all else that stands there."""

    number: int
    turns: tuple[str, ...]
    given: dict[str, Any]


def read_batch(path: Path) -> list[BatchLine]:
    """All lines are read before the first is answered; empty ones are passed over.

    Raises:
        QuestionError: the file cannot be read, or a line is not of that form; the message names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"{path} cannot be read ({error}). Give a JSONL file in UTF-8.") from error
    return [_line(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _line(path: Path, number: int, line: str) -> BatchLine:
    try:
        given: dict[str, Any] = json.loads(line)
        turns = given.get("turns") or [given["question"]]
        if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
            raise TypeError("not a list of questions")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise line_error(path, number, "not a JSON object with `question` or `turns`") from error
    return BatchLine(number, tuple(turns), given)


def line_error(path: Path, number: int, what: str) -> QuestionError:
    return QuestionError(f"{path}, line {number}: {what}. Mend the line.")


def last_answer(service: Service, turns: tuple[str, ...]) -> Answer:
    """The answer to the last turn, in the light of those before it.

    Raises:
        QuestionError: a turn cannot be asked.
    """
    conversation = Conversation()
    for turn in turns:
        conversation = conversation.with_answer(service.ask(turn, conversation))
    return conversation.answers[-1]
