"""A file on disk -> its text, with the offsets of its pages. Knows nothing about minutes."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from index.errors import CorpusError, DocumentError

SUFFIXES = (".txt", ".md")
MAX_BYTES = 10_000_000

_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
# A person's number: day, month, year, four digits, in the forms that are written. Masked in place, so that every
# character keeps its place.
_CPR = re.compile(
    r"(?<![\d-])(?:0[1-9]|[12]\d|3[01])\.?(?:0[1-9]|1[0-2])\.?\d\d(?:\s?[-\u2010-\u2015]\s?|\s)?\d{4}(?![\d-])"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Document:
    """The normalised text of a file. `page_starts` is empty where the format has no pages."""

    path: Path
    text: str
    sha256: str
    page_starts: tuple[int, ...] = ()


def find_documents(paths: list[Path]) -> list[Path]:
    """The files named, and those below the folders named, in a fixed order.

    In a folder, files of other formats, hidden files and READMEs are passed over.

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
        raise CorpusError(f"No minutes under {', '.join(map(str, paths))}: no file ends in {' or '.join(SUFFIXES)}.")
    return list(found)


def _documents_in(folder: Path) -> list[Path]:
    def refuse(error: OSError) -> None:
        raise CorpusError(f"The folder {error.filename} cannot be read ({error.strerror}). Check that you may open it.")

    found = []
    for place, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            Path(place, name) for name in names if not name.startswith(".") and not name.lower().startswith("readme")
        ]
    return sorted(path for path in found if path.suffix.lower() in SUFFIXES)


def read_document(path: Path) -> Document:
    """Read a text file, whatever its Danish encoding and line ends.

    Raises:
        DocumentError: not readable, too large, empty, binary, or of a format that is not read.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise DocumentError(path, f"this format is not read. Save it as text ({' or '.join(SUFFIXES)}).")
    if path.exists() and not path.is_file():
        raise DocumentError(path, "not a file.")
    try:
        str(path).encode()
        if path.stat().st_size > MAX_BYTES:
            raise DocumentError(
                path, f"larger than {MAX_BYTES // 1_000_000} MB. Split it into one file for each meeting."
            )
        data = path.read_bytes()
    except UnicodeEncodeError as error:
        raise DocumentError(path, "the file's name is not text. Rename it.") from error
    except OSError as error:
        raise DocumentError(path, f"cannot be read ({error.strerror}). Check that you may open it.") from error
    text = _normalise(_decode(path, data))
    if not text.strip():
        raise DocumentError(path, "the file is empty.")
    page_breaks = [match.end() for match in re.finditer("\f", text)]
    page_starts = (0, *page_breaks) if page_breaks else ()
    return Document(path, text.replace("\f", "\n"), hashlib.sha256(data).hexdigest(), page_starts)


def _decode(path: Path, data: bytes) -> str:
    """UTF-16 by its mark, else UTF-8, else the Windows code page that Danish office programs write."""
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROL.findall(text)) > len(text) // 1000:
            break
        return _CONTROL.sub("", text)
    raise DocumentError(path, "not a text file. Save the minutes as text, and try again.")


def _normalise(text: str) -> str:
    """One kind of line end, composed letters, plain spaces, no CPR numbers: what every span points into."""
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    text = text.replace("\u00a0", " ").replace("\u00ad", "")
    return _CPR.sub(lambda number: re.sub(r"\d", "x", number[0]), text)
