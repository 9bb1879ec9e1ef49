"""The reader's thumb under an answer, and for one that points down what would be right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from qa import feedback
from qa.models import Result
from qa.texts import Texts
from qa.view.answer import Exchange
from qa.view.plain import plain_label
from screens import draw


def draw_rating(exchanges: Sequence[Exchange], texts: Texts) -> None:
    turn = len(exchanges) - 1
    if turn in st.session_state.rated:
        return draw.small(texts.rated, f"rated-{turn}")
    with st.container(horizontal=True, vertical_alignment="center", key=f"controls-rating-{turn}"):
        st.caption(texts.rate, width="content")
        thumb = st.feedback("thumbs", key=f"thumb-{turn}")
    if thumb is None:
        return
    with st.form(f"rating-{turn}"):
        right = list(feedback.shown(exchanges[-1].answer)) if thumb else draw_what_is_right(exchanges[-1], turn, texts)
        note = st.text_input(texts.note, key=f"note-{turn}", max_chars=1000)
        saved = st.form_submit_button(texts.save, key=f"save-{turn}")
    if saved:
        keep_rating(exchanges, right, note, texts)


def draw_what_is_right(exchange: Exchange, turn: int, texts: Texts) -> list[Result] | None:
    """The items that the reader says are right; None where that is not known."""
    answer = exchange.answer
    others = [*answer.results[1:], *answer.nearest]
    names = [texts.right_unknown, texts.right_nothing, *(plain_label(result.item.title) for result in others)]
    chosen = st.radio(
        texts.what_is_right, range(len(names)), format_func=names.__getitem__, key=f"right-{turn}-{texts.code}"
    )
    return None if chosen == 0 else [] if chosen == 1 else [others[chosen - 2]]


def keep_rating(exchanges: Sequence[Exchange], right: list[Result] | None, note: str, texts: Texts) -> None:
    turns = [exchange.asked for exchange in exchanges]
    lifted = {limit for exchange in exchanges for limit in exchange.lifted}
    try:
        feedback.keep(turns, exchanges[-1].answer, right, note, dt.datetime.now(), lifted)
    except OSError:
        st.error(texts.cannot_save)
    else:
        st.session_state.rated.add(len(exchanges) - 1)
        st.rerun()
