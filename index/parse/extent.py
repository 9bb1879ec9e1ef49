"""Which lines belong to an item: from the case number or the group's title on top of its heading to the next item."""

from __future__ import annotations

from dataclasses import dataclass

from index.parse.candidates import Heading
from index.parse.case_numbers import looks_like_case_line
from index.parse.contents import Contents
from index.parse.entries import title_key
from index.parse.groups import is_closed_group, is_group
from index.parse.lines import Line
from index.parse.shapes import is_marker

_LOOK_ABOVE = 8
_LOOK_BELOW = 6


@dataclass(frozen=True, slots=True)
class Extent:
    """An item's heading and lines; `last` is the meeting's last item, after which its closing may follow."""

    heading: Heading
    lines: list[Line]
    in_closed_group: bool
    last: bool
    titles_above: frozenset[str]


def extents_of(headings: list[Heading], lines: list[Line], contents: Contents | None) -> list[Extent]:
    numbers_above = _numbers_stand_above(headings, lines)
    groups = contents.groups if contents else frozenset()
    starts, closed_groups, closed = [], [], False
    for place, heading in enumerate(headings):
        floor = headings[place - 1].line.index + 1 if place else 0
        start, group = _start(heading.line.index, floor, lines, numbers_above, groups)
        if group is not None:
            closed = is_closed_group(group)
        starts.append(start)
        closed_groups.append(closed)
    ends = [*starts[1:], len(lines)]
    titles = frozenset(title_key(heading.title) for heading in headings[:-1])
    return [
        Extent(heading, lines[start:end], shut, heading is headings[-1], titles)
        for heading, start, end, shut in zip(headings, starts, ends, closed_groups, strict=True)
    ]


def _numbers_stand_above(headings: list[Heading], lines: list[Line]) -> bool:
    """Whether these minutes print the case number on top of an item's heading, more often than below it."""
    above = below = 0
    ends = [heading.line.index for heading in headings[1:]] + [len(lines)]
    for heading, end in zip(headings, ends, strict=True):
        index = heading.line.index
        above += _case_line_above(index, 0, lines) is not None
        following = [line.words for line in lines[index + 1 : min(index + 1 + _LOOK_BELOW, end - 1)]]
        below += any(looks_like_case_line(words) for words in following)
    return above > below


def _start(
    index: int, floor: int, lines: list[Line], numbers_above: bool, groups: frozenset[str]
) -> tuple[int, str | None]:
    """The first line of an item whose heading is at `index`, and the title of the group that begins with it, if any."""
    start = index
    marker = next((at for at in range(start - 1, max(floor, start - 3) - 1, -1) if not lines[at].blank), None)
    if lines[start].words.isdigit() and marker is not None and is_marker(lines[marker].words):
        return marker, None
    while numbers_above and (above := _case_line_above(start, floor, lines)) is not None:
        start = above
    for at in range(start - 1, max(floor, start - _LOOK_ABOVE) - 1, -1):
        if lines[at].blank:
            continue
        if _is_group(lines[at].words, groups):
            return at, lines[at].words
        break
    return start, None


def _case_line_above(start: int, floor: int, lines: list[Line]) -> int | None:
    """The line with a case number just above, or above one blank line; None where there is none."""
    at = start - 2 if start - 2 >= floor and lines[start - 1].blank else start - 1
    return at if at >= floor and looks_like_case_line(lines[at].words) else None


def _is_group(words: str, groups: frozenset[str]) -> bool:
    return is_group(words) or title_key(words) in groups
