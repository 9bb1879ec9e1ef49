"""Questions whose right answer is known, from a JSONL file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from index.errors import QuestionError
from index.models import AgendaItem
from qa.batch import BatchLine, line_error, read_batch
from qa.service import Service

ItemKey = tuple[str, str]
"""File name, and the number as printed; where none is printed the case number, else the title without white space."""

_LIST_CATEGORY = "outcome"
_ENTITY_CATEGORY = "entity"


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question with what is known of its answer. No `relevant` item: the minutes do not answer it.

    Attributes:
        unnumbered: the files in which a right item has no printed number.
        must_show: what the answer must show, word for word, white space aside.
    """

    id: str
    category: str
    turns: tuple[str, ...]
    relevant: tuple[ItemKey, ...]
    unnumbered: frozenset[str]
    must_show: tuple[str, ...]

    @property
    def wants_list(self) -> bool:
        """Whether all the right items are wanted, and not one of them."""
        return len(self.relevant) > 1 and self.category == _LIST_CATEGORY

    @property
    def may_show_anywhere(self) -> bool:
        """Whether what must be shown may stand in any result, and not in the first alone."""
        return self.category in (_LIST_CATEGORY, _ENTITY_CATEGORY)

    def key_of(self, source: str, item: Mapping[str, Any]) -> ItemKey:
        """The key of an item of an answer: one without a number has a name only where a right item has none either."""
        return source, _number(item) or (_name_without_number(item) if source in self.unnumbered else "")

    def key_of_item(self, source: str, item: AgendaItem) -> ItemKey:
        return self.key_of(source, {"item": item.number, "case_number": item.case_number, "title": item.title})


def read_known(path: Path) -> list[KnownQuestion]:
    """The questions of a file as for `referat ask --batch`, each with `relevant`, and with `id`, `category` and
    `answer_contains` if wanted; other keys are passed over.

    Raises:
        QuestionError: the file or a line cannot be used; the message names the line.
    """
    known = [_known(path, line) for line in read_batch(path)]
    if not known:
        raise QuestionError(f"{path} holds no questions. Write a JSON object a line.")
    return known


def unknown_items(service: Service, known: Sequence[KnownQuestion]) -> list[tuple[KnownQuestion, ItemKey]]:
    """The right items that the index does not hold: a slip in the file of questions, or minutes that are missing."""

    @cache
    def items_of(source: str) -> list[AgendaItem]:
        return [item for meeting in service.minutes(source) for item in meeting.items]

    return [
        (question, key)
        for question in known
        for key in question.relevant
        if key not in {question.key_of_item(key[0], item) for item in items_of(key[0])}
    ]


def without_spaces(text: str | None) -> str:
    return re.sub(r"\s+", "", text or "")


def _known(path: Path, line: BatchLine) -> KnownQuestion:
    relevant, must_show = line.given.get("relevant"), line.given.get("answer_contains") or []
    if not isinstance(relevant, list) or not all(_names_item(item) for item in relevant):
        form = '[{"file": "minutes.txt", "item": "5"}], or [] where the minutes do not answer'
        raise line_error(path, line.number, f"`relevant` does not hold the right items as {form}")
    if not isinstance(must_show, list) or not all(isinstance(text, str) for text in must_show):
        raise line_error(path, line.number, "`answer_contains` is not a list of texts")
    return KnownQuestion(
        id=str(line.given.get("id") or f"line {line.number}"),
        category=str(line.given.get("category") or ""),
        turns=line.turns,
        relevant=tuple(dict.fromkeys((_file(item), _number(item) or _name_without_number(item)) for item in relevant)),
        unnumbered=frozenset(_file(item) for item in relevant if not _number(item)),
        must_show=tuple(must_show),
    )


def _names_item(item: Any) -> bool:
    if not isinstance(item, dict) or not isinstance(item.get("file"), str) or not item["file"]:
        return False
    return bool(_number(item) or _name_without_number(item))


def _file(item: Mapping[str, Any]) -> str:
    return PurePath(item["file"]).name


def _number(item: Mapping[str, Any]) -> str:
    number = item.get("item")
    return "" if number is None else str(number).strip()


def _name_without_number(item: Mapping[str, Any]) -> str:
    return str(item.get("case_number") or without_spaces(str(item.get("title") or "")).casefold())
