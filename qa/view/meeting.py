"""Meetings -> their lines in a list, and the page of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.models import Meeting
from index.register import ListedCase, ListedMeeting
from index.stored import StoredItem, StoredMeeting
from qa.phrases import written_date
from qa.texts import Texts
from qa.view.card import Badge, badges
from qa.view.counts import count


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item in an agenda or in the course of a case."""

    id: int
    label: str
    badge: Badge


def meeting_name(meeting: StoredMeeting, texts: Texts) -> str:
    date = written_date(meeting.date, texts.code) if meeting.date else texts.undated_meeting
    return ", ".join(part for part in (meeting.municipality, meeting.body, date) if part)


def meeting_line(listed: ListedMeeting, texts: Texts) -> str:
    """How much was on its agenda."""
    parts = [count(listed.items, texts.item_count)]
    if listed.closed:
        parts.append(count(listed.closed, texts.closed_count))
    more = len(listed.paths) - 1
    return " · ".join([*parts, listed.meeting.source, *([count(more, texts.more_files)] if more else [])])


def meeting_lines(meeting: Meeting) -> str:
    """When and where it was held, and what it was read from."""
    return " · ".join(part for part in (meeting.start_time, meeting.place, meeting.source) if part)


def item_line(found: StoredItem, texts: Texts) -> ItemLine:
    item = found.item
    label = f"{item.number}. {item.title}" if item.number else item.title
    return ItemLine(found.id, label, badges(item, texts)[0])


def case_line(case: ListedCase, texts: Texts) -> str:
    date = written_date(case.last, texts.code)
    line = texts.case_line.format(meetings=count(case.meetings, texts.meeting_count), date=date)
    bodies = count(case.bodies, texts.case_bodies) if case.bodies > 1 else None
    number = texts.case_number.format(number=case.number)
    return " · ".join(part for part in (line, bodies, case.municipality, number) if part)


def course(items: Sequence[StoredItem], texts: Texts) -> str:
    """How often a case was dealt with."""
    meetings = count(len({found.meeting.sitting for found in items}), texts.meeting_count)
    return texts.course.format(items=count(len(items), texts.item_count), meetings=meetings)
