"""An answer, drawn: what was understood, the sentence, the decision's card, other items, and the reader's thumb."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from qa import feedback
from qa.models import Limit, Result, Status
from qa.texts import Texts
from qa.view.answer import AnswerView, Card, Chip, Exchange, Row, answer_view
from qa.view.plain import plain_label, readable
from qa.view.table import Table, csv_file, excel_file, results_table
from screens import draw

ROWS_AT_FIRST = 10
MOST_MARKED = 3
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
        if shown.rows:
            draw_list(exchange, shown, turn, texts)
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


def draw_card(card: Card, place: str, texts: Texts) -> None:
    with st.container(border=True, key=f"card-{place}"):
        draw.badges(card.badges)
        draw.quotes(texts.fact, card.fact, f"lead-fact-{place}")
        draw.quotes(texts.decision, card.decision, f"{'after' if card.fact else 'lead'}-decision-{place}")
        if card.no_decision:
            st.text(card.no_decision)
        draw.quotes(texts.follow_ups, card.follow_ups, f"duties-{place}")
        draw.quotes(texts.proposal, card.proposal, f"proposal-{place}")
        draw.quotes(texts.context, card.context, f"context-{place}")
        draw.citation(card.citation, place)
        draw_card_controls(card, place, texts)


def draw_card_controls(card: Card, place: str, texts: Texts) -> None:
    with st.container(gap="xsmall", key=f"controls-{place}"):
        with st.container(horizontal=True):
            draw_opener(card.result, texts.show_item)
            if card.result.item.case_number:
                draw_case_link(card.result, texts)
        with st.expander(texts.copy, key=f"copy-{place}", icon=":material/content_copy:", type="compact"):
            draw.code(card.copy)
        if card.reasons:
            with st.expander(texts.why, key=f"why-{place}", icon=":material/help:", type="compact"):
                draw.words("\n".join(f"• {reason}" for reason in card.reasons))


def draw_opener(result: Result, label: str) -> None:
    """A link to the whole item, where the words that were quoted are marked."""
    quoted = [f"{passage.span.start}-{passage.span.end}" for passage in result.passages[:MOST_MARKED]]
    draw.link("item", label, ":material/article:", id=str(result.item_id), q=quoted)


def draw_case_link(result: Result, texts: Texts) -> None:
    citation = result.citation
    draw.link(
        "case",
        texts.the_case,
        ":material/timeline:",
        number=citation.case_number or "",
        municipality=citation.municipality or "",
    )


def draw_list(exchange: Exchange, shown: AnswerView, turn: int, texts: Texts) -> None:
    if shown.rows_title:
        st.header(shown.rows_title, anchor=False)
    is_list = exchange.answer.status is Status.LIST and len(shown.rows) > 1
    if is_list and draw_list_controls(exchange, turn, texts) == texts.as_table:
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


def draw_downloads(table: Callable[[], Table], place: str, texts: Texts) -> None:
    """The files are made when they are asked for."""
    with st.container(horizontal=True, width="content"):
        st.download_button(
            texts.csv, lambda: csv_file(table()), "referat.csv", "text/csv", key=f"csv-{place}", on_click="ignore"
        )
        st.download_button(
            texts.excel, lambda: excel_file(table()), "referat.xlsx", EXCEL, key=f"xlsx-{place}", on_click="ignore"
        )


def draw_table(table: Table, key: str) -> None:
    """A table that can be sorted; its cells are drawn as text."""
    rows = [[readable(cell) if isinstance(cell, str) else cell for cell in row] for row in table.rows]
    frame = pd.DataFrame(rows, columns=list(table.headings))
    st.dataframe(frame, key=key, hide_index=True, width="stretch")


def show_more(turn: int, at_hand: int) -> None:
    st.session_state.rows[turn] = at_hand + 5 * ROWS_AT_FIRST


def draw_row(row: Row, place: str) -> None:
    with st.container(border=True, gap="xsmall", key=f"row-{place}"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.badge(row.badge.label, color=row.badge.color)
            draw_opener(row.result, row.open_label)
        draw.strong(row.title, f"title-{place}")
        if row.excerpt:
            draw.words(row.excerpt)
        draw.small(row.citation, f"citation-{place}")


def draw_rating(exchanges: Sequence[Exchange], texts: Texts) -> None:
    """Thumbs, and for a thumb that points down what would be right."""
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
    try:
        feedback.keep(turns, exchanges[-1].answer, right, note, dt.datetime.now())
    except OSError:
        st.error(texts.cannot_save)
    else:
        st.session_state.rated.add(len(exchanges) - 1)
        st.rerun()
