"""The composition root: settings in, a service that answers out."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from index import snapshot
from index.errors import ItemNotFound, QuestionError
from index.models import AgendaItem, Meeting, Outcome
from index.register import Register, Wish
from index.settings import Settings
from index.store import MinutesIndex
from index.stored import SetAside, StoredItem, StoredMeeting
from qa.agenda import beside, numbered
from qa.answer import answer
from qa.converse import stand_alone
from qa.evidence import Calibration, read_calibration, write_calibration
from qa.models import Answer, Conversation, Filters, Holdings, Language, Limit, Question
from qa.precedents import precedents
from qa.retrieve import Hit, extent_within, retrieve
from qa.spelling import respelled
from qa.subjects import Subjects, abbreviations, title_words, topics
from qa.suggest import ABOUT, suggestions
from qa.understand import understand

LONGEST_QUESTION = 2_000
"""So many characters of a question are read; a page that was pasted in says by then what it is about."""
OVERVIEW_ITEMS = 5_000
"""So many of the newest items are gone through for what the minutes are about."""
_MOST_TOPICS = 20
_EXAMPLES, _EXAMPLES_AMONG = 4, 200
_EXAMPLE_TITLE_CHARACTERS = 50
_DECIDED = frozenset(Outcome) - {Outcome.NO_DECISION, Outcome.OTHER}


@dataclass(frozen=True, slots=True)
class Record:
    """An item in its meeting: all that there is to show of it."""

    id: int
    item: AgendaItem
    meeting: Meeting
    stored: StoredMeeting


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What the index holds. `first` and `last` are the dates of its earliest and latest meeting; `set_aside` are the
    accounts of meetings that do not answer, since another does; `closed_text` tells whether it has the text under
    closed items."""

    meetings: int
    items: int
    municipalities: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None
    model: str
    set_aside: tuple[SetAside, ...] = ()
    closed_text: bool = False


def open_service(settings: Settings) -> Service:
    """Open the index that the settings name.

    Raises:
        IndexUnusable: there is none, or it must not be asked; the message says how to mend it.
    """
    return Service(settings)


def index_version(settings: Settings) -> str:
    """What changes whenever the index does; cheap.

    Raises:
        IndexMissing, IndexForeign
    """
    return snapshot.current_name(settings.index)


