"""Files that are handed in, and the work on the index -> lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.build import BuildReport
from index.models import Meeting, Problem
from index.report import DocumentReport, Report
from index.settings import BUNDLED
from index.stored import SetAside
from qa.library import Progress
from qa.outcome_words import OUTCOME_LABELS
from qa.phrases import joined, written_date
from qa.service import IndexStatus
from qa.texts import Texts
from qa.texts.remarks import remark
from qa.view.counts import count
from qa.view.table import Cell, Table

_LEAST_MINUTES = 2
_NAMED = 10


def understood_line(meeting: Meeting, texts: Texts) -> str:
    """Which meeting it is, how many items it has, and for how many a decision was found."""
    date = written_date(meeting.date, texts.code) if meeting.date else texts.undated_meeting
    items = count(len(meeting.items), texts.item_count)
    found = texts.understood_file.format(items=items, decided=sum(bool(item.decision) for item in meeting.items))
    return " · ".join(part for part in (meeting.municipality, meeting.body, date, found) if part)


def aside_line(aside: SetAside, texts: Texts) -> str:
    """Why an account of a meeting does not answer, and which does."""
    return texts.aside[aside.verdict.standing].format(
        version=texts.versions[aside.version],
        source=aside.answered_by.source,
        items=joined(list(aside.verdict.differing), texts.code),
    )


def problem_lines(problems: Sequence[Problem], texts: Texts) -> str:
    told = ((problem.line, remark(problem.message, texts.code)) for problem in problems)
    return "\n".join(texts.problem_line.format(line=line, message=message) for line, message in told)


def item_lines(meeting: Meeting, texts: Texts) -> str:
    """The items, each with its outcome, as they are understood."""
    lines = (f"{item.number} {item.title}".strip() for item in meeting.items)
    outcomes = (OUTCOME_LABELS[texts.code][item.outcome] for item in meeting.items)
    return "\n".join(f"{line} – {outcome}" for line, outcome in zip(lines, outcomes, strict=True))


def removal_line(path: Path, is_ours: bool, meetings: int, texts: Texts) -> str:
    """What becomes of a file whose minutes are taken out; it may hold so many meetings."""
    form = texts.remove_ours if is_ours else texts.remove_theirs
    told = form.format(name=path.name, folder=path.parent)
    return f"{told} {texts.remove_several.format(count=meetings)}" if meetings > 1 else told


def loss_line(lost: Sequence[Path], texts: Texts) -> str:
    """Which documents a rebuild would take out of the index, since they cannot be reached."""
    named = [str(path) for path in lost[:_NAMED]]
    return "\n".join([count(len(lost), texts.rebuild_loses), *named, *(["…"] if len(lost) > _NAMED else [])])


def report_table(report: Report, texts: Texts) -> Table:
    """A row for each document, those to be looked at first on top, and why."""
    headings = (
        texts.column_source,
        texts.column_date,
        texts.column_items,
        texts.column_decided,
        texts.column_understood,
        texts.column_lost,
        texts.column_problems,
        texts.column_look,
    )
    documents = sorted(report.documents, key=lambda document: -document.concern)
    return Table(texts.report, headings, tuple(_report_row(document, texts) for document in documents))


def state_lines(folder: Path, status: IndexStatus, texts: Texts) -> str:
    """Where the index lies, and what it was made with, whatever the settings say by now."""
    model = texts.bundled_model if status.model == BUNDLED else status.model
    closed = texts.closed_searched if status.closed_text else texts.closed_not_searched
    return "\n".join([texts.index_is.format(folder=folder), texts.model_is.format(model=model), closed])


def _report_row(document: DocumentReport, texts: Texts) -> tuple[Cell, ...]:
    counts = document.counts
    return (
        Path(document.path).name,
        document.date,
        counts.items,
        counts.decided,
        counts.known,
        counts.unassigned,
        counts.problems,
        "; ".join(remark(reason, texts.code) for reason in document.reasons),
    )


def progress_line(progress: Progress, texts: Texts) -> str:
    line = texts.working[progress.what].format(done=progress.done, total=progress.total)
    if progress.seconds_left is None:
        return line
    return f"{line}, {_left(progress.seconds_left, texts)}"


def _left(seconds: float, texts: Texts) -> str:
    if seconds > _LEAST_MINUTES * 60:
        return texts.minutes_left.format(minutes=round(seconds / 60))
    return texts.seconds_left.format(seconds=max(1, round(seconds)))


def done_line(report: BuildReport, texts: Texts) -> str:
    meetings, items = count(report.meetings, texts.meeting_count), count(report.items, texts.item_count)
    refused = [f"{refusal.path.name}: {remark(refusal.reason, texts.code)}" for refusal in report.refused]
    return "\n".join([texts.updated.format(meetings=meetings, items=items), *refused])
