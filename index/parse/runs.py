"""Runs of lines that may be a table of contents: entries with pages, or a list under a heading or before the items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from index.models import SectionKind
from index.parse.case_numbers import is_number, looks_like_case_line
from index.parse.entries import PAGE, Entry, entry_of, title_key
from index.parse.groups import is_closed_group, is_group
from index.parse.labels import label_of
from index.parse.lines import Line, lines_from
from index.parse.shapes import shape_of

HEADING = re.compile(
    r"^(?:indholdsfortegnelse|punkter|dagsorden|dagsordenspunkter|indhold|sagsoversigt|punktoversigt|sagsliste|"
    r"dagsorden med till(?:æ|ae)gsdagsorden)\s*:?(?:\s+side)?$",
    re.IGNORECASE,
)
_DETAIL = re.compile(r"^(?:\(|[a-zæøå][.)]\s|[-•–*]\s)")
_PAGE_AT_END = re.compile(r"\s+(?P<page>\d{1,3})$")
_LEAST_PAGED = 3
_LONGEST_TITLE = 250
_LONGEST_GROUP = 60
_BLANKS_WITHIN = 3


@dataclass(slots=True)
class Run:
    """Lines that may be a table of contents."""

    first: int
    last: int
    entries: list[Entry] = field(default_factory=list)
    groups: set[str] = field(default_factory=set)

    def add(self, entry: Entry, last: int) -> None:
        self.entries.append(entry)
        self.last = last


def paged_runs(lines: list[Line]) -> Iterator[Run]:
    """Entries with page numbers that never fall; a wrapped title may take two lines."""
    at = 0
    while at < len(lines):
        entry = entry_of(lines[at], lines[at].words) if PAGE.search(lines[at].words) else None
        if entry and (entry.number or "\t" not in lines[at].words or lines[at].words.count("\t") == 1):
            run = _paged_run(lines, at)
            yield run
            at = max(run.last, at)
        at += 1


def _paged_run(lines: list[Line], start: int) -> Run:
    run, page, wrapped, shut = Run(start, start), 0, None, False
    if (above := _wrapped_above(lines, start)) is not None:
        run.first, wrapped = above.index, above
    for line in lines_from(lines, start):
        if line.blank or (is_group(line.words) and not wrapped):
            run.groups.update({title_key(line.words)} - {""})
            shut = shut if line.blank else is_closed_group(line.words)
            continue
        entry = entry_of(line, f"{wrapped.words} {line.words}" if wrapped else line.words)
        if entry and entry.page is not None and entry.page >= page:
            run.add(replace(entry, closed=entry.closed or shut), line.index)
            page, wrapped = entry.page, None
        elif entry and entry.page is None and run.entries and _completes(run.entries[-1], line):
            run.entries[-1] = replace(run.entries[-1], title=f"{run.entries[-1].title} {line.words}")
            run.last = line.index
        elif wrapped or entry is None or entry.page is not None:
            break
        else:
            wrapped = line
    return run


def _wrapped_above(lines: list[Line], start: int) -> Line | None:
    """The line above, where the first entry's title begins on it: it has the number that the entry has not."""
    above = lines[start - 1] if start else None
    if above is None or above.blank or shape_of(lines[start].words) or HEADING.match(above.words):
        return None
    return above if (shape := shape_of(above.words)) and shape.title else None


def _completes(entry: Entry, line: Line) -> bool:
    """Whether a line goes on with the title of the entry above: indented, unnumbered, and short."""
    return (
        entry.number is not None and line.first - line.start >= 8 and len(line.words) <= 60 and not shape_of(line.words)
    )


def listed_runs(lines: list[Line]) -> Iterator[Run]:
    """Titles without pages: numbered ones before the first item, or plain ones under a heading such as "Dagsorden"."""
    read_to = -1
    for line in lines:
        if HEADING.match(line.words):
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


def _plain_run(lines: list[Line], start: int, *, numbered: bool) -> Run:
    run, blanks, seen, waiting, shut = Run(start, start), 0, set(), None, False
    for line in lines_from(lines, start):
        blanks = blanks + 1 if line.blank else 0
        if _is_passed_over(line, blanks, run, numbered):
            continue
        entry = entry_of(line, line.words) if not line.blank and len(line.words) <= _LONGEST_TITLE else None
        if entry is None or (entry.number or title_key(entry.title)) in seen:
            break
        if numbered and entry.number is None:
            if run.entries and title_key(line.words) == title_key(run.entries[-1].title):
                return Run(start, start)  # an item's heading, printed twice
            if run.entries and _details(line, lines[run.last]):
                continue
            if waiting is not None or line.words.endswith((".", ",")) or len(line.words) > _LONGEST_GROUP:
                break
            waiting = line.words
            continue
        if waiting is not None:
            run.groups.add(title_key(waiting))
            waiting, shut = None, is_closed_group(waiting)
        if not run.entries:
            run.first = line.index
        seen.add(entry.number or title_key(entry.title))
        run.add(replace(entry, closed=entry.closed or shut), line.index)
    run.entries = _without_pages(run.entries)
    return run


def _is_passed_over(line: Line, blanks: int, run: Run, numbered: bool) -> bool:
    """Whether a line within a list is a gap, or the case number on top of an entry."""
    if line.blank:
        return blanks <= _BLANKS_WITHIN and (numbered or not run.entries)
    return numbered and is_number(line.words)


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
