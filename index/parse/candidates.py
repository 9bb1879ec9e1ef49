"""The lines that may open an item, each with its title: on the same line, below it, or only in the contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.models import Outcome
from index.outcome import outcomes_said
from index.parse.case_numbers import looks_like_case_line, without_number
from index.parse.columns import Columns
from index.parse.contents import Contents
from index.parse.decisions import decision_of, decision_over_lines
from index.parse.entries import title_key
from index.parse.labels import inline_label, label_of
from index.parse.lines import Line, next_filled
from index.parse.openness import bare_title, is_closed, is_openness, says_closed
from index.parse.shapes import heading_parts, shape_of
from index.parse.small_print import is_small_print, without_title_label

WRAP_CHARS = 90
_LONGEST_TITLE = 250
_DURATION = re.compile(r"\s*[(\[](?:ca\.?\s*)?\d{1,3}\s*min(?:utter|\.)?[)\]]$", re.IGNORECASE)
_REPEATED_WITHIN = 8
_BLOCK = 4  # lines above an item's number in which body and date of a decision stand
_LEAST_OF_WRAPPED = 30
_SHORT_TITLE = 45  # no line of a text is broken so early


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that may open an item. `entry` is its title's place in the contents, if it stands there; `numbers` the
    case number that stands behind its title."""

    line: Line
    number: str
    title: str
    shape: str
    closed: bool = False
    entry: int | None = None
    evidence: float = 0.0
    numbers: str = ""


def numbered_heading(
    line: Line, lines: list[Line], contents: Contents | None, columns: Columns | None = None
) -> Heading | None:
    shape = shape_of(line.words)
    if not shape or (shape.name == "ad" and _is_verdict(shape.title)):
        return None
    if shape.name == "marked" and shape.title.endswith(".") and outcomes_said(shape.title):
        return None  # "Pkt. 2: Godkendt." of the recommendation
    if shape.name == "marked" and not shape.title and _names_the_item_of_a_decision(line, lines):
        return None
    title, numbers = without_number(_whole_title(shape.title, line, lines, contents))
    title = _DURATION.sub("", title)
    if columns and not title and (cell := next_filled(lines, line.index + 1)):
        title, numbers = without_number(cell.words)
    closed = shape.closed or is_closed(title, [])
    heading = Heading(line, shape.number, bare_title(title), shape.name, closed, numbers=numbers)
    return heading if heading.title else _with_title_below(heading, lines, contents)


def without_repetitions(candidates: list[Heading]) -> list[Heading]:
    """The candidates without the second printing of a heading just below its first."""
    kept: list[Heading] = []
    for heading in candidates:
        last = kept[-1] if kept else None
        if (
            last
            and last.number == heading.number
            and last.shape in ("marked", "numbered", "slashed", "roman", "dotted")
            and heading.line.index - last.line.index <= _REPEATED_WITHIN
            and title_key(heading.title) in (title_key(last.title), "")
        ):
            continue
        kept.append(heading)
    return kept


def stands_over_case_number(line: Line, lines: list[Line]) -> bool:
    before = lines[line.index - 1] if line.index else None
    begins = before is None or before.blank or before.words.endswith((".", "!", "?"))
    if not begins or shape_of(line.words) or not _may_be_title(line.words):
        return False
    below = next_filled(lines, line.index + 1)
    return below is not None and below.index - line.index <= 2 and looks_like_case_line(below.words)


def _names_the_item_of_a_decision(line: Line, lines: list[Line]) -> bool:
    """Whether a number stands below a body and a date: "Byrådet", "13-11-2024", "Punkt 3"."""
    above = [other.words for other in lines[max(0, line.index - _BLOCK) : line.index] if not other.blank]
    over = decision_over_lines([*above[-2:], line.words])
    return over is not None and over[1] == 3


def _is_verdict(words: str) -> bool:
    """Whether "Ad 2: Godkendt" says what became of a point of the recommendation."""
    return words.endswith(".") or bool(set(outcomes_said(words)) - {Outcome.NOTED})


def _with_title_below(heading: Heading, lines: list[Line], contents: Contents | None) -> Heading:
    """The heading whose number stands alone: its title is the next line, or stands only in the contents."""
    entry = next((e for e in contents.entries if e.number == heading.number), None) if contents else None
    below = next_filled(lines, heading.line.index + 1)
    closed = heading.closed
    if below and is_openness(below.words):
        closed = closed or says_closed(below.words)
        below = next_filled(lines, below.index + 1)
    if below and not without_title_label(below.words):
        below = next_filled(lines, below.index + 1)
    if below and entry and entry.likeness(without_title_label(below.words)):
        return replace(heading, title=without_title_label(below.words), closed=closed)
    if entry:
        return replace(heading, title=entry.title, closed=closed or entry.closed)
    title, numbers = without_number(_title_at(below, lines)) if below else ("", "")
    return replace(
        heading, title=bare_title(title), closed=closed or bool(title and is_closed(title, [])), numbers=numbers
    )


def _title_at(line: Line, lines: list[Line]) -> str:
    """The title that stands on a line, and perhaps on the next; '' where the line begins a text."""
    if (labelled := without_title_label(line.words)) != line.words:
        return labelled
    if not _may_be_title(line.words):
        return ""
    if _stands_apart(line, lines):
        return line.words
    after = lines[line.index + 1]
    if len(line.words) <= _SHORT_TITLE:
        return line.words if not after.words[:1].islower() else ""
    two_lines = _may_be_title(after.words.capitalize()) and len(after.words) < len(line.words)
    return f"{line.words} {after.words}" if two_lines and _stands_apart(after, lines) else ""


def _stands_apart(line: Line, lines: list[Line]) -> bool:
    """Whether a line is not the first of a paragraph."""
    after = lines[line.index + 1].words if line.index + 1 < len(lines) else ""
    return not after or label_of(after) is not None or is_small_print(after) or inline_label(after) is not None


def _may_be_title(words: str) -> bool:
    """Whether a line reads as a title: no label, no small print, no sentence."""
    return not (
        label_of(words)
        or inline_label(words)
        or decision_of(words)
        or is_small_print(words)
        or heading_parts(words)
        or words.endswith((".", ":", ",", ";"))
        or words[0].islower()
        or len(words) > _LONGEST_TITLE
    )


def _whole_title(title: str, line: Line, lines: list[Line], contents: Contents | None) -> str:
    """The title with its second line, where the first is as long as a line can be, or the second goes on with it."""
    following = lines[line.index + 1] if title and line.index + 1 < len(lines) else None
    if following is None or following.blank or len(following.words) >= WRAP_CHARS:
        return title
    if shape_of(following.words) or label_of(following.words) or looks_like_case_line(following.words):
        return title
    whole = f"{title} {following.words}"
    if contents and (known := max(entry.likeness(whole) for entry in contents.entries)):
        return whole if known > max(entry.likeness(title) for entry in contents.entries) else title
    full = len(line.words) >= WRAP_CHARS and not following.words.endswith((".", ":"))
    goes_on = (
        len(title) >= _LEAST_OF_WRAPPED
        and following.words[0].islower()
        and following.words[1:2] != "/"
        and _stands_apart(following, lines)
    )
    return whole if full or (goes_on and not title.endswith((".", ":", ","))) else title
