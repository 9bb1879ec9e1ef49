"""The filters of a page. They stand in the address too, so that a view can be sent to a colleague."""

from __future__ import annotations

import streamlit as st

from index.models import Outcome
from index.register import DutyState, Register, Wish
from qa.outcome_words import OUTCOME_LABELS
from qa.texts import Texts
from qa.view.follow_up import state_name
from qa.view.plain import readable


def draw_wishes(register: Register, texts: Texts, *, of_items: bool = False, of_duties: bool = False) -> Wish:
    """What the reader chooses: always municipality, body and year; with items outcome and closed, with duties who
    and state."""
    choices = register.choices()
    with st.container(horizontal=True, key="wishes"):
        municipality = choose(texts.filter_municipality, choices.municipalities, "municipality", texts)
        body = choose(texts.filter_body, choices.bodies, "body", texts)
        year = choose(texts.filter_year, tuple(map(str, choices.years)), "year", texts)
        outcome = who = state = closed = None
        if of_items:
            labels = OUTCOME_LABELS[texts.code]
            outcome = choose(texts.filter_outcome, tuple(map(str, Outcome)), "outcome", texts, labels)
        if of_duties:
            who = choose(texts.filter_who, tuple(register.responsible(200)), "who", texts)
            states = {str(state): state_name(state, texts) for state in DutyState}
            state = choose(texts.filter_state, tuple(states), "state", texts, states)
    if of_items:
        closed = True if st.checkbox(texts.filter_closed, key="closed", bind="query-params") else None
    return Wish(municipality, body, int(year) if year else None, outcome, closed, who, state and DutyState(state))


def choose(label: str, options: tuple[str, ...], key: str, texts: Texts, names: dict | None = None) -> str | None:
    """One of the options, or none of them."""
    return st.selectbox(
        label,
        options,
        index=None,
        placeholder=texts.all,
        key=key,
        bind="query-params",
        format_func=lambda option: readable(names[option]) if names else readable(option),
        width=150,
    )
