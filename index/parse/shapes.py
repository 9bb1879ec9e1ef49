"""What a line that opens an item can look like: marker, number, openness, title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.dates import written_dates
from index.parse.case_numbers import is_number
from index.parse.openness import OPENNESS, THING, says_closed

_DATE_CHARS = 20
_ROMAN = r"(?-i:(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3}))"
NUMBER = (
    rf"(?:\d{{1,4}}/\d{{2,4}}(?!\d)|\d{{1,2}}\.\d{{1,2}}(?![.\d])|\d{{1,4}}[A-Za-z]?|[A-ZÆØÅ]\.?\d{{1,2}}|{_ROMAN})"
    r"(?![\w/])"
)
_MARKER = (
    r"(?:(?:ad\s+)?(?:(?:[a-zæøå]{1,15}[. ]?)?(?:punkt|pkt\.?)(?:\s*nr\.?)?\s*:?|(?:sag|nr\.|emne)(?:\s*nr\.?)?)|[#§])"
)

_MARKED = re.compile(
    rf"^(?:[•·*-]\s*)?{_MARKER}\s*(?P<number>{NUMBER})(?!\s*(?:[–-]|og)\s*\d)\s*"
    rf"(?:\((?P<mark>{OPENNESS})[^)]*\)\s*(?=[:.–-]|\S))?[:.)–-]?\s*(?P<title>.*)$",
    re.IGNORECASE,
)
# "Ad 4" opens an item where the agenda holds its title; in a decision it speaks of a point of the recommendation.
_AD = re.compile(rf"^ad\.?\s*(?P<number>{NUMBER})\s*[:.)–-]?\s*(?P<title>.*)$", re.IGNORECASE)
_OPEN = re.compile(rf"^(?P<number>{NUMBER})[.:]?\s*\((?P<mark>{OPENNESS})[^)]*\)\s*(?P<title>.+)$", re.IGNORECASE)
_OPEN_WORD = re.compile(
    rf"^(?P<number>{NUMBER})[.:]?\s+(?P<mark>{OPENNESS})(?:\s+{THING})?(?:\s{{2,}}|\s*[:–-]\s*)(?P<title>\S.*)$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?P<number>\d{1,4}[A-Za-z]?)[.)]\s*(?P<title>[^\W\d].*|\d.*[^\W\d].*)$")
_ROMAN_NUMBERED = re.compile(rf"^(?P<number>{_ROMAN})(?:[.:)]\s*|\s*[–-]\s+|\s{{2,}}|\t)(?P<title>[^\W\d].*)$")
_DOTTED = re.compile(r"^(?P<number>\d{1,2}\.\d{1,2})[.:)]?(?:\s*[–-])?\s+(?P<title>[^\W\d].*)$")
_LETTERED = re.compile(r"^(?P<number>[A-ZÆØÅ]\.?\d{1,2})(?:[.:)]\s*|\s*[–-]\s+|\s+)(?P<title>[^\W\d].*)$")
_SLASHED = re.compile(r"^(?P<number>\d{1,4}/\d{2,4})(?:[.:)]\s*|\s+|\s*[–:-]\s*)(?P<title>[^\W\d].*)$")
_BARE = re.compile(r"^(?P<number>\d{1,4}[A-Za-z]?)(?:\s+|\s*[–:-]\s+)(?P<title>(?:\d+[.-]?)?[^\W\d].{2,})$")
_ALONE = re.compile(r"^(?P<number>\d{1,4}[A-Za-z]?|[A-ZÆØÅ]\.?\d{1,2}|\d{1,4}/\d{2})[.:]?$")

SHAPES = {
    "marked": _MARKED,
    "ad": _AD,
    "openness": _OPEN,
    "open_word": _OPEN_WORD,
    "dotted": _DOTTED,
    "numbered": _NUMBERED,
    "roman": _ROMAN_NUMBERED,
    "lettered": _LETTERED,
    "slashed": _SLASHED,
    "bare": _BARE,
    "alone": _ALONE,
}
_ONLY_MARK = re.compile(rf"^\((?P<mark>{OPENNESS})(?:\s+{THING})?\)$", re.IGNORECASE)
_MARKER_ALONE = re.compile(r"^(?:dagsordens?)?(?:punkt|pkt\.?|sag)(?:\s*nr\.?)?\s*:?$", re.IGNORECASE)
_MAY_OPEN = re.compile(
    r"^(?:[•·*-]\s*)?(?:[\d#§]|[A-ZÆØÅ]\.?\d|[IVX]+[\s.:)–-]|ad\b|sag|nr|emne|(?:[a-zæøå]{1,15}[. ]?)?(?:punkt|pkt))",
    re.IGNORECASE,
)
_ORDER = re.compile(r"(?P<letter>[A-ZÆØÅ])?\.?(?P<number>\d+)(?P<after>[A-Za-z])?")
_ROMAN_ALONE = re.compile(f"{_ROMAN}$")
_DOTTED_ALONE = re.compile(r"(\d{1,2})\.(\d{1,2})$")
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class Shape:
    """A line read as an item's heading."""

    name: str
    number: str
    title: str
    closed: bool = False


def is_marker(words: str) -> bool:
    """Whether a line is the word before an item's number, which stands on the next: "Punkt nr."."""
    return bool(_MARKER_ALONE.match(words))


def begins_with_date(words: str) -> bool:
    return words[:1].isdigit() and any(date.start == 0 for date in written_dates(words[:_DATE_CHARS]))


def shape_of(words: str) -> Shape | None:
    if not _MAY_OPEN.match(words):
        return None
    if begins_with_date(words) or is_number(words):
        return None
    for name, pattern in SHAPES.items():
        if match := pattern.match(words):
            part = match.groupdict()
            title = (part.get("title") or "").strip()
            only_mark = _ONLY_MARK.match(title)
            mark = only_mark["mark"] if only_mark else part.get("mark")
            return Shape(name, part["number"], "" if only_mark else title, says_closed(mark))
    return None


def heading_parts(words: str) -> tuple[str, str] | None:
    """(number, title) of a line that is plainly shaped like an item heading, else None."""
    shape = shape_of(words)
    return (shape.number, shape.title) if shape and shape.name not in ("bare", "alone") else None


def order_of(number: str) -> tuple[str, int, str]:
    """What numbers are counted by: group letter, number, letter after: "A2" -> ("A", 2, ""), "03A" -> ("", 3, "A"),
    "IV" -> ("", 4, ""), "2.1" -> ("02", 1, "")."""
    if _ROMAN_ALONE.match(number):
        values = [_ROMAN_VALUE[letter] for letter in number]
        less = [value < after for value, after in zip(values, [*values[1:], 0], strict=True)]
        return "", sum(-value if smaller else value for value, smaller in zip(values, less, strict=True)), ""
    if dotted := _DOTTED_ALONE.match(number):
        return f"{int(dotted[1]):02}", int(dotted[2]), ""
    match = _ORDER.match(number.upper())
    assert match, number
    return (match["letter"] or "").upper(), int(match["number"]), (match["after"] or "").upper()


@lru_cache(maxsize=65_536)
def gap_between(earlier: str, later: str) -> int:
    """How far the later number is from the earlier: 1 for the next, 0 for the same, negative for one before."""
    (group, number, after), (next_group, next_number, next_after) = order_of(earlier), order_of(later)
    if group != next_group:
        return 1 if next_group > group and next_number == 1 else 5 if next_group > group else -5
    if number == next_number and after != next_after:
        return ord(next_after or "@") - ord(after or "@")
    return next_number - number
