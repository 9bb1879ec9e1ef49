"""What a Word file says away from its text: how paragraphs are numbered, and where gaps stand between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from index.read.counting import letters, roman

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_BODY_TEXT = "9"  # the outline level of what is no heading
_GAP_TWENTIETHS = 60  # a distance of 3 points shows as a gap
_OFF = ("0", "false", "off", "none")
SYMBOLS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "-", "o": "○"}


def value_of(element: Element | None, name: str = "val") -> str | None:
    return None if element is None else element.get(f"{W}{name}")


def is_on(properties: Element | None, name: str) -> bool:
    """Whether a property that is on or off is there and on."""
    element = None if properties is None else properties.find(f"{W}{name}")
    return element is not None and (value_of(element) or "1") not in _OFF


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbered list: `text` is what is printed, with %1 for the number of the first level."""

    start: int
    style: str
    text: str
    restart: int | None = None


class Styles:
    """The properties of paragraphs: their own, those of their style, those of the styles that it is based on."""

    def __init__(self, part: Element | None) -> None:
        found = part.iter(f"{W}style") if part is not None else ()
        self._by_id = {style.get(f"{W}styleId"): style for style in found}
        self._default = next(
            (
                name
                for name, style in self._by_id.items()
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")
            ),
            None,
        )
        defaults = part.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr") if part is not None else None
        self._defaults = [] if defaults is None else [defaults]
        self._chains: dict[str | None, list[Element]] = {}

    def name_of(self, paragraph: Element) -> str | None:
        """The identifier of a paragraph's style."""
        return value_of(paragraph.find(f"{W}pPr/{W}pStyle")) or self._default

    def layers(self, paragraph: Element) -> Iterator[Element]:
        """The property lists that apply to a paragraph, the strongest first."""
        own = paragraph.find(f"{W}pPr")
        if own is not None:
            yield own
        yield from self._chain(self.name_of(paragraph))
        yield from self._defaults

    def is_on(self, paragraph: Element, name: str) -> bool:
        """Whether the strongest list that speaks of a property has it on."""
        speaking = (layer for layer in self.layers(paragraph) if layer.find(f"{W}{name}") is not None)
        return is_on(next(speaking, None), name)

    def gap_between(self, above: Element, below: Element) -> bool:
        """Whether the page shows a gap between two paragraphs, or one of them is a heading."""
        if self._is_heading(above) or self._is_heading(below):
            return True
        alike = self.name_of(above) == self.name_of(below)
        return any(
            self._has_space(paragraph, side) and not (alike and self.is_on(paragraph, "contextualSpacing"))
            for paragraph, side in ((above, "after"), (below, "before"))
        )

    def _is_heading(self, paragraph: Element) -> bool:
        levels = (value_of(layer.find(f"{W}outlineLvl")) for layer in self.layers(paragraph))
        return next(filter(None, levels), _BODY_TEXT) != _BODY_TEXT

    def _has_space(self, paragraph: Element, side: str) -> bool:
        for layer in self.layers(paragraph):
            size = value_of(layer.find(f"{W}spacing"), side)
            if size is not None:
                return size.isdecimal() and int(size[:6]) >= _GAP_TWENTIETHS
        return False

    def numbering(self, paragraph: Element) -> tuple[str, int] | None:
        """(list, level) of a numbered paragraph."""
        number = level = None
        for layer in self.layers(paragraph):
            properties = layer.find(f"{W}numPr")
            if properties is not None:
                number = number or value_of(properties.find(f"{W}numId"))
                level = level or value_of(properties.find(f"{W}ilvl"))
        if not number or number == "0":
            return None
        return number, min(int(level), _LEVELS - 1) if level and level.isdecimal() else 0

    def _chain(self, name: str | None) -> list[Element]:
        if name not in self._chains:
            chain, met, at = [], set(), name
            while at in self._by_id and at not in met:
                met.add(at)
                properties = self._by_id[at].find(f"{W}pPr")
                chain += [] if properties is None else [properties]
                at = value_of(self._by_id[at].find(f"{W}basedOn"))
            self._chains[name] = chain
        return self._chains[name]


class Numbering:
    """The lists of a document, counted on paragraph by paragraph."""

    def __init__(self, part: Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._abstract_of: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = defaultdict(dict)
        self._counts: dict[str, list[int | None]] = {}
        self._met: set[str] = set()
        if part is None:
            return
        for abstract in part.iter(f"{W}abstractNum"):
            levels = {int(found.get(f"{W}ilvl", "0")): _level(found) for found in abstract.iter(f"{W}lvl")}
            self._levels[abstract.get(f"{W}abstractNumId", "")] = levels
        for number in part.iter(f"{W}num"):
            self._read_number(number)

    def next_mark(self, number: str, level: int) -> str:
        """What Word prints before the next paragraph of that list and level: "2.1 ", "• ", or nothing."""
        abstract = self._abstract_of.get(number, "")
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        if number not in self._met:
            self._met.add(number)
            for at, start in self._starts[number].items():
                counts[at] = start - 1
        self._count(counts, levels, level)
        mark = _printed(levels, counts, level)
        return f"{mark} " if mark else ""

    def _read_number(self, number: Element) -> None:
        name, abstract = number.get(f"{W}numId", ""), value_of(number.find(f"{W}abstractNumId")) or ""
        self._abstract_of[name] = abstract
        for override in number.iter(f"{W}lvlOverride"):
            level, start = override.get(f"{W}ilvl", "0"), value_of(override.find(f"{W}startOverride"))
            if level.isdecimal() and int(level) < _LEVELS and start and start.isdecimal():
                self._starts[name][int(level)] = int(start[:6])

    @staticmethod
    def _count(counts: list[int | None], levels: dict[int, Level], level: int) -> None:
        for above in range(level):
            if counts[above] is None:
                counts[above] = levels[above].start if above in levels else 1
        counts[level] = levels[level].start if counts[level] is None else counts[level] + 1
        for below in range(level + 1, _LEVELS):
            if below in levels and levels[below].restart != 0:
                counts[below] = None


def _level(found: Element) -> Level:
    start, restart = value_of(found.find(f"{W}start")), value_of(found.find(f"{W}lvlRestart"))
    return Level(
        start=int(start[:6]) if start and start.isdecimal() else 1,
        style=value_of(found.find(f"{W}numFmt")) or "decimal",
        text=value_of(found.find(f"{W}lvlText")) or "",
        restart=0 if restart == "0" else None,
    )


def _printed(levels: dict[int, Level], counts: list[int | None], level: int) -> str:
    shape = levels[level]
    if shape.style == "none":
        return ""
    if shape.style == "bullet":
        return SYMBOLS.get(shape.text, shape.text if shape.text.isprintable() else "•")
    printed = shape.text
    for at in range(level + 1):
        if at in levels:
            printed = printed.replace(f"%{at + 1}", _counted(counts[at] or 0, levels[at].style))
    return printed


def _counted(number: int, style: str) -> str:
    if style == "decimalZero":
        return f"{number:02}"
    if style.endswith("Letter"):
        written = letters(number)
    elif style.endswith("Roman"):
        written = roman(number)
    else:
        written = str(number)
    return written.upper() if style.startswith("upper") else written
