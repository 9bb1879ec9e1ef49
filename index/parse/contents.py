"""The table of contents: the best witness of which lines are item headings."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from index.models import SectionKind, Span
from index.parse.entries import Entry, title_key
from index.parse.labels import label_of
from index.parse.lines import Line
from index.parse.runs import HEADING, Run, listed_runs, paged_runs
from index.parse.shapes import shape_of

_TITLE_START = 20
_ENOUGH_CHARS = 80  # of a line, to know the first of a title
_FIRST_NUMBER = "#"
_MIN_ENTRIES = 2
_HEAD_ABOVE = 4
_LINES_AFTER = 10


@dataclass(frozen=True, slots=True)
class Contents:
    """The entries, and the titles of the groups that they stand in: "Lukkede punkter"."""

    entries: tuple[Entry, ...]
    span: Span
    groups: frozenset[str] = frozenset()


def find_contents(lines: list[Line]) -> Contents | None:
    """The run of lines that look like entries of a table of contents and most of whose titles return, or None."""
    returns = _last_places(lines)
    runs = [run for run in (*paged_runs(lines), *listed_runs(lines)) if len(run.entries) >= _MIN_ENTRIES]
    best = max(runs, key=lambda run: _returning(run, returns), default=None)
    if best is None or _returning(best, returns) * 2 < len(best.entries):
        best = next((run for run in paged_runs(lines) if _stands_last(run, lines)), None)
        return _as_contents(best, lines) if best else None
    return _as_contents(best, lines)


def _stands_last(run: Run, lines: list[Line]) -> bool:
    """Whether a run names titles that stand before it, and nothing but a few lines comes after it."""
    if len(run.entries) <= _MIN_ENTRIES or any(not line.blank for line in lines[run.last + 1 + _LINES_AFTER :]):
        return False
    above = {title_key(shape.title)[:_TITLE_START] for line in lines[: run.first] if (shape := shape_of(line.words))}
    return sum(title_key(entry.title)[:_TITLE_START] in above for entry in run.entries) * 2 >= len(run.entries)


def _as_contents(best: Run, lines: list[Line]) -> Contents:
    first = _heading_above(lines, best.first)
    chapters = [one for one, other in pairwise(best.entries) if one.number and other.number == f"{one.number}.1"]
    best.groups |= {title_key(f"{entry.number} {entry.title}") for entry in chapters}
    best.entries = [entry for entry in best.entries if entry not in chapters]
    return Contents(tuple(best.entries), Span(lines[first].start, lines[best.last].end), frozenset(best.groups))


def _last_places(lines: list[Line]) -> dict[str, int]:
    """Where a title, by its beginning, stands last, and where a number on a line without a title stands first."""
    places: dict[str, int] = {}
    for line in lines:
        if line.blank:
            continue
        shape = shape_of(line.words)
        if shape:
            if shape.title:
                places[title_key(shape.title[:_ENOUGH_CHARS])[:_TITLE_START]] = line.index
            else:
                places.setdefault(f"#{shape.number}", line.index)
                if shape.name in ("marked", "ad"):
                    places.setdefault(_FIRST_NUMBER, line.index)
        places[title_key(line.words[:_ENOUGH_CHARS])[:_TITLE_START]] = line.index
    return places


def _returning(run: Run, returns: dict[str, int]) -> int:
    """How many of a run's titles stand on a later line: a budget table's rows do not; labels are none."""
    before_items = run.last < returns.get(_FIRST_NUMBER, 0)
    count = 0
    for entry in run.entries:
        if label_of(entry.title) in (SectionKind.SUMMARY, SectionKind.CASE_TEXT, SectionKind.RECOMMENDATION):
            continue
        title = returns.get(title_key(entry.title)[:_TITLE_START], -1) > run.last
        count += title or (before_items and f"#{entry.number}" in returns)
    return count


def _heading_above(lines: list[Line], first: int) -> int:
    for line in reversed(lines[max(0, first - _HEAD_ABOVE) : first]):
        if HEADING.match(line.words):
            return line.index
        if not line.blank and line.words.casefold() != "side":
            break
    return first
