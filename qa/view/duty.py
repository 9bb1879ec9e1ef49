"""Who must act, and by when: the note that stands beside a follow-up, wherever it is shown."""

from __future__ import annotations

import datetime as dt

from index.models import FollowUp
from qa.phrases import written_date
from qa.texts import Texts
from qa.view.plain import shortened

_LONGEST_DUE = 200


def duty_note(told: FollowUp, due_on: dt.date | None, texts: Texts) -> str:
    """Empty where the follow-up names neither."""
    who = texts.who.format(who=told.who) if told.who else ""
    return " · ".join(part for part in (who, _due(told, due_on, texts)) if part)


def due_words(told: FollowUp) -> str | None:
    """The words of the minutes that a day was reckoned from; None where they give the day itself, or nothing."""
    return told.due if told.due and not _is_date(told.due) else None


def _due(told: FollowUp, due_on: dt.date | None, texts: Texts) -> str:
    """The day, with the words that it was reckoned from; or the words alone."""
    said = due_words(told)
    words = shortened(said, _LONGEST_DUE) if said else None
    date = written_date(due_on, texts.code) if due_on else None
    if date and words:
        return texts.duty_both.format(date=date, words=words)
    return texts.duty_due.format(date=date) if date else texts.duty_words.format(words=words) if words else ""


def _is_date(words: str) -> bool:
    try:
        dt.date.fromisoformat(words)
    except ValueError:
        return False
    return True
