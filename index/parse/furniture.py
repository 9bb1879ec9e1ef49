"""Page furniture: page numbers, running heads and feet, navigation. Blanked out, so that no sentence is torn by it.

A line is furniture by where it stands and by returning there, not by its words: a running head is what recurs beside
the page numbers.
"""

from __future__ import annotations

import re
from collections import Counter

from index.parse.labels import label_of
from index.parse.lines import Line, split_lines
from index.parse.sections import decision_of

_PAGE_NUMBER = re.compile(r"^(?:side\s+\d+(?:\s*(?:af|/|ud af)\s*\d+)?|-\s*\d+\s*-)$", re.IGNORECASE)
_NAVIGATION = re.compile(r"^(?:til toppen|tilbage til toppen|you are here|du er her|udskriv siden)$", re.IGNORECASE)
_INDENT_OF_LONE_NUMBER = 30
_NEIGHBOURS = 3
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
    """The lines beside the page numbers that return beside at least half of them."""
    beside = {page.index: _beside(lines, page.index, 1) + _beside(lines, page.index, -1) for page in pages}
    recurring = Counter(_mask(line) for neighbours in beside.values() for line in neighbours)
    return {
        line.index
        for neighbours in beside.values()
        for line in neighbours
        if recurring[_mask(line)] * 2 >= len(pages) and not _has_a_part_in_the_text(line)
    }


def _has_a_part_in_the_text(line: Line) -> bool:
    """Labels and decision headings return on every page too; a running head sets its body and date far apart."""
    return label_of(line.words) is not None or (decision_of(line.words) is not None and "   " not in line.words)


def _beside(lines: list[Line], index: int, direction: int) -> list[Line]:
    found: list[Line] = []
    at = index + direction
    while 0 <= at < len(lines) and len(found) < _NEIGHBOURS:
        if not lines[at].blank:
            found.append(lines[at])
        at += direction
    return found


def _mask(line: Line) -> str:
    """What two printings of a running line share: its words without the numbers."""
    return re.sub(r"\d+", "#", " ".join(line.words.split()))
