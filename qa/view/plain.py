"""Text of strangers -> text that a screen may draw: minutes, questions and file names are never read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from index.models import Span

LONGEST_TEXT = 100_000
"""Characters of one text that a browser is given; more is cut, and marked as cut."""

_MARKUP = re.compile(r"[!#$&()*+\-./:<=>@\[\\\]^_`{|}~]")
# Marks that turn the direction of what follows: they can make a text read as another one than it is.
_TURNS = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def readable(text: str) -> str:
    """The text in the order in which it is written, and no longer than a browser bears."""
    return in_written_order(shortened(text, LONGEST_TEXT))


def in_written_order(text: str) -> str:
    """The text without the marks that turn the direction of what follows."""
    return text.translate(_TURNS)


def plain_label(text: str) -> str:
    """Text that a control can carry as its label and that reads as it stands.

    A backslash takes each mark's markdown meaning; the word joiner before it, which is not seen, keeps bare addresses
    from becoming links, and arrows, emoji and icon names from becoming pictures.
    """
    return _MARKUP.sub(lambda mark: f"\u2060\\{mark.group()}", " ".join(readable(text).split()))


def markdown_line(text: str) -> str:
    """The text as one line of a markdown file, which reads as it stands."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(readable(text).split()))


def shortened(text: str, limit: int) -> str:
    """The text, cut at a word and marked where it is longer than the limit."""
    if len(text) <= limit:
        return text
    return (text[:limit].rsplit(None, 1) or [""])[0].rstrip(" ,;:–-") + " …"


def html_text(text: str) -> str:
    """The text as html that shows it and nothing else."""
    return escape(readable(text))


def html_marked(text: str, marks: Iterable[Span]) -> str:
    """The text as html, with those stretches of it marked; stretches outside it, or inside another, are passed over."""
    pieces, at = [], 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        if at <= mark.start < mark.end <= min(len(text), LONGEST_TEXT):
            pieces += [html_text(text[at : mark.start]), f"<mark>{html_text(mark.of(text))}</mark>"]
            at = mark.end
    return "".join(pieces) + html_text(text[at:])
