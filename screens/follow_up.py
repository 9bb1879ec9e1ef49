"""What is open: follow-ups with who and when, and what was recommended but never decided."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from index.register import Duty, Register, Wish
from qa.answer import citation_of
from qa.service import Service
from qa.texts import Texts
from qa.view.card import citation_lines
from qa.view.counts import count
from qa.view.follow_up import calendar_file, duties_table, duty_view
from qa.view.meeting import item_line
from qa.view.table import items_table
from screens import draw, frame
from screens.table import MOST_TAKEN_HOME, draw_downloads
from screens.wishes import draw_wishes

PAGE = 25


def show() -> None:
    frame.page("follow_up_page", draw_page)


def draw_page(service: Service, texts: Texts) -> None:
    views = {"duties": texts.duties_tab, "undecided": texts.undecided_tab}
    chosen = st.segmented_control(
        texts.show_as,
        list(views),
        format_func=views.__getitem__,
        default="duties",
        required=True,
        key="view",
        bind="query-params",
        label_visibility="collapsed",
    )
    wish = draw_wishes(service.register, texts, of_duties=chosen == "duties")
    (draw_duties if chosen == "duties" else draw_undecided)(service.register, wish, texts)


def draw_duties(register: Register, wish: Wish, texts: Texts) -> None:
    st.caption(texts.duties_tagline)
    today = dt.date.today()
    held = register.count_duties(wish, today)
    if not held:
        return st.info(texts.nothing_there)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(count(held, texts.found_duties), width="content")
        with st.container(horizontal=True, width="content"):
            st.download_button(
                texts.calendar,
                lambda: calendar_file(
                    register.duties(wish, today, MOST_TAKEN_HOME), dt.datetime.now().astimezone(), texts
                ),
                "opfoelgning.ics",
                "text/calendar",
                key="calendar",
                icon=":material/event:",
                type="tertiary",
                on_click="ignore",
            )
            draw_downloads(
                lambda: duties_table(register.duties(wish, today, MOST_TAKEN_HOME), texts), "duties", texts, held
            )
    at_hand = st.session_state.setdefault("duties_at_hand", PAGE)
    for number, duty in enumerate(register.duties(wish, today, at_hand)):
        draw_duty(duty, number, texts)
    if at_hand < held:
        st.button(texts.show_more, key="more", on_click=show_more)


def draw_duty(duty: Duty, number: int, texts: Texts) -> None:
    shown = duty_view(duty, texts)
    with st.container(border=True, gap="xsmall", key=f"duty-{number}"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.badge(shown.badge.label, color=shown.badge.color)
            draw.link("item", texts.show_item, ":material/article:", id=str(duty.ordered.id))
        draw.quote(shown.quote, f"duty-{number}")
        draw.small(shown.citation, f"duty-{number}")


def draw_undecided(register: Register, wish: Wish, texts: Texts) -> None:
    st.caption(texts.undecided_tagline)
    held = register.count_undecided(wish)
    if not held:
        return st.info(texts.nothing_there)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(count(held, texts.item_count), width="content")
        draw_downloads(
            lambda: items_table(texts.undecided_tab, register.undecided(wish, MOST_TAKEN_HOME), texts),
            "undecided",
            texts,
            held,
        )
    at_hand = st.session_state.setdefault("duties_at_hand", PAGE)
    for number, found in enumerate(register.undecided(wish, at_hand)):
        with st.container(border=True, gap="xxsmall", key=f"undecided-{number}"):
            draw.link("item", item_line(found, texts).label, ":material/article:", id=str(found.id))
            meeting, _, paper = citation_lines(citation_of(found), texts)
            draw.small(f"{meeting} · {paper}", f"undecided-{number}")
    if at_hand < held:
        st.button(texts.show_more, key="more", on_click=show_more)


def show_more() -> None:
    st.session_state.duties_at_hand += 2 * PAGE
