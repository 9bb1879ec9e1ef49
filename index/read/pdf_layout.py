"""A page of glyphs -> its rows in reading order.

Programs draw a table cell by cell and columns one after the other, so the order in which a page is drawn is trusted;
what stands beside what was drawn just before is the next cell of its row, or the next column.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

_SAME_LINE = 0.4  # the share of the lower one's height that two glyphs on one line have in common
_WIDE_GAP = 0.8  # between two pieces of one line, not counting spaces that are drawn, in heights: the edge of a cell
_TOUCHING = 0.5  # how far a glyph may reach back into the one before, in heights
_NEXT_LINE = 1.0  # how far below a line of a cell the next one begins at most, in heights
_LONGEST_CELL_LINES = 12
_SAME_STEP = 1.15  # between the largest and the smallest distance of lines that are evenly spaced
_MOST_DRAWN_APART = 4  # rows at the head or foot of a page that are drawn before or after all of its text


class Glyph(NamedTuple):
    """A letter and its box in points, y growing downwards. '' is a space that is not drawn, only left open."""

    letter: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Piece:
    """A stretch of one line without wide gaps. `first_word` is the right edge of its first word."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    first_word: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Row:
    """What is read in one go: a line of running text is a row with one cell of one piece."""

    cells: tuple[tuple[Piece, ...], ...]

    @property
    def line(self) -> Piece | None:
        """The line of running text that this row is; None for the row of a table."""
        return self.cells[0][0] if len(self.cells) == 1 and len(self.cells[0]) == 1 else None

    @property
    def left(self) -> float:
        return min(piece.left for cell in self.cells for piece in cell)

    @property
    def top(self) -> float:
        return min(piece.top for cell in self.cells for piece in cell)

    @property
    def bottom(self) -> float:
        return max(piece.bottom for cell in self.cells for piece in cell)

    @property
    def height(self) -> float:
        """Of its first line."""
        return self.cells[0][0].height

    def parted(self, gutters: tuple[float, ...]) -> list[Row]:
        """The row, or where it has columns of the page for cells, their lines one column after the other."""
        beside = pairwise(self.cells)
        if any(
            max(piece.right for piece in left) < gutter < min(piece.left for piece in right)
            for left, right in beside
            for gutter in gutters
        ):
            return [Row(((piece,),)) for cell in self.cells for piece in cell]
        return [self]


@dataclass(frozen=True, slots=True)
class Page:
    """Its rows in reading order; `width` is the page's, in points."""

    rows: tuple[Row, ...]
    width: float


@dataclass(slots=True)
class _Cell:
    """Pieces one below the other, with the edge of the cell to the left of it, if it has one."""

    pieces: list[Piece]
    left_edge: float = float("-inf")

    def takes(self, piece: Piece) -> bool:
        """Whether a piece stands right below the last one of the cell."""
        last = self.pieces[-1]
        below = last.top + last.height / 2 < piece.top < last.bottom + _NEXT_LINE * last.height
        overlaps = piece.left < max(other.right for other in self.pieces) and piece.right > min(
            other.left for other in self.pieces
        )
        return below and overlaps and piece.left > self.left_edge

    @property
    def top(self) -> float:
        return self.pieces[0].top

    @property
    def bottom(self) -> float:
        return self.pieces[-1].bottom

    def edge_towards(self, piece: Piece) -> float | None:
        """Where the cell ends at the height of a piece to the right of it; None where the piece is not beside it."""
        middle = (piece.top + piece.bottom) / 2
        ends = [own.right for own in self.pieces if own.top < middle < own.bottom]
        return max(ends) if ends and max(ends) < piece.left else None


def lay_out(glyphs: Iterable[Glyph], width: float) -> Page:
    """The rows of a page, from its glyphs in the order in which they are drawn."""
    rows: list[list[_Cell]] = []
    for piece in _pieces(glyphs):
        if rows and rows[-1][-1].takes(piece):
            rows[-1][-1].pieces.append(piece)
            continue
        edge = rows[-1][-1].edge_towards(piece) if rows else None
        if edge is None:
            rows.append([_Cell([piece])])
        else:
            rows[-1].append(_Cell([piece], edge))
    return Page(tuple(_from_top([row for cells in rows for row in _rows(cells)])), width)


