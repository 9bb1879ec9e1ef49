"""The minutes in figures, each picture with its table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from qa.service import Service
from qa.texts import Texts
from qa.view.overview import bodies_table, cases_table, months_table
from qa.view.table import Table
from screens import frame
from screens.table import draw_downloads, draw_table
from screens.wishes import draw_wishes

MOST_CASES = 20
RETURNING = 2


def show() -> None:
    frame.page("overview_page", draw_overview)


def draw_overview(service: Service, texts: Texts) -> None:
    register = service.register
    wish = draw_wishes(register, texts)
    months = months_table(register.decisions_by_month(wish), texts)
    if not months.rows:
        return st.info(texts.nothing_there)
    draw_months(months, texts)
    draw_figures(bodies_table(register.bodies(wish), texts), "bodies", texts)
    cases = register.cases(wish, RETURNING, MOST_CASES)
    if cases:
        draw_figures(cases_table(cases, texts), "returning", texts)


def draw_months(months: Table, texts: Texts) -> None:
    st.header(months.title, anchor=False)
    st.caption(texts.by_month_told)
    frame_of_months = pd.DataFrame(months.rows, columns=list(months.headings))
    st.bar_chart(
        frame_of_months, x=months.headings[0], y=list(months.headings[1:]), x_label="", y_label=texts.column_items
    )
    with st.expander(texts.as_figures, key="months"):
        draw_table(months, "months-table")
        draw_downloads(lambda: months, "months", texts)


def draw_figures(table: Table, key: str, texts: Texts) -> None:
    st.header(table.title, anchor=False)
    draw_table(table, f"{key}-table")
    draw_downloads(lambda: table, key, texts)
