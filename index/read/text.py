"""Text files: which Danish encoding they are in, and the one form that all text is kept in."""

from __future__ import annotations

import re
import unicodedata

from index.read.extract import Extract, Unreadable

_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
# A person's number: day, month, year, four digits, in the forms that are written. Masked in place, so that every
# character keeps its place.
_CPR = re.compile(
    r"(?<![\d-])(?:0[1-9]|[12]\d|3[01])\.?(?:0[1-9]|1[0-2])\.?\d\d(?:\s?[-\u2010-\u2015]\s?|\s)?\d{4}(?![\d-])"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def read_text(data: bytes) -> Extract:
    """A text file; form feeds end its pages.

    Raises:
        Unreadable: binary.
    """
    first, *rest = _LINE_ENDS.sub("\n", decode(data)).split("\f")
    pages = [f"{page}\n" for page in (first, *rest)]
    pages[-1] = pages[-1][:-1]
    return Extract(tuple(pages), paged=bool(rest))


def decode(data: bytes) -> str:
    """UTF-16 by its mark, else UTF-8, else the Windows code page that Danish office programs write.

    Raises:
        Unreadable: none of them.
    """
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROL.findall(text)) > len(text) // 1000:
            break
        return text
    raise Unreadable("not a text file. Save the minutes as text, and try again.")


def normalise(pages: tuple[str, ...]) -> list[str]:
    """One kind of line end, composed letters, plain spaces, no control characters: what every span points into."""
    return [_normalise(page) for page in pages]


def _normalise(text: str) -> str:
    text = unicodedata.normalize("NFC", _CONTROL.sub("", _LINE_ENDS.sub("\n", text)))
    return text.replace("\u00a0", " ").replace("\u00ad", "").replace("\f", "\n")


def mask_cpr(text: str) -> str:
    """The text with the digits of every person's number as x, at the same length."""
    return _CPR.sub(lambda number: re.sub(r"\d", "x", number[0]), text)
