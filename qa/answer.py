"""Ranked items -> an answer: the decision, a list, or "the minutes do not say" with what comes nearest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from index.danish import fold, light_words
from index.dates import written_dates
from index.meetings import Extent
from index.models import Chunk, Citation, SectionKind, Span
from index.store import MinutesIndex
from index.stored import StoredItem
from qa.evidence import BUNDLED, Calibration, has_evidence
from qa.listing import RESUMED
from qa.models import Answer, Filters, Intent, Passage, Question, Result, Status
from qa.phrases import cited, decided, limits, phrase, places, stated
from qa.recounted import recounted
from qa.retrieve import Hit, Ranking, extent_within, is_within, item_ids_within, retrieve
from qa.select import Selection, select
from qa.statements import SMALL_PRINT, Statement

RESULTS = 8
NEAREST = 3
_LISTED = 1_000
_PASSAGES = 3
_CHARACTERS_OF_PASSAGES = 900
_CHARACTERS_OF_PROOF = 400


def answer(index: MinutesIndex, question: Question, calibration: Calibration = BUNDLED) -> Answer:
    """Answer a question that was understood."""
    if question.intent is Intent.LIST:
        return _list(index, question, calibration)
    selected = Selection()
    if question.known and _asks_something(index, question):
        selected = select(index, question, calibration)
    if not selected.hits and (told := recounted(index, question, calibration)):
        results = _results(index, question, told.hits[:RESULTS], told.stated)
        by_a_passage = replace(question, intent=Intent.FACT)  # and not by what was decided when it was told
        return Answer(by_a_passage, Status.ANSWERED, stated(results[0].citation, question.language), results)
    if not selected.hits:
        return _not_found(index, question, selected.ranking)
    if question.intent is Intent.HISTORY:
        return _history(index, question, selected.hits[0])
    results = _results(index, question, selected.hits[:RESULTS], selected.stated)
    return Answer(question, Status.ANSWERED, _sentence(question, results[0]), results)


def _history(index: MinutesIndex, question: Question, hit: Hit) -> Answer:
    """Every time that the case of an item was dealt with, oldest first."""
    language = question.language
    found = index.catalogue.items([hit.item_id])[0]
    case = found.item.case_number
    dealt_with = index.register.case(found.meeting.municipality, case) if case else [found]
    reason = (phrase(language, "of the case", case=case),) if case else ()
    results = tuple(Result(stored.id, stored.item, citation_of(stored), (), 1.0, reason) for stored in dealt_with)
    name = "history" if len(results) > 1 else "no history" if case else "no case"
    text = phrase(language, name, count=len(results), case=case)
    return Answer(question, Status.LIST, text, results)


def _asks_something(index: MinutesIndex, question: Question) -> bool:
    """Whether there is anything to look for; what stands beside a number that nothing bears does not count, and a fact
    of nothing in particular ("hvem deltog?") is no item's."""
    borne = all(index.holds_identifier(identifier) for identifier in question.identifiers)
    limited = bool(question.filters) and (question.fact is None or question.filters.item is not None)
    says = [word for word in question.words if question.fact is None or fold(word) not in light_words()]
    return borne and bool(says or question.identifiers or question.about or limited)


def _list(index: MinutesIndex, question: Question, calibration: Calibration) -> Answer:
    """All items within the question's limits: a query over the catalogue, complete by nature."""
    ids = item_ids_within(index, question.filters) if question.known else []
    if question.words:
        hits = retrieve(index, question, _LISTED).hits
        about = {hit.item_id for hit in hits if has_evidence(hit, question, calibration)}
        ids = [item_id for item_id in ids if item_id in about]
    if not ids:
        return _not_found(index, question)
    language = question.language
    reason = (phrase(language, "limits"),)
    results = tuple(
        Result(found.id, found.item, citation_of(found), _proof(index, found, question.filters), 1.0, reason)
        for found in index.catalogue.items(ids)
    )
    text = phrase(language, "one" if len(ids) == 1 else "many", count=len(ids), limits=_bracketed(question))
    return Answer(question, Status.LIST, text, results)


def _proof(index: MinutesIndex, found: StoredItem, filters: Filters) -> tuple[Passage, ...]:
    """Where an item says that it belongs to the set, if the decision does not say it: a section with its heading."""
    kinds = (SectionKind.PROCESS,) if filters.forwarded_to else ()
    if filters.resumed:
        kinds = (SectionKind.EARLIER_DECISION, SectionKind.CASE_TEXT)
    sections = [section for section in found.item.sections if section.kind in kinds and section.heading]
    if filters.resumed:
        sections = [section for section in sections if RESUMED.search(section.heading)] or sections[:1]
    if not sections:
        return ()
    text = index.catalogue.meeting(found.meeting.id).text
    span = Span(sections[0].span.start, min(sections[0].body.end, sections[0].span.start + _CHARACTERS_OF_PROOF))
    return (Passage(sections[0].kind, span.of(text).rstrip(), span),)


