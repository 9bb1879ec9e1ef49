"""Running heads and feet: what returns at the same height at the edge of the pages.

The reader leaves them out, since only it knows where they stand, and a sentence that goes on over the page is whole
without them. Those of text files, which have no heights, are `index.parse.furniture`'s.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from index.read.pdf_layout import Page, Row

_ROWS_AT_AN_EDGE = 4
_SAME_HEIGHT = 3.0  # points
_LEAST_SHARE = 0.4  # of the pages; two at least. Left and right pages may have their own
_NUMBER = re.compile(r"\d+")


def without_running_lines(pages: list[Page]) -> list[Page]:
    """The pages without their running heads and feet; the head of the first page stays, if it says anything."""
    heads, feet = _running(pages, _from_top), _running(pages, _from_bottom)
    kept = []
    for number, page in enumerate(pages):
        gone = feet[number] + [row for row in heads[number] if number > 0 or not _says_anything(row)]
        rows = (row for row in page.rows if not any(row is other for other in gone))
        kept.append(Page(tuple(rows), page.width))
    return kept


def _from_top(page: Page) -> list[Row]:
    return sorted(page.rows, key=lambda row: row.top)[:_ROWS_AT_AN_EDGE]


def _from_bottom(page: Page) -> list[Row]:
    return sorted(page.rows, key=lambda row: -row.bottom)[:_ROWS_AT_AN_EDGE]


def _running(pages: list[Page], edge) -> list[list[Row]]:
    """For each page its running rows at an edge: only what has nothing but such rows between it and the edge."""
    running: list[list[Row]] = [[] for _ in pages]
    open_pages = set(range(len(pages)))
    for place in range(_ROWS_AT_AN_EDGE):
        printings = defaultdict(list)
        for number in open_pages:
            rows = edge(pages[number])
            if place < len(rows):
                printings[_mask(rows[place])].append((number, rows[place]))
        open_pages = set()
        for found in printings.values():
            for number, row in _at_one_height(found, len(pages)):
                running[number].append(row)
                open_pages.add(number)
    return running


def _at_one_height(found: list[tuple[int, Row]], pages: int) -> list[tuple[int, Row]]:
    """Those of the printings that return often enough at the same height, with the same numbers or page numbers."""
    kept = []
    found = sorted(found, key=lambda printing: printing[1].top)
    group = found[:1]
    for before, here in pairwise([*found, None]):
        if here is not None and here[1].top - before[1].top <= _SAME_HEIGHT:
            group.append(here)
            continue
        if len(group) >= max(2, pages * _LEAST_SHARE) and _numbers_are_of_pages(group):
            kept += group
        group = [] if here is None else [here]
    return kept


def _numbers_are_of_pages(group: list[tuple[int, Row]]) -> bool:
    """Whether each number in the line is the same everywhere, or grows with the pages: items' numbers do neither."""
    numbers = zip(*([int(digits[:9]) for digits in _NUMBER.findall(_text(row))] for _, row in group), strict=True)
    pages = [number for number, _ in group]
    for printed in numbers:
        steps = {value - page for value, page in zip(printed, pages, strict=True)}
        if len(set(printed)) > 1 and len(steps) > 1:
            return False
    return True


def _says_anything(row: Row) -> bool:
    """Whether there is more than a page number in it."""
    return len(re.findall(r"[^\W\d]{2,}", _text(row))) > 2


def _mask(row: Row) -> str:
    return _NUMBER.sub("#", _text(row))


def _text(row: Row) -> str:
    return " ".join(piece.text for cell in row.cells for piece in cell)
