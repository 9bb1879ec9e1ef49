"""Lines as a reader sees them: letters set apart drawn together, and a page on one line cut at its labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from index.danish import fold
from index.dates import MONTH
from index.models import SectionKind
from index.parse.labels import label_in_a_row, label_of
from index.parse.reading import Change, Reading
from index.parse.shapes import heading_parts

_SPACED_LINE = re.compile(r"^[ \t]*(?:[^\W\d_][ ]){3,}", re.MULTILINE)
_LONG_LINE = 300  # characters: longer than any line that was broken to fit a page
_LABEL = re.compile(r"(?<=[^\s:]) (?=(?P<label>[A-ZÆØÅ][\wæøå-]*(?: [\wæøå]+){0,3}):\s)")
_SHORT_LINE = 60
_CAPITALS_MEET = re.compile(
    r"(?<=[.!?)\]\d\"»] )(?P<label>[A-ZÆØÅ][a-zæøå]{3,}(?: [a-zæøå]{2,}){0,3}|[A-ZÆØÅ]{4,}(?: [A-ZÆØÅ]{2,}){0,3})"
    r"(?= [A-ZÆØÅ\d])"
)
_NUMBERED_TITLE = re.compile(
    r"(?:(?<=[.!?)\"\d] )|(?<=punkt )|(?<=sag ))"
    r"(?=\d{1,3}\. [A-ZÆØÅ][^:]{3,150}? (?i:sags?)[ .-]?(?i:nr|id|nummer)\b)"
)
_AD = re.compile(r"(?<=\n\n)[ \t]*(?i:ad)\.? *(?:(?:pkt|punkt)\.? *)?(?P<number>\d{1,3})[.:)]? +(?=[A-ZÆØÅ])")
_LEAST_NUMBERS = 3
_CASE_LABEL = re.compile(r"(?<=\S) (?=(?:Sags?[ .-]?(?:nr|id|nummer)|Sagsbeh|J\.?nr|KLE)\b)")
_CHAIN = re.compile(
    r"(?<=[:.] )(?=[A-ZÆØÅ][^.:]{3,80}? (?:den|d\.) "
    rf"(?:\d{{1,2}}\.\s*(?:{MONTH}) \d{{4}}|\d{{1,2}}[-.]\d{{1,2}}[-.]\d{{4}})[^.:]{{0,20}}: )"
)


def reflowed(reading: Reading) -> Reading:
    return _cut_after_numbers(_cut_at_labels(_drawn_together(reading)))


def _drawn_together(reading: Reading) -> Reading:
    """Lines that begin with letters set apart: one space goes between letters, more stand between words."""
    changes: list[Change] = []
    for match in _SPACED_LINE.finditer(reading.text):
        line_end = reading.text.find("\n", match.start())
        changes += _spaces_within(reading.text, match.start(), line_end if line_end >= 0 else len(reading.text))
    return reading.changed(changes) if changes else reading


def _spaces_within(text: str, start: int, end: int) -> Iterator[Change]:
    """The single spaces between letters that stand alone; of wider ones between words, all but one."""
    for place in range(start + 1, end - 1):
        if text[place] != " " or text[place - 1].isspace():
            continue
        if text[place + 1].isspace():
            wide = re.compile(" +").match(text, place)
            if text[start:place].strip() and wide.end() < end:
                yield place + 1, wide.end(), ""
            continue
        before = place < 2 or not text[place - 2].isalnum()
        after = place + 2 >= end or not text[place + 2].isalnum()
        if (before and after) or (after and text[place + 1] in ":.,"):
            yield place, place + 1, ""


def _cut_at_labels(reading: Reading) -> Reading:
    """A line that holds several labels, each with its text, becomes a line for each."""
    places: set[int] = set()
    position = 0
    lines = reading.text.splitlines(keepends=True)
    without_colon = Counter(label for line in lines for label, _ in _labels_without_colon(line))
    habit = max(without_colon.values(), default=0) >= _LEAST_NUMBERS
    run_on = _run_on(lines)
    for line in lines:
        places.update(position + place for place in _cuts(line, habit, run_on))
        position += len(line)
    return reading.changed((place, place, "\n") for place in sorted(places)) if places else reading


def _cut_after_numbers(reading: Reading) -> Reading:
    """ "Ad 4: The text begins here": the number on a line of its own, where such paragraphs run through the minutes.

    In a decision "Ad 1: Godkendt" stands line by line, and begins anew in the next.
    """
    found = list(_AD.finditer(reading.text))
    numbers = [int(match["number"]) for match in found]
    rising = all(one < other for one, other in zip(numbers, numbers[1:], strict=False))
    if len(found) < _LEAST_NUMBERS or not rising or numbers[0] > _LEAST_NUMBERS:
        return reading
    return reading.changed((match.end(), match.end(), "\n") for match in found)


def _run_on(lines: list[str]) -> bool:
    """Whether these minutes set decisions in the midst of lines rather than on lines of their own."""
    within = sum(_decides(match["label"]) for line in lines for match in _LABEL.finditer(line))
    alone = sum(_decides(line.partition(":")[0]) for line in lines)
    return within >= _LEAST_NUMBERS and within > alone


def _decides(words: str) -> bool:
    return label_of(words.strip()) is SectionKind.DECISION


def _labels_without_colon(line: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """The labels in a line that only a capital sets apart, "... i 2015. Beslutning Udsat", and where each stands."""
    for match in _CAPITALS_MEET.finditer(line) if len(line) > _SHORT_LINE else ():
        if label_in_a_row(match["label"]):
            yield fold(match["label"]), match.span("label")


def _cuts(line: str, habit: bool, run_on: bool) -> list[int]:
    """Where a line is to be cut: a long one at its labels, a heading before the case number that shares its line.

    `habit`: whether these minutes set labels in a line without a colon; `run_on`: in the midst of any line.
    """
    cases = [match.end() for match in _CASE_LABEL.finditer(line)]
    labels = [match.end() for match in _LABEL.finditer(line) if label_in_a_row(match["label"])]
    labels += [place for _, span in _labels_without_colon(line) if habit for place in span]
    whole_item = bool(cases and heading_parts(line[: cases[0]].strip()))
    if not run_on and not whole_item and (len(line) <= _LONG_LINE or len(labels) < 2):
        return []
    rest = [match.end() for pattern in (_NUMBERED_TITLE, _CHAIN) for match in pattern.finditer(line)]
    return [*labels, *cases, *rest]
