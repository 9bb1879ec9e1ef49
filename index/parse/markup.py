"""Markup that was left in a text: html's tags become the line ends and gaps that they stand for, its entities letters;
markdown's stars around labels and headings go."""

from __future__ import annotations

import html
import re

from index.parse.reading import Change, Reading

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>|<!--.*?-->", re.DOTALL)
_EMPHASIS = re.compile(
    r"^[ \t]*(?:(?:#{1,6}|>) +)?(?P<open>\*{1,2}|_{1,2})(?=[^\s*_])[^*\n]+?(?<=[^\s_])(?P<close>(?P=open))"
    r"(?=:?(?:[ \t]|$))",
    re.MULTILINE,
)
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,12}|#\d{2,5}|#x[0-9a-fA-F]{2,4});")
_BREAKS = {"br", "p", "div", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article"}
_CELLS = {"td", "th"}
_LEAST_BREAKS = 3  # a stray <u> or <i> is left as it stands: the minutes' own typing


def without_markup(reading: Reading) -> Reading:
    return _without_tags(_without_emphasis(reading))


def _without_emphasis(reading: Reading) -> Reading:
    """The reading without markdown's stars around a line, or around the label that begins one."""
    marks = [match.span(side) for match in _EMPHASIS.finditer(reading.text) for side in ("open", "close")]
    return reading.changed((start, end, "") for start, end in marks) if marks else reading


def _without_tags(reading: Reading) -> Reading:
    """The reading without html, where its lines are made by tags."""
    tags = [match for match in _TAG.finditer(reading.text) if match["name"]]
    if sum(match["name"].casefold() in _BREAKS for match in tags) < _LEAST_BREAKS:
        return reading
    changes: list[Change] = [(match.start(), match.end(), _shown(match, reading.text)) for match in tags]
    changes += [(match.start(), match.end(), _letter(match[0])) for match in _ENTITY.finditer(reading.text)]
    return reading.changed(_apart(sorted(changes)))


def _shown(tag: re.Match[str], text: str) -> str:
    """A line end where the tag makes one and none stands there, a tab between cells, else nothing."""
    name = tag["name"].casefold()
    if name in _CELLS:
        return "\t" if tag["close"] else ""
    if name not in _BREAKS or (name != "br" and not tag["close"]):
        return ""
    return "" if text[tag.end() : tag.end() + 1] == "\n" else "\n"


def _letter(entity: str) -> str:
    letter = html.unescape(entity).replace("\u00a0", " ")
    return letter if len(letter) == 1 else entity[0]


def _apart(changes: list[Change]) -> list[Change]:
    kept: list[Change] = []
    for change in changes:
        if not kept or change[0] >= kept[-1][1]:
            kept.append(change)
    return kept
