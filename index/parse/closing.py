"""Where the minutes end and their closing begins: signatures, the hour of adjournment, an appendix."""

from __future__ import annotations

import re

from index.dates import first_date
from index.models import SectionKind
from index.parse.bodies import MUNICIPALITY
from index.parse.decisions import decision_of
from index.parse.entries import title_key
from index.parse.labels import label_of
from index.parse.lines import Line
from index.parse.shapes import shape_of

_CLOSES_ANYWHERE = re.compile(
    r"^(?:underskrift(?:er|sside|sark|sblad)?|bilagsoversigt|bilagsfortegnelse|samlet bilagsliste)\s*:?(?:[\s.]+\d+)?$"
    r"|^(?:mødet|moedet)\s+(?:er\s+|blev\s+)?(?:hævet|haevet|slut|sluttede|afsluttet)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"^næste (?:[a-zæøå-]+ ){0,2}?møde\s*:?\s"
    r"|^(?:referatet|protokollen|mødeprotokollen)\s+(?:er\s+|blev\s+)?(?:godkendt|underskrevet|oplæst|læst)\b"
    r"|^således vedtaget\b|^(?:godkendt|underskrevet) (?:af|den)\b[^.]*$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(rf"^(?:kontakt\s+|©\s*)?{MUNICIPALITY}\s*(?:[,·•|]|$)")
_PLACE_AND_DATE = re.compile(r"^[A-ZÆØÅ][\w. -]{1,40},\s*(?:den|d\.)\s")
_LINE_TO_SIGN = re.compile(r"_{5,}|\.{15,}")


def start_of_closing(lines: list[Line], body_starts: int, titles: frozenset[str]) -> int:
    """The index at which the closing of the minutes begins within the last item's lines; their number if nowhere.

    `titles`: the keys of the other items' titles; where one of them stands below "Bilag", the list is of them all.
    """
    for index in range(body_starts, len(lines)):
        apart = lines[index - 1].blank and not lines[index].blank
        if _CLOSES_ANYWHERE.match(lines[index].words) or _lists_for_all(lines, index, titles):
            return index
        if apart and _closes(lines[index].words):
            return index
    return len(lines)


def _lists_for_all(lines: list[Line], index: int, titles: frozenset[str]) -> bool:
    if lines[index].blank or label_of(lines[index].words) is not SectionKind.ATTACHMENTS:
        return False
    below = next((line for line in lines[index + 1 :] if not line.blank), None)
    if below is None:
        return False
    shape = shape_of(below.words)
    return title_key(shape.title if shape else below.words) in titles


def _closes(words: str) -> bool:
    signed = _PLACE_AND_DATE.match(words) and first_date(words) and not decision_of(words) and len(words) <= 60
    return bool(_OPENS.match(words) or _ADDRESS.match(words) or signed or _LINE_TO_SIGN.match(words))
