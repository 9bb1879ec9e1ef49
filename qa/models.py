"""The nouns of asking: limits, question, passage, result, answer, conversation. All frozen; no I/O."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from index.meetings import MeetingColumns, Within
from index.models import AgendaItem, Citation, Outcome, SectionKind, Span

Language = Literal["da", "en"]


class Status(StrEnum):
    ANSWERED = "answered"
    LIST = "list"
    NOT_FOUND = "not_found"


class Intent(StrEnum):
    """What kind of answer a question wants."""

    DECISION = "decision"
    FACT = "fact"
    LIST = "list"
    HISTORY = "history"


class FactKind(StrEnum):
    """What an answer must hold."""

    MONEY = "money"
    SHARE = "share"
    FIGURE = "figure"
    COUNT = "count"
    DURATION = "duration"
    TIME = "time"
    PERSON = "person"
    NAME = "name"
    REASON = "reason"
    FUNDING = "funding"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that is asked for; `of`: the folded word of what is counted or bears the name, or what is abbreviated."""

    kind: FactKind
    of: str | None = None


class Limit(StrEnum):
    """What was read out of a question, and can be taken off again."""

    MUNICIPALITY = "municipality"
    BODY = "body"
    PERIOD = "period"
    ITEM = "item"
    OUTCOME = "outcome"
    CLOSED = "closed"
    RESUMED = "resumed"
    FORWARDED = "forwarded"
    SPELLING = "spelling"
    ITEM_BEFORE = "item_before"


@dataclass(frozen=True, slots=True)
class Filters:
    """The limits that a question puts on the meeting or the item; None or empty where it puts none. All are hard."""

    municipality: str | None = None
    body: str | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    item: str | None = None
    outcomes: frozenset[Outcome] = frozenset()
    closed: bool | None = None
    resumed: bool | None = None
    forwarded_to: str | None = None

    def __bool__(self) -> bool:
        return self != Filters()

    def without(self, lifted: Collection[Limit]) -> Filters:
        """The limits that are left when some are taken off."""
        nothing = Filters()
        fields = [name for limit in lifted for name in _FIELDS.get(limit, ())]
        return replace(self, **{name: getattr(nothing, name) for name in fields})


_FIELDS: dict[Limit, tuple[str, ...]] = {
    Limit.MUNICIPALITY: ("municipality",),
    Limit.BODY: ("body",),
    Limit.PERIOD: ("date_from", "date_to"),
    Limit.ITEM: ("item",),
    Limit.OUTCOME: ("outcomes",),
    Limit.CLOSED: ("closed",),
    Limit.RESUMED: ("resumed",),
    Limit.FORWARDED: ("forwarded_to",),
}


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the index holds, as far as a question can be limited to it."""

    municipalities: tuple[str, ...]
    bodies: tuple[str, ...]
    meetings: MeetingColumns

    def has_meeting(self, municipality: str | None, first: dt.date, last: dt.date) -> bool:
        return self.meetings.last_day(Within(municipality, first=first, last=last)) is not None

    def latest(self, municipality: str | None, body: str | None) -> dt.date | None:
        """The day of the last meeting there; None where there was none."""
        return self.meetings.last_day(Within(municipality, body))


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood.

    Attributes:
        text: what was asked, or for a follow-up the question that stands alone.
        asked: what it says beside its limits.
        words: the words of that which carry its meaning, stop words left out.
        identifiers: case, journal and document numbers in it, as written.
        names: those of the words that name something: proper names and years. An answer must have them.
        fact: what an answer to a question for a fact must hold.
        known: False where it names a municipality that the index does not hold.
        latest: whether the newest of the items that answer is wanted.
        corrected: (as written, as the minutes spell it) of the words that were misspelt.
        about: for a follow-up, the id of the item that the last answer was about.
        bound: whether the follow-up can mean no other item than that.
    """

    text: str
    language: Language
    intent: Intent
    filters: Filters
    asked: str
    words: tuple[str, ...]
    identifiers: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    fact: Fact | None = None
    known: bool = True
    latest: bool = False
    corrected: tuple[tuple[str, str], ...] = ()
    about: int | None = None
    bound: bool = False

    def without(self, lifted: Collection[Limit]) -> Question:
        """The question when some of what was read out of it is taken off; a corrected word is for the caller."""
        known = self.known or bool({Limit.MUNICIPALITY, Limit.BODY} & set(lifted))
        left = replace(self, filters=self.filters.without(lifted), known=known)
        return replace(left, about=None, bound=False) if Limit.ITEM_BEFORE in lifted else left


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotation: characters `span` of the meeting's text, word for word; `mark` is the stretch that is the fact."""

    section: SectionKind
    text: str
    span: Span
    page: int | None = None
    mark: Span | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """An agenda item that a question led to, with the passages that speak for it and the reasons why it is here."""

    item_id: int
    item: AgendaItem
    citation: Citation
    passages: tuple[Passage, ...]
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader is told. `nearest` holds near misses, and only where there is no answer."""

    question: Question
    status: Status
    text: str
    results: tuple[Result, ...] = ()
    nearest: tuple[Result, ...] = ()
    searched: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The answers so far, oldest first."""

    answers: tuple[Answer, ...] = ()

    def with_answer(self, answer: Answer) -> Conversation:
        return Conversation((*self.answers, answer))

    @property
    def last(self) -> Answer | None:
        return self.answers[-1] if self.answers else None
