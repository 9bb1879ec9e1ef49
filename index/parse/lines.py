"""Text as lines that know where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LONGEST_ROLE = 400
_MARK = re.compile(r"^(?:#{1,6}|>)\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: characters `start`..`end`, the line end included; its words begin at `first`.

    `words` is what the line's role is read from: stripped, without markdown's mark of a heading or a quotation, and of
    a very long line only the beginning, since no heading or label is that long.
    """

    index: int
    start: int
    end: int
    first: int
    words: str
    quoted: bool = False

    @property
    def blank(self) -> bool:
        return not self.words


def split_lines(text: str) -> list[Line]:
    lines, start = [], 0
    for index, raw in enumerate(text.splitlines(keepends=True)):
        words = raw.strip()[:_LONGEST_ROLE]
        mark = _MARK.match(words)
        first = start + len(raw) - len(raw.lstrip()) + (mark.end() if mark else 0)
        words = words[mark.end() :] if mark else words
        lines.append(Line(index, start, start + len(raw), first, words, quoted=bool(mark and mark[0][0] == ">")))
        start += len(raw)
    return lines


def next_filled(lines: list[Line], index: int) -> Line | None:
    """The first line with words at or after `index`."""
    return next((line for line in lines_from(lines, index) if not line.blank), None)


def lines_from(lines: list[Line], index: int) -> Iterator[Line]:
    """The lines from an index on, without walking past those before it."""
    return (lines[at] for at in range(index, len(lines)))


def stripped_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The same stretch without white space at its ends."""
    stretch = text[start:end]
    if not stretch.strip():
        return start, start
    return start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())
