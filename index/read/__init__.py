"""A file on disk -> its text, with the offsets of its pages. Knows nothing about minutes.

`text` reads text files here; `html`, `docx` and `pdf` are read in a process apart (`worker` starts and watches it,
`child` is what it runs), since such files may be made to harm whoever opens them.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from index.errors import CorpusError, DocumentError
from index.read.extract import Extract, Unreadable
from index.read.ocr import with_pictures_read
from index.read.text import mask_cpr, normalise, read_text
from index.read.worker import read_apart

_MEGABYTE = 1_000_000
_TEXT_LIMIT = 10 * _MEGABYTE
# The largest file of each format that is opened. A saved web page and a Word file carry pictures, a pdf scans.
LIMITS = {
    ".txt": _TEXT_LIMIT,
    ".md": _TEXT_LIMIT,
    ".html": 20 * _MEGABYTE,
    ".htm": 20 * _MEGABYTE,
    ".docx": 50 * _MEGABYTE,
    ".pdf": 100 * _MEGABYTE,
}
SUFFIXES = tuple(LIMITS)
_PLAIN = (".txt", ".md")
_SCANNED = (
    "scanned: its pages are pictures without text. Read it with --ocr (needs tesseract), or run OCR first, for "
    "instance: ocrmypdf -l dan IN.pdf OUT.pdf"
)
_SAVE_AS = {
    ".doc": "Open it in Word or LibreOffice, and save it as .docx.",
    ".rtf": "Open it in Word or LibreOffice, and save it as .docx.",
    ".odt": "Open it in LibreOffice, and save it as .docx.",
    ".mht": "Open it in a browser, and save it as .html.",
    ".mhtml": "Open it in a browser, and save it as .html.",
}


@dataclass(frozen=True, slots=True)
class Document:
    """The normalised text of a file.

    Attributes:
        page_starts: where each page begins; empty where the format has no pages.
        unread_pages: the numbers (from 1) of the pages that are pictures without text.
    """

    path: Path
    text: str
    sha256: str
    page_starts: tuple[int, ...] = ()
    unread_pages: tuple[int, ...] = ()


def find_documents(paths: list[Path]) -> list[Path]:
    """The files named, and those below the folders named, in a fixed order.

    In a folder, files of other formats, hidden files, READMEs and what a browser saved beside a page are passed over.

    Raises:
        CorpusError: a path does not exist, or there is no document under the paths.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(_documents_in(path)))
        elif path.exists():
            found[path] = None
        else:
            raise CorpusError(f"There is no file or folder {path}. Check the spelling of the path.")
    if not found:
        raise CorpusError(f"No minutes under {', '.join(map(str, paths))}: no file ends in {_listed(SUFFIXES)}.")
    return list(found)


def _documents_in(folder: Path) -> list[Path]:
    def refuse(error: OSError) -> None:
        raise CorpusError(f"The folder {error.filename} cannot be read ({error.strerror}). Check that you may open it.")

    found = []
    for place, folders, names in os.walk(folder, onerror=refuse):
        pages = {Path(name).stem for name in names if Path(name).suffix.lower() in (".html", ".htm")}
        folders[:] = [name for name in folders if not name.startswith(".") and not _is_part_of_page(name, pages)]
        found += [Path(place, name) for name in names if not _is_passed_over(name)]
    return sorted(path for path in found if path.suffix.lower() in SUFFIXES)


def _is_passed_over(name: str) -> bool:
    """Hidden files, READMEs, and the lock that Word leaves beside a file that is open."""
    return name.startswith((".", "~$")) or name.lower().startswith("readme")


def _is_part_of_page(folder: str, pages: set[str]) -> bool:
    """Whether a folder holds what a browser saved along with a web page: frames and scripts, no documents."""
    return any(folder in (f"{page}_files", f"{page}_filer", f"{page}-filer") for page in pages)


def _listed(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def read_document(path: Path, *, ocr: bool = False) -> Document:
    """Read a file of any format in `SUFFIXES`; `ocr` has tesseract read the pages of a pdf that are pictures.

    Raises:
        DocumentError: not readable, too large, empty, damaged, encrypted, scanned, or of a format that is not read.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        advice = _SAVE_AS.get(suffix, f"Save it as one that is: {_listed(SUFFIXES)}.")
        raise DocumentError(path, f"this format is not read. {advice}")
    data = _read_bytes(path, LIMITS[suffix])
    try:
        extract = read_text(data) if suffix in _PLAIN else read_apart(suffix, data)
        if extract.pictures and ocr:
            extract = with_pictures_read(data, extract)
        if extract.is_scanned:
            raise Unreadable(_SCANNED)
    except Unreadable as reason:
        raise DocumentError(path, str(reason)) from reason
    return _document(path, data, extract)


def _read_bytes(path: Path, limit: int) -> bytes:
    if path.exists() and not path.is_file():
        raise DocumentError(path, "not a file. Give the path of a file, or of a folder.")
    try:
        str(path).encode()
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except UnicodeEncodeError as error:
        raise DocumentError(path, "the file's name is not text. Rename it.") from error
    except OSError as error:
        raise DocumentError(path, f"cannot be read ({error.strerror}). Check that you may open it.") from error
    if len(data) > limit:
        raise DocumentError(path, f"larger than {limit // _MEGABYTE} MB. Split it into one file for each meeting.")
    return data


def _document(path: Path, data: bytes, extract: Extract) -> Document:
    pages = normalise(extract.pages)
    text = mask_cpr("".join(pages))
    if not text.strip():
        raise DocumentError(path, "the file is empty, or holds no text. Save the minutes anew, or leave it out.")
    page_starts = tuple(accumulate(map(len, pages[:-1]), initial=0)) if extract.paged else ()
    unread_pages = tuple(place + 1 for place in extract.pictures)
    return Document(path, text, hashlib.sha256(data).hexdigest(), page_starts, unread_pages)
