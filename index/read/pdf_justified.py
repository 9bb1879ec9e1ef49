"""Justified lines, whose wide spaces look like the edges of cells."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from index.read.pdf_layout import Page, Piece, Row

_SAME_EDGE = 1.5  # points
_LEAST_JUSTIFIED = 4  # lines that begin and end at the same places, to show that a text is justified
_NEAR = [(left, right) for left in (-1, 0, 1) for right in (-1, 0, 1)]  # points


def without_false_cells(pages: list[Page]) -> list[Page]:
    """The pages with each line whole whose wide spaces look like the edges of cells: it begins and ends where many
    lines of the document do, and has no columns in common with the rows beside it, as those of a table have."""
    ends = Counter(edges for page in pages for row in page.rows if (edges := _edges(row)))
    return [Page(tuple(_whole_lines(page.rows, ends)), page.width) for page in pages]


def _whole_lines(rows: tuple[Row, ...], ends: dict[tuple[int, int], int]) -> list[Row]:
    whole = []
    for place, row in enumerate(rows):
        beside = rows[max(place - 1, 0) : place] + rows[place + 1 : place + 2]
        edges = None if row.line else _edges(row)
        near = sum(ends[(edges[0] + left, edges[1] + right)] for left, right in _NEAR) if edges else 0
        is_false = near >= _LEAST_JUSTIFIED and not any(_share_columns(row, other) for other in beside)
        whole.append(Row(((_merged([cell[0] for cell in row.cells]),),)) if is_false else row)
    return whole


def _edges(row: Row) -> tuple[int, int] | None:
    """Where a row of one line begins and ends, in points; None for one of several lines."""
    if any(len(cell) > 1 for cell in row.cells):
        return None
    return round(row.left), round(max(cell[0].right for cell in row.cells))


def _share_columns(row: Row, other: Row) -> bool:
    """Whether most of the gaps in one of the rows begin or end where a gap of the other does: by chance, few do."""
    mine, theirs = (
        [(before[0].right, behind[0].left) for before, behind in pairwise(one.cells)] for one in (row, other)
    )
    shared = sum(
        any(min(abs(gap[side] - foreign[side]) for side in (0, 1)) <= _SAME_EDGE for foreign in theirs) for gap in mine
    )
    return shared * 2 > min(len(mine), len(theirs))


def _merged(pieces: list[Piece]) -> Piece:
    return Piece(
        " ".join(piece.text for piece in pieces),
        pieces[0].left,
        min(piece.top for piece in pieces),
        pieces[-1].right,
        max(piece.bottom for piece in pieces),
        pieces[0].first_word,
    )
