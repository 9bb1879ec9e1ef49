"""Words of a house's own that number its items: "Tema 1: ...", "Tema 2: ...". They are read as "Punkt"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from index.parse.labels import inline_label, label_of
from index.parse.lines import Line
from index.parse.shapes import shape_of

_COUNTED = re.compile(
    r"^(?P<marker>[A-ZÆØÅ][A-ZÆØÅa-zæøå]{2,20})\.?(?:\s*nr\.?)?\s+(?P<number>\d{1,3})(?![\d/%])"
    r"(?:\s*[:.)–-]\s*(?P<title>\S.*)|\s+(?P<bare>[A-ZÆØÅ].*))?$"
)
_NEVER = {"side", "blad", "ark", "bilag", "kl", "den", "uge", "ad", "nr", "dok"}
_LEAST = 3
_LABELLED = 0.5  # share of the stretches from one number to the next in which a label stands


def with_familiar_markers(lines: list[Line]) -> list[Line]:
    """The lines, in which a word that numbers items is read as "Punkt": its numbers rise one by one, with labels
    between them, and no line of the text is numbered by a word that all minutes share."""
    runs: dict[str, list[tuple[int, int]]] = {}
    for line in lines:
        if found := _COUNTED.match(line.words):
            if (shape := shape_of(line.words)) and shape.name == "marked":
                return lines
            runs.setdefault(found["marker"], []).append((line.index, int(found["number"])))
    marker = next((marker for marker, run in runs.items() if _numbers_items(marker, run, lines)), None)
    if marker is None:
        return lines
    own = re.compile(rf"{re.escape(marker)}\.?(?=\s)")
    return [
        replace(line, words=own.sub("Punkt", line.words, count=1)) if _COUNTED.match(line.words) else line
        for line in lines
    ]


def _numbers_items(marker: str, run: list[tuple[int, int]], lines: list[Line]) -> bool:
    last = {number: index for index, number in run}
    numbers = sorted(last)
    if marker.casefold() in _NEVER or len(numbers) < _LEAST or numbers[-1] - numbers[0] >= len(numbers):
        return False
    places = [last[number] for number in numbers]
    if places != sorted(places):
        return False
    labelled = sum(_has_label(lines[one + 1 : other]) for one, other in pairwise(places))
    return labelled >= _LABELLED * (len(places) - 1)


def _has_label(lines: list[Line]) -> bool:
    return any(label_of(line.words) or inline_label(line.words) for line in lines)
