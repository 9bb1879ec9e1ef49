"""Minutes that are one table, a row for each item: the head names the columns, and the decision is the cell of its own.

The cells stand one below the other when the table reaches the parser: each on a line, or set apart by blank lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.models import Section, SectionKind, Span
from index.parse.labels import label_of
from index.parse.lines import Line, next_filled, split_lines, stripped_span
from index.parse.reading import Change, Reading
from index.parse.shapes import shape_of

_FIRST = re.compile(r"^(?:punkt|pkt\.?|p\.|nr\.?|#|no\.?|emne|sag|dagsorden|dagsordenspunkt)$", re.IGNORECASE)
_GAP = re.compile(r" *[\t|] *| {2,}")
_HEAD_ROW = re.compile(
    r"^[ \t|]*(?P<cells>(?:punkt|pkt\.?|p\.|nr\.?|#|no\.?)(?:\t| *\||  )[^\n]{3,150}?)[ \t|]*$",
    re.MULTILINE | re.IGNORECASE,
)
_ROW = re.compile(r"^[ \t|]*\d{1,3}[.)]?(?: ?[^\W\d][^\t|\n]*?)? *(?:[\t|]|  ).*$", re.MULTILINE)
_LONGEST_NAME = 30
_MOST = 8
_LEAST = 3
_MAYBE_TITLE = 2


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns below an item's title: how many, which of them is the decision; the index of the head's last line.

    `apart`: whether cells are set apart by blank lines; `shape`: the one of the number that begins a row.
    """

    count: int
    decision: int
    apart: bool
    shape: str
    last: int


def in_lines(reading: Reading) -> Reading:
    """The reading with the rows of such a table cell by cell, each on a line."""
    head = next((row for row in _HEAD_ROW.finditer(reading.text) if _decides(_GAP.split(row["cells"].strip()))), None)
    if head is None or _labels_decisions(split_lines(reading.text[head.end() :])):
        return reading
    rows = list(_ROW.finditer(reading.text, head.end()))
    if len(rows) < _LEAST:
        return reading
    gaps: list[Change] = [
        (gap.start(), gap.end(), "\n") for row in (head, *rows) for gap in _GAP.finditer(reading.text, *row.span())
    ]
    return reading.changed(gaps)


def find_columns(lines: list[Line]) -> Columns | None:
    """The columns that a run of short lines names, above the first number."""
    for line in lines:
        if _FIRST.match(line.words) and (found := _columns_from(line, lines)):
            return None if _labels_decisions(lines[found.last + 1 :]) else found
    return None


def _labels_decisions(lines: list[Line]) -> bool:
    """Whether a line labels a decision: then a table within an item only looks like the whole."""
    return any(label_of(line.words) is SectionKind.DECISION for line in lines if not line.blank)


def _columns_from(first: Line, lines: list[Line]) -> Columns | None:
    names, last = [], first
    at: Line | None = first
    while at and len(names) < _MOST and len(at.words) <= _LONGEST_NAME and not shape_of(at.words):
        if at.index - last.index > _MAYBE_TITLE:
            break
        names.append(at.words)
        last, at = at, next_filled(lines, at.index + 1)
    shape = shape_of(at.words) if at else None
    if not shape or not _decides(names):
        return None
    before = 1 if shape.title else 2  # columns: a number and a title, or both in one
    decision = next(place for place, name in enumerate(names) if label_of(name) is SectionKind.DECISION)
    apart = last.index - first.index >= len(names)
    return Columns(len(names) - before, decision - before, apart, shape.name, last.index)


def _decides(names: list[str]) -> bool:
    return (
        len(names) >= _LEAST
        and bool(_FIRST.match(names[0]))
        and any(label_of(name) is SectionKind.DECISION for name in names[1:])
    )


def with_decision_cell(text: str, sections: list[Section], columns: Columns) -> list[Section]:
    """The sections of an item without labels, the text below its title cut at the cell that is the decision."""
    bodies = [section for section in sections if section.body.start < section.body.end]
    if len(bodies) != 1 or bodies[0].heading or columns.decision < 0:
        return sections
    section = bodies[0]
    cells = _cells(text, section.body, columns.apart)
    if len(cells) < columns.count:
        return sections
    place = columns.decision if len(cells) == columns.count else len(cells) - columns.count + columns.decision
    edges = [section.span.start, cells[place].start, cells[place].end, section.span.end]
    kinds = (section.kind, SectionKind.DECISION, SectionKind.OTHER)
    parts = [
        Section(kind, "", Span(start, end), Span(*stripped_span(text, max(start, section.body.start), end)))
        for kind, start, end in zip(kinds, edges, edges[1:], strict=False)
        if text[start:end].strip() or kind is SectionKind.DECISION
    ]
    return [part for one in sections for part in (_tiled(parts, section.span) if one is section else [one])]


def _tiled(parts: list[Section], span: Span) -> list[Section]:
    """Parts that follow each other without a gap, from the first character of a span to its last."""
    ends = [part.span.start for part in parts[1:]] + [span.end]
    starts = [span.start, *ends]
    return [
        Section(part.kind, part.heading, Span(start, end), part.body)
        for part, start, end in zip(parts, starts, ends, strict=False)
    ]


def _cells(text: str, body: Span, apart: bool) -> list[Span]:
    gap = re.compile(r"\n[^\S\n]*\n\s*" if apart else r"\n")
    cells, start = [], body.start
    for match in gap.finditer(text, body.start, body.end):
        cells.append(Span(start, match.start()))
        start = match.end()
    return [*cells, Span(start, body.end)]
