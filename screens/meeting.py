"""One meeting: when and where, who took part, and its agenda with what became of each item."""

from __future__ import annotations

import streamlit as st

from index.stored import StoredMeeting
from qa.service import Service
from qa.texts import Texts
from qa.view.failure import Failure
from qa.view.meeting import item_line, meeting_lines, meeting_name
from qa.view.table import items_table
from screens import draw, frame
from screens.table import draw_downloads


def show() -> None:
    frame.page(None, draw_meeting)


def draw_meeting(service: Service, texts: Texts) -> None:
    stored = service.register.meeting(st.query_params.get("id", ""))
    if stored is None:
        return draw.failure(Failure(texts.no_meeting, texts.link_advice, "", ""), texts, "meeting")
    meeting = service.meeting(stored)
    draw.heading(meeting_name(stored, texts), 1)
    draw.small(meeting_lines(meeting), "held")
    draw_ways(service, stored, texts)
    items = service.register.items_of(stored)
    draw_downloads(lambda: items_table(texts.sheet, items, texts), "meeting", texts)
    if meeting.participants:
        with st.expander(texts.participants, key="participants"):
            draw.words("\n".join(meeting.participants))
    st.header(texts.contents, anchor=False)
    for found in items:
        line = item_line(found, texts)
        with st.container(horizontal=True, horizontal_alignment="distribute", key=f"agenda-{found.id}"):
            draw.link("item", line.label, id=str(line.id))
            st.badge(line.badge.label, color=line.badge.color)


def draw_ways(service: Service, stored: StoredMeeting, texts: Texts) -> None:
    """To the meetings of the same body before and after this one."""
    before, after = service.register.meetings_beside(stored)
    if before or after:
        with st.container(horizontal=True, key="beside-meeting"):
            if before:
                draw.link("meeting", texts.previous_meeting, ":material/arrow_back:", id=before.key)
            if after:
                draw.link("meeting", texts.next_meeting, ":material/arrow_forward:", id=after.key)
