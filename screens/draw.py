"""The strokes that all pages are drawn with. Words of strangers go through these alone.

Everything in streamlit but `st.text` and `st.code` reads markdown, and `st.html` reads html: here document text reaches
the first two as it is, and the last as escaped text.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from qa.texts import Texts
from qa.view.card import Badge, Quote
from qa.view.failure import Failure
from qa.view.grid import Grid, Prose, html_table
from qa.view.plain import html_marked, html_text, plain_label, readable


def words(text: str) -> None:
    st.text(readable(text))


def code(text: str) -> None:
    st.code(readable(text), language=None, wrap_lines=True)


def heading(text: str, level: int = 2) -> None:
    """A heading of strangers' words; our own are drawn by `st.header`."""
    st.html(f"<h{level} class='theirs'>{html_text(text)}</h{level}>")


def strong(text: str, key: str) -> None:
    if text:
        with st.container(key=f"strong-{key}"):
            words(text)


def small(text: str, key: str) -> None:
    if text:
        with st.container(key=f"small-{key}"):
            words(text)


def quote(told: Quote, key: str) -> None:
    """A quotation from the minutes, what stands out in it marked, and where it stands below it."""
    with st.container(key=f"words-{key}", gap=None):
        prose(Prose(told.text, told.marks))
        small(told.note, f"note-{key}")


def prose(told: Prose) -> None:
    if told.marks:
        st.html(f"<p class='quoted'>{html_marked(told.text, told.marks)}</p>")
    else:
        words(told.text)


def grid(told: Grid, texts: Texts) -> None:
    """A table of the minutes; one that is too wide for the page is scrolled by itself, with the keyboard too."""
    name = html_text(texts.table)
    st.html(f"<div class='wide' role='region' tabindex='0' aria-label='{name}'>{html_table(told)}</div>")


def quotes(title: str, told: tuple[Quote, ...], place: str) -> None:
    """Quotations under a heading of ours."""
    if not told:
        return
    with st.container(key=place, gap="xsmall"):
        st.caption(title)
        for number, one in enumerate(told):
            quote(one, f"{place}-{number}")


def citation(lines: tuple[str, ...], place: str) -> None:
    with st.container(key=f"citation-{place}", gap=None):
        for number, line in enumerate(lines):
            small(line, f"cited-{place}-{number}")


def badges(shown: tuple[Badge, ...]) -> None:
    with st.container(horizontal=True):
        for badge in shown:
            st.badge(badge.label, color=badge.color)


def failure(told: Failure, texts: Texts, place: str = "page") -> None:
    with st.container(border=True, key=f"failure-{place}"):
        st.markdown(f"**{told.title}**")
        if told.advice:
            st.text(told.advice)
        if told.command:
            code(told.command)
        if told.detail:
            with st.expander(texts.detail, key=f"detail-{place}", type="compact"):
                words(told.detail)


def question(title: str, told: str, yes: str, no: str, do: Callable[[], object]) -> None:
    """A dialog that says what a deed means before it is done."""

    def drawn() -> None:
        words(told)
        with st.container(horizontal=True):
            done = st.button(yes, key="do-it", type="primary", on_click=do)
            if st.button(no, key="keep") or done:
                st.rerun()

    st.dialog(title)(drawn)()


def link(page: str, label: str, icon: str | None = None, **parameters: str | list[str]) -> None:
    """A link to another of our pages; the label may be words of strangers."""
    st.page_link(st.session_state.pages[page], label=plain_label(label), icon=icon, query_params=parameters or None)
