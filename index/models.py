"""The nouns of Referat: what a meeting, an agenda item, a decision and a chunk are.

All are frozen. A `Span` points into the normalised text of its meeting (`Meeting.text`), so that
every quotation can be checked against its source.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What a decision amounts to, normalised. The raw words are always shown beside it."""

    APPROVED = "approved"
    APPROVED_WITH_CHANGES = "approved_with_changes"
    RECOMMENDED = "recommended"
    NOTED = "noted"
    DISCUSSED = "discussed"
    POSTPONED = "postponed"
    REFERRED = "referred"
    HEARING = "hearing"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    NO_DECISION = "no_decision"
    CLOSED = "closed"
    OTHER = "other"


class SectionKind(StrEnum):
    """What a labelled part of an agenda item is for, whatever its heading is called."""

    HEADING = "heading"
    SUMMARY = "summary"
    CASE_TEXT = "case_text"
    RECOMMENDATION = "recommendation"
    ECONOMY = "economy"
    LEGAL_BASIS = "legal_basis"
    PROCESS = "process"
    HEARING = "hearing"
    EARLIER_DECISION = "earlier_decision"
    DECISION = "decision"
    ATTACHMENTS = "attachments"
    ATTENDANCE = "attendance"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` up to, not including, `end` of `Meeting.text`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that was not understood: data for the reader, not an exception."""

    file: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Where the text of a meeting departs from its source: `shown` characters from `at` on stand for `source`.

    A page's foot that tore a sentence is shown as nothing, an html entity as its letter.
    """

    at: int
    shown: int
    source: str


@dataclass(frozen=True, slots=True)
class Section:
    """A labelled part of an item. `span` covers heading and body; `body` the text without its heading."""

    kind: SectionKind
    heading: str
    span: Span
    body: Span


@dataclass(frozen=True, slots=True)
class EarlierDecision:
    """A decision of an earlier meeting or of another body, quoted inside an item."""

    body: str | None
    date: dt.date | None
    item: str | None
    text: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """An obligation in a decision: the sentence, who must act, and by when (an ISO date or the words)."""

    text: str
    who: str | None
    due: str | None


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    document_number: str | None = None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item of the agenda.

    Attributes:
        number: as printed, '' where none is.
        sections: they tile `span`.
        decision_in_source: where the foot of a page, or a note of who was absent, stands in the midst of the decision:
            the decision with that, as the source has it.
        conditions: what the decision adds to its outcome, verbatim.
        resumed: whether this body has had the item before it at an earlier meeting.
        process: the bodies that the item is to pass, verbatim, where the minutes say so.
    """

    number: str
    title: str
    closed: bool
    span: Span
    sections: tuple[Section, ...]
    case_number: str | None = None
    journal_number: str | None = None
    document_number: str | None = None
    case_worker: str | None = None
    case_type: str | None = None
    recommendation: str | None = None
    decision: str | None = None
    decision_in_source: str | None = None
    outcome: Outcome = Outcome.NO_DECISION
    outcomes: tuple[Outcome, ...] = ()
    conditions: tuple[str, ...] = ()
    resumed: bool = False
    process: str | None = None
    earlier_decisions: tuple[EarlierDecision, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """One sitting of a body, with its items.

    Attributes:
        text: the source without page furniture and markup; all spans point into it.
        page_starts: the offset at which each page begins, if known.
        edits: in order, every place where `text` departs from its source.
        items_start: where the first item begins; before it stand the header and the contents.
        part: its place, from 0, among the meetings of its file.
    """

    source: str
    text: str
    municipality: str | None
    body: str | None
    date: dt.date | None
    start_time: str | None
    place: str | None
    participants: tuple[str, ...]
    items: tuple[AgendaItem, ...]
    page_starts: tuple[int, ...] = ()
    edits: tuple[Edit, ...] = ()
    items_start: int = 0
    part: int = 0

    def unbroken(self, span: Span) -> tuple[Span, ...]:
        """A span in parts that each stand in the source without a break, white space aside."""
        first = bisect_left(self.edits, span.start, key=lambda edit: edit.at)
        parts, start = [], span.start
        for edit in self.edits[first:]:
            if edit.at >= span.end:
                break
            shown = self.text[edit.at : edit.at + edit.shown]
            if edit.at > span.start and shown.strip() != edit.source.strip():
                parts.append(Span(start, edit.at))
                start = edit.at + edit.shown if not shown.strip() else edit.at
        return tuple(part for part in (*parts, Span(start, span.end)) if part.of(self.text).strip())

    def page_of(self, offset: int) -> int | None:
        """The human page number (from 1) of a character offset, or None where the source has no pages."""
        return bisect_right(self.page_starts, offset) or None


@dataclass(frozen=True, slots=True)
class Minutes:
    """What a file says of one meeting, and what of it was not understood."""

    meeting: Meeting
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of one section that is searched as a unit, led by its context line when it is embedded."""

    section: SectionKind
    span: Span
    context: str
    text: str
    page: int | None = None

    @property
    def searchable(self) -> str:
        return f"{self.context}\n{self.text}"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quotation stands: enough for a reader to find the paper, and for a program to find the characters."""

    municipality: str | None
    body: str | None
    date: dt.date | None
    item: str
    title: str
    case_number: str | None
    source: str
    page: int | None = None
    span: Span | None = None
