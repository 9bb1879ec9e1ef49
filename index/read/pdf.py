"""Pdf files: their text in reading order, page by page."""

from __future__ import annotations

import math
from collections import Counter
from ctypes import byref

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from index.read.extract import Extract, Unreadable
from index.read.pdf_justified import without_false_cells
from index.read.pdf_layout import Glyph, Page, lay_out
from index.read.pdf_running import without_running_lines
from index.read.pdf_text import page_texts

MAX_PAGES = 3_000
_SCANNED_CHARS = 25  # fewer on a page with a picture, and the picture is the page
_PICTURE_DEPTH = 3
_QUARTER = math.pi / 2
_ASLANT = 0.1
_DAMAGED = "damaged or not a pdf. Open it in a pdf reader, print it to a new pdf, and try that."
_REFUSALS = {
    pdfium_c.FPDF_ERR_PASSWORD: "protected by a password. Save a copy without a password.",
    pdfium_c.FPDF_ERR_SECURITY: "protected in a way that is not read. Save a copy without protection.",
}


def read_pdf(data: bytes) -> Extract:
    """The text of a pdf: columns one after the other, tables row by row with tabs, paragraphs whole over the page.

    Heads and feet that run over the pages are left out, but for the head of the first page. Text that stands aslant or
    at an angle to the rest of its page is a stamp, and left out too.

    Raises:
        Unreadable: encrypted, damaged, or with too many pages.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise Unreadable(_REFUSALS.get(error.err_code, _DAMAGED)) from error
    if len(document) == 0:
        raise Unreadable(_DAMAGED)
    if len(document) > MAX_PAGES:
        raise Unreadable("has more pages than minutes do. Split it into one file for each meeting.")
    pages, pictures, damaged = [], [], 0
    for number in range(len(document)):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            damaged += 1
            pages.append(Page((), 0.0))
            continue
        glyphs = _glyphs(page)
        pages.append(lay_out(glyphs, page.get_width()))
        if len(glyphs) < _SCANNED_CHARS and _has_picture(page):
            pictures.append(number)
        page.close()
    if damaged * 2 > len(pages):
        raise Unreadable(_DAMAGED)
    return Extract(tuple(page_texts(without_running_lines(without_false_cells(pages)))), True, tuple(pictures))


def _has_picture(page: pdfium.PdfPage) -> bool:
    return any(True for _ in page.get_objects([pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=_PICTURE_DEPTH))


def _glyphs(page: pdfium.PdfPage) -> list[Glyph]:
    """The glyphs of a page in the order in which they are drawn, turned so that they stand upright, y growing down."""
    textpage = page.get_textpage()
    handle, box = textpage.raw, pdfium_c.FS_RECTF()
    where, letter_at, box_at = byref(box), pdfium_c.FPDFText_GetUnicode, pdfium_c.FPDFText_GetLooseCharBox
    by_angle: dict[float, int] = Counter()
    drawn: list[tuple[Glyph, float]] = []
    angle = None  # of a whole word
    for place in range(textpage.count_chars()):
        letter = chr(letter_at(handle, place))
        if letter.isspace():
            angle = None
            if pdfium_c.FPDFText_IsGenerated(handle, place):
                if drawn:  # a space that is not drawn
                    drawn.append((drawn[-1][0]._replace(letter=""), drawn[-1][1]))
                continue
        if letter != "\0" and box_at(handle, place, where) and _is_somewhere(box):
            angle = pdfium_c.FPDFText_GetCharAngle(handle, place) if angle is None else angle
            by_angle[angle] += 1
            drawn.append((Glyph(letter, box.left, -box.top, box.right, -box.bottom), angle))
    textpage.close()
    return _upright(drawn, by_angle)


def _is_somewhere(box: pdfium_c.FS_RECTF) -> bool:
    """Whether a glyph has a place: a broken font may put it at infinity."""
    return math.isfinite(box.left + box.top + box.right + box.bottom)


def _upright(drawn: list[tuple[Glyph, float]], by_angle: dict[float, int]) -> list[Glyph]:
    """The glyphs of the page's commonest quarter turn, turned back."""
    turns = {angle: _quarters(angle) for angle in by_angle}
    common = Counter()
    for angle, count in by_angle.items():
        common[turns[angle]] += count
    del common[None]
    if not common:
        return []
    turn = common.most_common(1)[0][0]
    kept = [glyph if turn == 0 else _turned_back(glyph, turn) for glyph, angle in drawn if turns[angle] == turn]
    # pdfium gives turned lines from the left of the paper on, which is their last where they are turned clockwise.
    return sorted(kept, key=lambda glyph: round(glyph.top)) if turn == 1 else kept


def _quarters(angle: float) -> int | None:
    """An angle as a number of quarter turns; None where it is aslant."""
    turns = angle / _QUARTER
    return round(turns) % 4 if abs(turns - round(turns)) < _ASLANT else None


def _turned_back(glyph: Glyph, turn: int) -> Glyph:
    """A glyph that stands so many quarters clockwise from upright, turned back."""
    letter, left, top, right, bottom = glyph
    if turn == 1:
        return Glyph(letter, top, -right, bottom, -left)
    if turn == 2:
        return Glyph(letter, -right, -bottom, -left, -top)
    return Glyph(letter, -bottom, left, -top, right)
