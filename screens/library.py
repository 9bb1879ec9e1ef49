"""The minutes themselves: hand in files, see at once what is understood of them, take them in or leave them out."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from index.models import Minutes
from index.register import Wish
from index.settings import Settings, load_settings
from qa import feedback
from qa.library import Library, Proposed
from qa.service import Service
from qa.texts import TEXTS, Texts
from qa.view.counts import count, index_line
from qa.view.failure import failure
from qa.view.library import aside_line, done_line, problem_lines, progress_line, understood_line
from qa.view.meeting import meeting_line, meeting_name
from screens import draw, frame

PAGE = 50


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
        st.caption(texts.still_usable)
    elif st.session_state.pop("was_working", False):
        st.rerun()
    elif library.failed:
        draw.failure(failure(library.failed, texts), "work")
    elif library.report:
        draw.small(done_line(library.report, texts), "updated")


def draw_adding(library: Library, texts: Texts) -> None:
    st.header(texts.add, anchor=False)
    state = st.session_state
    files = st.file_uploader(
        texts.add_help, accept_multiple_files=True, key=f"files-{state.setdefault('handed_in', 0)}", type=None
    )
    proposed = [propose(library, file.file_id, file.name, file.getvalue()) for file in files or ()]
    for number, one in enumerate(proposed):
        draw_proposed(one, number, texts)
    if proposed:
        with st.container(horizontal=True):
            usable = [one for one in proposed if one.minutes]
            st.button(
                texts.accept, key="accept", type="primary", on_click=accept, args=(library, usable), disabled=not usable
            )
            st.button(texts.leave_out, key="leave-out", on_click=leave_out, args=(library, proposed))


def propose(library: Library, file_id: str, name: str, content: bytes) -> Proposed:
    """A file is read once, not each time the page is drawn."""
    known: dict[str, Proposed] = st.session_state.setdefault("proposed", {})
    if file_id not in known:
        known[file_id] = library.propose(name, content)
    return known[file_id]


def accept(library: Library, proposed: list[Proposed]) -> None:
    library.accept(proposed)
    forget_files()


def leave_out(library: Library, proposed: list[Proposed]) -> None:
    for one in proposed:
        library.leave_out(one)
    forget_files()


def forget_files() -> None:
    st.session_state.handed_in += 1
    st.session_state.proposed = {}


def draw_proposed(one: Proposed, number: int, texts: Texts) -> None:
    with st.container(border=True, gap="xsmall", key=f"proposed-{number}"):
        draw.strong(one.path.name, f"proposed-{number}")
        if not one.minutes:
            st.text(texts.refused)
            return draw.small(one.refusal, f"refusal-{number}")
        for place, minutes in enumerate(one.minutes):
            draw_understood(minutes, f"{number}-{place}", texts)


def draw_understood(minutes: Minutes, key: str, texts: Texts) -> None:
    draw.small(understood_line(minutes.meeting, texts), f"understood-{key}")
    draw.words("\n".join(f"{item.number} {item.title}".strip() for item in minutes.meeting.items))
    if minutes.problems:
        with st.expander(count(len(minutes.problems), texts.problems), key=f"problems-{key}"):
            draw.words(problem_lines(minutes.problems, texts))


def draw_held(library: Library, service: Service, texts: Texts) -> None:
    st.header(texts.held_minutes, anchor=False)
    draw.small(index_line(service.status(), texts), "held")
    at_hand = st.session_state.setdefault("held_at_hand", PAGE)
    listed = service.register.meetings(Wish(), at_hand + 1)
    for one in listed[:at_hand]:
        with st.container(horizontal=True, horizontal_alignment="distribute", key=f"held-{one.meeting.key}"):
            with st.container(gap=None, width="content", key=f"held-words-{one.meeting.key}"):
                draw.link("meeting", meeting_name(one.meeting, texts), id=one.meeting.key)
                draw.small(meeting_line(one, texts), f"held-{one.meeting.key}")
            draw_removal(library, one.paths, f"remove-{one.meeting.key}", texts, only=len(listed) == 1)
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
            draw_removal(library, (aside.meeting.path,), f"remove-aside-{number}", texts)


def draw_removal(library: Library, paths: tuple[str, ...], key: str, texts: Texts, only: bool = False) -> None:
    st.button(
        texts.remove,
        key=key,
        type="tertiary",
        icon=":material/delete:",
        on_click=library.remove,
        args=tuple(map(Path, paths)),
        disabled=library.working or only,
    )


def show_more() -> None:
    st.session_state.held_at_hand += 2 * PAGE


def draw_state(library: Library, service: Service, texts: Texts) -> None:
    st.header(texts.index_state, anchor=False)
    draw.words(texts.index_is.format(folder=load_settings().index))
    draw.words(texts.model_is.format(model=service.status().model))
    st.button(texts.rebuild, key="rebuild", on_click=rebuild, args=(library,), disabled=library.working)


def rebuild(library: Library) -> None:
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
