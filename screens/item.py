"""A whole item, as its link names it: every section as printed, the words that an answer quoted marked."""

from __future__ import annotations

import streamlit as st

from index.errors import ItemNotFound
from index.stored import StoredItem
from qa.service import Record, Service
from qa.texts import Texts
from qa.view.failure import failure
from qa.view.grid import Grid
from qa.view.item import ItemView, SectionView, item_view, spans_of
from qa.view.meeting import item_line, meeting_name
from screens import draw, frame


def show() -> None:
    frame.page(None, draw_item)


def draw_item(service: Service, texts: Texts) -> None:
    asked = st.query_params.get("id", "")
    try:
        record = service.record(int(asked) if asked.isdecimal() and len(asked) < 20 else -1)
    except ItemNotFound as error:
        return draw.failure(failure(error, texts), texts, "item")
    shown = item_view(record, spans_of(st.query_params.get_all("q")), texts)
    draw.heading(shown.title, 1)
    draw.badges(shown.badges)
    draw.quotes(texts.decision, shown.decision, "lead-decision-item")
    draw.citation(shown.citation, "item")
    draw.small(shown.case_worker, "case-worker")
    draw_ways(service, record, texts)
    with st.container(key="controls-item"):
        wants_original = st.toggle(texts.original, key="original", bind="query-params")
    if wants_original:
        st.set_page_config(layout="wide")
        told, original = st.columns(2, gap="large")
        with told:
            draw_told(shown, texts)
        with original:
            st.caption(texts.original_text)
            draw.words(shown.original)
    else:
        draw_told(shown, texts)
    draw_precedents(service, record, texts)


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


def draw_told(shown: ItemView, texts: Texts) -> None:
    if shown.is_marked:
        st.caption(texts.quoted_here)
    for number, section in enumerate(shown.sections):
        draw_section(section, number, texts)
    draw.quotes(texts.follow_ups, shown.follow_ups, "duties-item")
    if shown.attachments:
        st.caption(texts.attachments)
        draw.words("\n".join(f"• {name}" for name in shown.attachments))


def draw_section(section: SectionView, number: int, texts: Texts) -> None:
    with st.container(gap="xxsmall", key=f"section-{number}"):
        if section.heading:
            draw.heading(section.heading, 2)
        for block in section.blocks:
            draw.grid(block, texts) if isinstance(block, Grid) else draw.prose(block)


def draw_precedents(service: Service, record: Record, texts: Texts) -> None:
    found = service.precedents(record.id)
    if found:
        with st.container(key="controls-precedents"):
            st.header(texts.precedents, anchor=False)
            for before in found:
                draw_before(before, texts)


def draw_before(before: StoredItem, texts: Texts) -> None:
    line = item_line(before, texts)
    with st.container(gap=None, key=f"line-{line.id}"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            draw.link("item", before.item.title, id=str(line.id))
            st.badge(line.badge.label, color=line.badge.color)
        draw.small(meeting_name(before.meeting, texts), f"line-{line.id}")
