"""The conversations of this window: a new one, the earlier ones, and the present one as a file."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from qa.texts import Texts
from qa.view.export import markdown_file, word_file
from qa.view.plain import plain_label, shortened

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LABEL_CHARACTERS = 60


def start_anew() -> None:
    """Put the present conversation aside, if there is one, and begin another."""
    put_aside()
    st.session_state.update(exchanges=[], pending=[], failed=None, rows={}, rated=set(), suggested=((), ()))


def put_aside() -> None:
    aside = st.session_state.setdefault("aside", [])
    if st.session_state.get("exchanges"):
        aside.append(st.session_state.exchanges)


def take_up(number: int) -> None:
    """Go on with an earlier conversation."""
    exchanges = st.session_state.aside.pop(number)
    start_anew()
    st.session_state.exchanges = exchanges


def draw_conversations(texts: Texts) -> None:
    state = st.session_state
    begun = bool(state.exchanges or state.pending or state.failed)
    if not (begun or state.aside):
        return
    with st.container(horizontal=True, width="content", gap="xsmall"):
        with st.popover(texts.conversations, icon=":material/history:", type="tertiary", key="conversations"):
            draw_earlier(texts)
            if state.exchanges:
                draw_exports(texts)
        if begun:
            st.button(
                texts.new_conversation, key="new", icon=":material/refresh:", type="tertiary", on_click=start_anew
            )


def draw_earlier(texts: Texts) -> None:
    st.caption(texts.earlier)
    if not st.session_state.aside:
        st.text(texts.no_earlier)
    for number, exchanges in enumerate(st.session_state.aside):
        label = plain_label(shortened(exchanges[0].asked, _LABEL_CHARACTERS))
        st.button(label, key=f"earlier-{number}", type="tertiary", on_click=take_up, args=(number,))


def draw_exports(texts: Texts) -> None:
    exchanges, today = list(st.session_state.exchanges), dt.date.today()
    st.caption(texts.export)
    with st.container(horizontal=True):
        st.download_button(
            texts.export_markdown,
            lambda: markdown_file(exchanges, today, texts),
            "referat.md",
            "text/markdown",
            key="export-markdown",
            on_click="ignore",
        )
        st.download_button(
            texts.export_word,
            lambda: word_file(exchanges, today, texts),
            "referat.docx",
            WORD,
            key="export-word",
            on_click="ignore",
        )
