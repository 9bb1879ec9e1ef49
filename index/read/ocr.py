"""Pages that are pictures, read one by one in the process apart, where the user asks for it and tesseract is there."""

from __future__ import annotations

import shutil
from dataclasses import replace

from index.read.extract import Extract, Unreadable
from index.read.worker import read_scan_apart

_MOST_PAGES = 300
_MISSING = (
    "scanned, and tesseract is not there to read it. Install tesseract with Danish (on Debian and Ubuntu: apt install "
    "tesseract-ocr tesseract-ocr-dan), or run OCR first, for instance: ocrmypdf -l dan IN.pdf OUT.pdf"
)
_TOO_MANY = f"has more than {_MOST_PAGES} scanned pages. Split it into one file for each meeting."


def with_pictures_read(data: bytes, extract: Extract) -> Extract:
    """The extract with the text of its pages that are pictures; one that takes too long stays unread.

    Raises:
        Unreadable: tesseract fails, or is missing where most pages are pictures; or there are too many such pages.
    """
    if not shutil.which("tesseract"):
        if extract.is_scanned:
            raise Unreadable(_MISSING)
        return extract
    if len(extract.pictures) > _MOST_PAGES:
        raise Unreadable(_TOO_MANY)
    pages = list(extract.pages)
    unread = []
    for place in extract.pictures:
        text = read_scan_apart(data, place)
        pages[place] = f"{text}\n" if text else ""
        if not text:
            unread.append(place)
    return replace(extract, pages=tuple(pages), pictures=tuple(unread))
