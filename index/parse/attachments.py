"""The attachments that an item lists: their names, and their document numbers where they are printed."""

from __future__ import annotations

import re

from index.models import Attachment
from index.parse.case_numbers import CASE_SHAPES

_SEVERAL = re.compile(r";\s+")  # names in a row
_LONGEST_NAME = 400
_LINK = re.compile(r"^\[(?P<name>.*)\]\([^)]*\)$")
_BULLET = re.compile(r"^[-•·*–]\s+")
_RULER = re.compile(r"^[-–\s|]+$")
_ENUMERATION = re.compile(r"^\d{1,2}[.:)]?\s+(?:(?:åben|lukket)\s+(?:[-–]\s+)?)?", re.IGNORECASE)
_TRAILING_NUMBER = re.compile(rf"(?:\s+|^)(?P<number>{CASE_SHAPES})$")
_TRAILING_REFERENCE = re.compile(
    r"\s*[(\[](?:(?:dok|akt|id|nr|lb)\w*\.?\s*(?:nr\.?)?\s*:?\s*)?"
    r"(?P<number>\d{5,}|[\d/ -]{6,})(?:\s*-\s*[\w/-]+)?[)\]]$",
    re.IGNORECASE,
)
_LEADING_NUMBER = re.compile(rf"^(?P<number>{CASE_SHAPES}(?:-\d+)?)(?:\s{{2,}}|\t+|\s*[–:]\s*|\s+-\s+)(?=\S)")
_NONE = re.compile(r"^(?:intet|ingen(?: bilag)?|der er ingen bilag|-)\.?$", re.IGNORECASE)


def attachments_in(lists: list[list[str]]) -> tuple[Attachment, ...]:
    """The attachments of one or more lists of lines (blank ones kept); a name that recurs counts once."""
    found: dict[str, Attachment] = {}
    for lines in lists:
        for attachment in _attachments_of(
            _whole_entries([name for line in lines for name in _SEVERAL.split(line.strip())])
        ):
            key = re.sub(r"\s+", "", attachment.name).casefold()
            known = found.get(key)
            if known is None or (attachment.document_number and not known.document_number):
                found[key] = attachment
    return tuple(found.values())


def _whole_entries(lines: list[str]) -> list[str]:
    """Lines as entries: an open bracket or a hyphen at the end says that the next line belongs to it."""
    entries: list[str] = []
    open_entry = False
    for line in (line[:_LONGEST_NAME] for line in lines):
        if len(line) <= 1 or _RULER.match(line) or _NONE.match(line):
            continue
        if open_entry and len(entries[-1]) < _LONGEST_NAME:
            entries[-1] += line if entries[-1].endswith("-") else f" {line}"
        else:
            entries.append(line)
        open_entry = entries[-1].count("(") > entries[-1].count(")") or bool(re.search(r"\d-$", entries[-1]))
    return entries


def _attachments_of(entries: list[str]) -> list[Attachment]:
    enumerated = len(entries) > 0 and all(
        re.match(rf"{place}\b[.:)]?\s", entry) for place, entry in enumerate(entries, 1)
    )
    found: list[Attachment] = []
    for entry in entries:
        name = _BULLET.sub("", entry)
        link = _LINK.match(name)
        name = link["name"] if link else name
        name = _ENUMERATION.sub("", name) if enumerated else name
        leading = _LEADING_NUMBER.match(name)
        number = leading or _TRAILING_REFERENCE.search(name) or _TRAILING_NUMBER.search(name)
        if number:
            name = name[number.end() :] if leading else name[: number.start()].strip()
        if name:
            found.append(Attachment(name, number["number"].strip() if number else None))
        elif number and found:
            found[-1] = Attachment(found[-1].name, number["number"])
    return found
