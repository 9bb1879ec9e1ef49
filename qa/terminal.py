"""Answers, items and meetings as text for a terminal."""

from __future__ import annotations

import sys
import textwrap
import time

from index.models import AgendaItem, Meeting, Problem, SectionKind
from index.settings import Settings
from qa.models import Answer, Result, Status
from qa.outcome_words import OUTCOME_LABELS
from qa.phrases import cited, limits, respelling, written_date
from qa.service import IndexStatus, Record

_WIDTH = 100
_PACE_KNOWN_AFTER_S = 2.0
_HEADINGS = {
    "da": {
        "understood": "Forstået som",
        "rests": "Det bygger på",
        "others": "Andre punkter",
        "nearest": "Nærmest (ikke svaret)",
        "none": "(ingen beslutning)",
    },
    "en": {
        "understood": "Understood as",
        "rests": "It rests on",
        "others": "Other items",
        "nearest": "Nearest (not the answer)",
        "none": "(no decision)",
    },
}


def answer_text(answer: Answer) -> str:
    """The sentence, the decision word for word, its citation, what it rests on; then other items."""
    language = answer.question.language
    headings = _HEADINGS[language]
    within = [words for _, words in limits(answer.question.filters, language)]
    parts = [f"{headings['understood']}: {' · '.join(within)}"] if within else []
    parts += [respelling(answer.question, language)] if answer.question.corrected else []
    parts.append(_wrapped(answer.text))
    if answer.status is Status.ANSWERED:
        first, *others = answer.results
        parts += [
            _quoted(first.item.decision or headings["none"]),
            f"[{cited(first.citation, language)}]",
            *_support(first, headings["rests"]),
        ]
        parts += _listed(others[:3], language, headings["others"])
    elif answer.status is Status.LIST:
        parts += [
            f"{_listed_line(result, language)}\n{_quoted(result.item.decision or headings['none'])}"
            for result in answer.results
        ]
    else:
        parts += [_wrapped(answer.searched), *_listed(list(answer.nearest), language, headings["nearest"])]
    return "\n\n".join(parts)


def _support(result: Result, heading: str) -> list[str]:
    """The passages that are not the decision itself."""
    passages = [
        passage for passage in result.passages if passage.section not in (SectionKind.DECISION, SectionKind.HEADING)
    ]
    return [f"{heading}:\n" + "\n\n".join(_quoted(passage.text) for passage in passages[:2])] if passages else []


def _listed(results: list[Result], language: str, heading: str) -> list[str]:
    return [f"{heading}:\n" + "\n".join(_listed_line(result, language) for result in results)] if results else []


def _listed_line(result: Result, language: str) -> str:
    return f"- {cited(result.citation, language)}: {OUTCOME_LABELS[language][result.item.outcome]}"


def item_text(record: Record) -> str:
    """The whole item as it stands in the minutes."""
    meeting, item = record.meeting, record.item
    head = ", ".join(
        part for part in (meeting.municipality, meeting.body, written_date(meeting.date, "da"), meeting.source) if part
    )
    return f"{head}\n\n{item.span.of(meeting.text).strip()}"


def meeting_text(meeting: Meeting, problems: tuple[Problem, ...]) -> str:
    """What was understood of a file: the sitting, then a paragraph for each item."""
    facts = (meeting.municipality, meeting.body, meeting.date, meeting.start_time, meeting.place)
    lines = [f"{meeting.source}: {', '.join(str(fact) for fact in facts if fact)}"]
    lines += [_item_summary(item) for item in meeting.items]
    lines += [f"problem, line {problem.line}: {problem.message}" for problem in problems]
    return "\n".join(lines)


def _item_summary(item: AgendaItem) -> str:
    numbers = ", ".join(number for number in (item.case_number, item.journal_number, item.document_number) if number)
    lines = [f"\n{item.number}  {item.title}" + (f"  ({numbers})" if numbers else ""), f"    {item.outcome}"]
    lines += [textwrap.indent(item.decision, "    | ", lambda line: True)] if item.decision else []
    lines += [
        f"    follow-up: {follow_up.text} [{follow_up.who or '?'}, {follow_up.due or '?'}]"
        for follow_up in item.follow_ups
    ]
    lines += [f"    earlier: {earlier.body} {earlier.date}" for earlier in item.earlier_decisions]
    lines += [f"    attachment: {attachment.name}" for attachment in item.attachments]
    return "\n".join(lines)


def status_text(settings: Settings, status: IndexStatus) -> str:
    return "\n".join(
        [
            f"Index: {settings.index}",
            f"Meetings: {status.meetings}, from {status.first or '?'} to {status.last or '?'}",
            f"Municipalities: {', '.join(status.municipalities) or '?'}",
            f"Agenda items: {status.items}",
            f"Model: {status.model}",
            *([f"Kept aside: {len(status.set_aside)}"] if status.set_aside else []),
            *(f"- {aside.meeting.path}: {aside.reason}" for aside in status.set_aside),
        ]
    )


class ProgressLine:
    """Progress on one line of a terminal, with the time that is left; silent where stderr is a file."""

    def __init__(self) -> None:
        self._started = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        if not done:
            self._started = time.monotonic()
        if sys.stderr.isatty():
            end = "\n" if done == total else ""
            print(f"\r{what} {done}/{total}{self._left(done, total)}\033[K", end=end, file=sys.stderr, flush=True)

    def _left(self, done: int, total: int) -> str:
        """How long the rest takes at the pace so far, once that is known."""
        passed = time.monotonic() - self._started
        if not 0 < done < total or passed < _PACE_KNOWN_AFTER_S:
            return ""
        seconds = round(passed / done * (total - done))
        return f", {seconds // 60} min {seconds % 60:02} s left" if seconds >= 60 else f", {seconds} s left"


progress_line = ProgressLine()


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH)


def _quoted(text: str) -> str:
    return textwrap.indent(text, "  | ", lambda line: True)
