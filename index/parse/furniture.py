"""Page furniture: page numbers, running heads and feet, navigation. Blanked out, so that no sentence is torn by it.

A line is furniture by where it stands and by returning there, not by its words: a running head is what recurs beside
the page numbers.
"""

from __future__ import annotations

import re
from collections import Counter

from index.parse.headings import heading_parts
from index.parse.labels import label_of
from index.parse.lines import Line, split_lines
from index.parse.sections import decision_of

_PAGE_NUMBER = re.compile(r"^(?:side\s+\d+(?:\s*(?:af|/|ud af)\s*\d+)?|-\s*\d+\s*-)$", re.IGNORECASE)
_NAVIGATION = re.compile(r"^(?:til toppen|tilbage til toppen|you are here|du er her|udskriv siden)$", re.IGNORECASE)
_INDENT_OF_LONE_NUMBER = 30
_PLACES = (-2, -1, 1, 2)
_LEAST_PAGES = 3


def blank_furniture(text: str) -> str:
    """The text with every character of its page furniture turned into a space: all offsets stay."""
    lines = split_lines(text)
    spots = {line.index for line in lines if _NAVIGATION.match(line.words)}
    pages = [line for line in lines if _is_page_number(line)]
    if len(pages) >= _LEAST_PAGES:
        spots |= {line.index for line in pages} | _running_lines(lines, pages)
    kept = []
    for line in lines:
        stretch = text[line.start : line.end]
        kept.append(re.sub(r"[^\n]", " ", stretch) if line.index in spots else stretch)
    return "".join(kept)


def _is_page_number(line: Line) -> bool:
    lone = line.words.isdigit() and line.first - line.start >= _INDENT_OF_LONE_NUMBER
    return lone or bool(_PAGE_NUMBER.match(line.words))


def _running_lines(lines: list[Line], pages: list[Line]) -> set[int]:
    """The lines that return at the same distance from at least half of the page numbers."""
    places = {place: [_beside(lines, page.index, place) for page in pages] for place in _PLACES}
    running: set[int] = set()
    for found in places.values():
        recurring = Counter(_mask(line) for line in found if line)
        often = {mask for mask, count in recurring.items() if count * 2 >= len(pages)}
        running |= {line.index for line in found if line and _mask(line) in often and _may_run(line)}
    return running


def _beside(lines: list[Line], index: int, place: int) -> Line | None:
    """The filled line that many places after a page number, or before it where `place` is negative."""
    step, left = (1, place) if place > 0 else (-1, -place)
    at = index + step
    while 0 <= at < len(lines):
        left -= not lines[at].blank
        if left == 0:
            return lines[at]
        at += step
    return None


def _may_run(line: Line) -> bool:
    """What has a part in the text returns on every page too: labels, headings, decisions. A running head that holds
    body and date sets them far apart."""
    if line.words.endswith((".", ":", ";", ",")) or label_of(line.words) is not None or heading_parts(line.words):
        return False
    return decision_of(line.words) is None or "   " in line.words


def _mask(line: Line) -> str:
    """What two printings of a running line share: its words without the numbers."""
    return re.sub(r"\d+", "#", " ".join(line.words.split()))
