"""The small print of an item: its numbers, its openness, the names of its files, in lines or in columns."""

from __future__ import annotations

import re

from index.parse.case_numbers import carries_a_number, is_number_label
from index.parse.openness import is_openness

_TITLE = r"(?:overskrift|(?:sags?|punkt)?titel|sagens titel|emne)"
_LABELLED_TITLE = re.compile(
    rf"^(?:{_TITLE}|vedrørende|vedr\.?)\s*:\s*(?P<title>.*)$|^{_TITLE}(?P<alone>)$", re.IGNORECASE
)
_STATUS_LABEL = re.compile(r"^(?:åben(?:t)?\s*/\s*lukket|status|adgang|offentlighed)\s*:?$", re.IGNORECASE)
_NAMES_CASES = re.compile(
    r"^(?:sags?[ .-]*(?:nr|id|nummer)|j(?:ournal)?\.?\s*(?:nr|nummer)|esdh\b|kle\b|sag$)", re.IGNORECASE
)
_FILE_LIST = re.compile(r"^(?:\S+\.(?:pdf|docx?|xlsx?|pptx?|odt|rtf|txt|jpe?g|png|msg|zip)(?:\s+|$))+$", re.IGNORECASE)


def without_title_label(words: str) -> str:
    """A title without the label that says that it is one: "Overskrift: Budget 2019"; '' where that stands alone."""
    labelled = _LABELLED_TITLE.match(words)
    return (labelled["title"] or "") if labelled else words


def is_small_print(words: str) -> bool:
    """Whether a line below an item's heading belongs to it: numbers, case worker, openness, a stray letter."""
    return bool(carries_a_number(words) or is_openness(words) or is_file_list(words) or len(words) == 1)


def labels_next_line(words: str) -> bool:
    """Whether a line labels small print that stands on the next: "Sagsnr.", "Åben/lukket"."""
    return is_number_label(words) or bool(_STATUS_LABEL.match(words))


def cells_of(words: str) -> list[str]:
    return re.split(r"\s{2,}|\t+|\s*[|]\s*", words)


def is_table_head(words: str) -> bool:
    """Whether a line names the columns of an item's small print: "Sagsnummer    Sagstype    Afgøres i"."""
    cells = cells_of(words)
    return len(cells) > 1 and not re.search(r"\d", words) and any(_NAMES_CASES.match(cell) for cell in cells)


def table_rows(head: str, values: str) -> list[str]:
    """The columns of a small print in two lines as "label: value" each."""
    return [f"{label}: {value}" for label, value in zip(cells_of(head), cells_of(values), strict=False)]


def is_file_list(words: str) -> bool:
    """Whether a line is nothing but names of files."""
    return bool(_FILE_LIST.match(words))
