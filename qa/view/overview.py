"""The register in figures -> the tables and pictures of the overview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from index.models import Outcome
from index.register import ListedCase
from qa.phrases import OUTCOME_LABELS
from qa.texts import Texts
from qa.view.table import Cell, Table

MOST_MONTHS = 120


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


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None
