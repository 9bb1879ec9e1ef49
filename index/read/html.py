"""Web pages: what a reader sees of them, block by block; nothing is run or fetched."""

from __future__ import annotations

import codecs
import re

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from index.read.blocks import Blocks
from index.read.counting import letters, roman
from index.read.extract import Extract
from index.read.text import decode

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_META_WITHIN = 4096
_ASCII_BY_NAME = {"iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii"}  # browsers read these as cp1252

# Never part of the text: scripts, pictures, forms, and the ways around the site.
_UNSEEN = frozenset(
    "head script style template noscript noframes iframe frame frameset object embed applet svg math canvas audio "
    "video map datalist select input textarea progress meter dialog nav aside menu".split()
)
_UNSEEN_ROLES = frozenset(
    "navigation banner contentinfo search complementary menu menubar toolbar dialog alertdialog tooltip".split()
)
_LINES = frozenset(  # each stands on lines of its own
    "div section article main header footer address center form fieldset legend figure figcaption details summary li "
    "dd dt caption hr".split()
)
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 blockquote pre ul ol dl table".split())  # with a blank line at each side
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_SECTIONS = frozenset("article section main".split())
_ICONS = frozenset("span i b em abbr a".split())
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
# What a heading or a tab folds out: not seen at first, but meant to be.
_FOLDED = ", ".join(f"{name} [aria-controls]" for name in (*sorted(_HEADINGS), "summary", "[role=heading]"))
_TABS = "[role=tab][aria-controls]"
_TITLE_PART = re.compile(r"\s[|·»›]\s")
_OWN_MARK = re.compile(r"\s*[\d•·*–-]")


def read_html(data: bytes) -> Extract:
    """The text of a web page, also one that a browser saved: tables row by row with tabs, no navigation."""
    try:
        tree = LexborHTMLParser(_decode(data))
    except SelectolaxError as error:  # any text at all is a web page to a browser, so only memory can be wanting
        raise MemoryError from error
    text = _Page(tree).text() if tree.body is not None else ""
    heading = tree.css_first("head > title")
    title = _told_only_by(heading.text() if heading else "", text)
    return Extract((f"{title}\n\n{text}" if title else text,))


def _told_only_by(title: str, text: str) -> str:
    """The parts of a page's title that the page does not repeat, also not below a name for what it is ("Punkt 3: ...");
    often the only place that names municipality, body and date."""
    parts = [" ".join(part.split()) for part in _TITLE_PART.split(title)]
    return " | ".join(part for part in parts if part and not any(said in text for said in (part, _named(part))))


def _named(part: str) -> str:
    return part.partition(": ")[2] or part


def _decode(data: bytes) -> str:
    """By its mark, else as UTF-8, else by what the page says, else as what Danish office programs write.

    UTF-8 goes before the page's own word, since no other text is valid in it by chance, and editors leave old words.
    """
    declared = _META_CHARSET.search(data[:_META_WITHIN])
    name = declared[1].decode("ascii", "ignore").lower() if declared else ""
    if name and name not in _ASCII_BY_NAME and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return data.decode(codecs.lookup(name).name, "replace")
            except (LookupError, UnicodeError):
                pass
    return decode(data)


