"""Answer -> plain display values. Titles, decisions and names come from documents and stay as they were written."""

from __future__ import annotations

from dataclasses import dataclass

from qa.models import Answer, Limit, Status
from qa.phrases import limits, respelling
from qa.texts import Texts
from qa.view.card import Card, Row, card, row

_OTHERS = 3


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question as the reader wrote it, what the reader took off again, and the answer."""

    asked: str
    answer: Answer
    lifted: frozenset[Limit] = frozenset()


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that was read out of a question; it can be taken off where there is a `limit`, or put back on."""

    words: str
    limit: Limit | None = None
    lifted: bool = False


@dataclass(frozen=True, slots=True)
class AnswerView:
    """`rows` are the items of a list, or else those beside the answer, or nearest to one, under `rows_title`."""

    sentence: str
    chips: tuple[Chip, ...]
    searched: str
    card: Card | None
    rows_title: str
    rows: tuple[Row, ...]


def answer_view(exchange: Exchange, texts: Texts) -> AnswerView:
    answer = exchange.answer
    answered = answer.status is Status.ANSWERED and bool(answer.results)
    titles = {Status.ANSWERED: texts.others, Status.LIST: "", Status.NOT_FOUND: texts.nearest}
    rows = {
        Status.ANSWERED: answer.results[1 : 1 + _OTHERS],
        Status.LIST: answer.results,
        Status.NOT_FOUND: answer.nearest,
    }
    return AnswerView(
        sentence=answer.text,
        chips=chips(exchange, texts),
        searched=answer.searched,
        card=card(answer.results[0], answer.question.intent, texts) if answered else None,
        rows_title=titles[answer.status],
        rows=tuple(row(result, texts) for result in rows[answer.status]),
    )


def chips(exchange: Exchange, texts: Texts) -> tuple[Chip, ...]:
    """What was read out of the question or taken over from the answer before it, and what of that was taken off."""
    question = exchange.answer.question
    taken = [Chip(words, limit) for limit, words in limits(question.filters, texts.code)]
    taken += [Chip(identifier) for identifier in question.identifiers]
    if corrected := respelling(question, texts.code):
        taken.append(Chip(corrected, Limit.SPELLING))
    if question.about is not None:
        taken.append(Chip(texts.continues, Limit.ITEM_BEFORE))
    return (*taken, *(Chip(texts.limits[limit], limit, lifted=True) for limit in sorted(exchange.lifted)))
