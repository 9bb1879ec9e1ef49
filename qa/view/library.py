"""Files that are handed in, and the work on the index -> lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from index.build import BuildReport
from index.catalogue import SetAside
from index.models import Meeting, Problem
from qa.library import Progress
from qa.phrases import joined, written_date
from qa.texts import Texts
from qa.view.counts import count


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
    return "\n".join(texts.problem_line.format(line=problem.line, message=problem.message) for problem in problems)


def progress_line(progress: Progress, texts: Texts) -> str:
    form = texts.working_embedding if progress.what == "embedding" else texts.working_reading
    line = form.format(done=progress.done, total=progress.total)
    if progress.seconds_left is None:
        return line
    return f"{line}, {texts.seconds_left.format(seconds=max(1, round(progress.seconds_left)))}"


def done_line(report: BuildReport, texts: Texts) -> str:
    meetings, items = count(report.meetings, texts.meeting_count), count(report.items, texts.item_count)
    refused = [f"{refusal.path.name}: {refusal.reason}" for refusal in report.refused]
    return "\n".join([texts.updated.format(meetings=meetings, items=items), *refused])