class _Page:
    """The walk over a page: every node in its order, without recursion, since a page may nest as deeply as it likes."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._root = tree.body
        self._folded = {node.attributes.get("aria-controls") for node in tree.css(f"{_FOLDED}, {_TABS}")}
        self._blocks = [Blocks()]  # the innermost last: each cell of a table has its own
        self._rows: list[list[str]] = []
        self._counted: list[int] = []
        self._preformatted = 0
        self._in_heading = 0
        self._in_section = 0

    def text(self) -> str:
        node = self._root
        while True:
            if self._enter(node):
                if node.child is not None:
                    node = node.child
                    continue
                self._leave(node)
            while node.mem_id != self._root.mem_id and node.next is None:
                node = node.parent
                self._leave(node)
            if node.mem_id == self._root.mem_id:
                return self._blocks[0].text()
            node = node.next

    def _enter(self, node: LexborNode) -> bool:
        """Begin a node; False where it and all below it is passed over."""
        if node.is_text_node:
            self._blocks[-1].add(_text_of(node), verbatim=self._preformatted > 0)
            return False
        if not node.is_element_node or not self._is_seen(node):
            return False
        tag = node.tag
        self._preformatted += tag == "pre"
        self._in_heading += tag in _HEADINGS
        self._in_section += tag in _SECTIONS
        if tag == "br":
            self._blocks[-1].break_line()
        elif tag in _LINES:
            self._blocks[-1].end_line()
        elif tag in _PARAGRAPHS and not (tag in ("ul", "ol") and self._counted):
            self._blocks[-1].gap()
        if tag in ("ul", "ol"):
            self._counted.append(_whole(node.attributes.get("start"), 1) - 1)
        elif tag == "li":
            self._begin_entry(node)
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th") and self._rows:
            self._blocks.append(Blocks())
        return True

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag
        self._preformatted -= tag == "pre"
        self._in_heading -= tag in _HEADINGS
        self._in_section -= tag in _SECTIONS
        if tag in ("ul", "ol"):
            self._counted.pop()
        if tag in ("td", "th") and self._rows:
            self._rows[-1].append(self._blocks.pop().text())
        elif tag == "tr":
            self._blocks[-1].row(self._rows.pop())
        elif tag in _LINES:
            self._blocks[-1].end_line()
        elif tag in _PARAGRAPHS and not (tag in ("ul", "ol") and self._counted):
            self._blocks[-1].gap()

    def _is_seen(self, node: LexborNode) -> bool:
        tag, attributes = node.tag, node.attributes
        role = attributes.get("role") or ""
        if tag in _UNSEEN or role in _UNSEEN_ROLES:
            return False
        if tag in ("header", "footer") and not self._in_section:
            return False  # of the site, not of an article in it
        if tag == "button":
            return self._in_heading > 0  # such a button is the heading that folds out what it heads
        if attributes.get("aria-hidden") == "true" and tag in _ICONS:
            return False
        hidden = "hidden" in attributes or _HIDING.search(attributes.get("style") or "")
        return not hidden or role == "tabpanel" or bool(attributes.get("id") and attributes["id"] in self._folded)

    def _begin_entry(self, node: LexborNode) -> None:
        """The mark of an entry of a list, unless the list only places what has marks of its own."""
        listing = node.parent
        if not self._counted or "list-style:none" in (listing.attributes.get("style") or "").replace(" ", ""):
            return
        if listing.tag == "ol":
            self._counted[-1] = _whole(node.attributes.get("value"), self._counted[-1] + 1)
            self._blocks[-1].mark(f"{_count(self._counted[-1], listing.attributes.get('type') or '1')}. ")
        elif _is_plain_entry(node):
            self._blocks[-1].mark("• ")


def _is_plain_entry(node: LexborNode) -> bool:
    """Whether an entry holds its text at once, without a mark or paragraphs or a link around it."""
    first = node.child
    while first is not None and first.is_text_node and not _text_of(first).strip():
        first = first.next
    if first is None or first.tag in _PARAGRAPHS | _LINES or first.tag == "a":
        return False
    while first.child is not None:
        first = first.child
    return not _OWN_MARK.match(_text_of(first))


def _text_of(node: LexborNode) -> str:
    return (node.text_content if node.is_text_node else None) or ""


def _count(number: int, style: str) -> str:
    written = {"a": letters, "A": letters, "i": roman, "I": roman}.get(style, str)(number)
    return written.upper() if style.isupper() else written


def _whole(value: str | None, otherwise: int) -> int:
    """A whole number that an attribute holds."""
    return int(value) if value and re.fullmatch(r"\d{1,6}", value) else otherwise
