"""A table, drawn: to be sorted on the screen, and to be taken home."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd
import streamlit as st

from qa.texts import Texts
from qa.view.plain import readable
from qa.view.table import Table, csv_file, excel_file

MOST_TAKEN_HOME = 5_000
"""Rows of a file; more would keep the others waiting while it is made."""
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw_table(table: Table, key: str) -> None:
    """Cells are drawn as text."""
    rows = [[readable(cell) if isinstance(cell, str) else cell for cell in row] for row in table.rows]
    dates = {
        heading: st.column_config.DateColumn(format="DD.MM.YYYY")
        for column, heading in enumerate(table.headings)
        if any(isinstance(row[column], dt.date) for row in rows)
    }
    frame = pd.DataFrame(rows, columns=list(table.headings))
    st.dataframe(frame, key=key, hide_index=True, width="stretch", column_config=dates)


def draw_downloads(table: Callable[[], Table], place: str, texts: Texts, held: int = 0) -> None:
    """The files are made when they are asked for; `held` rows there are, and that not all are in them is said."""
    with st.container(horizontal=True, width="content"):
        kinds = ((texts.csv, csv_file, "csv", "text/csv"), (texts.excel, excel_file, "xlsx", EXCEL))
        for label, write, suffix, mime in kinds:
            st.download_button(
                label,
                lambda write=write: write(table()),
                f"referat.{suffix}",
                mime,
                key=f"{suffix}-{place}",
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
            )
    if held > MOST_TAKEN_HOME:
        st.caption(texts.taken_home.format(most=MOST_TAKEN_HOME, held=held))
