"""What speaks for and against a line's being the heading of an item, in numbers that add up."""

from __future__ import annotations

from dataclasses import replace

from index.parse.candidates import Heading
from index.parse.case_numbers import looks_like_case_line
from index.parse.columns import Columns
from index.parse.contents import Contents
from index.parse.entries import title_key
from index.parse.labels import inline_label, label_of
from index.parse.lines import Line
from index.parse.openness import is_openness
from index.parse.shapes import heading_parts, is_marker

# What the shape alone says. A bare number before a title is one only where the contents confirm it.
SHAPE_EVIDENCE = {
    "marked": 2.0,
    "ad": 1.5,
    "openness": 2.0,
    "open_word": 1.0,
    "numbered": 0.0,
    "lettered": -0.5,
    "roman": 0.0,
    "dotted": -1.0,
    "slashed": -1.0,
    "bare": -2.5,
    "alone": -3.0,
    "titled": -2.0,
}
_PLAIN = ("numbered", "bare", "alone", "slashed", "lettered", "roman", "dotted")
_IN_ITS_COLUMN = 4.0  # a number where the minutes are a table of items
_MARKED_ABOVE = 4.0  # "Punkt nr." on the line above a number
_LOOK_AHEAD = 8


def weighed(
    heading: Heading,
    places: dict[str, set[int]],
    lines: list[Line],
    contents: Contents | None,
    columns: Columns | None,
) -> Heading:
    """The heading with all that speaks for it (positive) and against it (negative) added up.

    `places`: the lines at which candidates of each shape stand.
    """
    entry = _entry_of(heading, contents)
    evidence = SHAPE_EVIDENCE[heading.shape]
    if contents:
        evidence += 4.0 if entry is not None else -3.0
    evidence += _surroundings(heading, places, lines) + what_follows(heading, lines)
    if columns and heading.shape == columns.shape:
        evidence += _IN_ITS_COLUMN
    evidence += 0.5 if heading.title else -0.5
    if heading.title[:1].islower():
        evidence -= 2.0
    if entry is None and label_of(heading.title):
        evidence -= 1.0
    if heading.title.endswith((":", ",", ";")):
        evidence -= 1.0
    closed = heading.closed or (entry is not None and contents.entries[entry].closed)
    return replace(heading, entry=entry, evidence=evidence, closed=closed)


def _surroundings(heading: Heading, places: dict[str, set[int]], lines: list[Line]) -> float:
    """A heading stands apart, and not in a row of others like it; those of closed items may."""
    index, evidence = heading.line.index, 0.0
    above, after = line_above(lines, index), lines[index + 1 : index + 2]
    if heading.shape == "alone" and is_marker(_filled_above(lines, index)):
        evidence += _MARKED_ABOVE
    if heading.closed:
        evidence += 1.0
    elif above is None or above.blank:
        evidence += 0.5
    elif heading.shape in _PLAIN:
        evidence -= 1.0
    elif heading.shape == "ad":
        evidence -= 4.0
    evidence += 0.5 if not after or after[0].blank else -0.5
    in_a_row = index - 1 in places[heading.shape] or index + 1 in places[heading.shape]
    return evidence - (2.0 if in_a_row and not heading.closed else 0.0)


def _filled_above(lines: list[Line], index: int) -> str:
    return next((line.words for line in reversed(lines[max(0, index - 2) : index]) if not line.blank), "")


def line_above(lines: list[Line], index: int) -> Line | None:
    """The line above a heading and above the case numbers that may stand on top of it."""
    at = index - 1
    while at >= 0 and looks_like_case_line(lines[at].words):
        at -= 1
    return lines[at] if at >= 0 else None


def _entry_of(heading: Heading, contents: Contents | None) -> int | None:
    """The place in the contents of the entry that agrees best with the heading's title and number."""
    if not contents:
        return None

    def agreement(place: int) -> float:
        entry = contents.entries[place]
        likeness = entry.likeness(heading.title)
        number = entry.number or str(place + 1)
        return likeness + (0.5 if likeness and number == heading.number else 0.0)

    best = max(range(len(contents.entries)), key=agreement)
    return best if agreement(best) > 0 else None


def what_follows(heading: Heading, lines: list[Line]) -> float:
    """An item's heading is followed by its title again, its case line or its first label."""
    key, evidence = title_key(heading.title), 0.0
    following = [
        line.words for line in lines[heading.line.index + 1 : heading.line.index + 1 + _LOOK_AHEAD] if line.words
    ]
    for words in following:
        parts = heading_parts(words)
        if title_key(words) == key or (parts and title_key(parts[1]) == key):
            evidence += 1.0
            break
        if parts:
            break
    if following and is_openness(following[0]):
        evidence += 1.5
    for words in following[:4]:
        if looks_like_case_line(words) or label_of(words) or inline_label(words):
            return evidence + 1.5
    return evidence
