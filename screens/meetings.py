"""All meetings, newest first, to browse and filter."""

from __future__ import annotations

import streamlit as st

from qa.service import Service
from qa.texts import Texts
from qa.view.counts import count
from qa.view.meeting import meeting_line, meeting_name
from screens import draw, frame
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
    st.caption(count(held, texts.meeting_count))
    at_hand = st.session_state.setdefault("meetings_at_hand", PAGE)
    for listed in register.meetings(wish, at_hand):
        with st.container(border=True, gap="xxsmall", key=f"meeting-{listed.meeting.key}"):
            draw.link("meeting", meeting_name(listed.meeting, texts), ":material/event_note:", id=listed.meeting.key)
            draw.small(meeting_line(listed, texts), f"meeting-{listed.meeting.key}")
    if at_hand < held:
        st.button(texts.show_more, key="more", on_click=show_more)


def show_more() -> None:
    st.session_state.meetings_at_hand += 2 * PAGE
