"""The minutes themselves: what is handed in, what is held, how well it was understood, and the work on the index."""

from __future__ import annotations

from functools import partial

import streamlit as st

from index.settings import Settings, load_settings
from qa import feedback
from qa.library import Library
from qa.service import Service
from qa.texts import TEXTS, Texts
from qa.view.failure import Failure, failure
from qa.view.library import done_line, loss_line, progress_line, report_table, state_lines
from screens import draw, frame
from screens.handing_in import draw_adding
from screens.held import draw_held, draw_set_aside
from screens.table import draw_downloads, draw_table


def show() -> None:
    texts = TEXTS[st.session_state.language]
    frame.head(texts.library_page, texts)
    library = library_of(load_settings())
    draw_work(library, texts)
    draw_adding(library, texts)
    service = frame.attempt(texts, lambda: frame.current_service(texts))
    if isinstance(service, Service):
        draw_held(library, service, texts)
        draw_set_aside(library, service, texts)
        draw_report(library, texts)
        draw_state(library, service, texts)
    draw_feedback(texts)


@st.cache_resource(max_entries=1, show_spinner=False)
def library_of(settings: Settings) -> Library:
    return Library(settings)


@st.fragment(run_every=1.0)
def draw_work(library: Library, texts: Texts) -> None:
    """How far the work is; when it is done, the whole page is drawn anew."""
    if library.working:
        st.session_state.was_working = True
        progress = library.progress
        st.progress(min(progress.done / progress.total, 1.0) if progress.total else 0.0, progress_line(progress, texts))
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.caption(texts.still_usable, width="content")
            st.button(texts.cancel, key="cancel", icon=":material/close:", on_click=library.cancel)
    elif st.session_state.pop("was_working", False):
        st.rerun()
    elif library.failed:
        draw.failure(failure(library.failed, texts), texts, "work")
    elif library.report:
        draw.small(done_line(library.report, texts), "updated")


def draw_report(library: Library, texts: Texts) -> None:
    """How well each document was understood; reckoned when it is asked for, since it reads all minutes."""
    st.header(texts.report, anchor=False)
    st.caption(texts.report_told)
    if not st.toggle(texts.show_report, key="report"):
        return
    told = frame.attempt(texts, library.trust_report)
    if isinstance(told, Failure):
        return draw.failure(told, texts, "report")
    table = report_table(told, texts)
    draw_table(table, "report-table")
    draw_downloads(lambda: table, "report", texts)


def draw_state(library: Library, service: Service, texts: Texts) -> None:
    st.header(texts.index_state, anchor=False)
    draw.words(state_lines(load_settings().index, service.status(), texts))
    st.caption(texts.settings_told)
    st.button(texts.rebuild, key="rebuild", on_click=rebuild, args=(library, texts), disabled=library.working)


def rebuild(library: Library, texts: Texts) -> None:
    """At once, unless documents would be lost by it."""
    if lost := library.out_of_reach():
        told = loss_line(lost, texts)
        return draw.question(texts.rebuild_title, told, texts.rebuild_anyway, texts.keep, partial(renew, library))
    renew(library)


def renew(library: Library) -> None:
    library.update(library.held())


def draw_feedback(texts: Texts) -> None:
    files = ((feedback.QUESTIONS, texts.get_questions), (feedback.REMARKS, texts.get_remarks))
    kept = [(name, label, content) for name, label in files if (content := feedback.kept(name))]
    if kept:
        st.header(texts.readers_say, anchor=False)
        st.caption(texts.readers_say_told)
        with st.container(horizontal=True):
            for name, label, content in kept:
                st.download_button(label, content, name, "application/x-ndjson", key=f"get-{name}", on_click="ignore")
