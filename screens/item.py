"""A whole item, as its link names it: every section as printed, the words that an answer quoted marked."""

from __future__ import annotations

import streamlit as st

from index.errors import ItemNotFound
from qa.service import Record, Service
from qa.texts import Texts
from qa.view.failure import failure
from qa.view.grid import Grid
from qa.view.item import ItemView, SectionView, item_view, spans_of
from screens import draw, frame


def show() -> None:
    frame.page("item_page", draw_item)


def draw_item(service: Service, texts: Texts) -> None:
    asked = st.query_params.get("id", "")
    try:
        record = service.record(int(asked) if asked.isdecimal() and len(asked) < 20 else -1)
    except ItemNotFound as error:
        return draw.failure(failure(error, texts), "item")
    shown = item_view(record, spans_of(st.query_params.get_all("q")), texts)
    draw.heading(shown.title)
    draw.badges(shown.badges)
    draw.citation(shown.citation, "item")
    draw.small(shown.case_worker, "case-worker")
    draw_ways(service, record, texts)
    if shown.is_marked:
        st.caption(texts.quoted_here)
    for number, section in enumerate(shown.sections):
        draw_section(section, number, texts)
    draw_rest(shown, texts)


def draw_ways(service: Service, record: Record, texts: Texts) -> None:
    """To the items before and after this one, to its meeting and its case."""
    items = service.register.items_of(record.stored)
    place = next(number for number, found in enumerate(items) if found.id == record.id)
    with st.container(horizontal=True, key="beside-item"):
        if place:
            draw.link("item", texts.previous_item, ":material/arrow_back:", id=str(items[place - 1].id))
        if place + 1 < len(items):
            draw.link("item", texts.next_item, ":material/arrow_forward:", id=str(items[place + 1].id))
        draw.link("meeting", texts.back_to_meeting, ":material/event_note:", id=record.stored.key)
        if number := record.item.case_number:
            municipality = record.meeting.municipality or ""
            draw.link("case", texts.the_case, ":material/timeline:", number=number, municipality=municipality)


def draw_section(section: SectionView, number: int, texts: Texts) -> None:
    with st.container(gap="xxsmall", key=f"section-{number}"):
        if section.heading:
            draw.heading(section.heading, 3)
        for block in section.blocks:
            draw.grid(block, texts) if isinstance(block, Grid) else draw.prose(block)


def draw_rest(shown: ItemView, texts: Texts) -> None:
    draw.quotes(texts.follow_ups, shown.follow_ups, "duties-item")
    if shown.attachments:
        st.caption(texts.attachments)
        draw.words("\n".join(f"• {name}" for name in shown.attachments))
