"""The small print of an item: case, journal and document numbers, case worker, openness, attachments."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.models import Attachment

KLE = r"\d{2}\.\d{2}\.\d{2}"
_FACET_NUMBER = rf"{KLE}[-.][A-ZÆØÅ]\d{{2}}(?:-\d{{1,5}}-\d{{2,4}})?"
_YEARS = r"(?:19|20)\d\d[-/](?:19|20)\d\d"  # a span of years has the shape of a case number
_CASE_SHAPES = (
    rf"(?!{_YEARS}\b)(?:{_FACET_NUMBER}|[A-ZÆØÅ]{{1,5}}-?\d{{4}}-\d+|\d{{2,4}}-\d{{4}}-\d+"
    r"|\d{4}-\d{3,}|\d{2,6}/\d{2,6})"
)
_LABELLED_CASE = re.compile(
    r"\bsag(?:s|en)?[ .-]*(?:nr|id|nummer)\b\.?\s*:?\s*(?P<number>[\wÆØÅæøå./-]*\d[\w./-]*)", re.IGNORECASE
)
_LABELLED_JOURNAL = re.compile(
    r"\bj(?:ournal)?\.?\s*(?:nr|nummer)\b\.?\s*:?\s*(?P<number>[\w./-]*\d[\w./-]*)", re.IGNORECASE
)
_LABELLED_DOCUMENT = re.compile(
    r"\bdok(?:ument)?\.?\s*(?:nr|nummer)\b\.?\s*:?\s*(?P<number>[\w./-]*\d[\w./-]*)", re.IGNORECASE
)
_NUMBER_AND_WORKER = re.compile(rf"^(?P<number>{_CASE_SHAPES})\s*/\s*(?P<worker>[^\W\d][\w .'-]+)$")
_BARE_NUMBERS = re.compile(rf"^(?:(?:{_CASE_SHAPES}|{KLE})(?:\s+|$))+$")
_WORKER = re.compile(r"\b(?:sagsbeh(?:andler|\.)?|initialer)\s*:?\s*(?P<worker>[^\W\d][\w .'-]+)$", re.IGNORECASE)
_OPENNESS = re.compile(
    r"(?:^|\s)(?P<mark>åben|å\W{1,4}ben|lukket)t?(?:\s+(?:sag|punkt|dagsordenspunkt))?\s*$", re.IGNORECASE
)

_CLOSED_TITLE = re.compile(
    r"^\W*lukket(?:\s+(?:punkt|sag)\b|\s*(?:[:)–-]|$))|[–(-]\s*lukket(?:\s+(?:punkt|sag))?\)?\s*$", re.IGNORECASE
)
_CLOSED_PREFIX = re.compile(r"^lukket\s+(?:punkt|sag)\s*[:–-]\s*", re.IGNORECASE)
_CLOSED_SUFFIX = re.compile(r"\s*[–(-]\s*lukket(?:\s+(?:punkt|sag))?\)?\s*$", re.IGNORECASE)

_FILE_LIST = re.compile(r"^(?:\S+\.(?:pdf|docx?|xlsx?|pptx?|odt|rtf|txt|jpe?g|png|msg|zip)(?:\s+|$))+$", re.IGNORECASE)
_LONGEST_NAME = 400
_LINK = re.compile(r"^\[(?P<name>.*)\]\([^)]*\)$")
_BULLET = re.compile(r"^[-•·*–]\s+")
_RULER = re.compile(r"^[-–\s|]+$")
_ENUMERATION = re.compile(r"^\d{1,2}\.?\s+(?:(?:åben|lukket)\s+)?", re.IGNORECASE)
_TRAILING_NUMBER = re.compile(rf"(?:\s+|^)(?P<number>{_CASE_SHAPES})$")
_TRAILING_REFERENCE = re.compile(r"\s*\((?P<number>\d{5,}|[\d/ -]{6,})(?:\s*-\s*[\w/-]+)?\)$")


@dataclass(frozen=True, slots=True)
class CaseNumbers:
    case_number: str | None = None
    journal_number: str | None = None
    document_number: str | None = None
    case_worker: str | None = None


def looks_like_case_line(words: str) -> bool:
    """Whether a line carries a case, journal or document number, and nothing that reads as prose."""
    return bool(
        _NUMBER_AND_WORKER.match(words)
        or _BARE_NUMBERS.match(words)
        or _LABELLED_CASE.match(words)
        or _LABELLED_JOURNAL.match(words)
    )


def is_small_print(words: str) -> bool:
    """Whether a line below an item's heading belongs to it: numbers, case worker, openness, a stray letter."""
    labelled = (
        _LABELLED_CASE.match(words)
        or _LABELLED_JOURNAL.match(words)
        or _LABELLED_DOCUMENT.match(words)
        or _WORKER.match(words)
    )
    openness = _OPENNESS.match(words) or re.match(
        r"^(?:(?:åben|lukket) (?:sag|punkt)\b|lukket\s*[–-])", words, re.IGNORECASE
    )
    return bool(labelled or looks_like_case_line(words) or openness or is_file_list(words) or len(words) == 1)


