"""The minutes as the peers get them, and the way back from a chunk to its agenda item."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.protocol import Document, Hit, Item
from index.build import read_meetings as meetings_of
from index.models import AgendaItem, Meeting
from index.read import find_documents


def read_meetings(paths: list[Path]) -> list[Meeting]:
    return [minutes.meeting for path in find_documents(paths) for minutes in meetings_of(path)]


def item_name(number: str, case_number: str | None, title: str | None) -> str:
    """What tells an item from the others of its meeting: its number, else its case number, else its title."""
    return number or case_number or loose(title or "").casefold()


def item_documents(meetings: Sequence[Meeting]) -> list[Document]:
    """The agenda items, each led by its meeting and its title, so that a peer can know of both."""
    return [
        Document(meeting.source, name_of(item), f"{_sitting(meeting)}\n{item.title}\n\n{item.span.of(meeting.text)}")
        for meeting in meetings
        for item in meeting.items
    ]


def file_documents(meetings: Sequence[Meeting]) -> list[Document]:
    return [Document(meeting.source, "", meeting.text) for meeting in meetings]


def name_of(item: AgendaItem) -> str:
    return item_name(item.number, item.case_number, item.title)


def loose(text: str) -> str:
    """Without white space: splitters deal with it as they like."""
    return "".join(text.split())


class Places:
    """Which item a chunk of a whole file belongs to: the one that most of its characters stand in."""

    def __init__(self, meetings: Sequence[Meeting]) -> None:
        self._loose = {meeting.source: loose(meeting.text) for meeting in meetings}
        self._owners = {meeting.source: _owners(meeting) for meeting in meetings}

    def item_of(self, hit: Hit) -> Item:
        """The hit's own item where it has one; '' for a chunk of which nothing stands in an item."""
        if hit.item:
            return Item(hit.file, hit.item)
        chunk = loose(hit.text)
        start = self._loose[hit.file].index(chunk)
        owners = Counter(self._owners[hit.file][start : start + len(chunk)])
        del owners[""]
        return Item(hit.file, max(owners, key=owners.__getitem__, default=""))


def _owners(meeting: Meeting) -> list[str]:
    """For each character that is not white space, the item that it stands in, or ''."""
    starts = [item.span.start for item in meeting.items]
    owners = []
    for offset, character in enumerate(meeting.text):
        if character.isspace():
            continue
        place = bisect_right(starts, offset) - 1
        inside = place >= 0 and offset < meeting.items[place].span.end
        owners.append(name_of(meeting.items[place]) if inside else "")
    return owners


def _sitting(meeting: Meeting) -> str:
    return ", ".join(str(part) for part in (meeting.municipality, meeting.body, meeting.date) if part)
