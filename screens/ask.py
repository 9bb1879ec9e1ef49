"""The first page: a conversation with the minutes, whose answers are decisions as cards."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from qa.models import Answer, Conversation, Limit
from qa.service import Service
from qa.texts import Texts
from qa.view.answer import Exchange
from qa.view.counts import index_line
from qa.view.failure import Failure
from qa.view.plain import plain_label
from screens import draw, frame
from screens.answer import draw_answer
from screens.conversations import draw_conversations, start_anew

MOST_LINKED = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waits for its answer."""

    text: str
    lifted: frozenset[Limit] = frozenset()


def show() -> None:
    if "exchanges" not in st.session_state:
        start_anew()
        st.session_state.pending = linked_questions()
    frame.page("name", draw_chat)


def draw_chat(service: Service, texts: Texts) -> None:
    draw_input(texts)
    exchanges = st.session_state.exchanges
    for turn, exchange in enumerate(exchanges):
        draw_question(exchange.asked, turn, texts)
        is_last = turn == len(exchanges) - 1 and not st.session_state.pending
        draw_answer(exchanges, turn, lift if is_last else None, texts)
    if failed := st.session_state.failed:
        draw_question(failed[0], len(exchanges), texts)
        draw.failure(failed[1], texts)
    while st.session_state.pending:
        answer_question(service, st.session_state.pending[0], texts)
    if not exchanges and not st.session_state.failed:
        draw_home(service, texts)
    elif not st.session_state.failed:
        draw_suggestions(service, texts)
    keep_link()


def answer_question(service: Service, asked: Asked, texts: Texts) -> None:
    """Answer, and keep the answer. The question is pending until then, so that a click meanwhile does not lose it."""
    exchanges = st.session_state.exchanges
    conversation = Conversation(tuple(exchange.answer for exchange in exchanges))
    draw_question(asked.text, len(exchanges), texts)
    with st.spinner(texts.searching):
        answer: Answer | Failure = frame.attempt(texts, lambda: service.ask(asked.text, conversation, asked.lifted))
    st.session_state.pending = st.session_state.pending[1:]
    if isinstance(answer, Failure):
        st.session_state.update(failed=(asked.text, answer), pending=[])
        draw.failure(answer, texts)
    else:
        exchanges.append(Exchange(asked.text, answer, asked.lifted))
        draw_answer(exchanges, len(exchanges) - 1, lift, texts)
        frame.run_script("to the last question")


def ask(question: str | None = None) -> None:
    st.session_state.update(pending=[Asked(question or st.session_state.question)], failed=None)


def lift(turn: int, limit: Limit, lifted: bool) -> None:
    """Ask the last question again without what the reader took off, or with what was put back on."""
    exchange = st.session_state.exchanges.pop(turn)
    st.session_state.rated.discard(turn)
    off = exchange.lifted - {limit} if lifted else exchange.lifted | {limit}
    st.session_state.update(pending=[Asked(exchange.asked, off)], failed=None)


def linked_questions() -> list[Asked]:
    """The questions of the address, each without the limits that were taken off ("off=0-period"); see `keep_link`."""
    texts, off = st.query_params.get_all("q")[:MOST_LINKED], set(st.query_params.get_all("off"))
    return [
        Asked(text, frozenset(limit for limit in Limit if f"{turn}-{limit}" in off)) for turn, text in enumerate(texts)
    ]


def keep_link() -> None:
    """Let the address lead to this conversation: its questions, which are asked again where it is opened."""
    exchanges = st.session_state.exchanges[:MOST_LINKED]
    asked = [exchange.asked for exchange in exchanges]
    off = [f"{turn}-{limit}" for turn, exchange in enumerate(exchanges) for limit in sorted(exchange.lifted)]
    if (st.query_params.get_all("q"), st.query_params.get_all("off")) != (asked, off):
        st.query_params.from_dict({name: words for name, words in (("q", asked), ("off", off)) if words})


def draw_home(service: Service, texts: Texts) -> None:
    st.markdown(texts.tagline)
    home = frame.attempt(texts, lambda: (service.examples(texts.code), service.status()))
    if isinstance(home, Failure):
        return draw.failure(home, texts)
    examples, status = home
    if examples:
        st.caption(texts.try_asking)
    for place, question in enumerate(examples):
        st.button(
            plain_label(question), key=f"example-{place}", icon=":material/search:", on_click=ask, args=(question,)
        )
    draw.small(index_line(status, texts), "indexed")


def draw_suggestions(service: Service, texts: Texts) -> None:
    """What can be asked next; found out once for each answer, after it has been drawn."""
    answers = tuple(exchange.answer for exchange in st.session_state.exchanges)
    told, found = st.session_state.suggested
    if told != answers:
        tried = frame.attempt(texts, lambda: service.suggestions(Conversation(answers)))
        found = () if isinstance(tried, Failure) else tried
        st.session_state.suggested = answers, found
    if found:
        with st.container(gap="xsmall", key="controls-suggestions"):
            st.caption(texts.go_on)
            for place, question in enumerate(found):
                st.button(plain_label(question), key=f"suggestion-{place}", on_click=ask, args=(question,))


def draw_input(texts: Texts) -> None:
    with st.bottom:
        st.chat_input(texts.placeholder, key="question", submit_mode="disable", on_submit=ask)
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.caption(texts.local, width="content")
            draw_conversations(texts)


def draw_question(asked: str, turn: int, texts: Texts) -> None:
    with st.container(key=f"asked-{turn}"), st.chat_message(texts.you, avatar=":material/person:"):
        draw.words(asked)
