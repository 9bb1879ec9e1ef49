"""An answer, drawn: what was understood, the sentence, the decision's card, other items, and the reader's thumb."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from qa.models import Limit, Status
from qa.texts import Texts
from qa.view.answer import AnswerView, Chip, Exchange, answer_view
from qa.view.plain import plain_label
from qa.view.table import results_table
from screens import draw
from screens.card import draw_card, draw_line, draw_row
from screens.rating import draw_rating
from screens.table import draw_downloads, draw_table

ROWS_AT_FIRST = 10
Lift = Callable[[int, Limit, bool], None]


def draw_answer(exchanges: Sequence[Exchange], turn: int, lift: Lift | None, texts: Texts) -> None:
    """`lift` is there for the last answer: of that, limits can be taken off."""
    exchange = exchanges[turn]
    shown = answer_view(exchange, texts)
    with st.container(key=f"answer-{turn}"), st.chat_message("Referat", avatar=":material/description:"):
        draw_chips(shown.chips, turn, lift, texts)
        draw.words(shown.sentence)
        draw.small(shown.searched, f"searched-{turn}")
        if shown.card:
            draw_card(shown.card, f"{turn}-card", texts)
        if exchange.answer.status is Status.LIST:
            draw_list(exchange, shown, turn, texts)
        elif shown.rows:
            draw_others(shown, turn)
        draw_rating(exchanges[: turn + 1], texts)


def draw_chips(chips: tuple[Chip, ...], turn: int, lift: Lift | None, texts: Texts) -> None:
    """What was understood; of the last question each limit can be taken off, and put on again."""
    if not chips:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"chips-{turn}"):
        st.caption(texts.understood, width="content")
        for number, chip in enumerate(chips):
            if chip.limit is None or lift is None:
                if not chip.lifted:
                    st.button(plain_label(chip.words), key=f"chip-{turn}-{number}", disabled=True)
                continue
            label, told = (texts.put_on, texts.put_on_help) if chip.lifted else ("{words}", texts.take_off)
            words = plain_label(chip.words)
            st.button(
                label.format(words=words),
                key=f"{'off' if chip.lifted else 'lift'}-{turn}-{chip.limit}",
                icon=":material/add:" if chip.lifted else ":material/close:",
                icon_position="right",
                help=told.format(words=words),
                on_click=lift,
                args=(turn, chip.limit, chip.lifted),
            )


def draw_others(shown: AnswerView, turn: int) -> None:
    """The items beside the answer, or nearest to one."""
    st.header(shown.rows_title, anchor=False)
    for number, row in enumerate(shown.rows):
        draw_line(row, f"{turn}-row-{number}")


def draw_list(exchange: Exchange, shown: AnswerView, turn: int, texts: Texts) -> None:
    if len(shown.rows) > 1 and draw_list_controls(exchange, turn, texts) == texts.as_table:
        return draw_table(results_table(exchange.answer.results, texts), f"table-{turn}")
    at_hand = st.session_state.rows.get(turn, ROWS_AT_FIRST)
    for number, row in enumerate(shown.rows[:at_hand]):
        draw_row(row, f"{turn}-row-{number}")
    if at_hand < len(shown.rows):
        st.button(texts.show_more, key=f"more-{turn}", on_click=show_more, args=(turn, at_hand))


def draw_list_controls(exchange: Exchange, turn: int, texts: Texts) -> str:
    with st.container(horizontal=True, horizontal_alignment="distribute", key=f"controls-list-{turn}"):
        chosen = st.segmented_control(
            texts.show_as,
            [texts.as_list, texts.as_table],
            default=texts.as_list,
            required=True,
            key=f"as-{turn}-{texts.code}",
            label_visibility="collapsed",
        )
        draw_downloads(lambda: results_table(exchange.answer.results, texts), f"list-{turn}", texts)
    return chosen


def show_more(turn: int, at_hand: int) -> None:
    st.session_state.rows[turn] = at_hand + 5 * ROWS_AT_FIRST
