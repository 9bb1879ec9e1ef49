"""Word files: what Word would print of the text, in its order; no macro is run, no link is followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from index.read.blocks import LAID_OUT_PAGE, PAGE, Blocks
from index.read.docx_styles import SYMBOLS, Numbering, Styles, W, is_on, value_of
from index.read.extract import Extract, Unreadable
from index.read.package import Package

_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What only wraps text: insertions, links, fields, controls. Deletions (del, moveFrom) are not among them.
_WRAPPERS = {
    f"{W}{name}" for name in "ins moveTo sdt sdtContent customXml smartTag hyperlink fldSimple dir bdo".split()
}
_WRAPPERS |= {f"{_MC}AlternateContent", f"{_MC}Choice"}
_FALLBACK = f"{_MC}Fallback"  # the same once more, for older programs
_BOX = f"{W}txbxContent"
_CHARACTERS = {f"{W}noBreakHyphen": "-", f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n"}
_SECTIONS_ON_A_PAGE = ("continuous", "nextColumn")


def read_docx(data: bytes) -> Extract:
    """The text of a Word file. It has pages only where breaks are written in it: by its author, or by Word's layout.

    Heads, feet and notes are not part of it.

    Raises:
        Unreadable: not a Word file, encrypted, or a bomb.
    """
    package = Package(data)
    name = package.related("", "officeDocument")
    main = package.xml(name)
    body = main.find(f"{W}body") if main is not None else None
    if body is None:
        strict = main is not None and main.tag.startswith(_STRICT)
        raise Unreadable(
            "saved as Strict Open XML. Save it as an ordinary Word document (.docx)."
            if strict
            else "not a Word file. Open it in Word or LibreOffice, and save it as .docx."
        )
    styles, numbering = (package.xml(package.related(name, kind)) for kind in ("styles", "numbering"))
    pages = _Body(Styles(styles), Numbering(numbering)).read(body).pages()
    return Extract(pages, paged=len(pages) > 1)


class _Body:
    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering

    def read(self, container: Element) -> Blocks:
        """The paragraphs and tables of the body, a cell or a text box."""
        blocks, before = Blocks(), None
        for element in _within(container, "p", "tbl"):
            if element.tag == f"{W}tbl":
                self._table(element, blocks)
                before = None
            elif not _is_deleted(element):
                if before is not None and self._styles.gap_between(before, element):
                    blocks.gap()
                self._paragraph(element, blocks)
                before = element
        return blocks

    def _table(self, table: Element, blocks: Blocks) -> None:
        blocks.gap()
        for row in _within(table, "tr"):
            if not is_on(row.find(f"{W}trPr"), "del"):
                blocks.row([self.read(cell).text() for cell in _within(row, "tc")])
        blocks.gap()

    def _paragraph(self, paragraph: Element, blocks: Blocks) -> None:
        text = _text_of(paragraph)
        bare = text.lstrip(PAGE + LAID_OUT_PAGE)
        blocks.add(text[: len(text) - len(bare)], verbatim=True)
        if not text.startswith((PAGE, LAID_OUT_PAGE)) and self._styles.is_on(paragraph, "pageBreakBefore"):
            blocks.add(PAGE, verbatim=True)
        numbered = self._styles.numbering(paragraph)
        mark = self._numbering.next_mark(*numbered) if numbered else ""
        blocks.mark(mark if bare.strip() else "")
        blocks.add(bare, verbatim=True)
        if _ends_section(paragraph):
            blocks.add(PAGE, verbatim=True)
        blocks.break_line()
        for box in _boxes(paragraph):
            blocks.gap()
            blocks.add(self.read(box).text(), verbatim=True)
            blocks.gap()


def _within(container: Element, *names: str) -> Iterator[Element]:
    """The elements of those names, those in wrappers too, in their order."""
    wanted = {f"{W}{name}" for name in names}
    for element in container:
        if element.tag in wanted:
            yield element
        elif element.tag in _WRAPPERS:
            yield from _within(element, *names)


def _text_of(paragraph: Element) -> str:
    """The text of a paragraph without what is hidden; line ends and page breaks in it as characters."""
    parts = []
    for run in _within(paragraph, "r"):
        if not is_on(run.find(f"{W}rPr"), "vanish"):
            parts += [_character(element) for element in run]
    return "".join(parts)


def _character(element: Element) -> str:
    if element.tag == f"{W}t":
        return element.text or ""
    if element.tag == f"{W}br":
        return {"page": PAGE, "column": ""}.get(value_of(element, "type") or "", "\n")
    if element.tag == f"{W}lastRenderedPageBreak":
        return LAID_OUT_PAGE
    if element.tag == f"{W}sym":
        code = value_of(element, "char") or ""
        return SYMBOLS.get(chr(int(code, 16)), "") if re.fullmatch("[0-9A-Fa-f]{4}", code) else ""
    return _CHARACTERS.get(element.tag, "")


def _is_deleted(paragraph: Element) -> bool:
    """Whether a tracked change took the paragraph away, its mark too."""
    return is_on(paragraph.find(f"{W}pPr/{W}rPr"), "del") and not _text_of(paragraph).strip()


def _ends_section(paragraph: Element) -> bool:
    """Whether a section of the document ends here, and the next one begins on a page of its own."""
    section = paragraph.find(f"{W}pPr/{W}sectPr")
    return section is not None and value_of(section.find(f"{W}type")) not in _SECTIONS_ON_A_PAGE


def _boxes(paragraph: Element) -> Iterator[Element]:
    """The text boxes that are anchored in a paragraph; those inside them are theirs."""
    waiting = [run for run in reversed(list(_within(paragraph, "r")))]
    while waiting:
        element = waiting.pop()
        if element.tag == _BOX:
            yield element
        elif element.tag != _FALLBACK:
            waiting.extend(reversed(element))
