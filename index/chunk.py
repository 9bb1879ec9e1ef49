"""Meeting -> chunks: stretches of one section of one item, led by a context line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.danish import sentences
from index.models import AgendaItem, Chunk, Meeting, Section, SectionKind, Span

CHUNK_WORDS = 60


def chunk_item(meeting: Meeting, item: AgendaItem) -> list[Chunk]:
    """The chunks of an item: its heading with the small print, then its sections."""
    chunks = []
    for section in item.sections:
        span = section.span if section.kind is SectionKind.HEADING else section.body
        context = _context(meeting, item, section)
        for part in meeting.unbroken(span):  # so that each chunk can be quoted as the source has it
            for start, end in _stretches(part.of(meeting.text)):
                whole = Span(part.start + start, part.start + end)
                chunks.append(Chunk(section.kind, whole, context, whole.of(meeting.text), meeting.page_of(whole.start)))
    return chunks


def _context(meeting: Meeting, item: AgendaItem, section: Section) -> str:
    sitting = " ".join(str(part) for part in (meeting.municipality, meeting.body, meeting.date) if part)
    return " · ".join(part for part in (sitting, item.title, section.heading.rstrip(":")) if part)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Whole sentences, as many as fit; a sentence that is too long by itself is cut between words."""
    first = last = None
    words = 0
    for start, end in sentences(text):
        length = len(text[start:end].split())
        if first is not None and words + length > CHUNK_WORDS:
            yield from _pieces(text, first, last)
            first, words = None, 0
        first, last, words = start if first is None else first, end, words + length
    if first is not None:
        yield from _pieces(text, first, last)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch in pieces of at most twice the usual length."""
    words = [match.span() for match in re.finditer(r"\S+", text[start:end])]
    first = 0
    while len(words) - first > 2 * CHUNK_WORDS:
        yield start + words[first][0], start + words[first + CHUNK_WORDS - 1][1]
        first += CHUNK_WORDS
    yield start + words[first][0], start + words[-1][1]
