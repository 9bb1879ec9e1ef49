"""The course of one case: every item that bears its number, across meetings and bodies, oldest first."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from index.stored import StoredItem
from qa.answer import citation_of
from qa.service import Service
from qa.texts import Texts
from qa.view.card import badges, citation_lines
from qa.view.failure import Failure
from qa.view.meeting import course, item_line, meeting_name
from qa.view.plain import shortened
from qa.view.table import items_table
from screens import draw, frame
from screens.table import draw_downloads

_EXCERPT = 400


def show() -> None:
    frame.page(None, draw_case)


def draw_case(service: Service, texts: Texts) -> None:
    number = st.query_params.get("number", "")
    items = service.register.case(st.query_params.get("municipality"), number) if number else []
    if not items:
        return draw.failure(Failure(texts.no_case, texts.link_advice, "", ""), texts, "case")
    draw.heading(items[-1].item.title, 1)
    draw.small(citation_lines(citation_of(items[-1]), texts)[2].split(" · ")[0], "case-number")
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(course(items, texts), width="content")
        draw_downloads(lambda: items_table(texts.case_sheet, items, texts), "case", texts)
    draw_course(items, texts)


def draw_course(items: Sequence[StoredItem], texts: Texts) -> None:
    """A line through time with a dot for each item; the style sheet draws it."""
    with st.container(gap=None, key="timeline"):
        for place, found in enumerate(items):
            line = item_line(found, texts)
            with st.container(key=f"course-{place}", gap="xxsmall"):
                if place == 0 or items[place - 1].meeting.id != found.meeting.id:
                    draw.heading(meeting_name(found.meeting, texts), 2)
                draw.link("item", line.label, id=str(line.id))
                draw.badges(badges(found.item, texts))
                if found.item.decision:
                    draw.words(shortened(found.item.decision.strip(), _EXCERPT))
