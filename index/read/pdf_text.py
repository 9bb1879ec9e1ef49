"""Rows -> text: wrapped lines become paragraphs again, also over the page; gaps become blank lines, cells get tabs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.read.pdf_layout import Page, Piece, Row
from index.read.pdf_measure import Measure, measure, words_of

_LETTERS = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
                          "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓"})  # fmt: skip
_HYPHEN = re.compile("[\u00ad\u0002\ufffe\u2010]")  # pdfium's and others' signs for a hyphen at the end of a line
_BROKEN = re.compile(r"(?P<left>[^\W_]+)-$")
_FIRST_WORD = re.compile(r"[^\W_]+(?:/\w+)?")
_JOINING_WORDS = {"og", "eller", "samt", "og/eller"}
_SHORTEST_BROKEN = 3  # letters before a hyphen that parts a word at the end of a line: "it-" is no such
_GAP = 0.35  # more than between the lines of a paragraph, in heights of a line: a blank line
_ROW_GAP = 2.0  # between the rows of a table, in heights of a line
_SAME_EDGE = 2.0  # points
_SAME_SIZE = 1.15
_SPACE = 0.25  # the width of a space, in heights of a line
_SENTENCE_END = (".", ":", "!", "?")
_MID_SENTENCE = re.compile(r"[^\W\d],?$")
_PRINTED = re.compile(r"[^\W_]")
_LABEL = re.compile(r"[A-ZÆØÅ][^.:]{0,40}:")
_BULLETS = "•▪➢✓○"  # a dash may stand in a sentence, these do not
_ENTRY = re.compile(r"(?P<mark>[-–•·*▪➢✓○]|(?P<number>\d{1,3})[.):]|[a-zæøå]\))\s")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row with its page.

    Attributes:
        opening: the first line of its paragraph.
        hanging: the left edge of the paragraph's second line, if it has come to that.
    """

    row: Row
    page: int
    opening: str
    hanging: float | None = None


def page_texts(pages: list[Page]) -> list[str]:
    """The text of each page; a paragraph that goes on over the page is not broken there."""
    measures, words = measure(pages), words_of(pages)
    texts: list[list[str]] = [[] for _ in pages]
    before: _Placed | None = None
    for number, page in enumerate(pages):
        known = measures[round(page.width)]
        for row in (part for whole in page.rows for part in whole.parted(known.gutters)):
            text = "\t".join(_cell_text(cell, words) for cell in row.cells)
            here = _Placed(row, number, text)
            if before and _goes_on(before, here, known):
                last = texts[before.page]
                last[-1], between = _joined(last[-1], text, words)
                last.append(between)
                here = _Placed(row, number, before.opening, before.hanging or row.left)
            elif before:
                texts[before.page].append(_between(before, here, known))
            texts[number].append(text)
            before = here
    return ["".join(parts) for parts in texts]


def _cell_text(pieces: tuple[Piece, ...], words: frozenset[str]) -> str:
    text = ""
    for piece in pieces:
        line = _HYPHEN.sub("-", piece.text.translate(_LETTERS))
        left, between = _joined(text, line, words) if text else ("", "")
        text = f"{left}{between}{line}"
    return text


def _goes_on(before: _Placed, here: _Placed, known: Measure) -> bool:
    """Whether a line goes on with the paragraph of the one before: its first word had no room there."""
    above, below = before.row.line, here.row.line
    if not above or not below or max(above.height, below.height) > _SAME_SIZE * min(above.height, below.height):
        return False
    if _is_next_entry(before.opening, below.text):
        return False
    room = known.right_edge(above) - above.right - _SPACE * above.height
    if below.first_word - below.left <= room:
        return False
    if before.page != here.page or known.column(above) != known.column(below) or below.top < above.top:
        return _goes_on_elsewhere(above, below, known)
    if not _PRINTED.search(above.text) or not _PRINTED.search(below.text):
        return False  # a line across the page
    if above.text.endswith(_SENTENCE_END) and _LABEL.fullmatch(below.text):
        return False
    if before.hanging is not None and abs(below.left - before.hanging) > _SAME_EDGE:
        return False
    return _distance(above, below) <= known.distance + _GAP


def _goes_on_elsewhere(above: Piece, below: Piece, known: Measure) -> bool:
    """The same at the head of the next column or page, where no gap tells: the words must speak for it too."""
    if below.text[0].islower():
        return True
    is_heading = not below.text.endswith(_SENTENCE_END) and known.right_edge(below) - below.right > 3 * below.height
    return bool(_MID_SENTENCE.search(above.text)) and not is_heading and not _ENTRY.match(below.text)


def _is_next_entry(opening: str, text: str) -> bool:
    """Whether a line begins an entry of a list: with a bullet, with its paragraph's mark, or with the next number."""
    first, second = _ENTRY.match(opening), _ENTRY.match(text)
    if not second:
        return False
    if first and first["number"] and second["number"]:
        return int(second["number"]) == int(first["number"]) + 1
    return second["mark"] in _BULLETS or bool(first and first["mark"] == second["mark"])


def _distance(above: Piece, below: Piece) -> float:
    return (below.top - above.top) / max(min(above.height, below.height), 0.1)


def _between(before: _Placed, here: _Placed, known: Measure) -> str:
    """The line end after a row, and a blank line where the page shows a gap or ends."""
    if before.page != here.page or here.row.top < before.row.top:
        return "\n\n"
    gap = (here.row.top - before.row.bottom) / max(min(before.row.height, here.row.height), 0.1)
    in_table = not before.row.line and not here.row.line
    return "\n" if gap <= (_ROW_GAP if in_table else known.distance - 1 + _GAP) else "\n\n"


def _joined(left: str, right: str, words: frozenset[str]) -> tuple[str, str]:
    """What is before a line's end, mended, and what stands between it and the next line."""
    broken, first = _BROKEN.search(left), _FIRST_WORD.match(right)
    if not broken or not first:
        return left, "" if re.search(r"\w/$", left) else " "
    if first[0].lower() in _JOINING_WORDS:
        return left, " "
    return (left[:-1] if _is_one_word(broken["left"], first[0], words) else left), ""


def _is_one_word(left: str, right: str, words: frozenset[str]) -> bool:
    """Whether a hyphen at the end of a line only parts a word there, and is not its own."""
    if f"{left}{right}".lower() in words:
        return True
    if f"{left}-{right}".lower() in words:
        return False
    return left.isalpha() and right[0].islower() and not left.isupper() and len(left) >= _SHORTEST_BROKEN
