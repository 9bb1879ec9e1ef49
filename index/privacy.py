"""Text under closed items is not kept, unless its owner says so: what is withheld is in no part of the index."""

from __future__ import annotations

import re
from dataclasses import replace

from index.models import AgendaItem, Meeting, SectionKind

PUBLISHED = (SectionKind.HEADING, SectionKind.DECISION)


def withhold_closed_text(meeting: Meeting) -> Meeting:
    """The meeting with only the heading and a published decision left of each closed item; all offsets stay."""
    text = meeting.text
    for item in meeting.items:
        for section in item.sections:
            if item.closed and section.kind not in PUBLISHED:
                span = section.span
                text = text[: span.start] + re.sub(r"[^\n]", " ", text[span.start : span.end]) + text[span.end :]
    return replace(meeting, text=text, items=tuple(_published(item) if item.closed else item for item in meeting.items))


def _published(item: AgendaItem) -> AgendaItem:
    sections = tuple(
        section if section.kind in PUBLISHED else replace(section, heading="") for section in item.sections
    )
    return replace(item, sections=sections, recommendation=None, process=None, earlier_decisions=(), attachments=())
