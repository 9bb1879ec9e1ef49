"""Rows -> a table that can be sorted on the screen, and taken home as CSV or Excel without coming alive there."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.models import AgendaItem, Citation
from index.stored import StoredItem
from qa.answer import citation_of
from qa.models import Result
from qa.outcome_words import OUTCOME_LABELS
from qa.texts import Texts
from qa.view.plain import readable

Cell = str | int | dt.date | None
_LONGEST_CELL = 32_000  # Excel holds 32,767 characters in a cell
# What a spreadsheet takes for a formula; also behind white space, which it passes over.
_FORMULA = re.compile(r"\s*[=+\-@|%]|[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; each row is as long as the headings are."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def results_table(results: Sequence[Result], texts: Texts) -> Table:
    return _items(texts.sheet, [(result.item, result.citation) for result in results], texts)


def items_table(title: str, items: Sequence[StoredItem], texts: Texts) -> Table:
    return _items(title, [(found.item, citation_of(found)) for found in items], texts)


def _items(title: str, cited: Sequence[tuple[AgendaItem, Citation]], texts: Texts) -> Table:
    headings = (
        texts.column_date,
        texts.column_municipality,
        texts.column_body,
        texts.column_number,
        texts.column_title,
        texts.column_outcome,
        texts.column_decision,
        texts.column_case,
        texts.column_source,
    )
    return Table(title, headings, tuple(_item_row(item, citation, texts) for item, citation in cited))


def csv_file(table: Table) -> bytes:
    """The table as Danish spreadsheets open it: semicolons, and a mark that says UTF-8."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerows([table.headings, *([_harmless(_plain(cell)) for cell in row] for row in table.rows)])
    return written.getvalue().encode("utf-8-sig")


def excel_file(table: Table) -> bytes:
    """The table as a workbook of one sheet: dates as dates, every text as text."""
    from openpyxl import Workbook  # only when a workbook is wanted: it takes a while to load
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = re.sub(r"[\[\]:*?/\\]", " ", table.title)[:31]
    for number, row in enumerate([table.headings, *table.rows], 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, _plain(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for column, heading in enumerate(table.headings):
        longest = max([len(heading), *(len(str(row[column] or "")) for row in table.rows)])
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(longest + 2, 60)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _item_row(item: AgendaItem, citation: Citation, texts: Texts) -> tuple[Cell, ...]:
    return (
        citation.date,
        citation.municipality,
        citation.body,
        item.number,
        item.title,
        OUTCOME_LABELS[texts.code][item.outcome],
        " ".join((item.decision or "").split()),
        item.case_number,
        citation.source,
    )


def _plain(cell: Cell) -> str:
    return _CONTROL.sub("", readable("" if cell is None else str(cell)))[:_LONGEST_CELL]


def _harmless(text: str) -> str:
    """A text that a spreadsheet would calculate gets an apostrophe before it, which makes it a text."""
    return f"'{text}" if _FORMULA.match(text) else text