def _from_top(rows: list[Row]) -> list[Row]:
    """The rows with feet that were drawn first put last, and heads that were drawn last put first."""
    for _ in range(_MOST_DRAWN_APART):
        lowest = max(rows, key=lambda row: row.top, default=None)
        if not any(row is lowest for row in rows[:_MOST_DRAWN_APART]) or not _is_far_below(lowest, rows):
            break
        rows = [row for row in rows if row is not lowest] + [lowest]
    for _ in range(_MOST_DRAWN_APART):
        highest = min(rows, key=lambda row: row.bottom, default=None)
        if not any(row is highest for row in rows[-_MOST_DRAWN_APART:]) or not _is_far_above(highest, rows):
            break
        rows = [highest] + [row for row in rows if row is not highest]
    return rows


def _is_far_below(lowest: Row, rows: list[Row]) -> bool:
    return lowest.top - max((row.bottom for row in rows if row is not lowest), default=0) > lowest.height


def _is_far_above(highest: Row, rows: list[Row]) -> bool:
    return min((row.top for row in rows if row is not highest), default=0) - highest.bottom > highest.height


def _rows(cells: list[_Cell]) -> list[Row]:
    """Cells side by side as one row; a lone cell, and cells too long for a table, as lines."""
    above: list[Piece] = []
    if len(cells) > 1:
        start = _start_of_row(cells[0].pieces, cells[1:])
        above, own = cells[0].pieces[:start], cells[0].pieces[start:]
        cells = [_Cell(own), *cells[1:]]
    if len(cells) == 1 or max(len(cell.pieces) for cell in cells) > _LONGEST_CELL_LINES:
        above = above + [piece for cell in cells for piece in cell.pieces]
        cells = []
    rows = [Row(((piece,),)) for piece in above]
    return rows + ([Row(tuple(tuple(cell.pieces) for cell in cells))] if cells else [])


def _start_of_row(pieces: list[Piece], others: list[_Cell]) -> int:
    """The first of the pieces in the first cell of a row; those before it only happen to stand above the row.

    A row is aligned at its middle or at its top, and its first cell ends before the next one begins.
    """
    top, bottom = min(cell.top for cell in others), max(cell.bottom for cell in others)
    left = min(piece.left for piece in others[0].pieces)
    first = max((place for place, piece in enumerate(pieces, 1) if piece.right >= left), default=0)
    for start in range(first, len(pieces)):
        middle = (pieces[start].top + pieces[-1].bottom) / 2
        if abs(middle - (top + bottom) / 2) <= pieces[start].height / 4 and _are_evenly_spaced(pieces[start:]):
            return start
    return next((start for start in range(first, len(pieces)) if pieces[start].bottom > top), len(pieces) - 1)


def _are_evenly_spaced(pieces: list[Piece]) -> bool:
    steps = [below.top - above.top for above, below in pairwise(pieces)]
    return not steps or max(steps) <= _SAME_STEP * min(steps)


@dataclass(slots=True)
class _Line:
    """A piece that grows glyph by glyph."""

    letters: list[str] = field(default_factory=list)
    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0
    first_word: float | None = None
    space_ends: float | None = None  # where a space behind the last letter ends

    def takes(self, glyph: Glyph) -> bool:
        """Whether a glyph stands behind the last one, on the same line and not far off."""
        _, left, top, _, bottom = glyph
        tallest = self.bottom - self.top
        if top != self.top or bottom != self.bottom:
            height = bottom - top
            if min(self.bottom, bottom) - max(self.top, top) < _SAME_LINE * max(min(tallest, height), 0.1):
                return False
            tallest = max(tallest, height)
        end = self.right if self.space_ends is None else self.space_ends
        return left - self.right >= -_TOUCHING * tallest and left - end <= _WIDE_GAP * tallest

    def add(self, glyph: Glyph) -> None:
        letter, _, top, right, bottom = glyph
        if self.space_ends is not None:
            self.letters.append(" ")
            self.first_word = self.right if self.first_word is None else self.first_word
            self.space_ends = None
        self.letters.append(letter)
        if right > self.right:
            self.right = right
        if top < self.top:
            self.top = top
        if bottom > self.bottom:
            self.bottom = bottom

    def piece(self) -> Piece:
        first_word = self.right if self.first_word is None else self.first_word
        return Piece("".join(self.letters), self.left, self.top, self.right, self.bottom, first_word)


def _pieces(glyphs: Iterable[Glyph]) -> list[Piece]:
    """Glyphs put together as long as each stands behind the one before."""
    pieces: list[Piece] = []
    line: _Line | None = None
    for glyph in glyphs:
        if not glyph.letter.strip():
            if line:
                line.space_ends = max(line.right, glyph.right if glyph.letter else line.right)
            continue
        if line and not line.takes(glyph):
            pieces.append(line.piece())
            line = None
        if line is None:
            line = _Line([], glyph.left, glyph.top, glyph.right, glyph.bottom)
        line.add(glyph)
    return [*pieces, line.piece()] if line else pieces
