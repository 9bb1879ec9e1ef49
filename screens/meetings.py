"""All meetings, newest first, to browse and filter."""

from __future__ import annotations

import streamlit as st

from index.register import Wish
from index.stored import StoredItem
from qa.service import Service
from qa.texts import Texts
from qa.view.counts import count
from qa.view.meeting import item_line, meeting_line, meeting_name
from qa.view.table import items_table
from screens import draw, frame
from screens.table import MOST_TAKEN_HOME, draw_downloads
from screens.wishes import draw_wishes

PAGE = 25


def show() -> None:
    frame.page("meetings_page", draw_meetings)


def draw_meetings(service: Service, texts: Texts) -> None:
    register = service.register
    wish = draw_wishes(register, texts, of_items=True)
    held = register.count_meetings(wish)
    if not held:
        return st.info(texts.nothing_there)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(count(held, texts.meeting_count), width="content")
        draw_downloads(
            lambda: items_table(texts.sheet, register.items(wish, MOST_TAKEN_HOME), texts),
            "meetings-table",
            texts,
            register.count_items(wish),
        )
    at_hand = st.session_state.setdefault("meetings_at_hand", PAGE)
    for listed in register.meetings(wish, at_hand):
        with st.container(border=True, gap="xxsmall", key=f"meeting-{listed.meeting.key}"):
            draw.link("meeting", meeting_name(listed.meeting, texts), ":material/event_note:", id=listed.meeting.key)
            draw.small(meeting_line(listed, texts), f"meeting-{listed.meeting.key}")
            if wish.outcome or wish.closed:
                draw_items_as_wished(register.items_of(listed.meeting), wish, texts)
    if at_hand < held:
        st.button(texts.show_more, key="more", on_click=show_more)


def draw_items_as_wished(items: list[StoredItem], wish: Wish, texts: Texts) -> None:
    """The items that the meeting is listed for."""
    for found in items:
        if found.item.outcome == (wish.outcome or found.item.outcome) and (found.item.closed or not wish.closed):
            draw.link("item", item_line(found, texts).label, ":material/article:", id=str(found.id))


def show_more() -> None:
    st.session_state.meetings_at_hand += 2 * PAGE
