"""Answer -> plain display values. Titles, decisions and names come from documents and stay as they were written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from index.models import AgendaItem, Citation, FollowUp, Outcome, SectionKind, Span
from qa.models import Answer, Intent, Limit, Passage, Result, Status
from qa.phrases import OUTCOME_LABELS, cited, limits, respelling, written_date
from qa.texts import Texts
from qa.view.plain import plain_label, shortened

Color = Literal["green", "blue", "gray", "orange", "violet", "red"]

_COLORS: dict[Outcome, Color] = {
    Outcome.APPROVED: "green",
    Outcome.APPROVED_WITH_CHANGES: "green",
    Outcome.RECOMMENDED: "blue",
    Outcome.POSTPONED: "orange",
    Outcome.REFERRED: "violet",
    Outcome.HEARING: "violet",
    Outcome.REJECTED: "red",
}
_TELLS_LITTLE = (SectionKind.HEADING, SectionKind.ATTACHMENTS)
_EXCERPT = 240
_PROPOSAL = 600


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
class Badge:
    label: str
    color: Color


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the minutes; `note` says where they stand, or whom they bind; `marks` are stretches that stand out."""

    text: str
    note: str = ""
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """The item that answers.

    Attributes:
        fact: the passages that answer, where the question was about a fact and not about the decision.
        no_decision: says so where the minutes give no decision; `decision` is empty then.
        context: the passage that came nearest to a question about the decision.
    """

    result: Result
    badges: tuple[Badge, ...]
    fact: tuple[Quote, ...]
    decision: tuple[Quote, ...]
    no_decision: str
    follow_ups: tuple[Quote, ...]
    proposal: tuple[Quote, ...]
    context: tuple[Quote, ...]
    citation: tuple[str, ...]
    copy: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An item in a list: what was decided about what, where it stands, and a label that opens it."""

    result: Result
    badge: Badge
    title: str
    excerpt: str
    citation: str
    open_label: str


@dataclass(frozen=True, slots=True)
class AnswerView:
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
    rows = {Status.ANSWERED: answer.results[1:4], Status.LIST: answer.results, Status.NOT_FOUND: answer.nearest}
    return AnswerView(
        sentence=answer.text,
        chips=chips(exchange, texts),
        searched=answer.searched,
        card=card(answer.results[0], answer.question.intent, texts) if answered else None,
        rows_title=titles[answer.status],
        rows=tuple(row(result, texts) for result in rows[answer.status]),
    )


def card(result: Result, intent: Intent, texts: Texts) -> Card:
    item = result.item
    decision = (item.decision or "").strip()
    proposal = shortened((item.recommendation or "").strip(), _PROPOSAL)
    is_fact = intent is Intent.FACT
    passages = _passages_beside(result, decision, "" if is_fact else proposal)
    quoted = is_fact and any(passage.section is SectionKind.RECOMMENDATION for passage in passages)
    return Card(
        result=result,
        badges=badges(item, texts),
        fact=tuple(_passage(passage, texts) for passage in passages if is_fact),
        decision=(Quote(decision, marks=_facts_in(decision, result)),) if decision else (),
        no_decision="" if decision else texts.closed_text if item.closed else texts.no_decision_text,
        follow_ups=tuple(follow_up(duty, texts) for duty in item.follow_ups),
        proposal=() if quoted else _quotes(proposal),
        context=tuple(_passage(passage, texts) for passage in passages if not is_fact)[:1],
        citation=citation_lines(result.citation, texts),
        copy=_copy(passages[0].text if is_fact and passages else decision, result.citation, texts),
        reasons=result.reasons,
    )


def row(result: Result, texts: Texts) -> Row:
    item = result.item
    meeting, _, paper = citation_lines(result.citation, texts)
    number = texts.item.format(number=item.number) if item.number else None
    label = texts.show_numbered_item.format(number=plain_label(item.number)) if item.number else texts.show_item
    return Row(
        result=result,
        badge=_badge(item.outcome, texts),
        title=item.title,
        excerpt=shortened(" ".join((item.decision or "").split()), _EXCERPT),
        citation=" · ".join(part for part in (meeting, number, paper) if part),
        open_label=label,
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


def citation_lines(citation: Citation, texts: Texts) -> tuple[str, ...]:
    """Which meeting, which item, which paper: three lines."""
    date = written_date(citation.date, texts.code) if citation.date else None
    meeting = ", ".join(part for part in (citation.municipality, citation.body, date) if part)
    item = f"{texts.item.format(number=citation.item)}: {citation.title}" if citation.item else citation.title
    case = texts.case_number.format(number=citation.case_number) if citation.case_number else None
    page = texts.page.format(page=citation.page) if citation.page else None
    paper = " · ".join(part for part in (case, citation.source, page) if part)
    return (meeting, item, paper) if meeting else (citation.source, item, paper)


def badges(item: AgendaItem, texts: Texts) -> tuple[Badge, ...]:
    others = [outcome for outcome in item.outcomes if outcome is not item.outcome]
    return tuple(_badge(outcome, texts) for outcome in (item.outcome, *others))


def _badge(outcome: Outcome, texts: Texts) -> Badge:
    label = OUTCOME_LABELS[texts.code][outcome]
    return Badge(label[:1].upper() + label[1:], _COLORS.get(outcome, "gray"))


def _quotes(text: str) -> tuple[Quote, ...]:
    return (Quote(text),) if text else ()


def _facts_in(decision: str, result: Result) -> tuple[Span, ...]:
    """Where the decision itself gives the fact that was asked for."""
    found = []
    for passage in result.passages:
        at = decision.find(passage.text)
        if passage.mark and at >= 0:
            start = at + passage.mark.start - passage.span.start
            found.append(Span(start, start + passage.mark.end - passage.mark.start))
    return tuple(found)


def _passages_beside(result: Result, *said: str) -> list[Passage]:
    """The passages that tell more than what stands on the card already."""
    unsaid = [passage for passage in result.passages if passage.section not in _TELLS_LITTLE]
    return [passage for passage in unsaid if not any(passage.text.strip() in words for words in said)]


def _passage(passage: Passage, texts: Texts) -> Quote:
    page = texts.page.format(page=passage.page) if passage.page else None
    note = " · ".join(part for part in (texts.sections[passage.section], page) if part)
    start = passage.span.start
    marks = (Span(passage.mark.start - start, passage.mark.end - start),) if passage.mark else ()
    return Quote(passage.text, note, marks)


def follow_up(duty: FollowUp, texts: Texts) -> Quote:
    who = texts.who.format(who=duty.who) if duty.who else None
    due = texts.due.format(due=_due(duty.due, texts)) if duty.due else None
    return Quote(duty.text, " · ".join(part for part in (who, due) if part))


def _due(due: str, texts: Texts) -> str:
    try:
        return written_date(dt.date.fromisoformat(due), texts.code)
    except ValueError:
        return due


def _copy(quoted: str, citation: Citation, texts: Texts) -> str:
    source = texts.source.format(citation=cited(citation, texts.code))
    return f"{quoted}\n\n{source}" if quoted else source