def _not_found(index: MinutesIndex, question: Question, ranking: Ranking | None = None) -> Answer:
    """The honest no: what was searched, and what comes nearest when the question's limits are lifted.

    Args:
        ranking: of what was searched.
    """
    language = question.language
    lifted = replace(question, filters=Filters(), intent=Intent.DECISION)
    nearest: tuple[Result, ...] = ()
    if question.words or question.identifiers or question.bound:
        is_unlimited = ranking is not None and ranking.hits and not (question.filters or question.bound)
        nearest = _results(index, lifted, (ranking if is_unlimited else retrieve(index, lifted)).hits[:NEAREST])
    within = extent_within(index, question.filters)
    if not question.known or not within.items:
        nothing = phrase(language, "no meetings", limits=_bracketed(question))
    elif question.intent is Intent.LIST:
        nothing = phrase(language, "none", limits=_bracketed(question))
    else:
        nothing = phrase(language, "nothing")
    if nearest:
        beyond = not is_within(index, nearest[0].item_id, question.filters)
        citation = cited(nearest[0].citation, language)
        nothing += " " + phrase(language, "nearest beyond" if beyond else "nearest", citation=citation)
    return Answer(
        question,
        Status.NOT_FOUND,
        nothing,
        (),
        nearest,
        _searched(within if within.items else extent_within(index, Filters()), language),
    )


def _bracketed(question: Question) -> str:
    within = [words for _, words in limits(question.filters, question.language)]
    return f" ({', '.join(within)})" if within else ""


def _searched(extent: Extent, language: str) -> str:
    """What was searched, in words."""
    years = dict.fromkeys(date.year for date in (extent.first, extent.last) if date)
    return phrase(
        language,
        "searched",
        meetings=phrase(language, "meeting" if extent.meetings == 1 else "meetings", count=extent.meetings),
        years=f" ({'–'.join(map(str, years))})" if years else "",
        places=places(extent.municipalities, language),
        items=phrase(language, "item count" if extent.items == 1 else "items count", count=extent.items),
    )


def _sentence(question: Question, result: Result) -> str:
    """A decision is told by its outcome; a fact that stands in the case text is told by where it stands."""
    decision_speaks = not result.passages or result.passages[0].section in (SectionKind.DECISION, SectionKind.HEADING)
    if question.fact and not decision_speaks:
        return stated(result.citation, question.language)
    return decided(result.item, result.citation, question.language)


def _results(
    index: MinutesIndex,
    question: Question,
    hits: Sequence[Hit],
    stated: Mapping[int, tuple[Statement, ...]] = MappingProxyType({}),
) -> tuple[Result, ...]:
    stored = index.catalogue.items(hit.item_id for hit in hits)
    chunks = index.catalogue.chunks(chunk_id for hit in hits for chunk_id in hit.chunk_ids[:_PASSAGES])
    results = []
    for hit, found in zip(hits, stored, strict=True):
        quoted = [_of_chunk(chunks[chunk_id]) for chunk_id in hit.chunk_ids[:_PASSAGES]]
        if statements := stated.get(hit.item_id):
            small_print = [passage for passage in quoted[:1] if passage.section in SMALL_PRINT]
            told = [_of_statement(statement) for statement in statements]
            comes_first = statements[0].answers or told[0].section is SectionKind.SUMMARY
            quoted = [*told[:1], *small_print, *told[1:]] if comes_first else [*small_print, *told]
        passages = _at_a_glance([*_decided_then(index, question, found), *quoted])
        citation = citation_of(found, passages[0] if passages else None)
        results.append(Result(found.id, found.item, citation, passages, hit.score, _reasons(question, hit)))
    return tuple(results)


def _decided_then(index: MinutesIndex, question: Question, found: StoredItem) -> Iterator[Passage]:
    """What an item quotes of what was decided on another day that the question names."""
    named = {(day.day, day.month) for day in written_dates(question.text)}
    for section in found.item.sections if named else ():
        dated = {(day.day, day.month) for day in written_dates(section.heading)}
        if section.kind is SectionKind.EARLIER_DECISION and named & dated:
            meeting = index.catalogue.meeting(found.meeting.id)
            for part in meeting.unbroken(section.body):
                quoted = part.of(meeting.text).strip()
                start = meeting.text.index(quoted, part.start)
                yield Passage(section.kind, quoted, Span(start, start + len(quoted)), meeting.page_of(start))


def _at_a_glance(ranked: Sequence[Passage]) -> tuple[Passage, ...]:
    """The first passage, and of the others as much as a reader takes in at a glance."""
    shown, left = [], _CHARACTERS_OF_PASSAGES
    for passage in ranked:
        if not shown or len(passage.text) < left:
            shown.append(passage)
            left -= len(passage.text) + 1
    return tuple(shown)


def _of_chunk(chunk: Chunk) -> Passage:
    return Passage(chunk.section, chunk.text, chunk.span, chunk.page)


def _of_statement(statement: Statement) -> Passage:
    chunk = statement.chunk
    return Passage(chunk.section, statement.text, statement.span, chunk.page, statement.value)


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
