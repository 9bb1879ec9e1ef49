"""Decisions that no label announces: below a recommendation that shares its label, or at the end of an item's text."""

from __future__ import annotations

import re
from dataclasses import replace

from index.danish import sentences
from index.dates import written_dates
from index.models import Section, SectionKind, Span
from index.outcome import outcomes_said
from index.parse.labels import is_proposal_and_decision, proposes
from index.parse.lines import stripped_span

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_AGREED = re.compile(
    r"^(?:\w+\s){0,3}(?:besluttede|vedtog|aftalte|pegede\s+på|udpegede|valgte|godkendte|tiltrådte|anbefaler|anbefalede|indstiller)\b"
    r"|\b(?:blev|er)\s+(?:det\s+)?(?:besluttet|aftalt|udpeget|valgt)\b|\bder\s+(?:var|er)\s+enighed\s+om\b|^(?:det\s+)?aftalt\b",
    re.IGNORECASE,
)
_BRINGS = re.compile(r"^[A-ZÆØÅ][^.:;]{2,80}?\s(?:fremsender|forelægger|ansøger|anmoder|foreslår|indstiller)\b")
_NOTHING = re.compile(r"(?:intet|ingen)\b[^.\n]{0,40}\.?$", re.IGNORECASE)
_LIST = re.compile(r"^\s*(?:[-•·*–]|\d{1,2}[.)]\s|at\s|\w\)\s)")
_OF_THE_CASE = (SectionKind.SUMMARY, SectionKind.CASE_TEXT, SectionKind.RECOMMENDATION)
_NEVER = (SectionKind.HEADING, SectionKind.ATTENDANCE)
_LONGEST_DECISION = 1500
_SHORT = 200


def with_unlabelled_decision(text: str, sections: list[Section]) -> list[Section]:
    """The sections, with a decision cut out of the one that holds it without saying so."""
    parted: list[Section] = []
    for section in sections:
        parted += _part_proposal(text, section, sections)
    parted = _without_case(text, parted)
    if any(section.kind is SectionKind.DECISION for section in parted):
        return parted
    for place in range(len(parted) - 1, -1, -1):
        section = parted[place]
        if section.kind is SectionKind.EARLIER_DECISION:
            break
        start = _start_of_agreement(text, section)
        if start is not None:
            parted[place : place + 1] = _cut(text, section, start)
            break
    return parted


def _part_proposal(text: str, section: Section, sections: list[Section]) -> list[Section]:
    """A section "Indstilling og beslutning" as its two parts; as the first of them, where the decision has its own."""
    if section.kind is not SectionKind.DECISION or not is_proposal_and_decision(section.heading):
        return [section]
    if any(other.kind is SectionKind.DECISION and other is not section for other in sections):
        return [replace(section, kind=SectionKind.RECOMMENDATION)]
    paragraphs = _paragraphs(text, section.body)
    proposal = [place for place, (start, end) in enumerate(paragraphs) if proposes(text[start:end].split("\n")[0])]
    if not proposal or proposal[0] > 0:
        return [section]
    decision = next((start for start, end in paragraphs[1:] if not _LIST.match(text[start:end])), None)
    if decision is None:
        return [Section(SectionKind.RECOMMENDATION, section.heading, section.span, section.body)]
    first, second = _cut(text, section, decision)
    return [Section(SectionKind.RECOMMENDATION, first.heading, first.span, first.body), second]


def _without_case(text: str, sections: list[Section]) -> list[Section]:
    """The sections, in which a decision that stands on top of its case ends where someone brings the case."""
    for place, section in enumerate(sections[:-1]):
        if section.kind is SectionKind.DECISION and sections[place + 1].kind in _OF_THE_CASE:
            paragraphs = _paragraphs(text, section.body)[1:]
            if brought := next((start for start, end in paragraphs if _BRINGS.search(text[start:end])), None):
                decision, case = _cut(text, section, brought)
                return [*sections[:place], decision, replace(case, kind=SectionKind.CASE_TEXT), *sections[place + 1 :]]
    return sections


def _start_of_agreement(text: str, section: Section) -> int | None:
    """Where the paragraph begins that says what was agreed: at the end of a text; below a label it is short."""
    if section.kind in _NEVER or section.body.start == section.body.end:
        return None
    paragraphs = _paragraphs(text, section.body)
    if not section.heading and _NOTHING.match(section.body.of(text)):
        return section.body.start
    labelled = bool(section.heading) or section.kind is SectionKind.RECOMMENDATION
    for start, end in reversed(paragraphs[1:][-2:] if labelled else paragraphs[-2:]):
        words = text[start:end]
        if end - start > (_SHORT if labelled else _LONGEST_DECISION):
            continue
        if not _LIST.match(words) and not proposes(words.split("\n")[0]) and _says_agreement(words):
            return start
    return None


def _says_agreement(words: str) -> bool:
    """Whether a paragraph's first sentence tells what was agreed, and not on another day, or a later one says so."""
    spans = sentences(words)
    first = words[slice(*spans[0])]
    if any(_AGREED.search(words[start:end]) for start, end in spans[1:]):
        return True
    if (dates := written_dates(first)) and dates[0].start < len(first) // 3:
        return False
    return bool(outcomes_said(first) or _AGREED.search(first))


def _paragraphs(text: str, span: Span) -> list[tuple[int, int]]:
    edges, start = [], span.start
    for gap in _PARAGRAPH.finditer(text, span.start, span.end):
        edges.append((start, gap.start()))
        start = gap.end()
    return [edge for edge in (*edges, (start, span.end)) if edge[0] < edge[1]]


def _cut(text: str, section: Section, start: int) -> list[Section]:
    """A section in two at an offset: what stands before it, and the decision from there on."""
    before = Section(
        section.kind,
        section.heading,
        Span(section.span.start, start),
        Span(*stripped_span(text, section.body.start, start)),
    )
    return [before, Section(SectionKind.DECISION, "", Span(start, section.span.end), Span(start, section.body.end))]