class Service:
    """Answers questions on one index; follows it when it is rebuilt. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._open()

    def _open(self) -> None:
        self._index = MinutesIndex.open(self._settings.index, self._settings.device)
        choices = self._index.register.choices()
        self._holdings = Holdings(choices.municipalities, choices.bodies, self._index.catalogue.columns)
        self._calibration = read_calibration(self._settings.index, self._index.manifest.model_fingerprint)

    def _current(self) -> tuple[MinutesIndex, Holdings]:
        with self._lock:
            if index_version(self._settings) != self._index.name:
                self._open()
            return self._index, self._holdings

    def ask(
        self, text: str, conversation: Conversation | None = None, lifted: Collection[Limit] = frozenset()
    ) -> Answer:
        """Answer a question, in the light of what was answered before, without the limits that the reader takes off.

        Raises:
            QuestionError: the question is empty.
        """
        text = " ".join(text.encode(errors="replace").decode().split())
        if not text:
            raise QuestionError("The question is empty. Write what you want to know.")
        index, holdings = self._current()
        read = understand(text[:LONGEST_QUESTION], holdings)
        conversation = conversation or Conversation()
        question = stand_alone(read, conversation)
        question = (question if read.filters else beside(index, question, conversation)).without(lifted)
        if Limit.SPELLING not in lifted:
            question = respelled(index, question)
        if Limit.ITEM not in lifted:
            question = numbered(index, question)
        return answer(index, question, self._calibration)

    def suggestions(self, conversation: Conversation) -> tuple[str, ...]:
        """Follow-ups to the last answer that have an answer, too."""
        return suggestions(conversation, partial(self.precedents, most=2), lambda text: self.ask(text, conversation))

    def record(self, item_id: int) -> Record:
        """The whole item, with its meeting.

        Raises:
            ItemNotFound: there is no such item, or it has been removed.
        """
        index, _ = self._current()
        found = index.catalogue.items([item_id])
        if not found:
            raise ItemNotFound("This item is not in the index any more. Ask again.")
        return Record(item_id, found[0].item, index.catalogue.meeting(found[0].meeting.id), found[0].meeting)

    @property
    def register(self) -> Register:
        """Meetings, cases and follow-ups, to be browsed."""
        return self._current()[0].register

    def meeting(self, stored: StoredMeeting) -> Meeting:
        """The whole meeting."""
        return self._current()[0].catalogue.meeting(stored.id)

    def find_items(self, reference: str) -> tuple[Record, ...]:
        """The items that "SOURCE:NUMBER" or a case number refers to; the source's suffix may be left out.

        Raises:
            ItemNotFound: there is none.
        """
        index, _ = self._current()
        source, _, number = reference.rpartition(":")
        meetings = [
            stored for stored in index.catalogue.meetings() if source in (stored.source, Path(stored.source).stem)
        ]
        ids = [item for stored in meetings for item in index.catalogue.item_ids(meeting=stored.id, number=number)]
        ids = ids or index.catalogue.item_ids_bearing(reference)
        if not ids:
            raise ItemNotFound(
                f"There is no item {reference} in the index. Give SOURCE:NUMBER, as the citations do, or a case number."
            )
        return tuple(self.record(item_id) for item_id in ids)

    def minutes(self, source: str) -> tuple[Meeting, ...]:
        """The meetings that were read from a file of that name, in whatever folder."""
        index, _ = self._current()
        return tuple(
            index.catalogue.meeting(stored.id) for stored in index.catalogue.meetings() if stored.source == source
        )

    def meetings_in(self, path: Path) -> int:
        """How many meetings were read from a file, also those that others answer for."""
        index, _ = self._current()
        return index.catalogue.accounts_in(str(path))

    def understand(self, text: str) -> Question:
        """A question as it is read, by itself."""
        index, holdings = self._current()
        return respelled(index, understand(text[:LONGEST_QUESTION], holdings))

    def hits(self, question: Question, limit: int) -> tuple[Hit, ...]:
        """The items that come nearest to a question within its limits, best first, with what speaks for each."""
        index, _ = self._current()
        return retrieve(index, question).hits[:limit]

    def precedents(self, item_id: int, most: int = 5) -> tuple[StoredItem, ...]:
        """The earlier decisions on the topic of an item, newest first."""
        index, _ = self._current()
        found = index.catalogue.items([item_id])
        return tuple(precedents(index, found[0], most)) if found else ()

    def subjects(self, wish: Wish) -> Subjects:
        """What the newest minutes as wished are about."""
        register = self.register
        items = register.items(wish, OVERVIEW_ITEMS)
        return Subjects(
            topics(items, _MOST_TOPICS),
            title_words(items, _MOST_TOPICS),
            abbreviations(register.bracketed(wish, OVERVIEW_ITEMS)),
        )

    def calibrated(self, calibration: Calibration) -> None:
        """Keep a calibration beside the index, and answer by it from now on."""
        index, _ = self._current()
        write_calibration(self._settings.index, index.manifest.model_fingerprint, calibration)
        self._calibration = calibration

    def ranking(self, question: Question, limit: int) -> tuple[StoredItem, ...]:
        """The items that come nearest to a question within its limits, best first, whether or not they answer it."""
        index, _ = self._current()
        return tuple(index.catalogue.items(hit.item_id for hit in retrieve(index, question).hits[:limit]))

    def status(self) -> IndexStatus:
        index, holdings = self._current()
        extent = extent_within(index, Filters())
        return IndexStatus(
            meetings=index.manifest.meetings,
            items=index.manifest.items,
            municipalities=holdings.municipalities,
            first=extent.first,
            last=extent.last,
            model=index.manifest.model,
            set_aside=tuple(index.catalogue.set_aside()),
            closed_text=index.manifest.closed_text,
        )

    def examples(self, language: Language) -> tuple[str, ...]:
        """Questions that this index answers: on the newest items with short titles, one of each outcome first."""
        index, _ = self._current()
        chosen: dict[str, str] = {}
        spare: list[str] = []
        newest = index.catalogue.item_ids(outcomes=_DECIDED, closed=False)[:_EXAMPLES_AMONG]
        for found in index.catalogue.items(newest):
            title = found.item.title.rstrip(".")
            if len(title) <= _EXAMPLE_TITLE_CHARACTERS and len(title.split()) > 1:
                question = ABOUT[language].format(title=title)
                if chosen.setdefault(found.item.outcome, question) != question:
                    spare.append(question)
        return tuple([*chosen.values(), *spare][:_EXAMPLES])
