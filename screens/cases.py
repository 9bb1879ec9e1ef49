"""The cases that come back, those that were at most meetings first."""

from __future__ import annotations

import streamlit as st

from index.register import ListedCase
from qa.service import Service
from qa.texts import Texts
from qa.view.meeting import case_line
from qa.view.overview import cases_table
from screens import draw, frame
from screens.table import draw_downloads
from screens.wishes import draw_wishes

MOST = 50
RETURNING = 2


def show() -> None:
    frame.page("cases_page", draw_cases)


def draw_cases(service: Service, texts: Texts) -> None:
    st.caption(texts.cases_tagline.format(most=MOST))
    wish = draw_wishes(service.register, texts)
    cases = service.register.cases(wish, RETURNING, MOST)
    if not cases:
        return st.info(texts.no_cases)
    draw_downloads(lambda: cases_table(cases, texts), "cases", texts)
    for number, case in enumerate(cases):
        draw_case(case, number, texts)


def draw_case(case: ListedCase, number: int, texts: Texts) -> None:
    with st.container(border=True, gap="xxsmall", key=f"case-{number}"):
        municipality = case.municipality or ""
        title = case.latest.item.title
        draw.link("case", title, ":material/timeline:", number=case.number, municipality=municipality)
        draw.small(case_line(case, texts), f"case-{number}")
