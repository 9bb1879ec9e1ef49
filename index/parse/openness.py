"""Whether an item was dealt with in the open: marks before, behind and within its title, and lines that say so."""

from __future__ import annotations

import re

OPEN = r"(?:åbent?|aabent?|offentligt?|open)"
CLOSED = (
    r"(?:lukket|(?:ikke|ej)[ -]offentligt?|fortroligt?|(?:behandle(?:t|s|des)\s+)?(?:for|bag)\s+lukkede\s+d(?:ø|oe)re"
    r"|ikke\s+til\s+offentliggørelse|undtaget\s+(?:fra\s+)?offentlighed|closed)"
)
OPENNESS = rf"(?:{CLOSED}|{OPEN})"
THING = r"(?:punkt|sag|dagsordenspunkt|møde|moede)"  # that is open or closed

_LINE = re.compile(
    rf"(?:^|\s)(?P<mark>åben|å\W{{1,4}}ben|lukket)t?(?:\s+{THING})?\s*$"
    rf"|(?:^|:\s*)[(\[]?(?P<other>{OPENNESS})(?:\s+{THING})?[)\]]?\s*$",
    re.IGNORECASE,
)
_LINE_BEGINS = re.compile(
    rf"^(?:(?:åbent?|lukket) {THING}\b|lukket\s*[–-]|[^\W\d][\w/]{{2,20}}:\s*{OPENNESS}$)",
    re.IGNORECASE,
)
_BEFORE_A_NUMBER = re.compile(rf"^{OPENNESS}\s*[|·]?\s+\S*\d\S*$", re.IGNORECASE)
_CLOSED_TITLE = re.compile(
    rf"^\W*{CLOSED}(?:\s+{THING}\b|\s*(?:[:)–-]|$))|(?:[–(\[-]\s*|\s{{2,}}){CLOSED}(?:\s+{THING})?[)\]]?\s*$"
    rf"|[(\[]{CLOSED}[)\]]",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    rf"^(?:lukket\s+{THING}|[(\[]{OPENNESS}[)\]]|(?!lukket){CLOSED}(?:\s+{THING})?)\s*[:,–-]?\s+",
    re.IGNORECASE,
)
_WITHIN = re.compile(rf"(?<=\w)\s*[(\[]{OPENNESS}(?:\s+{THING})?[)\]](?=[:.,–-]|\s+\S)", re.IGNORECASE)
_SUFFIX = re.compile(rf"(?:\s*[–(\[-]\s*|\s{{2,}}){OPENNESS}(?:\s+{THING})?[)\]]?\s*$", re.IGNORECASE)
_CLOSED = re.compile(CLOSED, re.IGNORECASE)


def says_closed(mark: str | None) -> bool:
    return bool(mark and _CLOSED.match(mark))


def is_openness(words: str) -> bool:
    """Whether a line says that an item was open or closed, and perhaps its numbers: "Åbent punkt"."""
    return bool(_LINE.match(words) or _LINE_BEGINS.match(words) or _BEFORE_A_NUMBER.match(words))


def is_closed(title: str, small_print: list[str]) -> bool:
    """Whether an item was closed: by its title ("Lukket: ..."), or by the openness in its small print."""
    if any(re.match(rf"(?:lukket|closed)\b|{CLOSED}\s+\S*\d\S*$", line, re.IGNORECASE) for line in small_print):
        return True
    marks = [match["mark"] or match["other"] for line in small_print if (match := _LINE.search(line))]
    return bool(_CLOSED_TITLE.search(title)) or any(says_closed(mark) for mark in marks)


def bare_title(title: str) -> str:
    """The title without "- Lukket punkt" at its end, "Lukket sag:" at its head or "(lukket)" in its midst.

    "Lukket:" alone stays as printed.
    """
    title = _WITHIN.sub("", title) or title
    return _PREFIX.sub("", _SUFFIX.sub("", title)).strip() or title
