"""The table of contents: the best witness of which lines are item headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from index.models import Span
from index.parse.lines import Line

_HEADINGS = {
    "indholdsfortegnelse",
    "punkter",
    "dagsorden",
    "dagsordenspunkter",
    "indhold",
    "sagsoversigt",
    "punktoversigt",
}
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")
_NUMBERED_ENTRY = re.compile(
    r"^(?P<number>\d{1,3}[A-Za-z]?)\s*\t\s*(?P<title>[^\t]*[^\W\d][^\t]*?)[\s.]*\t\s*(?P<page>\d{1,4})$"
)
_LED_ENTRY = re.compile(r"^(?P<title>.*?[^\W\d].*?)(?:\s*\.{4,}\s*|\s*\t\s*)(?P<page>\d{1,4})$")
_PLAIN_ENTRY = re.compile(r"^(?P<number>\d{1,3}[A-Za-z]?)\.?\s+(?P<title>\S.*)$")
_LEADING_NUMBER = re.compile(r"^(?P<number>\d{1,3}[A-Za-z]?)(?:\.\s*|\s+|\s*(?=\())(?P<title>\S.*)$")
_LEADING_MARK = re.compile(
    r"^(?:[•·]\s*)?(?:(?:punkt|pkt|sag|nr|dagsordenspunkt)\b\.?\s*(?:nr\.?\s*)?)?\d{0,4}[A-Za-z]?\s*[.:–-]?\s*(?:\([^)]*\))?",
    re.IGNORECASE,
)
_TITLE_START = 20
_MIN_ENTRIES = 2
_SAME_TITLE = 85
_TRUNCATED_TITLE_CHARS = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: the item's title, and its number where one is printed."""

    title: str
    number: str | None

    def likeness(self, title: str) -> float:
        """How well a heading's title agrees with this entry: 0 (does not) to 1."""
        ours, theirs = title_key(self.title), title_key(title)
        if len(ours) >= _TRUNCATED_TITLE_CHARS and theirs.startswith(ours):
            return 1.0
        ratio = fuzz.ratio(ours, theirs)
        return ratio / 100 if ratio >= _SAME_TITLE else 0.0


@dataclass(frozen=True, slots=True)
class Contents:
    entries: tuple[Entry, ...]
    span: Span


def title_key(title: str) -> str:
    """A title with nothing left but what two printings of it share."""
    bare = re.sub(r"^\(?(?:lukket|åben|åbent)\b\)?[\s:.–-]*", "", title.casefold())
    return " ".join(re.findall(r"\w+", bare))


def find_contents(lines: list[Line]) -> Contents | None:
    """The run of lines that look like entries of a table of contents and most of whose titles return, or None."""
    runs, at = [_listed_run(lines)], 0
    while at < len(lines):
        if _paged_entry(lines[at].words):
            runs.append(_paged_run(lines, at))
            at = runs[-1][2]
        at += 1
    best = max(runs, key=lambda run: _returning(run, lines) if len(run[0]) >= _MIN_ENTRIES else 0)
    entries, first, last = best
    if len(entries) < _MIN_ENTRIES or _returning(best, lines) * 2 < len(entries):
        return None
    return Contents(tuple(entries), Span(lines[_heading_above(lines, first)].start, lines[last].end))


def _returning(run: tuple[list[Entry], int, int], lines: list[Line]) -> int:
    """How many of a run's titles stand on a later line: a budget table's rows do not."""
    entries, _, last = run
    later = [line.words for line in lines[last + 1 :] if not line.blank]
    starts = {key[:_TITLE_START] for words in later if (key := title_key(_LEADING_MARK.sub("", words)))}
    return sum(title_key(entry.title)[:_TITLE_START] in starts for entry in entries)


def _paged_entry(words: str) -> tuple[Entry, int] | None:
    words = _TAGS.sub("", words)
    match = _NUMBERED_ENTRY.match(words) or _LED_ENTRY.match(words)
    if not match or (not match.groupdict().get("number") and words.count("\t") > 1):
        return None
    title, number = match["title"].strip(), match.groupdict().get("number")
    numbered = _LEADING_NUMBER.match(title)
    if number is None and numbered:
        number, title = numbered["number"], numbered["title"]
    return Entry(title, number), int(match["page"])


def _paged_run(lines: list[Line], start: int) -> tuple[list[Entry], int, int]:
    """Entries with page numbers that never fall, from line `start` on; a wrapped title may take two lines."""
    entries: list[Entry] = []
    last, page, wrapped = start, 0, ""
    for line in lines[start:]:
        if line.blank:
            continue
        found = _paged_entry(f"{wrapped} {line.words}".strip())
        if found and found[1] >= page:
            entries.append(found[0])
            last, page, wrapped = line.index, found[1], ""
        elif wrapped or found:
            break
        else:
            wrapped = line.words
    return entries, start, last


def _listed_run(lines: list[Line]) -> tuple[list[Entry], int, int]:
    """Numbered titles without pages under a heading such as "Punkter"; each must return as a line of its own."""
    for heading in lines:
        if heading.words.casefold().rstrip(":") not in _HEADINGS:
            continue
        entries, first, last = [], None, heading.index
        for line in lines[heading.index + 1 :]:
            match = _PLAIN_ENTRY.match(line.words)
            if line.blank and not entries:
                continue
            if not match:
                break
            first = line.index if first is None else first
            entries.append(Entry(match["title"], match["number"]))
            last = line.index
        later = {title_key(line.words) for line in lines[last + 1 :]}
        if first is not None and all(
            title_key(entry.title) in later or title_key(f"{entry.number} {entry.title}") in later for entry in entries
        ):
            return entries, first, last
    return [], 0, 0


def _heading_above(lines: list[Line], first: int) -> int:
    above = next((line for line in reversed(lines[:first]) if not line.blank), None)
    return above.index if above and above.words.casefold().rstrip(":") in _HEADINGS else first
