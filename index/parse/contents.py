"""The table of contents: the best witness of which lines are item headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from index.models import SectionKind, Span
from index.parse.case_numbers import looks_like_case_line
from index.parse.entries import PAGE, Entry, entry_of, title_key
from index.parse.groups import is_group
from index.parse.labels import label_of
from index.parse.lines import Line, lines_from
from index.parse.shapes import shape_of

_HEADING = re.compile(
    r"^(?:indholdsfortegnelse|punkter|dagsorden|dagsordenspunkter|indhold|sagsoversigt|punktoversigt|sagsliste|"
    r"dagsorden med till(?:æ|ae)gsdagsorden)\s*:?(?:\s+side)?$",
    re.IGNORECASE,
)
_PAGE_AT_END = re.compile(r"\s+(?P<page>\d{1,3})$")
_LEAST_PAGED = 3
_DETAIL = re.compile(r"^(?:\(|[a-zæøå][.)]\s|[-•–*]\s)")
_TITLE_START = 20
_ENOUGH_CHARS = 80  # of a line, to know the first of a title
_FIRST_NUMBER = "#"
_MIN_ENTRIES = 2
_LONGEST_TITLE = 250
_LONGEST_GROUP = 60
_BLANKS_WITHIN = 3
_HEAD_ABOVE = 4
_LINES_AFTER = 10


@dataclass(frozen=True, slots=True)
class Contents:
    """The entries, and the titles of the groups that they stand in: "Lukkede punkter"."""

    entries: tuple[Entry, ...]
    span: Span
    groups: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Run:
    """Lines that may be a table of contents."""

    first: int
    last: int
    entries: list[Entry] = field(default_factory=list)
    groups: set[str] = field(default_factory=set)

    def add(self, entry: Entry, last: int) -> None:
        self.entries.append(entry)
        self.last = last


def find_contents(lines: list[Line]) -> Contents | None:
    """The run of lines that look like entries of a table of contents and most of whose titles return, or None."""
    returns = _last_places(lines)
    runs = [run for run in (*_paged_runs(lines), *_listed_runs(lines)) if len(run.entries) >= _MIN_ENTRIES]
    best = max(runs, key=lambda run: _returning(run, returns), default=None)
    if best is None or _returning(best, returns) * 2 < len(best.entries):
        best = next((run for run in _paged_runs(lines) if _stands_last(run, lines)), None)
        return _as_contents(best, lines) if best else None
    return _as_contents(best, lines)


def _stands_last(run: _Run, lines: list[Line]) -> bool:
    """Whether a run names titles that stand before it, and nothing but a few lines comes after it."""
    if len(run.entries) <= _MIN_ENTRIES or any(not line.blank for line in lines[run.last + 1 + _LINES_AFTER :]):
        return False
    above = {title_key(shape.title)[:_TITLE_START] for line in lines[: run.first] if (shape := shape_of(line.words))}
    return sum(title_key(entry.title)[:_TITLE_START] in above for entry in run.entries) * 2 >= len(run.entries)


def _as_contents(best: _Run, lines: list[Line]) -> Contents:
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


def _returning(run: _Run, returns: dict[str, int]) -> int:
    """How many of a run's titles stand on a later line: a budget table's rows do not; labels are none."""
    before_items = run.last < returns.get(_FIRST_NUMBER, 0)
    count = 0
    for entry in run.entries:
        if label_of(entry.title) in (SectionKind.SUMMARY, SectionKind.CASE_TEXT, SectionKind.RECOMMENDATION):
            continue
        title = returns.get(title_key(entry.title)[:_TITLE_START], -1) > run.last
        count += title or (before_items and f"#{entry.number}" in returns)
    return count


def _paged_runs(lines: list[Line]) -> Iterator[_Run]:
    """Entries with page numbers that never fall; a wrapped title may take two lines."""
    at = 0
    while at < len(lines):
        entry = entry_of(lines[at], lines[at].words) if PAGE.search(lines[at].words) else None
        if entry and (entry.number or "\t" not in lines[at].words or lines[at].words.count("\t") == 1):
            run = _paged_run(lines, at)
            yield run
            at = max(run.last, at)
        at += 1


def _paged_run(lines: list[Line], start: int) -> _Run:
    run, page, wrapped = _Run(start, start), 0, None
    if (above := _wrapped_above(lines, start)) is not None:
        run.first, wrapped = above.index, above
    for line in lines_from(lines, start):
        if line.blank or (is_group(line.words) and not wrapped):
            run.groups.update({title_key(line.words)} - {""})
            continue
        entry = entry_of(line, f"{wrapped.words} {line.words}" if wrapped else line.words)
        if entry and entry.page is not None and entry.page >= page:
            run.add(entry, line.index)
            page, wrapped = entry.page, None
        elif entry and entry.page is None and run.entries and _completes(run.entries[-1], line):
            whole = Entry(
                f"{run.entries[-1].title} {line.words}",
                run.entries[-1].number,
                run.entries[-1].closed,
                run.entries[-1].span,
                run.entries[-1].page,
            )
            run.entries[-1], run.last = whole, line.index
        elif wrapped or entry is None or entry.page is not None:
            break
        else:
            wrapped = line
    return run


def _wrapped_above(lines: list[Line], start: int) -> Line | None:
    """The line above, where the first entry's title begins on it: it has the number that the entry has not."""
    above = lines[start - 1] if start else None
    if above is None or above.blank or shape_of(lines[start].words) or _HEADING.match(above.words):
        return None
    return above if (shape := shape_of(above.words)) and shape.title else None


