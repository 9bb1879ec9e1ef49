"""Ranked items -> an answer: the decision, a list, or "the minutes do not say" with what comes nearest."""

from __future__ import annotations

from dataclasses import replace

from index.catalogue import StoredItem
from index.models import Citation, SectionKind
from index.store import MinutesIndex
from qa.evidence import has_evidence
from qa.models import Answer, Filters, Intent, Passage, Question, Result, Status
from qa.phrases import cited, decided, joined, limits, phrase, stated
from qa.retrieve import Hit, item_ids_within, retrieve

RESULTS = 8
NEAREST = 3
_PASSAGES = 3
_CHARACTERS_OF_PASSAGES = 900


def answer(index: MinutesIndex, question: Question) -> Answer:
    """Answer a question that was understood."""
    if question.intent is Intent.LIST:
        return _list(index, question)
    hits = retrieve(index, question) if question.known else []
    if not hits or not (question.bound or has_evidence(hits[0], question)):
        return _not_found(index, question)
    others = [hit for hit in hits[1:] if has_evidence(hit, question)]
    results = _results(index, question, [hits[0], *others][:RESULTS])
    return Answer(question, Status.ANSWERED, _sentence(question, results[0]), results)


def _list(index: MinutesIndex, question: Question) -> Answer:
    """All items within the question's limits: a query over the catalogue, complete by nature."""
    stored = index.catalogue.items(item_ids_within(index, question.filters))
    if not stored:
        return _not_found(index, question)
    reason = (phrase(question.language, "limits"),)
    results = tuple(Result(found.id, found.item, citation_of(found), (), 1.0, reason) for found in stored)
    within = limits(question.filters, question.language)
    name = "one" if len(results) == 1 else "many"
    text = phrase(question.language, name, count=len(results), limits=f" ({', '.join(within)})" if within else "")
    return Answer(question, Status.LIST, text, results)


def _not_found(index: MinutesIndex, question: Question) -> Answer:
    """The honest no: what was searched, and what comes nearest when the question's limits are lifted."""
    language = question.language
    searched = _searched(index, question.filters, language)
    lifted = replace(question, filters=Filters(), intent=Intent.DECISION)
    nearest = (
        _results(index, lifted, retrieve(index, lifted)[:NEAREST]) if question.words or question.identifiers else ()
    )
    meets = question.known and (not question.filters or item_ids_within(index, question.filters))
    within = limits(question.filters, language)
    nothing = (
        phrase(language, "nothing")
        if meets
        else phrase(language, "no meetings", limits=f" ({', '.join(within)})" if within else "")
    )
    if nearest:
        nothing += " " + phrase(language, "nearest", citation=cited(nearest[0].citation, language))
    return Answer(question, Status.NOT_FOUND, nothing, (), nearest, searched)


def _searched(index: MinutesIndex, filters: Filters, language: str) -> str:
    """What was searched, in words: the meetings within the limits, or all of them where the limits leave none."""
    stored = index.catalogue.items(item_ids_within(index, filters)) or index.catalogue.items(index.catalogue.item_ids())
    meetings = {found.meeting.id: found.meeting for found in stored}.values()
    years = sorted({meeting.date.year for meeting in meetings if meeting.date})
    names = sorted({meeting.municipality for meeting in meetings if meeting.municipality})
    return phrase(
        language,
        "searched",
        meetings=phrase(language, "meeting" if len(meetings) == 1 else "meetings", count=len(meetings)),
        years=f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(map(str, years)),
        municipalities=joined(names, language),
        items=phrase(language, "item count" if len(stored) == 1 else "items count", count=len(stored)),
    )


def _sentence(question: Question, result: Result) -> str:
    """A decision is told by its outcome; a fact that stands in the case text is told by where it stands."""
    decision_speaks = not result.passages or result.passages[0].section in (SectionKind.DECISION, SectionKind.HEADING)
    if question.intent is Intent.FACT and not decision_speaks:
        return stated(result.citation, question.language)
    return decided(result.item, result.citation, question.language)


def _results(index: MinutesIndex, question: Question, hits: list[Hit]) -> tuple[Result, ...]:
    stored = index.catalogue.items(hit.item_id for hit in hits)
    chunks = {chunk.id: chunk.chunk for chunk in index.catalogue.chunks(hit.item_id for hit in hits)}
    results = []
    for hit, found in zip(hits, stored, strict=True):
        passages = _passages([chunks[chunk_id] for chunk_id in hit.chunk_ids if chunk_id in chunks])
        citation = citation_of(found, passages[0] if passages else None)
        results.append(Result(found.id, found.item, citation, passages, hit.score, _reasons(question, hit)))
    return tuple(results)


def _passages(ranked: list) -> tuple[Passage, ...]:
    """The chunks that speak most for an item, as many as a reader takes in at a glance."""
    passages, characters = [], 0
    for chunk in ranked[:_PASSAGES]:
        if passages and characters + len(chunk.text) > _CHARACTERS_OF_PASSAGES:
            break
        characters += len(chunk.text)
        passages.append(Passage(chunk.section, chunk.text, chunk.span, chunk.page))
    return tuple(passages)


def _reasons(question: Question, hit: Hit) -> tuple[str, ...]:
    reasons = [phrase(question.language, "exact")] if hit.exact else []
    if hit.met:
        reasons.append(phrase(question.language, "words met", words=", ".join(hit.met)))
    score = f"{max(hit.dense, 0):.2f}"
    reasons.append(
        phrase(question.language, "near", score=score.replace(".", ",") if question.language == "da" else score)
    )
    return tuple(reasons)


def citation_of(found: StoredItem, passage: Passage | None = None) -> Citation:
    meeting, item = found.meeting, found.item
    page, span = (passage.page, passage.span) if passage else (None, None)
    return Citation(
        meeting.municipality,
        meeting.body,
        meeting.date,
        item.number,
        item.title,
        item.case_number,
        meeting.source,
        page,
        span,
    )
