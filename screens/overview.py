"""The minutes in figures and words, for whoever is new; each picture with its table."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from index.register import Wish
from index.settings import load_settings
from qa.service import OVERVIEW_ITEMS, Service, index_version
from qa.subjects import Subjects
from qa.texts import Texts
from qa.view.overview import (
    abbreviations_table,
    bodies_table,
    cases_table,
    months_table,
    outcome_colors,
    topics_table,
    words_table,
)
from qa.view.table import Table
from screens import frame
from screens.table import draw_downloads, draw_table
from screens.wishes import draw_wishes

MOST_CASES = 20
RETURNING = 2
LEGEND_COLUMNS = 4


def show() -> None:
    frame.page("overview_page", draw_overview)


def draw_overview(service: Service, texts: Texts) -> None:
    register = service.register
    wish = draw_wishes(register, texts)
    months = months_table(register.decisions_by_month(wish), texts)
    if not months.rows:
        return st.info(texts.nothing_there)
    draw_months(months, texts)
    draw_figures(bodies_table(register.bodies(wish), texts), "bodies", "", texts)
    draw_figures(cases_table(register.cases(wish, RETURNING, MOST_CASES), texts), "returning", "", texts)
    subjects = subjects_of(index_version(load_settings()), wish, service)
    if register.count_items(wish) > OVERVIEW_ITEMS:
        st.caption(texts.of_the_newest.format(count=OVERVIEW_ITEMS))
    draw_figures(topics_table(subjects.topics, texts), "topics", texts.topics_told, texts)
    draw_figures(words_table(subjects.words, texts), "words", "", texts)
    draw_figures(abbreviations_table(subjects.abbreviations, texts), "abbreviations", texts.abbreviations_told, texts)


@st.cache_data(max_entries=20, show_spinner=False)
def subjects_of(version: str, wish: Wish, _service: Service) -> Subjects:
    """Gone through once for each state of the index and each choice, since it reads many items."""
    return _service.subjects(wish)


def draw_months(months: Table, texts: Texts) -> None:
    st.header(months.title, anchor=False)
    st.caption(texts.by_month_told)
    st.altair_chart(chart_of(months, texts), width="stretch")
    with st.expander(texts.as_figures, key="months"):
        draw_table(months, "months-table")
        draw_downloads(lambda: months, "months", texts)


def chart_of(months: Table, texts: Texts) -> alt.Chart:
    """Each month a bar, the outcomes on top of each other in the colours of their badges."""
    month, outcome, items = months.headings[0], texts.column_outcome, texts.column_items
    colors = outcome_colors(months, texts)
    rows = pd.DataFrame(months.rows, columns=list(months.headings)).melt(month, var_name=outcome, value_name=items)
    shades = alt.Scale(domain=list(colors), range=list(colors.values()))
    legend = alt.Legend(orient="bottom", columns=LEGEND_COLUMNS, title=None, labelLimit=0)
    return (
        alt.Chart(rows, description=texts.by_month_told)
        .mark_bar()
        .encode(
            x=alt.X(f"{month}:N", title=None),
            y=alt.Y(f"{items}:Q"),
            color=alt.Color(f"{outcome}:N", scale=shades, legend=legend),
            tooltip=[month, outcome, items],
        )
    )


def draw_figures(table: Table, key: str, told: str, texts: Texts) -> None:
    """Nothing where there is nothing to tell."""
    if not table.rows:
        return
    st.header(table.title, anchor=False)
    if told:
        st.caption(told)
    draw_table(table, f"{key}-table")
    draw_downloads(lambda: table, key, texts)
