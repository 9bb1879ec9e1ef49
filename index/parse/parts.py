"""A document -> the minutes in it: of one meeting, or of several that were printed one after another.

Another meeting begins where the header of the first returns with another date or body, or as another kind of paper: the
line with the date in the same form, and beside it other lines of that header. One line alone may stand anywhere.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import takewhile

from index.dates import MONTH, WrittenDate, written_dates
from index.errors import DocumentError
from index.models import Minutes
from index.parse import parse_minutes
from index.parse.bodies import BODY
from index.read import Document

_HEADER_LINES = 12
_AFTER = 4  # lines of a header below its date that are looked at
_LOOSE = 2  # so many lines more or fewer than the first header may another have
_WITNESSES = 2
_ANY_BODY = "*"
_LONGEST = 200
_WEEKDAY = r"\b(?:man|tirs|ons|tors|fre|lør|søn)dag\b"
_VARYING = re.compile(rf"\b(?:{MONTH})\b\.?|{_WEEKDAY}|\d+(?:[.:]\d\d\b)?", re.IGNORECASE)
_BODY = re.compile(BODY)
_DIGIT = re.compile(r"\d")
_KIND = re.compile(r"tillægsdagsorden|dagsorden|referat|protokol", re.IGNORECASE)
_OF_A_SITTING = re.compile(rf"møde|\bkl\b|{_WEEKDAY}|{_KIND.pattern}", re.IGNORECASE)
_TITLE_WORDS = 8
_PRINTED = re.compile(r"^(?:udskrevet|udskrift|printet|hentet|offentliggjort)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank.

    Attributes:
        date: the first whole date in it.
        opens: whether a blank line or nothing stands above it.
    """

    start: int
    words: str
    date: WrittenDate | None
    opens: bool

    @property
    def form(self) -> str:
        """What of it returns in the header of another meeting: not the body, nor numbers and names of days, and of a
        line with a date only what stands up to that."""
        words = self.words[: self.date.end] if self.date else self.words
        return _VARYING.sub("#", _BODY.sub(_ANY_BODY, words)).casefold()


def parse_meetings(document: Document) -> tuple[Minutes, ...]:
    """Read a document as the minutes of the meetings in it, in their order.

    Raises:
        DocumentError: no agenda items are found.
    """
    starts = _beginnings(document.text)
    if not starts:
        return (Minutes(*parse_minutes(document)),)
    parsed: list[tuple[int, Minutes]] = []
    begin = 0
    for end in [*starts, len(document.text)]:
        try:
            parsed.append((begin, _parse_part(document, begin, end)))
        except DocumentError:  # no items: a cover goes with what follows, all else with what it follows
            if not parsed:
                continue
            begin, _ = parsed.pop()
            parsed.append((begin, _parse_part(document, begin, end)))
        begin = end
    if not parsed:
        return (Minutes(*parse_minutes(document)),)
    return tuple(
        replace(minutes, meeting=replace(minutes.meeting, part=part)) for part, (_, minutes) in enumerate(parsed)
    )


def _parse_part(document: Document, start: int, end: int) -> Minutes:
    """The meeting in a stretch of a document; pages and lines keep the numbers that they have in the whole."""
    first, last = bisect_right(document.page_starts, start), bisect_right(document.page_starts, end - 1)
    part = replace(
        document,
        text=document.text[start:end],
        page_starts=tuple(max(page - start, 0) for page in document.page_starts[:last]),
        unread_pages=tuple(page for page in document.unread_pages if first <= page <= last),
    )
    meeting, problems = parse_minutes(part)
    above = document.text.count("\n", 0, start)
    return Minutes(meeting, tuple(replace(problem, line=problem.line + above) for problem in problems))


def _beginnings(text: str) -> list[int]:
    """Where the second and each further meeting begins."""
    lines = _lines(text)
    in_header = [place for place, line in enumerate(lines[:_HEADER_LINES]) if line.date]
    if not in_header:
        return []
    # A letterhead may have a date of its own.
    dated = next((place for place in in_header if _OF_A_SITTING.search(lines[place].words)), in_header[0])
    header, starts = lines[: dated + 1], []
    known = {line.form for line in (*header[:dated], *_below(lines, dated, at_any_distance=dated == 0))}
    anchor, held = header[dated].form, _sitting(header)
    for place in range(dated + 1, len(lines)):
        if lines[place].date and lines[place].form == anchor:
            first = _first_line(lines, place, header, dated)
            around = {line.form for line in (*lines[first:place], *_below(lines, place, at_any_distance=dated == 0))}
            witnesses = known & around
            sitting = _sitting(lines[first : place + 1])
            if (
                len(witnesses) >= min(_WITNESSES, len(known))
                and witnesses != {_ANY_BODY}
                and any(one and two and one != two for one, two in zip(held, sitting, strict=True))
            ):
                starts.append(lines[first].start)
                held = sitting
    return starts


def _below(lines: list[_Line], dated: int, *, at_any_distance: bool) -> list[_Line]:
    """The lines of a header below its date, up to a blank one; below a header of one line what comes first."""
    below = lines[dated + 1 : dated + 1 + _AFTER]
    return below if at_any_distance else list(takewhile(lambda line: not line.opens, below))


def _first_line(lines: list[_Line], place: int, header: list[_Line], dated: int) -> int:
    """The first line of the header that has its date at a place: what the first header begins with, or what stands
    as far above the date as there."""
    forms = {line.form: at for at, line in reversed(list(enumerate(header[:dated])))}
    for first in range(max(place - dated - _LOOSE, 0), place):
        at = forms.get(lines[first].form)
        if at is not None:
            return first - at if lines[first - at].opens else first
    return place


def _sitting(header: list[_Line]) -> tuple[frozenset, ...]:
    """The date, the bodies and the kinds of paper that a header names; the line with its date is its last."""
    short = [line.words for line in header if len(line.words.split()) <= _TITLE_WORDS]
    return tuple(
        frozenset(name.casefold() for words in short for name in pattern.findall(words)) for pattern in (_BODY, _KIND)
    ) + (frozenset({header[-1].date.date}),)


def _lines(text: str) -> list[_Line]:
    """The lines that are not blank."""
    found, start, opens = [], 0, True
    for raw in text.splitlines(keepends=True):
        words = " ".join(html.unescape(raw.strip()[:_LONGEST]).split())
        if words:
            found.append(_Line(start, words, _first_date(words), opens))
        opens = not words
        start += len(raw)
    return found


def _first_date(words: str) -> WrittenDate | None:
    if not _DIGIT.search(words) or _PRINTED.match(words):
        return None
    return next((written for written in written_dates(words) if written.date), None)
