"""The numbers by which an item's case is kept: by their labels, by their shapes, or by standing below its title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.dates import written_dates
from index.parse.openness import is_openness

KLE = r"\d{2}\.\d{2}\.\d{2}"
_FACET_NUMBER = rf"{KLE}[-.]?[A-ZÆØÅ]\d{{2}}(?:-\d{{1,5}}-\d{{2,4}})?"
_YEARS = r"(?:19|20)\d\d[-/](?:19|20)\d\d"  # a span of years has the shape of a case number
CASE_SHAPES = (
    rf"(?!{_YEARS}\b)(?:{_FACET_NUMBER}|[A-ZÆØÅ]{{1,5}}-?\d{{4}}-\d+|[A-ZÆØÅ]{{1,3}}\d{{2}}-\d{{3,}}|\d{{2,4}}-\d{{4}}-\d+"
    r"|\d{1,2}(?:-\d{1,4}){3,6}|\d{4}-\d{3,}|\d{2}-\d{4,6}|\d{2,6}/\d{2,6})"
)
_NUMBER = r"(?:[A-ZÆØÅ]{1,3} )?[\wÆØÅæøå./-]*\d[\w./-]*"
_SYSTEM = r"(?:acadre|sbsys|edoc|esdh|captia|workzone|getorganized|scanjour|sagssystem)"  # where cases are kept
_CASE_LABEL = r"(?:sag(?:s|ens?)?[ .-]*(?:nr|id|nummer|akt)\b|case(?:\s*(?:no|number|id)\b)?(?=\.?\s*:))"
_JOURNAL_LABEL = r"(?:j(?:ournal)?\.?\s*(?:nr|nummer|id)\b|journal(?=\s*:)|kle(?:[- ]?(?:nr|nummer|emne))?\b)"
_DOCUMENT_LABEL = r"dok(?:ument)?\.?\s*(?:nr|nummer)\b"
_LABELLED_CASE = re.compile(
    rf"\b{_CASE_LABEL}\.?\s*:?\s*(?P<number>{_NUMBER})"
    rf"|\b(?:(?:esdh-?)?sag|{_SYSTEM}[ -]*(?:sag|id|nr)?\.?)\s*:?\s+(?P<bare>{CASE_SHAPES})(?!\S)",
    re.IGNORECASE,
)
_LABELLED_JOURNAL = re.compile(rf"\b{_JOURNAL_LABEL}\.?\s*:?\s*(?P<number>{_NUMBER})", re.IGNORECASE)
_LABELLED_DOCUMENT = re.compile(rf"\b{_DOCUMENT_LABEL}\.?\s*:?\s*(?P<number>{_NUMBER})", re.IGNORECASE)
_LABEL_ALONE = re.compile(rf"^(?:{_CASE_LABEL}|{_JOURNAL_LABEL}|{_DOCUMENT_LABEL})\.?\s*:?$", re.IGNORECASE)
_OTHER_NUMBER = re.compile(r"^[^\W\d][\w .-]{1,25}:\s*[\w/.-]*\d{4,}[\w/.-]*$")  # a system's own: "Brevid: 4981177"
_NUMBER_AND_WORKER = re.compile(rf"^(?P<number>{CASE_SHAPES})\s*/\s*(?P<worker>[^\W\d][\w .'-]+)$")
_BARE_NUMBERS = re.compile(rf"^(?:(?:{CASE_SHAPES}|{KLE})(?:\s+|$))+$")
_WORKER = re.compile(r"\b(?:sagsbeh(?:andler|\.)?|initialer)\s*:?\s*(?P<worker>[^\W\d][\w .'-]+)$", re.IGNORECASE)
_AFTER_OPENNESS = re.compile(r"(?:\s|[|·])(?P<number>\S*\d\S*)$")
_LONE = re.compile(r"^[A-ZÆØÅ]{0,6}[-. ]?\d+(?:[-/.][\dA-ZÆØÅ]+)+$|^[A-ZÆØÅ]{1,6}-?\d{3,}$|^\d{5,8}$")
_AMOUNT = re.compile(r"^\d{1,3}(?:[.]\d{3})+$|^\d{1,2}\.\d\d$")
_SUFFIX = re.compile(
    rf"(?:\s{{2,}}|\t|\s+[–-]\s+|\s*[(\[])"
    rf"(?P<tail>(?:sags?[ .-]*(?:nr|id|nummer)?\.?\s*:?\s*|{_SYSTEM}\s+)?{CASE_SHAPES}"
    rf"|j\.?\s?nr\.?\s*:?\s*{_NUMBER}|{KLE})[)\]]?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CaseNumbers:
    case_number: str | None = None
    journal_number: str | None = None
    document_number: str | None = None
    case_worker: str | None = None


def without_number(title: str) -> tuple[str, str]:
    """A title without the case number that stands behind it on its line; and that number, with its label."""
    match = _SUFFIX.search(title)
    return (title[: match.start()].rstrip(), match["tail"]) if match and match.start() else (title, "")


def looks_like_case_line(words: str) -> bool:
    """Whether a line carries a case, journal or document number, and nothing that reads as prose."""
    words = words.lstrip("([")
    return bool(
        _NUMBER_AND_WORKER.match(words)
        or _BARE_NUMBERS.match(words)
        or _LABELLED_CASE.match(words)
        or _LABELLED_JOURNAL.match(words)
        or (is_openness(words) and (_AFTER_OPENNESS.search(words) or _LABELLED_CASE.search(words)))
    )


def is_number(words: str) -> bool:
    """Whether a line is nothing but numbers of cases, by their shapes."""
    return bool(_BARE_NUMBERS.match(words))


def carries_a_number(words: str) -> bool:
    """Whether a line is a number with its label, or names who works on the case."""
    return bool(
        looks_like_case_line(words)
        or _LABELLED_DOCUMENT.match(words)
        or _WORKER.match(words)
        or _OTHER_NUMBER.match(words)
    )


def is_number_label(words: str) -> bool:
    """Whether a line labels the number on the next one: "Sagsnr."."""
    return bool(_LABEL_ALONE.match(words))


def is_lone_number(words: str) -> bool:
    """Whether a line is one number such as cases have: right below a title it needs no label."""
    lone = _LONE.match(words) and not _AMOUNT.match(words) and not written_dates(words)
    return bool(lone) or is_number(words)


def case_numbers(lines: list[str]) -> CaseNumbers:
    """The numbers in an item's small print: by their labels, else by their shapes, else the one that stands alone."""
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
        elif is_openness(line) and (after := _AFTER_OPENNESS.search(line)):
            case = case or after["number"]
    case = case or (None if journal else next((line for line in lines if is_lone_number(line)), None))
    if not journal and case and (kle := re.match(KLE, case)):
        journal = kle[0]
    return CaseNumbers(case or journal, journal, document, worker)


def _labelled(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    if not match:
        return None
    return (match["number"] or match.groupdict().get("bare") or "").rstrip("./-")
