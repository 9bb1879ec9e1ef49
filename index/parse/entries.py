"""An entry of a table of contents: number, openness, title and page, and how well it agrees with a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from index.danish import fold
from index.models import Span
from index.parse.case_numbers import is_number, without_number
from index.parse.lines import Line
from index.parse.openness import CLOSED, OPENNESS, THING, bare_title, says_closed
from index.parse.shapes import NUMBER, begins_with_date

_LINK = re.compile(r"^(?P<bullet>(?:[-*•]\s+)?)\[(?P<title>[^\]]+)\]\([^)\s]*\)$")
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")
PAGE = re.compile(
    r"(?:\s*\.{4,}\s*|\s*(?:\. ){3,}\s*|[^\S\t]*\t\s*+|\s{3,}+)(?:side\s*)?(?P<page>\d{1,4})$", re.IGNORECASE
)
_LEADING_OPENNESS = re.compile(rf"^\(?(?P<mark>{OPENNESS})\)?(?:\s+{THING})?(?:\s{{2,}}|\)\s*)", re.IGNORECASE)
_TRAILING_OPENNESS = re.compile(rf"(?:\s{{2,}}|\t\s*)\(?(?P<mark>{OPENNESS})\)?(?:\s+{THING})?$", re.IGNORECASE)
_CLOSED = re.compile(rf"^\W*{CLOSED}\b|\(\s*{CLOSED}\b[^)]*\)\s*$", re.IGNORECASE)
_ENTRY = re.compile(
    rf"^(?:[•·*-]\s*)?(?:(?:punkt|pkt|sag|nr|dagsordenspunkt)\b\.?\s*(?:nr\.?)?\s*)?(?P<number>{NUMBER})\s*(?:[.:)–-]\s*|\s|(?=\())\s*(?P<title>\S.*)$",
    re.IGNORECASE,
)
_SAME_TITLE = 85
_TRUNCATED_TITLE_CHARS = 30
_TITLE_WITH_NOTE_CHARS = 20  # "(behandles efter nr. 173)" stands only in the contents


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: the item's title, and its number where one is printed."""

    title: str
    number: str | None
    closed: bool = False
    span: Span = Span(0, 0)
    page: int | None = None

    def likeness(self, title: str) -> float:
        """How well a heading's title agrees with this entry: 0 (does not) to 1."""
        ours, theirs = title_key(self.title), title_key(title)
        if len(ours) >= _TRUNCATED_TITLE_CHARS and theirs.startswith(ours):
            return 1.0
        if len(theirs) >= _TITLE_WITH_NOTE_CHARS and ours.startswith(f"{theirs} "):
            return 0.9
        ratio = fuzz.ratio(ours, theirs)
        return ratio / 100 if ratio >= _SAME_TITLE else 0.0


def title_key(title: str) -> str:
    """A title with nothing left but what two printings of it share."""
    bare = re.sub(r"^\(?(?:lukket|åben|åbent)\b(?:\s+(?:punkt|sag)\b)?\)?[\s:.–-]*", "", title.casefold())
    bare = re.sub(r"[\s–-]*\(?\blukket(?:\s+(?:punkt|sag))?\)?\s*$", "", bare) or bare
    return " ".join(re.findall(r"\w+", fold(bare)))


def entry_of(line: Line, words: str) -> Entry | None:
    """A line as an entry: number, openness, title, page, each where it is printed; None where no title is."""
    words = _LINK.sub(r"\g<bullet>\g<title>", _TAGS.sub("", words).strip())
    if begins_with_date(words) or is_number(words):
        return None
    page = PAGE.search(words)
    if page:
        words = words[: page.start()].rstrip(" .")
    numbered = _ENTRY.match(words)
    number, title = (numbered["number"], numbered["title"]) if numbered else (None, words)
    closed = bool(_CLOSED.search(title))
    for pattern in (_LEADING_OPENNESS, _TRAILING_OPENNESS):
        if mark := pattern.search(title):
            closed = closed or says_closed(mark["mark"])
            title = title[: mark.start()] + title[mark.end() :]
    title = bare_title(without_number(title.strip())[0])
    if not re.search(r"[^\W\d]", title) or "\t" in title:
        return None
    return Entry(title, number, closed, Span(line.start, line.end), int(page["page"]) if page else None)
