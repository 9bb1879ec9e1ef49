"""Text put together as lines: what web pages and Word files have in common."""

from __future__ import annotations

import re

_WHITE = re.compile(r"[ \t\n\r\f]+")
_LONGEST_CELL_ON_A_LINE = 300
PAGE = "\f"  # a page ends here, be it within a line
LAID_OUT_PAGE = "\x1c"  # so it did when the text was last laid out; after a PAGE it is the same end
_PAGES = re.compile(f"[{PAGE}{LAID_OUT_PAGE}]")
_SAME_END = re.compile(rf"{PAGE}(\s*?){LAID_OUT_PAGE}")


class Blocks:
    """Lines that grow at the end. Blank lines stand where the document shows a gap."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._mark = ""
        self._gap = False

    def add(self, text: str, verbatim: bool = False) -> None:
        """Go on with the line; white space counts as one space, unless `verbatim`."""
        if verbatim:
            *whole, text = text.split("\n")
            for line in whole:
                self._put(line)
                self.break_line()
        else:
            text = _WHITE.sub(" ", text)
            if not self._line or self._line[-1].endswith((" ", "\t")):
                text = text.lstrip(" ")
        self._put(text)

    def mark(self, mark: str) -> None:
        """What the next line begins with, if it comes to one."""
        self._mark = mark

    def break_line(self) -> None:
        """A line ends here, even an empty one."""
        if self._gap and self._lines and self._lines[-1]:
            self._lines.append("")
        self._gap = False
        self._lines.append("".join(self._line).rstrip(" \t"))
        self._line = []

    def end_line(self) -> None:
        """What follows stands on a line of its own."""
        if self._line:
            self.break_line()

    def gap(self) -> None:
        """What follows stands below a blank line."""
        self.end_line()
        self._gap = True

    def row(self, cells: list[str]) -> None:
        """A row of a table on one line, with tabs; or its cells one below the other, where they hold whole paragraphs:
        such a table only places text on the page."""
        self.end_line()
        longest = max(cells, key=lambda cell: len(_PAGES.findall(cell)), default="")
        # A row that goes on over the page does so in each of its cells: the page ends once.
        cells = [(cell if cell is longest else _PAGES.sub("", cell)).strip(" \t\n") for cell in cells]
        if any(_is_running_text(cell) for cell in cells) or len(list(filter(None, cells))) < 2 >= len(cells):
            for cell in filter(None, cells):
                self.add(cell, verbatim=True)
                self.end_line()
        else:
            self._put("".join(_PAGES.findall(longest)))
            self._put("\t".join(_WHITE.sub(" ", _PAGES.sub("", cell)) for cell in cells))
            self.end_line()

    def text(self) -> str:
        self.end_line()
        return "\n".join(self._lines)

    def pages(self) -> tuple[str, ...]:
        """The text from each end of a page to the next."""
        return tuple(_SAME_END.sub(rf"{PAGE}\1", self.text()).replace(LAID_OUT_PAGE, PAGE).split(PAGE))

    def _put(self, text: str) -> None:
        if text:
            if self._mark and text.strip():
                self._line.append(self._mark)
                self._mark = ""
            self._line.append(text)


def _is_running_text(cell: str) -> bool:
    return "\n" in cell and ("\n\n" in cell or len(cell) > _LONGEST_CELL_ON_A_LINE)
