"""Follow-ups -> lines, a table, and a calendar."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from index.register import Duty, DutyState
from qa.answer import citation_of
from qa.phrases import cited, written_date
from qa.texts import Texts
from qa.view.card import Badge, Quote, citation_lines
from qa.view.duty import due_words, duty_note
from qa.view.plain import readable
from qa.view.table import Cell, Table

_COLORS = {DutyState.OPEN: "blue", DutyState.OVERDUE: "red", DutyState.DONE: "green"}
_LONGEST_LINE = 74  # bytes, so that a folded line of a calendar has at most 75


@dataclass(frozen=True, slots=True)
class DutyView:
    badge: Badge
    quote: Quote
    citation: str


def state_name(state: DutyState, texts: Texts) -> str:
    return {
        DutyState.OPEN: texts.duty_open,
        DutyState.OVERDUE: texts.duty_overdue,
        DutyState.DONE: texts.duty_done,
    }[state]


def duty_view(duty: Duty, texts: Texts) -> DutyView:
    told = duty.follow_up
    returned = texts.duty_returned.format(date=written_date(duty.returned, texts.code)) if duty.returned else None
    note = " · ".join(part for part in (duty_note(told, duty.due_on, texts), returned) if part)
    meeting, item, _ = citation_lines(citation_of(duty.ordered), texts)
    badge = Badge(state_name(duty.state, texts), _COLORS[duty.state])
    return DutyView(badge, Quote(told.text, note), f"{meeting} · {item}")


def duties_table(duties: Sequence[Duty], texts: Texts) -> Table:
    headings = (
        texts.column_due,
        texts.column_state,
        texts.column_who,
        texts.column_duty,
        texts.column_due_words,
        texts.column_date,
        texts.column_municipality,
        texts.column_body,
        texts.column_number,
        texts.column_title,
        texts.column_case,
    )
    return Table(texts.follow_up_page, headings, tuple(_row(duty, texts) for duty in duties))


def calendar_file(duties: Sequence[Duty], now: dt.datetime, texts: Texts) -> bytes:
    """The follow-ups that have a day and are not done, as all-day events (RFC 5545)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Referat//DA", f"X-WR-CALNAME:{_escaped(texts.calendar_name)}"]
    for duty in duties:
        if duty.due_on and duty.state is not DutyState.DONE:
            lines += _event(duty, duty.due_on, now, texts)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _row(duty: Duty, texts: Texts) -> tuple[Cell, ...]:
    meeting, item, told = duty.ordered.meeting, duty.ordered.item, duty.follow_up
    return (
        duty.due_on,
        state_name(duty.state, texts),
        told.who,
        told.text,
        due_words(told),
        meeting.date,
        meeting.municipality,
        meeting.body,
        item.number,
        item.title,
        item.case_number,
    )


def _event(duty: Duty, day: dt.date, now: dt.datetime, texts: Texts) -> list[str]:
    told = duty.follow_up
    uid = hashlib.sha256(f"{duty.ordered.id}:{told.text}".encode()).hexdigest()[:24]
    summary = f"{told.who}: {duty.ordered.item.title}" if told.who else duty.ordered.item.title
    description = f"{told.text}\n\n{cited(citation_of(duty.ordered), texts.code)}"
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@referat",
        f"DTSTAMP:{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"SUMMARY:{_escaped(summary)}",
        f"DESCRIPTION:{_escaped(description)}",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    kept = "".join(sign for sign in readable(text) if sign.isprintable() or sign == "\n")
    for sign in "\\;,":
        kept = kept.replace(sign, f"\\{sign}")
    return kept.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, each but the first after a space."""
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode()) > _LONGEST_LINE:
            pieces.append(piece)
            piece = ""
        piece += sign
    return "\r\n ".join([*pieces, piece])