def _completes(entry: Entry, line: Line) -> bool:
    """Whether a line goes on with the title of the entry above: indented, unnumbered, and short."""
    return (
        entry.number is not None and line.first - line.start >= 8 and len(line.words) <= 60 and not shape_of(line.words)
    )


def _listed_runs(lines: list[Line]) -> Iterator[_Run]:
    """Titles without pages: numbered ones before the first item, or plain ones under a heading such as "Dagsorden"."""
    read_to = -1
    for line in lines:
        if _HEADING.match(line.words):
            yield _plain_run(lines, line.index + 1, numbered=True)
            plain = _plain_run(lines, line.index + 1, numbered=False)
            if plain.entries and not any(entry.number for entry in plain.entries):
                yield plain
        elif _opens_the_case(line):
            break
        elif line.index > read_to and (entry := entry_of(line, line.words)) and entry.number:
            previous = lines[line.index - 1].words if line.index else ""
            if not (shape := shape_of(previous)) or not shape.title:
                run = _plain_run(lines, line.index, numbered=True)
                read_to = run.last
                yield run


def _opens_the_case(line: Line) -> bool:
    return label_of(line.words) in (
        SectionKind.SUMMARY,
        SectionKind.CASE_TEXT,
        SectionKind.RECOMMENDATION,
    ) or looks_like_case_line(line.words)


def _plain_run(lines: list[Line], start: int, *, numbered: bool) -> _Run:
    run, blanks, seen, waiting = _Run(start, start), 0, set(), None
    for line in lines_from(lines, start):
        blanks = blanks + 1 if line.blank else 0
        if line.blank and blanks <= _BLANKS_WITHIN and (numbered or not run.entries):
            continue
        entry = entry_of(line, line.words) if not line.blank and len(line.words) <= _LONGEST_TITLE else None
        if entry is None or (entry.number or title_key(entry.title)) in seen:
            break
        if numbered and entry.number is None:
            if run.entries and title_key(line.words) == title_key(run.entries[-1].title):
                return _Run(start, start)  # an item's heading, printed twice
            if run.entries and _details(line, lines[run.last]):
                continue
            if waiting is not None or line.words.endswith((".", ",")) or len(line.words) > _LONGEST_GROUP:
                break
            waiting = line.words
            continue
        if waiting is not None:
            run.groups.add(title_key(waiting))
            waiting = None
        if not run.entries:
            run.first = line.index
        seen.add(entry.number or title_key(entry.title))
        run.add(entry, line.index)
    run.entries = _without_pages(run.entries)
    return run


def _without_pages(entries: list[Entry]) -> list[Entry]:
    """The entries without the numbers at their ends, where all have one and none is smaller than the one before."""
    pages = [_PAGE_AT_END.search(entry.title) for entry in entries]
    numbers = [int(page["page"]) for page in pages if page]
    if len(numbers) < max(len(entries), _LEAST_PAGED) or numbers != sorted(numbers):
        return entries
    return [
        replace(entry, title=entry.title[: page.start()], page=int(page["page"]))
        for entry, page in zip(entries, pages, strict=True)
        if page
    ]


def _details(line: Line, entry: Line) -> bool:
    """Whether a line below an entry tells more of it: "a. Personlig pleje", "(bilag 2)", or set further in."""
    return bool(_DETAIL.match(line.words)) or line.first - line.start > entry.first - entry.start


def _heading_above(lines: list[Line], first: int) -> int:
    for line in reversed(lines[max(0, first - _HEAD_ABOVE) : first]):
        if _HEADING.match(line.words):
            return line.index
        if not line.blank and line.words.casefold() != "side":
            break
    return first
