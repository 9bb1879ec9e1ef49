"""Pdf files: their text in reading order, page by page."""

from __future__ import annotations

import math
from collections import Counter
from ctypes import byref

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from index.read.extract import Extract, Unreadable
from index.read.pdf_layout import Glyph, Page, lay_out
from index.read.pdf_running import without_running_lines
from index.read.pdf_text import page_texts

MAX_PAGES = 3_000
_SCANNED_CHARS = 25  # fewer on a page with a picture, and the picture is the page
_PICTURE_DEPTH = 3
_QUARTER = math.pi / 2
_ASLANT = 0.1
_SCANNED = "scanned: its pages are pictures without text. Run OCR first, for instance: ocrmypdf -l dan IN.pdf OUT.pdf"
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
        Unreadable: encrypted, scanned, damaged, or with too many pages.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise Unreadable(_REFUSALS.get(error.err_code, _DAMAGED)) from error
    if len(document) == 0:
        raise Unreadable(_DAMAGED)
    if len(document) > MAX_PAGES:
        raise Unreadable("has more pages than minutes do. Split it into one file for each meeting.")
    pages, pictures, damaged = [], 0, 0
    for number in range(len(document)):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            damaged += 1
            pages.append(Page((), 0.0))
            continue
        glyphs = _glyphs(page)
        pages.append(lay_out(glyphs, page.get_width()))
        pictures += len(glyphs) < _SCANNED_CHARS and _has_picture(page)
        page.close()
    if pictures * 2 > len(pages):
        raise Unreadable(_SCANNED)
    if damaged * 2 > len(pages):
        raise Unreadable(_DAMAGED)
    return Extract(tuple(page_texts(without_running_lines(pages))), paged=True)


def _has_picture(page: pdfium.PdfPage) -> bool:
    return any(True for _ in page.get_objects([pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=_PICTURE_DEPTH))


def _glyphs(page: pdfium.PdfPage) -> list[Glyph]:
    """The glyphs of a page in the order in which they are drawn, turned so that they stand upright, y growing down."""
    textpage = page.get_textpage()
    handle, box = textpage.raw, pdfium_c.FS_RECTF()
    drawn, angles = [], []
    for place in range(textpage.count_chars()):
        letter = pdfium_c.FPDFText_GetUnicode(handle, place)
        if pdfium_c.FPDFText_IsGenerated(handle, place):
            if drawn:  # a space that is not drawn
                drawn.append(("", *drawn[-1][1:]))
                angles.append(angles[-1])
        elif letter and pdfium_c.FPDFText_GetLooseCharBox(handle, place, byref(box)):
            drawn.append((chr(letter), box.left, box.bottom, box.right, box.top))
            angles.append(_quarters(pdfium_c.FPDFText_GetCharAngle(handle, place)))
    textpage.close()
    upright = Counter(angle for angle in angles if angle is not None).most_common(1)
    if not upright:
        return []
    turn = upright[0][0]
    return [_turned(turn, *glyph) for glyph, angle in zip(drawn, angles, strict=True) if angle == turn]


def _quarters(angle: float) -> int | None:
    """An angle as a number of quarter turns; None where it is aslant."""
    turns = angle / _QUARTER
    return round(turns) % 4 if abs(turns - round(turns)) < _ASLANT else None


def _turned(turn: int, letter: str, left: float, bottom: float, right: float, top: float) -> Glyph:
    """A glyph that stands so many quarters clockwise from upright, turned back."""
    if turn == 0:
        return Glyph(letter, left, -top, right, -bottom)
    if turn == 1:
        return Glyph(letter, -top, -right, -bottom, -left)
    if turn == 2:
        return Glyph(letter, -right, bottom, -left, top)
    return Glyph(letter, bottom, left, top, right)
