"""Which lines open an agenda item: evidence is added up, and the best sequence of lines wins.

A numbered list in a case looks exactly like a row of item headings. No single sign tells them apart;
the contents, the marker word, the way the numbers run and what follows the line do so together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from index.models import Span
from index.parse.contents import Contents, title_key
from index.parse.fields import looks_like_case_line
from index.parse.labels import label_of
from index.parse.lines import Line

_MARKED = re.compile(
    r"^(?:[•·]\s*)?(?P<marker>punkt|pkt\.?|sag(?:\s+nr\.?)?|nr\.|dagsordenspunkt)\s*(?P<number>\d{1,4}[A-Za-z]?)\b\s*[:.–-]?\s*(?P<title>.*)$",
    re.IGNORECASE,
)
_OPENNESS = re.compile(
    r"^(?P<number>\d{1,4}[A-Za-z]?)\.?\s*\((?P<mark>åben|åbent|lukket)[^)]*\)\s*(?P<title>.+)$", re.IGNORECASE
)
_NUMBERED = re.compile(r"^(?P<number>\d{1,4}[A-Za-z]?)\.\s*(?P<title>[^\W\d].*|\d.*[^\W\d].*)$")
_BARE = re.compile(r"^(?P<number>\d{1,4}[A-Za-z]?)\s+(?P<title>[^\W\d].{2,})$")
_SHAPES = {"marked": _MARKED, "openness": _OPENNESS, "numbered": _NUMBERED, "bare": _BARE}
# What the shape alone says. A bare number before a title is one only where the contents confirm it.
_SHAPE_EVIDENCE = {"marked": 2.0, "openness": 2.0, "numbered": 0.0, "bare": -2.5}
_LOOK_BACK = 40
_LOOK_AHEAD = 8
_WRAP_CHARS = 90


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that may open an item. `entry` is the place of its title in the contents, if it stands there."""

    line: Line
    number: str
    title: str
    shape: str
    closed: bool = False
    entry: int | None = None
    evidence: float = 0.0

    @property
    def order(self) -> int:
        return int(re.match(r"\d+", self.number)[0])


def find_headings(lines: list[Line], contents: Contents | None) -> list[Heading]:
    """The item headings of a text, in the order in which they stand."""
    skip = contents.span if contents else Span(0, 0)
    candidates = [
        candidate for line in lines if not skip.start <= line.start < skip.end and (candidate := _candidate(line))
    ]
    candidates = [_with_wrapped_title(candidate, lines) for candidate in candidates]
    places: dict[str, set[int]] = defaultdict(set)
    for candidate in candidates:
        places[candidate.shape].add(candidate.line.index)
    weighed = [_weigh(candidate, places, lines, contents) for candidate in candidates]
    return _best_sequence([heading for heading in weighed if heading.evidence > 0])


def heading_parts(words: str) -> tuple[str, str] | None:
    """(number, title) of a line that is shaped like an item heading, else None."""
    for pattern in (_MARKED, _OPENNESS, _NUMBERED):
        if match := pattern.match(words):
            return match["number"], match["title"].strip()
    return None


def _candidate(line: Line) -> Heading | None:
    for shape, pattern in _SHAPES.items():
        match = pattern.match(line.words)
        if match:
            closed = shape == "openness" and match["mark"].casefold() == "lukket"
            return Heading(line, match["number"], match["title"].strip(), shape, closed)
    return None


def _with_wrapped_title(heading: Heading, lines: list[Line]) -> Heading:
    """The heading with its title's second line, where the first is as long as a line can be."""
    following = lines[heading.line.index + 1] if heading.line.index + 1 < len(lines) else None
    if following is None or following.blank or len(heading.line.words) < _WRAP_CHARS:
        return heading
    if _candidate(following) or label_of(following.words) or looks_like_case_line(following.words):
        return heading
    if len(following.words) >= _WRAP_CHARS or following.words.endswith((".", ":")):
        return heading
    return replace(heading, title=f"{heading.title} {following.words}")


def _weigh(heading: Heading, places: dict[str, set[int]], lines: list[Line], contents: Contents | None) -> Heading:
    """The heading with all that speaks for it (positive) and against it (negative) added up."""
    entry = _entry_of(heading, contents)
    evidence = _SHAPE_EVIDENCE[heading.shape]
    if contents:
        evidence += 4.0 if entry is not None else -3.0
    index = heading.line.index
    before, after = lines[index - 1] if index else None, lines[index + 1 : index + 2]
    if before is None or before.blank:
        evidence += 0.5
    elif heading.shape in ("numbered", "bare"):
        evidence -= 1.0
    evidence += 0.5 if not after or after[0].blank else -0.5
    evidence += _what_follows(heading, lines)
    evidence += 0.5 if heading.title else -0.5
    if heading.title[:1].islower():
        evidence -= 2.0
    if heading.title.endswith((":", ",", ";")):
        evidence -= 1.0
    if index - 1 in places[heading.shape] or index + 1 in places[heading.shape]:
        evidence -= 2.0
    return replace(heading, entry=entry, evidence=evidence)


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


def _what_follows(heading: Heading, lines: list[Line]) -> float:
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
    for words in following[:4]:
        if looks_like_case_line(words) or label_of(words):
            return evidence + 1.5
    return evidence


def _best_sequence(headings: list[Heading]) -> list[Heading]:
    """The run of headings with the most evidence, where each step to the next number adds to it."""
    best: list[tuple[float, int | None]] = []
    for here, heading in enumerate(headings):
        options = [
            (best[there][0] + _step(headings[there], heading), there)
            for there in range(max(0, here - _LOOK_BACK), here)
        ]
        total, came_from = max(options, default=(0.0, None), key=lambda option: (option[0], -(option[1] or 0)))
        best.append((heading.evidence + max(total, 0.0), came_from if total > 0 else None))
    if not best:
        return []
    at: int | None = max(range(len(best)), key=lambda place: best[place][0])
    chosen = []
    while at is not None:
        chosen.append(headings[at])
        at = best[at][1]
    return chosen[::-1]


def _step(earlier: Heading, later: Heading) -> float:
    """What it says of two headings that they are neighbours: the next number, the next entry, the same shape."""
    in_contents = earlier.entry is not None and later.entry is not None
    gap = later.entry - earlier.entry if in_contents else later.order - earlier.order
    order = 2.0 if gap == 1 else -0.3 * min(gap, 10) if gap > 1 else -20.0
    return order + (0.5 if earlier.shape == later.shape else -1.0)
