"""What was understood of each document, counted, and which documents a person should look at first."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, fields, replace
from pathlib import Path

from index.build import Progress
from index.models import AgendaItem, Meeting, Outcome, Problem, Span
from index.parallel import read_many
from index.read import find_documents
from index.settings import Settings
from index.store import MinutesIndex
from index.versions import Standing, Verdict, account_of, answers, sort_out

# How much each sign says that something was misread. A text of which nothing is known comes first, a habit of the
# layout (no case numbers, no numbers at all) says nothing.
_REFUSED, _LOST_TEXT, _CONFLICT, _NO_DECISIONS, _PROBLEM, _MOSTLY_FRONT = 100.0, 50.0, 50.0, 20.0, 10.0, 10.0
_FEW_DECISIONS, _FEW_TITLES, _SOME_NUMBERS, _OTHER_OUTCOMES, _GAP = 10.0, 10.0, 5.0, 5.0, 2.0
_LARGE_PART = 0.5
_COUNTED = re.compile(r"\d{1,4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one document, or of many together.

    Attributes:
        decided: items with a decision; `known` of them have an outcome that is understood, `other` have not.
        unassigned: visible characters after the first item's beginning that no section holds; should be 0.
        outside: visible characters in no item: header, contents, and the unassigned.
    """

    items: int = 0
    numbered: int = 0
    titled: int = 0
    with_case_number: int = 0
    decided: int = 0
    known: int = 0
    other: int = 0
    unassigned: int = 0
    outside: int = 0
    problems: int = 0

    def __add__(self, more: Counts) -> Counts:
        return Counts(*(getattr(self, field.name) + getattr(more, field.name) for field in fields(Counts)))


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One document: what was counted, what was not understood, and why a person should look at it, if so.

    Attributes:
        refused: the reason why it cannot be read; nothing was counted then.
        set_aside: the reason why its account of a meeting does not answer; it is in no total then.
        concern: how much speaks for looking at it; 0 where nothing does.
    """

    path: str
    municipality: str | None = None
    body: str | None = None
    date: dt.date | None = None
    counts: Counts = Counts()
    problems: tuple[Problem, ...] = ()
    refused: str | None = None
    set_aside: str | None = None
    reasons: tuple[str, ...] = ()
    concern: float = 0.0


@dataclass(frozen=True, slots=True)
class Report:
    documents: tuple[DocumentReport, ...]

    @property
    def total(self) -> Counts:
        return sum((document.counts for document in self.documents if not document.set_aside), Counts())

    @property
    def look_first(self) -> tuple[DocumentReport, ...]:
        """The documents that give reason for it, worst first."""
        worrying = [document for document in self.documents if document.reasons]
        return tuple(sorted(worrying, key=lambda document: -document.concern))


def report_files(paths: list[Path], settings: Settings, progress: Progress) -> Report:
    """What is understood of the documents under the paths, without an index.

    Raises:
        CorpusError: a path does not exist, or there is no document under the paths.
    """
    documents, reports, accounts = find_documents(paths), [], {}
    every = read_many(documents, settings.processes, ocr=settings.ocr)
    for done, (path, read) in enumerate(zip(documents, every, strict=True)):
        progress("reading", done, len(documents))
        for minutes in read.minutes:
            accounts[len(reports)] = account_of(minutes.meeting)
            reports.append(report_meeting(str(path), minutes.meeting, minutes.problems))
        if read.refused:
            reports.append(DocumentReport(str(path), refused=read.refused, reasons=(read.refused,), concern=_REFUSED))
    progress("reading", len(documents), len(documents))
    places = list(accounts)
    for place, verdict in sort_out(list(accounts.values())).items():
        if not answers(verdict):
            reason = verdict.told(accounts[places[place]].version, reports[places[verdict.beside]].path)
            reports[places[place]] = _set_aside(reports[places[place]], verdict, reason)
    return Report(tuple(reports))


def _set_aside(document: DocumentReport, verdict: Verdict, reason: str) -> DocumentReport:
    """What else there is to say of it matters no more; a conflict is to be looked at."""
    is_conflict = verdict.standing is Standing.CONFLICT
    return replace(
        document, set_aside=reason, reasons=(reason,) if is_conflict else (), concern=_CONFLICT if is_conflict else 0.0
    )


def report_index(folder: Path) -> Report:
    """What was understood of the documents that an index holds.

    Raises:
        IndexUnusable
    """
    with closing(MinutesIndex.open(folder)) as index:
        catalogue = index.catalogue
        aside = {told.meeting.id: told for told in catalogue.set_aside()}
        reports = []
        for stored in [*catalogue.meetings(), *(told.meeting for told in aside.values())]:
            document = report_meeting(stored.path, catalogue.meeting(stored.id), catalogue.problems(stored.id))
            told = aside.get(stored.id)
            reports.append(_set_aside(document, told.verdict, told.reason) if told else document)
    return Report(tuple(reports))


def report_meeting(path: str, meeting: Meeting, problems: tuple[Problem, ...]) -> DocumentReport:
    counts = _counts(meeting, problems)
    signs = list(_signs(meeting, counts, problems))
    return DocumentReport(
        path,
        meeting.municipality,
        meeting.body,
        meeting.date,
        counts,
        problems,
        reasons=tuple(reason for _, reason in signs),
        concern=sum(weight for weight, _ in signs),
    )


def _counts(meeting: Meeting, problems: tuple[Problem, ...]) -> Counts:
    items = meeting.items
    decided = [item for item in items if item.decision]
    other = sum(item.outcome is Outcome.OTHER for item in decided)
    gaps = _gaps(meeting)
    return Counts(
        items=len(items),
        numbered=sum(bool(item.number) for item in items),
        titled=sum(bool(item.title) for item in items),
        with_case_number=sum(bool(item.case_number) for item in items),
        decided=len(decided),
        known=len(decided) - other,
        other=other,
        unassigned=sum(
            _visible(meeting.text, Span(max(gap.start, meeting.items_start), gap.end))
            for gap in gaps
            if gap.end > meeting.items_start
        ),
        outside=sum(_visible(meeting.text, gap) for gap in gaps),
        problems=len(problems),
    )


def _gaps(meeting: Meeting) -> list[Span]:
    """The stretches of the text that no section of an item holds."""
    gaps, position = [], 0
    spans = sorted((section.span.start, section.span.end) for item in meeting.items for section in item.sections)
    for start, end in [*spans, (len(meeting.text), len(meeting.text))]:
        if start > position:
            gaps.append(Span(position, start))
        position = max(position, end)
    return gaps


def _visible(text: str, span: Span) -> int:
    return len("".join(span.of(text).split()))


def _signs(meeting: Meeting, counts: Counts, problems: tuple[Problem, ...]) -> Iterator[tuple[float, str]]:
    """What speaks for looking at a document: how much it weighs, and the reason in words."""
    if counts.unassigned:
        yield _LOST_TEXT, f"{counts.unassigned} characters belong to nothing"
    for problem in problems:
        yield _PROBLEM, f"line {problem.line}: {problem.message}"
    opened = [item for item in meeting.items if not item.closed]
    if counts.items and not counts.decided:
        yield _NO_DECISIONS, "no item has a decision; perhaps it is an agenda"
    elif len(undecided := [item for item in opened if not item.decision]) > _LARGE_PART * len(opened):
        yield _FEW_DECISIONS, f"{len(undecided)} of {len(opened)} open items have no decision{_named(undecided)}"
    if untitled := [item for item in opened if not item.title]:
        yield _FEW_TITLES * len(untitled) / len(opened), f"{len(untitled)} of {len(opened)} open items have no title"
    if 0 < counts.numbered < counts.items:
        bare = [item for item in meeting.items if not item.number]
        yield _SOME_NUMBERS, f"{len(bare)} of {counts.items} items have no number, while others have"
    if other := [item for item in meeting.items if item.decision and item.outcome is Outcome.OTHER]:
        weight = _OTHER_OUTCOMES * len(other) / counts.decided
        yield weight, f"{len(other)} of {counts.decided} outcomes are not understood{_named(other)}"
    if missing := _missing_numbers(meeting.items):
        yield _GAP * len(missing), f"there is no item {', '.join(map(str, missing))} among the others"
    yield from _front(meeting, counts)


def _front(meeting: Meeting, counts: Counts) -> Iterator[tuple[float, str]]:
    visible = _visible(meeting.text, Span(0, len(meeting.text)))
    if counts.outside > _LARGE_PART * visible:
        yield _MOSTLY_FRONT, f"{round(100 * counts.outside / visible)} % of the text stands in no item"


def _named(items: list[AgendaItem]) -> str:
    """Which items, by their numbers, if they have any."""
    numbers = [item.number for item in items if item.number]
    return f" ({', '.join(numbers)})" if numbers else ""


def _missing_numbers(items: Iterable[AgendaItem]) -> list[int]:
    """Numbers that are passed over; none where the items are not counted through."""
    found = {int(match[0]) for item in items if (match := _COUNTED.match(item.number))}
    missing = sorted(set(range(min(found), max(found))) - found) if found else []
    return missing if len(missing) < len(found) else []
