"""Where the minutes end and their closing begins: signatures, the hour of adjournment, an appendix."""

from __future__ import annotations

import re

from index.dates import first_date
from index.parse.decisions import decision_of
from index.parse.lines import Line

_OPENS = re.compile(
    r"^(?:underskrift(?:er|sside|sark|sblad)?|bilagsoversigt|bilagsfortegnelse|samlet bilagsliste)\s*:?(?:[\s.]+\d+)?$"
    r"|^(?:mødet|moedet)\s+(?:er\s+|blev\s+)?(?:hævet|haevet|slut|sluttede|afsluttet)\b"
    r"|^næste (?:[a-zæøå-]+ ){0,2}?møde\s*:?\s"
    r"|^(?:referatet|protokollen|mødeprotokollen)\s+(?:er\s+|blev\s+)?(?:godkendt|underskrevet|oplæst|læst)\b"
    r"|^således vedtaget\b|^(?:godkendt|underskrevet) (?:af|den)\b[^.]*$",
    re.IGNORECASE,
)
_PLACE_AND_DATE = re.compile(r"^[A-ZÆØÅ][\w. -]{1,40},\s*(?:den|d\.)\s")
_LINE_TO_SIGN = re.compile(r"_{5,}|\.{15,}")


def start_of_closing(lines: list[Line], body_starts: int) -> int:
    """The index at which the closing of the minutes begins within the last item's lines; their number if nowhere."""
    for index in range(body_starts, len(lines)):
        before = lines[index - 1]
        if before.blank and not lines[index].blank and _closes(lines[index].words):
            return index
    return len(lines)


def _closes(words: str) -> bool:
    signed = _PLACE_AND_DATE.match(words) and first_date(words) and not decision_of(words) and len(words) <= 60
    return bool(_OPENS.match(words) or signed or _LINE_TO_SIGN.match(words))
