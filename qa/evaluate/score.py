"""One answer against what is known to be right. The answer is taken as the command writes it (`qa.contract`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from qa.evaluate.questions import ItemKey, KnownQuestion, without_spaces
from qa.models import Status

Texts = Callable[[str], Sequence[str]]
"""File name -> the texts of the minutes of that name, without white space."""

_LEAST_LIST_F1 = 0.8
_SHOWN_OF_PASSAGES = 900  # characters of its passages that a reader is shown of one result
_SHOWN_FIELDS = ("title", "decision", "citation", "journal_number", "case_number")


class Fault(StrEnum):
    REFUSED = "refused"
    INVENTED = "invented"
    WRONG_ITEM = "wrong item"
    LIST_INCOMPLETE = "list incomplete"
    NOT_SHOWN = "not shown"
    NOT_VERBATIM = "not verbatim"


@dataclass(frozen=True, slots=True)
class Score:
    """How a question was answered. What does not apply to it is None.

    Attributes:
        got: the items of the results, best first; `ungated`: those of the ranking before the evidence check.
        unshown: what must be shown and is not.
        quotes: the number of quotations; `unfaithful` of them do not stand in the minutes.
    """

    question: KnownQuestion
    got: tuple[ItemKey, ...]
    ungated: tuple[ItemKey, ...]
    trusted: bool
    quotes: int
    unfaithful: int
    invented: bool | None = None
    refused: bool | None = None
    hit1: bool | None = None
    hit5: bool | None = None
    shown: bool | None = None
    list_f1: float | None = None
    unshown: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Why the answer is not to be trusted; none where it is."""
        return (*self._wrong(), *([Fault.NOT_VERBATIM] if self.unfaithful else []))

    def _wrong(self) -> list[Fault]:
        if self.trusted:
            return []
        if self.invented:
            return [Fault.INVENTED]
        if self.refused:
            return [Fault.REFUSED]
        if self.list_f1 is not None:
            return [Fault.LIST_INCOMPLETE]
        return [Fault.NOT_SHOWN if self.hit1 else Fault.WRONG_ITEM]

    @property
    def rank(self) -> int | None:
        """The place of the first right item before the evidence check, from 1."""
        places = [place for place, key in enumerate(self.ungated, 1) if key in self.question.relevant]
        return places[0] if places else None


def score_answer(question: KnownQuestion, answer: dict[str, Any], ungated: Iterable[ItemKey], minutes: Texts) -> Score:
    """Score an answer; its quotations must stand in the minutes. `ungated` is the ranking before the evidence check."""
    results = answer["results"]
    keys = [question.key_of(result["source"], result) for result in results]
    got, found = tuple(dict.fromkeys(keys)), answer["status"] != Status.NOT_FOUND
    quotes = [(result["source"], text) for result in results for text in _quotations(result)]
    unfaithful = sum(not any(without_spaces(text) in whole for whole in minutes(source)) for source, text in quotes)
    seen = (got, tuple(dict.fromkeys(ungated)))
    if not question.relevant:
        return Score(question, *seen, not found, len(quotes), unfaithful, invented=found)
    first = [result for result, key in zip(results, keys, strict=True) if key == keys[0]]
    shown = _shown(answer, results if question.may_show_anywhere else first)
    unshown = tuple(text for text in question.must_show if not found or without_spaces(text) not in shown)
    list_f1 = _f1(set(got) if found else set(), set(question.relevant)) if question.wants_list else None
    hit1 = found and bool(got) and got[0] in question.relevant
    return Score(
        question,
        *seen,
        trusted=hit1 and not unshown if list_f1 is None else list_f1 >= _LEAST_LIST_F1,
        quotes=len(quotes),
        unfaithful=unfaithful,
        refused=not found or not got,
        hit1=hit1,
        hit5=found and not set(question.relevant).isdisjoint(got[:5]),
        shown=found and not unshown,
        list_f1=list_f1,
        unshown=unshown,
    )


def _f1(got: set[ItemKey], right: set[ItemKey]) -> float:
    return 2 * len(got & right) / (len(got) + len(right))


def _quotations(result: dict[str, Any]) -> list[str]:
    return [text for text in (result["decision"], *(passage["text"] for passage in result["passages"])) if text]


def _shown(answer: dict[str, Any], results: Iterable[dict[str, Any]]) -> str:
    """What a reader sees of some results, without white space."""
    parts = [answer["answer"]]
    for result in results:
        parts += [result[name] or "" for name in _SHOWN_FIELDS]
        parts.append(" ".join(passage["text"] for passage in result["passages"])[:_SHOWN_OF_PASSAGES])
    return without_spaces(" ".join(parts))
