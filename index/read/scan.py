"""One page of a pdf that is a picture -> its text, by tesseract; in the process apart, whose limits tesseract shares.

The page is drawn here, so that tesseract gets plain grey pixels and never the document's own bytes.
"""

from __future__ import annotations

import os
import subprocess

import pypdfium2 as pdfium

from index.read.child import PAGE_SECONDS
from index.read.extract import Extract, Unreadable

_DOTS = 300  # an inch: what tesseract was trained on
_POINTS = 72  # an inch of a pdf
_MOST_DOTS = 5_000  # at a side: an A4 page has 3,500
_NOTHING = Extract(("",), paged=True)
_COMMAND = ("tesseract", "-", "-", "-l", "dan", "--psm", "3")
_FAILED = "tesseract cannot read it ({why}). Run OCR another way, for instance: ocrmypdf -l dan IN.pdf OUT.pdf"


def read_scan(data: bytes, place: int) -> Extract:
    """The text of the page at a place, from 0; none where tesseract is stopped, since it takes too long.

    Raises:
        Unreadable: tesseract fails.
    """
    picture = _drawn(pdfium.PdfDocument(data)[place])
    kept = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX", "SystemRoot") if name in os.environ}
    try:
        done = subprocess.run(
            _COMMAND, input=picture, capture_output=True, timeout=PAGE_SECONDS, env=kept | {"OMP_THREAD_LIMIT": "1"}
        )
    except subprocess.TimeoutExpired:
        return _NOTHING
    if done.returncode < 0:  # by the system, which watches its time and memory
        return _NOTHING
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        raise Unreadable(_FAILED.format(why=told[-1][:200] if told else f"status {done.returncode}"))
    return Extract((done.stdout.decode(errors="replace").replace("\f", ""),), paged=True)


def _drawn(page: pdfium.PdfPage) -> bytes:
    """A page in grey, as a PGM file."""
    scale = min(_DOTS / _POINTS, _MOST_DOTS / max(page.get_size()))
    bitmap = page.render(scale=scale, grayscale=True)
    pixels, stride = bytes(bitmap.buffer), bitmap.stride
    rows = (pixels[row * stride : row * stride + bitmap.width] for row in range(bitmap.height))
    return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(rows)
