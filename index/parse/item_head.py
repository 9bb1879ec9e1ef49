"""The lines that stand at the head of an item: its title, the title printed again, and the small print."""

from __future__ import annotations

import re

from index.parse.candidates import Heading
from index.parse.case_numbers import is_lone_number, looks_like_case_line
from index.parse.entries import title_key
from index.parse.labels import WRAPPER_LABEL, label_of
from index.parse.lines import Line, next_filled
from index.parse.shapes import heading_parts, shape_of
from index.parse.small_print import is_small_print, is_table_head, labels_next_line, table_rows, without_title_label

_LONGEST_IN_SMALL_PRINT = 60
_LONGEST_WITH_NUMBER = 100
_BESIDE = re.compile(r"\s+[·•|]\s+")
_LINES_OF_TITLE = 4


def end_of_head(lines: list[Line], heading: Heading) -> int:
    """The number of lines, from the item's first, that are title, title printed again, or small print."""
    key = title_key(heading.title)
    first = heading.line.index - lines[0].index
    end = first + 1
    for offset, line in enumerate(lines[end:], end):
        if line.blank:
            continue
        words = without_title_label(line.words)
        shape = shape_of(line.words)
        repeated = title_key(line.words) == key or (
            shape is not None and shape.number == heading.number and title_key(shape.title) in (key, "")
        )
        part_of_title = len(line.words) > 1 and words in heading.title and offset <= first + _LINES_OF_TITLE
        wrapped = part_of_title and (heading.title.startswith(words) or heading.title.endswith(f" {words}"))
        following = next_filled(lines, offset + 1)
        wrapper = (
            line.words.casefold() == WRAPPER_LABEL
            and following is not None
            and heading_parts(following.words) == (heading.number, heading.title)
        )
        printed = is_small_print(line.words) or labels_next_line(line.words) or not words or _holds_number(line.words)
        printed = printed or is_table_head(line.words) or is_table_head(lines[offset - 1].words)
        if not (repeated or wrapped or wrapper or printed or _leads_to_case_line(lines, offset)):
            break
        end = offset + 1
    return end


def _holds_number(words: str) -> bool:
    """Whether a short line is a number, or one beside other marks: "Sundby Kommune · 00.22.02-G01-4-20"."""
    return len(words) <= _LONGEST_WITH_NUMBER and any(is_lone_number(cell) for cell in _BESIDE.split(words))


def _leads_to_case_line(lines: list[Line], offset: int) -> bool:
    """Whether a short line stands between a heading and its case number: who brings the item, how long it takes."""
    words = lines[offset].words
    if len(words) > _LONGEST_IN_SMALL_PRINT or words.endswith((".", ":")) and not words.endswith("min."):
        return False
    following = [line.words for line in lines[offset + 1 : offset + 3] if not line.blank]
    return bool(following and looks_like_case_line(following[0])) and label_of(words) is None


def small_print_of(lines: list[Line]) -> tuple[str, ...]:
    """The small print line by line, a label with its value; where it is a table, its columns."""
    found: list[str] = []
    for line, before in zip(lines, [None, *lines], strict=False):
        if before is not None and labels_next_line(before.words):
            found[-1] = f"{before.words.rstrip(':')}: {line.words}"
        elif before is not None and is_table_head(before.words):
            found += table_rows(before.words, line.words)
        else:
            found += _BESIDE.split(line.words)
    return tuple(found)
