"""The small print of an item: case, journal and document numbers, case worker, openness, names of files."""

from __future__ import annotations

import re
from dataclasses import dataclass

OPEN = r"(?:åbent?|aabent?|offentligt?)"
CLOSED = (
    r"(?:lukket|(?:ikke|ej)[ -]offentligt?|fortroligt?|(?:behandle(?:t|s|des)\s+)?(?:for|bag)\s+lukkede\s+døre"
    r"|ikke\s+til\s+offentliggørelse|undtaget\s+(?:fra\s+)?offentlighed)"
)
OPENNESS = rf"(?:{CLOSED}|{OPEN})"
THING = r"(?:punkt|sag|dagsordenspunkt|møde|moede)"  # that is open or closed
KLE = r"\d{2}\.\d{2}\.\d{2}"
_FACET_NUMBER = rf"{KLE}[-.][A-ZÆØÅ]\d{{2}}(?:-\d{{1,5}}-\d{{2,4}})?"
_YEARS = r"(?:19|20)\d\d[-/](?:19|20)\d\d"  # a span of years has the shape of a case number
CASE_SHAPES = (
    rf"(?!{_YEARS}\b)(?:{_FACET_NUMBER}|[A-ZÆØÅ]{{1,5}}-?\d{{4}}-\d+|[A-ZÆØÅ]{{1,3}}\d{{2}}-\d{{3,}}|\d{{2,4}}-\d{{4}}-\d+"
    r"|\d{1,2}(?:-\d{1,4}){3,6}|\d{4}-\d{3,}|\d{2}-\d{4,6}|\d{2,6}/\d{2,6})"
)
_SYSTEM = r"(?:acadre|sbsys|edoc|esdh|captia|workzone|getorganized|scanjour|sagssystem)"  # where cases are kept
_LABELLED_CASE = re.compile(
    r"\bsag(?:s|en)?[ .-]*(?:nr|id|nummer|akt)\b\.?\s*:?\s*(?P<number>[\wÆØÅæøå./-]*\d[\w./-]*)"
    rf"|\b(?:(?:esdh-?)?sag|{_SYSTEM}[ -]*(?:sag|id|nr)?\.?)\s*:?\s+(?P<bare>{CASE_SHAPES})(?!\S)",
    re.IGNORECASE,
)
_LABELLED_JOURNAL = re.compile(
    r"\b(?:j(?:ournal)?\.?\s*(?:nr|nummer|id)\b|journal(?=\s*:)|kle(?:[- ]?(?:nr|nummer|emne))?\b)"
    r"\.?\s*:?\s*(?P<number>(?:[A-ZÆØÅ]{1,3} )?[\w./-]*\d[\w./-]*)",
    re.IGNORECASE,
)
_LABELLED_DOCUMENT = re.compile(
    r"\bdok(?:ument)?\.?\s*(?:nr|nummer)\b\.?\s*:?\s*(?P<number>[\w./-]*\d[\w./-]*)", re.IGNORECASE
)
_NAMES_CASES = re.compile(
    r"^(?:sags?[ .-]*(?:nr|id|nummer)|j(?:ournal)?\.?\s*(?:nr|nummer)|esdh\b|kle\b|sag$)", re.IGNORECASE
)
_OTHER_NUMBER = re.compile(r"^[^\W\d][\w .-]{1,25}:\s*[\w/.-]*\d{4,}[\w/.-]*$")  # a system's own: "Brevid: 4981177"
_NUMBER_AND_WORKER = re.compile(rf"^(?P<number>{CASE_SHAPES})\s*/\s*(?P<worker>[^\W\d][\w .'-]+)$")
_BARE_NUMBERS = re.compile(rf"^(?:(?:{CASE_SHAPES}|{KLE})(?:\s+|$))+$")
_WORKER = re.compile(r"\b(?:sagsbeh(?:andler|\.)?|initialer)\s*:?\s*(?P<worker>[^\W\d][\w .'-]+)$", re.IGNORECASE)
_OPENNESS = re.compile(
    rf"(?:^|\s)(?P<mark>åben|å\W{{1,4}}ben|lukket)t?(?:\s+{THING})?\s*$"
    rf"|(?:^|:\s*)[(\[]?(?P<other>{OPENNESS})(?:\s+{THING})?[)\]]?\s*$",
    re.IGNORECASE,
)
_OPENNESS_FIRST = re.compile(
    rf"^(?:(?:åbent?|lukket) {THING}\b|lukket\s*[–-]|[^\W\d][\w/]{{2,20}}:\s*{OPENNESS}$)",
    re.IGNORECASE,
)
_NUMBERS_AFTER = re.compile(rf"(?:\s{{2,}}|\t)(?P<number>{CASE_SHAPES})$")

