"""A whole item -> what its page shows: every section as printed, with the words that were quoted marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.due import due_date
from index.models import Citation, Meeting, Section, SectionKind, Span
from qa.texts import Texts
from qa.view.card import Badge, Quote, badges, citation_lines
from qa.view.duty import duty_note
from qa.view.grid import Grid, Prose, blocks

if TYPE_CHECKING:
    from qa.service import Record


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section as printed, with its tables as tables."""

    heading: str
    blocks: tuple[Prose | Grid, ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """A whole item: its sections in the order of the minutes, and the text that they were read from."""

    title: str
    badges: tuple[Badge, ...]
    decision: tuple[Quote, ...]
    citation: tuple[str, ...]
    sections: tuple[SectionView, ...]
    original: str
    follow_ups: tuple[Quote, ...]
    attachments: tuple[str, ...]
    case_worker: str
    is_marked: bool


def item_view(record: Record, quoted: Iterable[Span], texts: Texts) -> ItemView:
    item, meeting = record.item, record.meeting
    spans = [span for span in quoted if item.span.start <= span.start < span.end <= item.span.end]
    page = meeting.page_of(item.span.start) if meeting.page_starts else None
    citation = Citation(
        meeting.municipality,
        meeting.body,
        meeting.date,
        item.number,
        item.title,
        item.case_number,
        meeting.source,
        page,
    )
    first, _, last = citation_lines(citation, texts)
    return ItemView(
        title=f"{texts.item.format(number=item.number)}: {item.title}" if item.number else item.title,
        badges=badges(item, texts),
        decision=(Quote(item.decision.strip()),) if item.decision else (),
        citation=(first, last),
        sections=tuple(_section(section, meeting, spans) for section in _told(item.sections, spans)),
        original=item.span.of(meeting.text).strip(),
        follow_ups=tuple(
            Quote(duty.text, duty_note(duty, due_date(duty.due, meeting.date), texts)) for duty in item.follow_ups
        ),
        attachments=tuple(attachment.name for attachment in item.attachments),
        case_worker=texts.case_worker.format(name=item.case_worker) if item.case_worker else "",
        is_marked=bool(spans),
    )


def spans_of(written: Sequence[str]) -> list[Span]:
    """The spans of a link ("120-164"); whatever is not one is passed over, since a link may hold anything."""
    spans = []
    for words in written:
        start, _, end = words.partition("-")
        if start.isdecimal() and end.isdecimal() and len(words) <= 20:
            spans.append(Span(int(start), int(end)))
    return spans


def _told(sections: Iterable[Section], quoted: Sequence[Span]) -> list[Section]:
    """All but the item's heading, whose title and numbers stand above them; that too where words of it were quoted."""

    def is_quoted(section: Section) -> bool:
        return any(span.start < section.span.end and section.span.start < span.end for span in quoted)

    return [section for section in sections if section.kind is not SectionKind.HEADING or is_quoted(section)]


def _section(section: Section, meeting: Meeting, quoted: Iterable[Span]) -> SectionView:
    """The heading as printed, and all that follows it in the section, with the quoted stretches of it."""
    whole = section.span.of(meeting.text)
    text = whole.strip().removeprefix(section.heading).strip()
    start = section.span.start + whole.rindex(text)
    end = start + len(text)
    marks = (Span(max(span.start, start) - start, min(span.end, end) - start) for span in quoted)
    return SectionView(section.heading, blocks(text, (mark for mark in marks if mark.start < mark.end)))
