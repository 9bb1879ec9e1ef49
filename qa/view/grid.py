"""The text of a section -> prose and tables: lines of cells with tabs between them are drawn as the table they were."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from index.models import Span
from qa.view.plain import html_marked

_ROWS = re.compile(r"(?:^[^\n\t]*+\t[^\n]*+(?:\n|\Z)){2,}", re.MULTILINE)
_LIST_MARK = re.compile(r"\s*(?:[-–•*·o]|\(?\w{1,3}[.):]?)?\s*")
_TAG = "</?(?:i|b|u|em|strong)>"  # of type faces, which text files of minutes have in their tables
_ESCAPED_TAG = re.compile(escape(_TAG))
_FIGURE = re.compile(rf"(?:{_TAG}|\s)*[-–+]?\d[\d.,]*\s*(?:%|kr\.?)?(?:{_TAG}|\s)*")
_MOST_CELLS = 5_000


@dataclass(frozen=True, slots=True)
class Prose:
    """Text as it stands; `marks` are stretches of it."""

    text: str
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table, all of one length; `headed` where the first one names the columns."""

    rows: tuple[tuple[Prose, ...], ...]
    headed: bool


def blocks(text: str, marks: Iterable[Span]) -> tuple[Prose | Grid, ...]:
    """The text in its order, without the blank lines between its blocks."""
    marks, found, at = tuple(marks), [], 0
    for rows in _ROWS.finditer(text):
        grid = _grid(text, Span(*rows.span()), marks)
        if grid:
            found += [_cut(text, Span(at, rows.start()), marks), grid]
            at = rows.end()
    found.append(_cut(text, Span(at, len(text)), marks))
    return tuple(block for block in found if isinstance(block, Grid) or block.text)


def html_table(grid: Grid) -> str:
    """The table as html that shows its words and nothing else; figures stand to the right."""
    head, body = (grid.rows[:1], grid.rows[1:]) if grid.headed else ((), grid.rows)
    written = "".join(_html_row(row, "th scope='col'") for row in head) + "".join(_html_row(row, "td") for row in body)
    return f"<table class='minutes'>{written}</table>"


def _grid(text: str, within: Span, marks: tuple[Span, ...]) -> Grid | None:
    """None for a list, whose lines are a mark and a text, and for what is too large to be drawn as a table."""
    rows, at = [], within.start
    for line in within.of(text).splitlines(keepends=True):
        cells = []
        for cell in line.rstrip("\n").split("\t"):
            cells.append(_cut(text, Span(at, at + len(cell)), marks))
            at += len(cell) + 1
        at += len(line) - len(line.rstrip("\n")) - 1
        rows.append(tuple(cells))
    columns = max(map(len, rows))
    is_list = columns == 2 and all(_LIST_MARK.fullmatch(row[0].text) for row in rows)
    if is_list or columns * len(rows) > _MOST_CELLS:
        return None
    first = [cell.text for cell in rows[0] if cell.text]
    headed = len(first) > 1 and not any(_FIGURE.fullmatch(text) for text in first)
    return Grid(tuple(row + (Prose(""),) * (columns - len(row)) for row in rows), headed)


def _cut(text: str, within: Span, marks: tuple[Span, ...]) -> Prose:
    """A stretch without the white space around it, and what of it is marked."""
    cut = within.of(text)
    start = within.start + len(cut) - len(cut.lstrip())
    end = start + len(cut.strip())
    inside = (Span(max(mark.start, start) - start, min(mark.end, end) - start) for mark in marks)
    return Prose(cut.strip(), tuple(mark for mark in inside if mark.start < mark.end))


def _html_row(row: tuple[Prose, ...], element: str) -> str:
    return f"<tr>{''.join(_html_cell(cell, element) for cell in row)}</tr>"


def _html_cell(cell: Prose, element: str) -> str:
    words = _ESCAPED_TAG.sub("", html_marked(cell.text, cell.marks))
    figure = " class='figure'" if _FIGURE.fullmatch(cell.text) else ""
    return f"<{element}{figure}>{words}</{element.split()[0]}>"
