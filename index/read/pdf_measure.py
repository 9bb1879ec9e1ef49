"""What the lines of a pdf have in common: how far apart they stand, in which columns, and where a full line ends."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

from index.read.pdf_layout import Page, Piece

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NUMBER = re.compile(r"\d+")
_STEP = 3.0  # points, in which gutters are looked for
_MOST_STEPS = 2_000
_CROSSING = 0.1  # the share of lines that may run over a gutter: titles do
_LEAST_SIDE = 0.2  # the share of lines that stand on each side of one
_NEAR_EDGE = 12.0  # points from the edge at which full lines end, of lines that are not justified
_FULL_LINES = 0.03  # the share of lines that end there, at least
_SHORT_LINES = 0.15  # the same where the margin is wide
_WIDE_MARGIN = 2.5  # a margin on the right of more than so many of that on the left
_NARROWEST = 0.45  # of the width of the page: shorter lines are a list, and none of them is full
_CLOSE_LINES = 0.2  # how often a distance occurs, for each time the commonest does, to be that of a paragraph's lines
_WIDEST_DISTANCE = 1.5  # between lines of a paragraph, in heights of a line


@dataclass(frozen=True, slots=True)
class Measure:
    """
    Attributes:
        gutters: what parts the columns, from the left, as places on the page.
        right_edges: where full lines end, by column (-1 is the column of what runs over a gutter).
        distance: from a line of a paragraph to the next, in heights of a line.
    """

    gutters: tuple[float, ...]
    right_edges: dict[int, float]
    distance: float

    def column(self, line: Piece) -> int:
        left, right = (bisect(self.gutters, edge) for edge in (line.left, line.right))
        return left if left == right else -1

    def right_edge(self, line: Piece) -> float:
        return self.right_edges.get(self.column(line), float("inf"))


def measure(pages: list[Page]) -> dict[int, Measure]:
    """A measure for each width of page that the document has."""
    by_width = defaultdict(list)
    for page in pages:
        by_width[round(page.width)].append(page)
    return {width: _measure(alike, width) for width, alike in by_width.items()}


def words_of(pages: list[Page]) -> frozenset[str]:
    """Every word that is printed whole somewhere, in small letters."""
    texts = (piece.text.lower() for page in pages for row in page.rows for cell in row.cells for piece in cell)
    return frozenset(word for text in texts for word in _WORD.findall(text))


def _measure(pages: list[Page], width: float) -> Measure:
    lines = [[row.line for row in page.rows if row.line] for page in pages]
    flat = [line for page in lines for line in page]
    gutters = _gutters(flat)
    unfinished = Measure(gutters, {}, 0)
    by_column = defaultdict(list)
    for line in flat:
        by_column[unfinished.column(line)].append(line)
    left = min((line.left for line in flat), default=0.0)
    common = 0.0 if gutters else width - _WIDE_MARGIN * left
    edges = {column: _right_edge(found, common) for column, found in by_column.items()}
    if not gutters:
        edges = {column: edge for column, edge in edges.items() if edge - left >= _NARROWEST * width}
    return Measure(gutters, edges, _distance(lines))


def _gutters(lines: list[Piece]) -> tuple[float, ...]:
    """The places that hardly any line runs over, with many lines to the left and to the right."""
    if not lines:
        return ()
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    steps = [left + _STEP * place for place in range(min(int((right - left) / _STEP) + 1, _MOST_STEPS))]
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    free, found = [], []
    for step in [*steps, None]:
        before = bisect(rights, step) if step is not None else 0
        behind = len(lines) - bisect(lefts, step) if step is not None else 0
        crossing = len(lines) - before - behind
        if min(before, behind) >= _LEAST_SIDE * len(lines) and crossing <= _CROSSING * len(lines):
            free.append(step)
        elif free:
            found.append((free[0] + free[-1]) / 2)
            free = []
    return tuple(found)


def _right_edge(lines: list[Piece], common: float) -> float:
    """The rightmost place near which enough lines end: one that stands out alone is not what the others aim at, nor is
    one that is printed again and again, as the headings of decisions are. Left of where margins commonly end it takes
    more of them, since in a list of short lines some are alike by chance."""
    ends = sorted({_NUMBER.sub("#", line.text): line.right for line in lines}.values(), reverse=True)
    for place, end in enumerate(ends):
        enough = max(2, round(_FULL_LINES * len(ends))) if end >= common else max(4, round(_SHORT_LINES * len(ends)))
        if place + enough <= len(ends) and end - ends[place + enough - 1] <= _NEAR_EDGE:
            return end
    return ends[0] if ends[0] >= common else float("inf")


def _distance(lines: list[list[Piece]]) -> float:
    """The smallest common distance from one line to the one below."""
    steps = (
        (below.top - above.top) / min(above.height, below.height)
        for page in lines
        for above, below in pairwise(page)
        if min(above.height, below.height) > 0
    )
    counted = Counter(round(step, 1) for step in steps if 0.5 < step < _WIDEST_DISTANCE)
    most = max(counted.values(), default=0)
    return min((step for step, count in counted.items() if count >= _CLOSE_LINES * most), default=1.0)
