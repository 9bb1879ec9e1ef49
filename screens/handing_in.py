"""Files that are handed in: what is understood of each is seen at once, and each is taken in or left out."""

from __future__ import annotations

import streamlit as st

from index.models import Minutes
from qa.library import Library, Proposed
from qa.texts import Texts
from qa.texts.remarks import remark
from qa.view.counts import count
from qa.view.library import item_lines, problem_lines, understood_line
from screens import draw


def draw_adding(library: Library, texts: Texts) -> None:
    st.header(texts.add, anchor=False)
    proposed = draw_uploader(library, texts)
    wanted = [one for number, one in enumerate(proposed) if draw_proposed(one, number, texts)]
    if proposed:
        with st.container(horizontal=True):
            st.button(
                count(len(wanted), texts.accept),
                key="accept",
                type="primary",
                on_click=accept,
                args=(library, wanted, proposed),
                disabled=not wanted or library.working,
            )
            st.button(texts.leave_out, key="leave-out", on_click=accept, args=(library, [], proposed))


def draw_uploader(library: Library, texts: Texts) -> list[Proposed]:
    """Files, or all the files of a folder."""
    kinds = {"files": texts.files, "folder": texts.folder}
    kind = st.segmented_control(
        texts.show_as,
        list(kinds),
        format_func=kinds.__getitem__,
        default="files",
        required=True,
        key="kind",
        label_visibility="collapsed",
    )
    limit = st.get_option("server.maxUploadSize")
    files = st.file_uploader(
        (texts.add_folder if kind == "folder" else texts.add_help).format(limit=limit),
        accept_multiple_files="directory" if kind == "folder" else True,
        key=f"{kind}-{st.session_state.setdefault('handed_in', 0)}",
    )
    return [propose(library, file.file_id, file.name, file.getvalue()) for file in files or ()]


def propose(library: Library, file_id: str, name: str, content: bytes) -> Proposed:
    """A file is read once, not each time the page is drawn."""
    known: dict[str, Proposed] = st.session_state.setdefault("proposed", {})
    if file_id not in known:
        known[file_id] = library.propose(name, content)
    return known[file_id]


def accept(library: Library, wanted: list[Proposed], proposed: list[Proposed]) -> None:
    """Take in those that are wanted, and forget the others; while other work is going on, all go on waiting."""
    if wanted and not library.accept(wanted):
        return
    for one in proposed:
        if one not in wanted:
            library.leave_out(one)
    st.session_state.handed_in += 1
    st.session_state.proposed = {}


def draw_proposed(one: Proposed, number: int, texts: Texts) -> bool:
    """What a file was understood as; whether it is to be taken in."""
    with st.container(border=True, gap="xsmall", key=f"proposed-{number}"):
        draw.strong(one.path.name, f"proposed-{number}")
        if not one.minutes:
            st.text(texts.refused)
            draw.small(remark(one.refusal, texts.code), f"refusal-{number}")
            return False
        for place, minutes in enumerate(one.minutes):
            draw_understood(minutes, f"{number}-{place}", texts)
        return st.checkbox(texts.take_in, value=True, key=f"take-{st.session_state.handed_in}-{number}")


def draw_understood(minutes: Minutes, key: str, texts: Texts) -> None:
    draw.small(understood_line(minutes.meeting, texts), f"understood-{key}")
    with st.expander(count(len(minutes.meeting.items), texts.item_count), key=f"items-{key}", type="compact"):
        draw.words(item_lines(minutes.meeting, texts))
    if minutes.problems:
        with st.expander(count(len(minutes.problems), texts.problems), key=f"problems-{key}", type="compact"):
            draw.words(problem_lines(minutes.problems, texts))
