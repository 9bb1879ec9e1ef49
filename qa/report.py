"""The report on what was understood, as text for a person and as JSON for a program."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.report import Counts, DocumentReport, Report

_COLUMNS = {
    "items": "items",
    "numbered": "number",
    "titled": "title",
    "with_case_number": "case no.",
    "decided": "decision",
    "known": "known",
    "other": "other",
    "unassigned": "lost",
    "outside": "outside",
    "problems": "problems",
}
_KEY = (
    "Items; those with a number, a title, a case number, a decision; decisions whose outcome is known, or other; "
    "characters\nthat belong to nothing (lost) and that stand in no item (outside: headers and contents); problems."
)
_LONGEST_NAME = 44
_WORST = 20


def report_text(report: Report) -> str:
    """The documents to look at first with the reasons, then a line of counts for each document and for all."""
    worst = report.look_first
    first = "\n".join(["Look first at:", *map(_reasons, worst[:_WORST])])
    more = [f"and {len(worst) - _WORST} others (--json names them)."] if len(worst) > _WORST else []
    parts = [first, *more] if worst else ["There is no document that needs to be looked at."]
    names = _names(report)
    width = max(map(len, [*names, "in all"]))
    lines = [" " * width + "".join(f"{name:>10}" for name in _COLUMNS.values())]
    for name, document in zip(names, report.documents, strict=True):
        lines.append(f"{name:<{width}}{_told(document)}")
    lines.append(f"{'in all':<{width}}{_counts(report.total)}")
    return "\n\n".join([*parts, "\n".join(lines), _KEY])


def _names(report: Report) -> list[str]:
    """The files' names; with the meeting's date where a file holds several."""
    held = Counter(document.path for document in report.documents)
    return [
        _shortened(Path(document.path).name) + (f" {document.date or '?'}" if held[document.path] > 1 else "")
        for document in report.documents
    ]


def _told(document: DocumentReport) -> str:
    if document.refused:
        return "  cannot be read"
    return f"  {document.set_aside}" if document.set_aside else _counts(document.counts)


def _reasons(document: DocumentReport) -> str:
    return "\n    ".join([f"- {document.path}", *document.reasons])


def _counts(counts: Counts) -> str:
    return "".join(f"{getattr(counts, name):>10}" for name in _COLUMNS)


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 9]}…{name[-8:]}"


def report_json(report: Report) -> dict[str, Any]:
    """`documents` in order, `look_first` the files worst first, `total` over all documents that can be read."""
    return {
        "documents": [_document_json(document) for document in report.documents],
        "look_first": [{"file": document.path, "reasons": list(document.reasons)} for document in report.look_first],
        "total": {
            "documents": len(report.documents),
            "refused": sum(document.refused is not None for document in report.documents),
            "set_aside": sum(document.set_aside is not None for document in report.documents),
            **asdict(report.total),
        },
    }


def _document_json(document: DocumentReport) -> dict[str, Any]:
    return {
        "file": document.path,
        "refused": document.refused,
        "set_aside": document.set_aside,
        "municipality": document.municipality,
        "body": document.body,
        "date": document.date.isoformat() if document.date else None,
        **asdict(document.counts),
        "problems": [{"line": problem.line, "message": problem.message} for problem in document.problems],
        "reasons": list(document.reasons),
    }
