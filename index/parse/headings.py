"""Which lines open an agenda item: evidence is added up, and the best sequence of lines wins.

A numbered list in a case looks exactly like a row of item headings. No single sign tells them apart;
the contents, the marker word, the way the numbers run and what follows the line do so together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import accumulate

from index.models import Span
from index.parse.candidates import (
    WRAP_CHARS,
    Heading,
    numbered_heading,
    stands_over_case_number,
    without_repetitions,
)
from index.parse.columns import Columns
from index.parse.contents import Contents
from index.parse.entries import title_key
from index.parse.evidence import SHAPE_EVIDENCE, line_above, weighed, what_follows
from index.parse.labels import inline_label, label_of
from index.parse.lines import Line
from index.parse.shapes import gap_between

_LEAST_EVIDENCE = -1.0
_LOOK_BACK = 40
_OUT_OF_ORDER_FROM = 5.0  # evidence from which two headings may stand against the order of their numbers


def find_headings(lines: list[Line], contents: Contents | None, columns: Columns | None = None) -> list[Heading]:
    """The item headings of a text, in the order in which they stand."""
    skip = contents.span if contents else Span(0, 0)
    outside = [line for line in lines if not line.blank and not skip.start <= line.start < skip.end]
    rows = [found for line in outside if (found := numbered_heading(line, lines, contents, columns))]
    groups = contents.groups if contents else frozenset()
    rows = [row for row in rows if title_key(row.line.words) not in groups]
    numbered = without_repetitions(_without_numbered_labels(rows))
    labels_above = _labels_above(lines)
    places: dict[str, set[int]] = defaultdict(set)
    for candidate in numbered:
        places[candidate.shape].add(candidate.line.index)
    found = [weighed(candidate, places, lines, contents, columns) for candidate in numbered]
    best, total = _best_sequence([heading for heading in found if heading.evidence > _LEAST_EVIDENCE], labels_above)
    titled, titled_total = _best_sequence(list(_titled(outside, lines, contents)), labels_above)
    return _each_once(titled if titled_total > total else best)


def _each_once(headings: list[Heading]) -> list[Heading]:
    """The headings without those that come again at the end: a list of attachments, item by item."""
    met = {}
    for heading in headings:
        met.setdefault((heading.number, title_key(heading.title), heading.number or heading.line.index), heading)
    return list(met.values())


def _without_numbered_labels(candidates: list[Heading]) -> list[Heading]:
    """The candidates without labels that are numbered and return: "1. Resumé" in every item."""
    returns = Counter((heading.number, heading.title) for heading in candidates if label_of(heading.title))
    return [heading for heading in candidates if returns[heading.number, heading.title] < 2]


def _labels_above(lines: list[Line]) -> list[int]:
    """For each line, how many above it label a part of an item."""
    return [0, *accumulate(bool(label_of(line.words) or inline_label(line.words)) for line in lines)]


def _titled(outside: list[Line], lines: list[Line], contents: Contents | None) -> list[Heading]:
    """Headings without numbers: the titles of the contents, each on its own line, or lines above a case number."""
    if contents:
        return list(_titles_of_contents(outside, lines, contents))
    found = [
        Heading(line, "", line.words, "titled", evidence=1.0)
        for line in outside
        if stands_over_case_number(line, lines)
    ]
    return found if len(found) >= 2 else []


def _titles_of_contents(outside: list[Line], lines: list[Line], contents: Contents) -> list[Heading]:
    keys: dict[str, int] = {}
    for place, entry in enumerate(contents.entries):
        keys.setdefault(title_key(entry.title), place)
    repeated = Counter(title_key(entry.title) for entry in contents.entries)
    found = []
    for line in outside:
        key = title_key(line.words)
        place = keys.get(key)
        if place is None and line.index + 1 < len(lines) and len(line.words) >= WRAP_CHARS // 2:
            place = keys.get(title_key(f"{line.words} {lines[line.index + 1].words}"))
        if place is None:
            continue
        entry = contents.entries[place]
        heading = Heading(line, entry.number or "", entry.title, "titled", entry.closed, place)
        evidence = SHAPE_EVIDENCE["titled"] + 4.0 + what_follows(heading, lines)
        before = line_above(lines, line.index)
        evidence += 0.5 if before is None or before.blank else -1.0
        found.append(replace(heading, evidence=evidence, entry=place if repeated[key] == 1 else None))
    return [heading for heading in found if heading.evidence > 0]


def _best_sequence(headings: list[Heading], labels_above: list[int]) -> tuple[list[Heading], float]:
    """The run of headings with the most evidence, where each step to the next number adds to it; and the evidence.

    Of two neighbours the first is an item if a label stands between them; rows of a list have none.
    """
    best: list[tuple[float, int | None]] = []
    for here, heading in enumerate(headings):
        options = [
            (best[there][0] + _step(headings[there], heading) + _between(headings[there], heading, labels_above), there)
            for there in range(max(0, here - _LOOK_BACK), here)
        ]
        total, came_from = max(options, default=(0.0, None), key=lambda option: (option[0], -(option[1] or 0)))
        best.append((heading.evidence + max(total, 0.0), came_from if total > 0 else None))
    if not best:
        return [], 0.0
    at: int | None = max(range(len(best)), key=lambda place: best[place][0])
    score = best[at][0]
    chosen = []
    while at is not None:
        chosen.append(headings[at])
        at = best[at][1]
    return chosen[::-1], score


def _between(earlier: Heading, later: Heading, labels_above: list[int]) -> float:
    return 1.0 if labels_above[later.line.index] > labels_above[earlier.line.index] else -0.5


def _step(earlier: Heading, later: Heading) -> float:
    """What it says of two headings that they are neighbours: the next number, the next entry, the same shape."""
    in_contents = earlier.entry is not None and later.entry is not None
    if in_contents:
        gap = later.entry - earlier.entry
    elif earlier.number and later.number:
        gap = gap_between(earlier.number, later.number)
    else:
        gap = 1
    out_of_order = -2.0 if min(earlier.evidence, later.evidence) >= _OUT_OF_ORDER_FROM and gap < 0 else -20.0
    order = 2.0 if gap == 1 else -0.3 * min(gap, 10) if gap > 1 else out_of_order
    return order + (0.5 if earlier.shape == later.shape else -1.0)