_CLOSED_TITLE = re.compile(
    rf"^\W*{CLOSED}(?:\s+{THING}\b|\s*(?:[:)–-]|$))|(?:[–(\[-]\s*|\s{{2,}}){CLOSED}(?:\s+{THING})?[)\]]?\s*$"
    rf"|[(\[]{CLOSED}[)\]]",
    re.IGNORECASE,
)
_CLOSED_PREFIX = re.compile(
    rf"^(?:lukket\s+{THING}|[(\[]{OPENNESS}[)\]]|(?!lukket){CLOSED}(?:\s+{THING})?)\s*[:–-]?\s+",
    re.IGNORECASE,
)
_CLOSED_WITHIN = re.compile(rf"(?<=\w)\s*[(\[]{OPENNESS}(?:\s+{THING})?[)\]](?=[:.,–-]|\s+\S)", re.IGNORECASE)
_CLOSED_SUFFIX = re.compile(rf"(?:\s*[–(\[-]\s*|\s{{2,}}){OPENNESS}(?:\s+{THING})?[)\]]?\s*$", re.IGNORECASE)
_NUMBER_SUFFIX = re.compile(
    rf"(?:\s{{2,}}|\t|\s+[–-]\s+|\s*[(\[])"
    rf"(?P<tail>(?:sags?[ .-]*(?:nr|id|nummer)?\.?\s*:?\s*|{_SYSTEM}\s+)?{CASE_SHAPES}"
    rf"|j\.?\s?nr\.?\s*:?\s*(?:[A-ZÆØÅ]{{1,3}} )?[\w.-]*\d[\w./-]*|{KLE})[)\]]?\s*$",
    re.IGNORECASE,
)

_TITLE_LABEL = re.compile(
    r"^(?:overskrift|(?:sags?|punkt)?titel|sagens titel|emne|vedrørende|vedr\.?)\s*:\s*(?P<title>.*)$", re.IGNORECASE
)
_CLOSED_WORD = re.compile(CLOSED, re.IGNORECASE)
_FILE_LIST = re.compile(r"^(?:\S+\.(?:pdf|docx?|xlsx?|pptx?|odt|rtf|txt|jpe?g|png|msg|zip)(?:\s+|$))+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CaseNumbers:
    case_number: str | None = None
    journal_number: str | None = None
    document_number: str | None = None
    case_worker: str | None = None


def says_closed(mark: str | None) -> bool:
    return bool(mark and _CLOSED_WORD.match(mark))


def without_number(title: str) -> tuple[str, str]:
    """A title without the case number that stands behind it on its line; and that number, with its label."""
    match = _NUMBER_SUFFIX.search(title)
    return (title[: match.start()].rstrip(), match["tail"]) if match and match.start() else (title, "")


def without_title_label(words: str) -> str:
    """A title without the label that says that it is one: "Overskrift: Budget 2019"; '' where that stands alone."""
    labelled = _TITLE_LABEL.match(words)
    return labelled["title"] if labelled else words


def looks_like_case_line(words: str) -> bool:
    """Whether a line carries a case, journal or document number, and nothing that reads as prose."""
    words = words.lstrip("([")
    return bool(
        _NUMBER_AND_WORKER.match(words)
        or _BARE_NUMBERS.match(words)
        or _LABELLED_CASE.match(words)
        or _LABELLED_JOURNAL.match(words)
        or (is_openness(words) and (_NUMBERS_AFTER.search(words) or _LABELLED_CASE.search(words)))
    )


def is_small_print(words: str) -> bool:
    """Whether a line below an item's heading belongs to it: numbers, case worker, openness, a stray letter."""
    labelled = (
        _LABELLED_CASE.match(words)
        or _LABELLED_JOURNAL.match(words)
        or _LABELLED_DOCUMENT.match(words)
        or _WORKER.match(words)
        or _OTHER_NUMBER.match(words)
    )
    return bool(labelled or looks_like_case_line(words) or is_openness(words) or is_file_list(words) or len(words) == 1)


def cells_of(words: str) -> list[str]:
    return re.split(r"\s{2,}|\t+|\s*[|]\s*", words)


def is_table_head(words: str) -> bool:
    """Whether a line names the columns of an item's small print: "Sagsnummer    Sagstype    Afgøres i"."""
    cells = cells_of(words)
    return len(cells) > 1 and not re.search(r"\d", words) and any(_NAMES_CASES.match(cell) for cell in cells)


def table_rows(head: str, values: str) -> list[str]:
    """The columns of a small print in two lines as "label: value" each."""
    return [f"{label}: {value}" for label, value in zip(cells_of(head), cells_of(values), strict=False)]


def is_openness(words: str) -> bool:
    """Whether a line says that an item was open or closed, and perhaps its numbers: "Åbent punkt"."""
    return bool(_OPENNESS.match(words) or _OPENNESS_FIRST.match(words))


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
        elif is_openness(line) and (after := _NUMBERS_AFTER.search(line)):
            case = case or after["number"]
    if not journal and case and (kle := re.match(KLE, case)):
        journal = kle[0]
    return CaseNumbers(case or journal, journal, document, worker)


def is_closed(title: str, small_print: list[str]) -> bool:
    """Whether an item was closed: by its title ("Lukket: ..."), or by the openness in its small print."""
    if any(re.match(r"lukket\b", line, re.IGNORECASE) for line in small_print):
        return True
    marks = [match["mark"] or match["other"] for line in small_print if (match := _OPENNESS.search(line))]
    return bool(_CLOSED_TITLE.search(title)) or any(says_closed(mark) for mark in marks)


def bare_title(title: str) -> str:
    """The title without "- Lukket punkt" at its end, "Lukket sag:" at its head or "(lukket)" in its midst.

    "Lukket:" alone stays as printed.
    """
    title = _CLOSED_WITHIN.sub("", title) or title
    return _CLOSED_PREFIX.sub("", _CLOSED_SUFFIX.sub("", title)).strip() or title


def _labelled(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    if not match:
        return None
    return (match["number"] or match.groupdict().get("bare") or "").rstrip("./-")
