"""An item that a question led to -> its card or its row: the decision first, what else there is folded away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.due import due_date
from index.models import AgendaItem, Citation, Outcome, SectionKind, Span
from qa.models import Intent, Passage, Result
from qa.outcome_words import OUTCOME_LABELS
from qa.phrases import cited, written_date
from qa.texts import Texts
from qa.view.duty import duty_note
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
_DUTY = 90
_PROPOSAL = 600
_TERSE = 60
"""Characters of a decision that says no more than its outcome: what was decided stands in what was proposed."""


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
        fact: the passage that answers, where the question was about a fact and not about the decision.
        no_decision: says so where the minutes give no decision; `decision` is empty then.
        duties: who must act and by when, a line for each follow-up that says so.
        more: (heading, quotations) that tell more of the item; a reader who wants them unfolds them.
        is_unfolded: whether they are needed to tell what was decided.
    """

    result: Result
    badges: tuple[Badge, ...]
    fact: tuple[Quote, ...]
    decision: tuple[Quote, ...]
    no_decision: str
    duties: tuple[str, ...]
    more: tuple[tuple[str, tuple[Quote, ...]], ...]
    is_unfolded: bool
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


def card(result: Result, intent: Intent, texts: Texts) -> Card:
    item = result.item
    decision = (item.decision or "").strip()
    proposal = shortened((item.recommendation or "").strip(), _PROPOSAL)
    is_fact = intent is Intent.FACT
    passages = _passages_beside(result, decision, "" if is_fact else proposal)
    quotes = tuple(_passage(passage, texts) for passage in passages)
    fact, context = (quotes[:1], quotes[1:]) if is_fact else ((), quotes[:1])
    is_quoted = is_fact and any(passage.section is SectionKind.RECOMMENDATION for passage in passages)
    more = ((texts.proposal, _quotes("" if is_quoted else proposal)), (texts.context, context))
    return Card(
        result=result,
        badges=badges(item, texts),
        fact=fact,
        decision=(Quote(decision, marks=_facts_in(decision, result)),) if decision else (),
        no_decision="" if decision else texts.closed_text if item.closed else texts.no_decision_text,
        duties=_duties(result, texts),
        more=tuple(group for group in more if group[1]),
        is_unfolded=not is_fact and bool(proposal) and 0 < len(decision) <= _TERSE,
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
        badge=badge(item.outcome, texts),
        title=item.title,
        excerpt=shortened(" ".join((item.decision or "").split()), _EXCERPT),
        citation=" · ".join(part for part in (meeting, number, paper) if part),
        open_label=label,
    )


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
    return tuple(badge(outcome, texts) for outcome in (item.outcome, *others))


def badge(outcome: Outcome, texts: Texts) -> Badge:
    label = OUTCOME_LABELS[texts.code][outcome]
    return Badge(label[:1].upper() + label[1:], _COLORS.get(outcome, "gray"))


def _duties(result: Result, texts: Texts) -> tuple[str, ...]:
    """The decision holds the words of each follow-up: where there are several, a line begins with what it is about."""
    told = result.item.follow_ups
    notes = [(duty, duty_note(duty, due_date(duty.due, result.citation.date), texts)) for duty in told]
    if len(told) == 1:
        return tuple(note for _, note in notes if note)
    return tuple(f"{shortened(duty.text, _DUTY)} – {note}" for duty, note in notes if note)


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


def _copy(quoted: str, citation: Citation, texts: Texts) -> str:
    source = texts.source.format(citation=cited(citation, texts.code))
    return f"{quoted}\n\n{source}" if quoted else source
