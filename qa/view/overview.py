"""The register in figures -> the tables and pictures of the overview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from index.models import Outcome
from index.register import ListedCase
from qa.outcome_words import OUTCOME_LABELS
from qa.subjects import Abbreviation, Topic
from qa.texts import Texts
from qa.view.table import Cell, Table

MOST_MONTHS = 120
# As the badges: green for yes, blue for passed on upward, orange for later, violet for elsewhere, red for no.
_COLORS = {
    Outcome.APPROVED: "#2f855a",
    Outcome.APPROVED_WITH_CHANGES: "#7cc49a",
    Outcome.RECOMMENDED: "#3b7dd8",
    Outcome.NOTED: "#7d8b97",
    Outcome.DISCUSSED: "#b3bec7",
    Outcome.POSTPONED: "#dd8a3c",
    Outcome.REFERRED: "#8662b8",
    Outcome.HEARING: "#b79bdb",
    Outcome.REJECTED: "#c94444",
    Outcome.WITHDRAWN: "#e3a3a3",
    Outcome.NO_DECISION: "#d9d4c7",
    Outcome.CLOSED: "#4a4f55",
    Outcome.OTHER: "#c9b458",
}


def months_table(counted: Sequence[tuple[str, str, int]], texts: Texts) -> Table:
    """Months by outcomes: the outcomes that occur, in their fixed order, and every month that had a meeting."""
    labels = OUTCOME_LABELS[texts.code]
    outcomes = [outcome for outcome in Outcome if any(found == outcome for _, found, _ in counted)]
    by_month: dict[str, dict[str, int]] = {}
    for month, outcome, number in counted:
        by_month.setdefault(month, {})[outcome] = number
    rows: list[tuple[Cell, ...]] = [
        (month, *(found.get(outcome, 0) for outcome in outcomes))
        for month, found in list(by_month.items())[-MOST_MONTHS:]
    ]
    return Table(texts.by_month, (texts.column_month, *(labels[outcome] for outcome in outcomes)), tuple(rows))


def bodies_table(bodies: Sequence[tuple], texts: Texts) -> Table:
    headings = (
        texts.column_municipality,
        texts.column_body,
        texts.column_meetings,
        texts.column_items,
        texts.column_first,
        texts.column_last,
    )
    rows = tuple((*body[:4], _day(body[4]), _day(body[5])) for body in bodies)
    return Table(texts.bodies, headings, rows)


def cases_table(cases: Sequence[ListedCase], texts: Texts) -> Table:
    headings = (
        texts.column_title,
        texts.column_case,
        texts.column_municipality,
        texts.column_meetings,
        texts.column_items,
        texts.column_last,
    )
    rows = tuple(
        (case.latest.item.title, case.number, case.municipality, case.meetings, case.items, case.last) for case in cases
    )
    return Table(texts.returning, headings, rows)


def topics_table(topics: Sequence[Topic], texts: Texts) -> Table:
    headings = (texts.column_kle, texts.column_items, texts.column_latest, texts.column_date)
    rows = tuple((topic.number, topic.items, topic.latest.item.title, topic.latest.meeting.date) for topic in topics)
    return Table(texts.topics, headings, rows)


def words_table(words: Sequence[tuple[str, int]], texts: Texts) -> Table:
    return Table(texts.title_words, (texts.column_word, texts.column_items), tuple(words))


def abbreviations_table(abbreviations: Sequence[Abbreviation], texts: Texts) -> Table:
    rows = tuple((told.short, told.meaning) for told in abbreviations)
    return Table(texts.abbreviations, (texts.column_short, texts.column_meaning), rows)


def outcome_colors(months: Table, texts: Texts) -> dict[str, str]:
    """The colour of each outcome that the table has, by its heading."""
    outcomes = {label: outcome for outcome, label in OUTCOME_LABELS[texts.code].items()}
    return {heading: _COLORS[outcomes[heading]] for heading in months.headings[1:]}


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None
