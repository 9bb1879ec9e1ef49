"""Running heads and feet: what returns at the same height at the edge of the pages.

The reader leaves them out, since only it knows where they stand, and a sentence that goes on over the page is whole
without them. Those of text files, which have no heights, are `index.parse.furniture`'s.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from index.read.pdf_layout import Page, Row

_ROWS_AT_AN_EDGE = 4
_SAME_HEIGHT = 3.0  # points
_SHARE_OF_ALL = 0.5  # of the pages that a running line stands on, at least
_SHARE_OF_A_SIDE = 0.8  # the same, of the left or of the right pages, where each has its own
_SHARE_TOUCHED = 0.1  # of the pages that may have text where others have a running line
_NUMBER = re.compile(r"\d+")

_Printing = tuple[int, Row]  # the page's place, and the line on it


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


def _running(pages: list[Page], edge: Callable[[Page], list[Row]]) -> list[list[Row]]:
    """For each page its running rows at an edge: only what has nothing but such rows between it and the edge."""
    running: list[list[Row]] = [[] for _ in pages]
    open_pages = set(range(len(pages)))
    for place in range(_ROWS_AT_AN_EDGE):
        printings = defaultdict(list)
        for number in open_pages:
            rows = edge(pages[number])
            if place < len(rows):
                printings[_mask(rows[place])].append((number, rows[place]))
        groups = [group for found in printings.values() for group in _at_one_height(found) if _returns(group, pages)]
        recurring = {id(row) for group in groups for _, row in group}
        open_pages = set()
        for group in groups:
            if _stands_apart(group, pages, recurring):
                open_pages.update(number for number, _ in group)
                for number, row in group:
                    running[number].append(row)
    return running


def _at_one_height(found: list[_Printing]) -> list[list[_Printing]]:
    """The printings of a line, parted by where on the page they stand."""
    groups: list[list[_Printing]] = []
    for printing in sorted(found, key=lambda printing: printing[1].top):
        if groups and printing[1].top - groups[-1][-1][1].top <= _SAME_HEIGHT:
            groups[-1].append(printing)
        else:
            groups.append([printing])
    return groups


def _returns(group: list[_Printing], pages: list[Page]) -> bool:
    """Whether a line stands on most pages, or on most of the left or the right ones, and its numbers are theirs."""
    numbers = [number for number, _ in group]
    sides = [[number for number in numbers if number % 2 == side] for side in (0, 1)]
    on_most = len(numbers) >= max(2, len(pages) * _SHARE_OF_ALL)
    on_most_of_a_side = any(len(side) == len(numbers) >= max(2, len(pages) / 2 * _SHARE_OF_A_SIDE) for side in sides)
    return (on_most or on_most_of_a_side) and _numbers_are_of_pages(group)


def _stands_apart(group: list[_Printing], pages: list[Page], recurring: set[int]) -> bool:
    """Whether the text of the other pages keeps clear of the height at which the line stands."""
    top, bottom = min(row.top for _, row in group), max(row.bottom for _, row in group)
    own = {number for number, _ in group}
    others = [page for number, page in enumerate(pages) if number not in own]
    touched = sum(
        any(row.top < bottom and row.bottom > top and id(row) not in recurring for row in page.rows) for page in others
    )
    return touched <= max(1, _SHARE_TOUCHED * len(pages))  # the first page may have a letterhead there


def _numbers_are_of_pages(group: list[_Printing]) -> bool:
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