def is_file_list(words: str) -> bool:
    """Whether a line is nothing but names of files."""
    return bool(_FILE_LIST.match(words))


def case_numbers(lines: list[str]) -> CaseNumbers:
    """The numbers in an item's small print: by their labels, else by their shapes."""
    text = "\n".join(lines)
    case, journal, document = (
        _labelled(pattern, text) for pattern in (_LABELLED_CASE, _LABELLED_JOURNAL, _LABELLED_DOCUMENT)
    )
    worker = next((match["worker"].strip() for line in lines if (match := _WORKER.search(line))), None)
    for line in lines:
        if match := _NUMBER_AND_WORKER.match(line):
            case, worker = case or match["number"], worker or match["worker"].strip()
        elif _BARE_NUMBERS.match(line):
            numbers = line.split()
            plain = [number for number in numbers if not re.match(KLE, number)]
            case = case or (plain or numbers)[-1]
            journal = journal or next((number for number in numbers if re.match(KLE, number)), None)
    if not journal and case and (kle := re.match(KLE, case)):
        journal = kle[0]
    return CaseNumbers(case or journal, journal, document, worker)


def is_closed(title: str, small_print: list[str]) -> bool:
    """Whether an item was closed: by its title ("Lukket: ..."), or by the openness in its small print."""
    if any(re.match(r"lukket\b", line, re.IGNORECASE) for line in small_print):
        return True
    marks = [match["mark"].casefold() for line in small_print if (match := _OPENNESS.search(line))]
    return bool(_CLOSED_TITLE.search(title)) or "lukket" in marks


def bare_title(title: str) -> str:
    """The title without "- Lukket punkt" at its end or "Lukket sag:" at its head; "Lukket:" alone stays as printed."""
    return _CLOSED_PREFIX.sub("", _CLOSED_SUFFIX.sub("", title)).strip() or title


def attachments_in(lists: list[list[str]]) -> tuple[Attachment, ...]:
    """The attachments of one or more lists of lines (blank ones kept); a name that recurs counts once."""
    found: dict[str, Attachment] = {}
    for lines in lists:
        for attachment in _attachments_of(_whole_entries(lines)):
            key = re.sub(r"\s+", "", attachment.name).casefold()
            known = found.get(key)
            if known is None or (attachment.document_number and not known.document_number):
                found[key] = attachment
    return tuple(found.values())


def _labelled(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return match["number"].rstrip("./-") if match else None


def _whole_entries(lines: list[str]) -> list[str]:
    """Lines as entries: an open bracket or a hyphen at the end says that the next line belongs to it."""
    entries: list[str] = []
    open_entry = False
    for line in (line[:_LONGEST_NAME] for line in lines):
        if len(line) <= 1 or _RULER.match(line):
            continue
        if open_entry and len(entries[-1]) < _LONGEST_NAME:
            entries[-1] += line if entries[-1].endswith("-") else f" {line}"
        else:
            entries.append(line)
        open_entry = entries[-1].count("(") > entries[-1].count(")") or bool(re.search(r"\d-$", entries[-1]))
    return entries


def _attachments_of(entries: list[str]) -> list[Attachment]:
    enumerated = len(entries) > 0 and all(re.match(rf"{place}\b\.?\s", entry) for place, entry in enumerate(entries, 1))
    found: list[Attachment] = []
    for entry in entries:
        name = _BULLET.sub("", entry)
        link = _LINK.match(name)
        name = link["name"] if link else name
        name = _ENUMERATION.sub("", name) if enumerated else name
        number = _TRAILING_REFERENCE.search(name) or _TRAILING_NUMBER.search(name)
        if number:
            name = name[: number.start()].strip()
        if name:
            found.append(Attachment(name, number["number"].strip() if number else None))
        elif number and found:
            found[-1] = Attachment(found[-1].name, number["number"])
    return found
