"""The zip that a Word file is: its parts, under limits on what they say they hold and on what they do hold."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree import ElementTree

from index.read.extract import Unreadable

MAX_ENTRIES = 5_000
MAX_DECLARED_BYTES = 500_000_000  # of all parts, pictures too
MAX_PART_BYTES = 60_000_000  # of one part of text: a thousand pages take some 20 MB
MAX_RATIO = 200  # of a part that is read and large: text in XML shrinks to a tenth or a twentieth
_LARGE = 5_000_000
_BOMB = "holds more than it says or than minutes do. Copy its text to a new file, and try that."
_DAMAGED = "damaged or not a Word file. Open it in Word or LibreOffice, and save it as .docx again."
# What zipfile raises of a zip that is damaged, encrypted, or packed in a way that it does not know.
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # Word's format before docx; also what an encrypted docx is wrapped in


class Package:
    """The parts of a zip, read one at a time and never written to disk."""

    def __init__(self, data: bytes) -> None:
        """
        Raises:
            Unreadable: encrypted, not a zip, or one that announces more than a document holds.
        """
        if data.startswith(_OLD_OFFICE):
            raise Unreadable(
                "protected by a password, or in Word's format before .docx. Save it as .docx without a password."
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_ERRORS as error:
            raise Unreadable(_DAMAGED) from error
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_DECLARED_BYTES:
            raise Unreadable(_BOMB)

    def xml(self, name: str) -> ElementTree.Element | None:
        """A part as XML, or None where there is none of that name.

        Raises:
            Unreadable: damaged, too large, or with a document type, in which entities could be declared.
        """
        if name not in self._zip.namelist():
            return None
        parser = ElementTree.XMLParser(target=_TreeWithoutDoctype())
        try:
            parser.feed(self._bytes(name))
            return parser.close()
        except (ElementTree.ParseError, ValueError, LookupError) as error:  # the latter two of an encoding
            raise Unreadable(_DAMAGED) from error

    def related(self, part: str, kind: str) -> str:
        """The name of the part that a part ('' for the package) points to as its document, styles or numbering."""
        folder, _, name = part.rpartition("/")
        links = self.xml(f"{folder}/_rels/{name}.rels".lstrip("/"))
        for link in links if links is not None else ():
            if link.get("Type", "").endswith(f"/{kind}") and link.get("TargetMode") != "External":
                target = link.get("Target", "")
                return target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
        return ""

    def _bytes(self, name: str) -> bytes:
        entry = self._zip.getinfo(name)
        if entry.file_size > MAX_PART_BYTES:
            raise Unreadable(_BOMB)
        try:
            with self._zip.open(entry) as part:
                data = part.read(MAX_PART_BYTES + 1)
        except _ZIP_ERRORS as error:
            raise Unreadable(_DAMAGED) from error
        if len(data) > MAX_PART_BYTES or len(data) > max(_LARGE, MAX_RATIO * entry.compress_size):
            raise Unreadable(_BOMB)
        return data


class _TreeWithoutDoctype(ElementTree.TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise Unreadable(_DAMAGED)
