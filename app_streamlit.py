"""The screen: a chat with the minutes, whose answer is the decision as a card. The one file that imports streamlit.

What stands on the screen is decided in `qa.view`; here it is only drawn. Words that come from minutes, questions or
file names are drawn with `st.text` or `st.code` alone: everything else in streamlit reads markdown.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from index.errors import ReferatError
from index.settings import Settings, load_settings
from qa import view
from qa.models import Answer, Conversation, Language, Result
from qa.service import Record, Service, index_version, open_service
from qa.texts import LANGUAGE_NAMES, TEXTS, Texts

T = TypeVar("T")
_log = logging.getLogger("referat")

ROWS_AT_FIRST = 10
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect x="4" y="2" width="24" height="28" rx="3" fill="#2f5d7c"/>'
    '<path d="M9 10h14M9 16h14M9 22h8" stroke="#fff" stroke-width="2.5" stroke-linecap="round"/></svg>'
)
STYLE = """<style>
[data-testid="stText"] {overflow-wrap: anywhere}
[data-testid="stCaptionContainer"] {opacity: .8}
[data-testid="stBottomBlockContainer"] {padding-bottom: .75rem}
[data-testid="stChatMessage"] {padding: .75rem}
[class*="st-key-answer"] [data-testid="stChatMessage"] {padding: 0}
[class*="st-key-asked"] {background: color-mix(in srgb, currentColor 6%, transparent); border-radius: .5rem}
[class*="st-key-asked"] {scroll-margin-top: 1rem}
[class*="st-key-example"] button {justify-content: flex-start; text-align: left}
[class*="st-key-strong"] [data-testid="stText"] {font-weight: 600}
[class*="st-key-words"] {border-left: 3px solid color-mix(in srgb, currentColor 20%, transparent); padding-left: .8rem}
[class*="st-key-lead"] [class*="st-key-words"] {border-left-color: #4d86a8}
[class*="st-key-lead-decision"] [data-testid="stText"] {font-size: 1.1rem; font-weight: 500}
[class*="st-key-small"] [data-testid="stText"] {font-size: .875rem; opacity: .8}
@media (max-width: 640px) {[data-testid="stChatMessageAvatarCustom"] {display: none}}
</style>"""


def main() -> None:
    st.set_page_config(page_title="Referat", page_icon=ICON, layout="centered")
    language: Language = st.session_state.setdefault("language", "da")
    texts = TEXTS[language]
    st.html(STYLE)
    st.html(f"<script>document.documentElement.lang = '{language}'</script>", unsafe_allow_javascript=True)
    if "exchanges" not in st.session_state:
        start_anew()
    draw_head(texts)
    service = attempt(texts, lambda: current_service(texts))
    if isinstance(service, view.Failure):
        draw_failure(service)
    else:
        draw_chat(service, language, texts)


def attempt(texts: Texts, call: Callable[[], T]) -> T | view.Failure:
    """The one place where errors become words on the screen; one that nobody foresaw goes to the log as well."""
    try:
        return call()
    except ReferatError as error:
        return view.failure(error, texts)
    except Exception as error:
        _log.exception("The service failed")
        return view.failure(error, texts)


def current_service(texts: Texts) -> Service:
    settings = load_settings()
    with st.spinner(texts.opening):
        return service_of(settings, index_version(settings))


@st.cache_resource(max_entries=1, show_spinner=False)
def service_of(settings: Settings, version: str) -> Service:
    """One service for all readers; another version of the index opens another one."""
    return open_service(settings)


def draw_chat(service: Service, language: Language, texts: Texts) -> None:
    draw_input(texts)
    for turn, exchange in enumerate(st.session_state.exchanges):
        draw_question(exchange.asked, turn, texts)
        draw_answer(service, exchange, turn, texts)
    if asked := st.session_state.pending:
        draw_question(asked, len(st.session_state.exchanges), texts)
        answer_question(service, asked, texts)
    elif failed := st.session_state.failed:
        draw_question(failed[0], len(st.session_state.exchanges), texts)
        draw_failure(failed[1])
    elif not st.session_state.exchanges:
        draw_home(service, language, texts)


def answer_question(service: Service, asked: str, texts: Texts) -> None:
    """Answer, and keep the answer. The question is pending until then, so that a click meanwhile does not lose it."""
    exchanges = st.session_state.exchanges
    conversation = Conversation(tuple(exchange.answer for exchange in exchanges))
    with st.spinner(texts.searching):
        answer: Answer | view.Failure = attempt(texts, lambda: service.ask(asked, conversation))
    if isinstance(answer, view.Failure):
        st.session_state.failed = (asked, answer)
        draw_failure(answer)
    else:
        exchanges.append(view.Exchange(asked, answer))
        draw_answer(service, exchanges[-1], len(exchanges) - 1, texts)
        st.html(
            f"<script>document.querySelector('.st-key-asked-{len(exchanges) - 1}')?.scrollIntoView()</script>",
            unsafe_allow_javascript=True,
        )
    st.session_state.pending = None


def ask(question: str | None = None) -> None:
    st.session_state.pending = question or st.session_state.question
    st.session_state.failed = None


def start_anew() -> None:
    st.session_state.update(exchanges=[], pending=None, failed=None, rows={})


def draw_head(texts: Texts) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title("Referat", anchor=False, width="content")
        st.segmented_control(
            texts.language,
            list(LANGUAGE_NAMES),
            format_func=LANGUAGE_NAMES.__getitem__,
            required=True,
            key="language",
            label_visibility="collapsed",
        )


def draw_home(service: Service, language: Language, texts: Texts) -> None:
    st.markdown(texts.tagline)
    home = attempt(texts, lambda: (service.examples(language), service.status()))
    if isinstance(home, view.Failure):
        return draw_failure(home)
    examples, status = home
    if examples:
        st.caption(texts.try_asking)
    for place, question in enumerate(examples):
        st.button(
            view.plain_label(question), key=f"example-{place}", icon=":material/search:", on_click=ask, args=(question,)
        )
    small(view.index_line(status, texts), "indexed")


def draw_input(texts: Texts) -> None:
    with st.bottom:
        st.chat_input(texts.placeholder, key="question", submit_mode="disable", on_submit=ask)
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.caption(texts.local, width="content")
            if st.session_state.exchanges or st.session_state.pending or st.session_state.failed:
                st.button(
                    texts.new_conversation, key="new", icon=":material/refresh:", type="tertiary", on_click=start_anew
                )


def draw_question(asked: str, turn: int, texts: Texts) -> None:
    with st.container(key=f"asked-{turn}"), st.chat_message(texts.you, avatar=":material/person:"):
        st.text(asked)


def draw_answer(service: Service, exchange: view.Exchange, turn: int, texts: Texts) -> None:
    shown = view.answer_view(exchange, texts)
    with st.container(key=f"answer-{turn}"), st.chat_message("Referat", avatar=":material/description:"):
        small(shown.understood, f"understood-{turn}")
        st.text(shown.sentence)
        small(shown.searched, f"searched-{turn}")
        if shown.card:
            draw_card(service, shown.card, f"{turn}-card", texts)
        if shown.rows:
            if shown.rows_title:
                st.header(shown.rows_title, anchor=False)
            draw_rows(service, shown.rows, turn, texts)


def draw_card(service: Service, card: view.Card, place: str, texts: Texts) -> None:
    with st.container(border=True, key=f"card-{place}"):
        draw_badges(card.badges)
        draw_quotes(texts.fact, card.fact, f"lead-fact-{place}")
        draw_quotes(texts.decision, card.decision, f"{'after' if card.fact else 'lead'}-decision-{place}")
        if card.no_decision:
            st.text(card.no_decision)
        draw_quotes(texts.follow_ups, card.follow_ups, f"duties-{place}")
        draw_quotes(texts.proposal, card.proposal, f"proposal-{place}")
        draw_quotes(texts.context, card.context, f"context-{place}")
        draw_citation(card.citation, place)
        draw_card_controls(service, card, place, texts)


def draw_card_controls(service: Service, card: view.Card, place: str, texts: Texts) -> None:
    with st.container(gap="xsmall", key=f"controls-{place}"):
        draw_opener(service, card.result, texts.show_item, place, texts)
        with st.expander(texts.copy, key=f"copy-{place}", icon=":material/content_copy:", type="compact"):
            st.code(card.copy, language=None, wrap_lines=True)
        if card.reasons:
            with st.expander(texts.why, key=f"why-{place}", icon=":material/help:", type="compact"):
                st.text("\n".join(f"• {reason}" for reason in card.reasons))


def draw_quotes(heading: str, quotes: tuple[view.Quote, ...], place: str) -> None:
    """Quotations from the minutes under a heading of ours."""
    if not quotes:
        return
    with st.container(key=place, gap="xsmall"):
        st.caption(heading)
        for number, quote in enumerate(quotes):
            with st.container(key=f"words-{place}-{number}", gap=None):
                st.text(quote.text)
                small(quote.note, f"note-{place}-{number}")


def draw_citation(citation: tuple[str, ...], place: str) -> None:
    meeting, item, paper = citation
    with st.container(key=f"citation-{place}", gap=None):
        small(meeting, f"meeting-{place}")
        small(item, f"item-{place}")
        small(paper, f"paper-{place}")


def draw_badges(badges: tuple[view.Badge, ...]) -> None:
    with st.container(horizontal=True):
        for badge in badges:
            st.badge(badge.label, color=badge.color)


def draw_rows(service: Service, rows: tuple[view.Row, ...], turn: int, texts: Texts) -> None:
    at_hand = st.session_state.rows.get(turn, ROWS_AT_FIRST)
    for number, row in enumerate(rows[:at_hand]):
        draw_row(service, row, f"{turn}-row-{number}", texts)
    if at_hand < len(rows):
        st.button(texts.show_more, key=f"more-{turn}", on_click=show_more, args=(turn, at_hand))


def show_more(turn: int, at_hand: int) -> None:
    st.session_state.rows[turn] = at_hand + 5 * ROWS_AT_FIRST


def draw_row(service: Service, row: view.Row, place: str, texts: Texts) -> None:
    with st.container(border=True, gap="xsmall", key=f"row-{place}"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.badge(row.badge.label, color=row.badge.color)
            draw_opener(service, row.result, row.open_label, place, texts)
        strong(row.title, f"title-{place}")
        if row.excerpt:
            st.text(row.excerpt)
        small(row.citation, f"citation-{place}")


def draw_opener(service: Service, result: Result, label: str, place: str, texts: Texts) -> None:
    if st.button(label, key=f"open-{place}", icon=":material/article:", type="tertiary"):
        record = attempt(texts, lambda: service.record(result.item_id))
        st.dialog(texts.full_item, width="medium")(draw_item)(record, result, texts)


def draw_item(record: Record | view.Failure, result: Result, texts: Texts) -> None:
    """The full item, section by section; never another one that has taken its place in the index."""
    if isinstance(record, view.Failure):
        return draw_failure(record, "item")
    if not view.is_same_item(record, result):
        return st.warning(texts.item_changed)
    shown = view.item_view(record, result, texts)
    draw_badges((shown.badge,))
    draw_citation(shown.citation, "item")
    for number, (heading, text) in enumerate(shown.sections):
        with st.container(gap="xxsmall", key=f"section-{number}"):
            strong(heading, f"heading-{number}")
            st.text(text)


def draw_failure(failure: view.Failure, place: str = "page") -> None:
    with st.container(border=True, key=f"failure-{place}"):
        st.markdown(f"**{failure.title}**")
        if failure.advice:
            st.text(failure.advice)
        if failure.command:
            st.code(failure.command, language=None, wrap_lines=True)
        small(failure.detail, f"detail-{place}")


def strong(words: str, key: str) -> None:
    if words:
        with st.container(key=f"strong-{key}"):
            st.text(words)


def small(words: str, key: str) -> None:
    if words:
        with st.container(key=f"small-{key}"):
            st.text(words)


if __name__ == "__main__":
    main()
