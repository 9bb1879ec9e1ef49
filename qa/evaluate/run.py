"""Asking all questions of a file, and the figures that come of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from index.errors import QuestionError
from qa.batch import last_answer
from qa.contract import answer_json, unasked_json
from qa.evaluate.figures import Figure, figure, ranking_values, require_ir_measures
from qa.evaluate.questions import ItemKey, KnownQuestion, without_spaces
from qa.evaluate.score import Score, Texts, score_answer
from qa.models import Answer, Status
from qa.service import Service

DEPTH = 20
"""How far the ranking before the evidence check is looked at."""
_MEASURES = ("trusted", "hit1", "hit5", "shown", "refused", "invented", "list_f1")


@dataclass(frozen=True, slots=True)
class Figures:
    """{measure: figure} of some questions: of the answers, of the ranking shown, of that before the evidence check."""

    n: int
    answers: dict[str, Figure]
    shown: dict[str, Figure]
    ungated: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class Evaluation:
    total: Figures
    categories: dict[str, Figures]
    failures: tuple[Score, ...]


def evaluate(service: Service, known: Sequence[KnownQuestion], progress: Callable[[str, int, int], None]) -> Evaluation:
    """Ask all questions and count. Quotations are looked up in the text of the minutes that the index keeps.

    Raises:
        ExtraMissing: ir_measures is not installed.
    """
    require_ir_measures()

    @cache
    def minutes(source: str) -> tuple[str, ...]:
        return tuple(without_spaces(meeting.text) for meeting in service.minutes(source))

    scores = []
    for done, question in enumerate(known, 1):
        scores.append(_ask(service, question, minutes))
        progress("questions", done, len(known))
    categories = sorted({question.category for question in known})
    return Evaluation(
        total=figures_of(scores),
        categories={name: figures_of([s for s in scores if s.question.category == name]) for name in categories},
        failures=tuple(score for score in scores if score.faults),
    )


def figures_of(scores: Sequence[Score]) -> Figures:
    answers = {}
    for name in _MEASURES:
        answers[name] = figure([float(value) for score in scores if (value := getattr(score, name)) is not None])
    quotes = [score.quotes for score in scores]
    faithful = [1 - score.unfaithful / max(score.quotes, 1) for score in scores]
    answers["verbatim"] = figure(faithful, weights=quotes)
    answerable = [score for score in scores if score.question.relevant]
    relevant = [score.question.relevant for score in answerable]
    shown = ranking_values(relevant, [score.got for score in answerable])
    ungated = ranking_values(relevant, [score.ungated for score in answerable])
    return Figures(
        len(scores),
        answers,
        {name: figure(values) for name, values in shown.items()},
        {name: figure(values) for name, values in ungated.items()},
    )


def _ask(service: Service, question: KnownQuestion, minutes: Texts) -> Score:
    try:
        answer = last_answer(service, question.turns)
    except QuestionError as error:
        return score_answer(question, unasked_json(question.turns[-1], error), (), minutes)
    return score_answer(question, answer_json(answer), _ungated(service, question, answer), minutes)


def _ungated(service: Service, question: KnownQuestion, answer: Answer) -> list[ItemKey]:
    """What was found before the evidence check, then the nearest items beyond the question's limits.

    What a list holds goes first: the catalogue orders it, not nearness.
    """
    listed = answer.results if answer.status is Status.LIST else ()
    ranked = service.ranking(answer.question, DEPTH)
    return [
        *(question.key_of_item(result.citation.source, result.item) for result in listed),
        *(question.key_of_item(found.meeting.source, found.item) for found in ranked),
        *(question.key_of_item(result.citation.source, result.item) for result in answer.nearest),
    ]
