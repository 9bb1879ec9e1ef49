"""The text as it is read: the source less what belongs to the page or to its making, each departure written down.

Offsets of everything that the parser finds point into the reading's text; the edits lead back to the source, character
by character.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.models import Edit

Change = tuple[int, int, str]
"""Characters `start`..`end` of a text, and what to show instead: at most one character, so that no edits overlap."""


@dataclass(frozen=True, slots=True)
class Reading:
    text: str
    edits: tuple[Edit, ...] = ()
    page_starts: tuple[int, ...] = ()

    def changed(self, changes: Iterable[Change]) -> Reading:
        """The reading after changes to its text, which stand in order and apart; earlier edits inside them are kept."""
        pieces: list[str] = []
        edits: list[Edit] = []
        pages: list[int] = []
        old = position = shift = page = 0
        for start, end, shown in changes:
            while page < len(self.page_starts) and self.page_starts[page] < start:
                pages.append(self.page_starts[page] + shift)
                page += 1
            while old < len(self.edits) and self.edits[old].at < start:
                edits.append(_moved(self.edits[old], shift))
                old += 1
            inside = old
            while old < len(self.edits) and self.edits[old].at < end:
                old += 1
            source = restored(self.text[start:end], [_moved(edit, -start) for edit in self.edits[inside:old]])
            pieces += (self.text[position:start], shown)
            edits.append(Edit(start + shift, len(shown), source))
            while page < len(self.page_starts) and self.page_starts[page] < end:
                pages.append(start + shift)
                page += 1
            shift += len(shown) - (end - start)
            position = end
        pieces.append(self.text[position:])
        edits += [_moved(edit, shift) for edit in self.edits[old:]]
        pages += [start + shift for start in self.page_starts[page:]]
        return Reading("".join(pieces), tuple(edits), tuple(pages))

    def source_of(self, start: int, end: int) -> str:
        """What stands in the source between two characters of the text."""
        inside = [_moved(edit, -start) for edit in self.edits if start <= edit.at < end]
        return restored(self.text[start:end], inside)


def restored(text: str, edits: Iterable[Edit]) -> str:
    """The source of a text."""
    pieces, position = [], 0
    for edit in edits:
        pieces += (text[position : edit.at], edit.source)
        position = edit.at + edit.shown
    return "".join(pieces) + text[position:]


def source_line(text: str, edits: Iterable[Edit], offset: int) -> int:
    """The line of the source, from 1, on which a character of the text stands."""
    before = [edit for edit in edits if edit.at < offset]
    return restored(text[:offset], before).count("\n") + 1


def _moved(edit: Edit, by: int) -> Edit:
    return Edit(edit.at + by, edit.shown, edit.source)
