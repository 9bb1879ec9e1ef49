"""The minutes that the index holds, each of which can be taken out again."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from index.register import Wish
from qa.library import Library
from qa.service import Service
from qa.texts import Texts
from qa.view.counts import index_line
from qa.view.library import aside_line, removal_line
from qa.view.meeting import meeting_line, meeting_name
from screens import draw

PAGE = 50


def draw_held(library: Library, service: Service, texts: Texts) -> None:
    st.header(texts.held_minutes, anchor=False)
    draw.small(index_line(service.status(), texts), "held")
    at_hand = st.session_state.setdefault("held_at_hand", PAGE)
    listed = service.register.meetings(Wish(), at_hand + 1)
    paths = {path for one in listed for path in one.paths}
    for one in listed[:at_hand]:
        with st.container(horizontal=True, horizontal_alignment="distribute", key=f"held-{one.meeting.key}"):
            with st.container(gap=None, width="content", key=f"held-words-{one.meeting.key}"):
                draw.link("meeting", meeting_name(one.meeting, texts), id=one.meeting.key)
                draw.small(meeting_line(one, texts), f"held-{one.meeting.key}")
            draw_removal(library, service, one.paths, f"remove-{one.meeting.key}", texts, paths <= set(one.paths))
    if len(listed) > at_hand:
        st.button(texts.show_more, key="more", on_click=show_more)


def draw_set_aside(library: Library, service: Service, texts: Texts) -> None:
    """The accounts of meetings that do not answer, and why."""
    told = service.status().set_aside
    if not told:
        return
    st.header(texts.set_aside, anchor=False)
    st.caption(texts.set_aside_told)
    for number, aside in enumerate(told[:PAGE]):
        with st.container(horizontal=True, horizontal_alignment="distribute", key=f"aside-{number}"):
            with st.container(gap=None, width="content", key=f"aside-words-{number}"):
                draw.words(f"{meeting_name(aside.meeting, texts)} · {aside.meeting.source}")
                draw.small(aside_line(aside, texts), f"aside-{number}")
            draw_removal(library, service, (aside.meeting.path,), f"remove-aside-{number}", texts)


def draw_removal(
    library: Library, service: Service, paths: tuple[str, ...], key: str, texts: Texts, all_there_is: bool = False
) -> None:
    st.button(
        texts.remove,
        key=key,
        type="tertiary",
        icon=":material/delete:",
        on_click=ask_whether,
        args=(library, service, tuple(map(Path, paths)), texts),
        disabled=library.working or all_there_is,
    )


def ask_whether(library: Library, service: Service, paths: tuple[Path, ...], texts: Texts) -> None:
    """Say what a removal means before it is made."""
    lines = (removal_line(path, library.is_ours(path), service.meetings_in(path), texts) for path in paths)
    told = "\n\n".join(lines)
    draw.question(texts.remove_title, told, texts.remove, texts.keep, lambda: library.remove(*paths))


def show_more() -> None:
    st.session_state.held_at_hand += 2 * PAGE
