"""An item, drawn: as the card of an answer, as a row of a list, and as a line among others."""

from __future__ import annotations

import streamlit as st

from qa.models import Result
from qa.texts import Texts
from qa.view.card import Card, Row
from screens import draw

MOST_MARKED = 3


def draw_card(card: Card, place: str, texts: Texts) -> None:
    """The decision, who must do what, and where it stands; all else is folded away, if the decision says by itself what
    was decided."""
    with st.container(border=True, key=f"card-{place}"):
        draw.badges(card.badges)
        draw.quotes(texts.fact, card.fact, f"lead-fact-{place}")
        draw.quotes(texts.decision, card.decision, f"{'after' if card.fact else 'lead'}-decision-{place}")
        if card.no_decision:
            st.text(card.no_decision)
        draw_duties(card, place, texts)
        draw.citation(card.citation, place)
        draw_card_controls(card, place, texts)


def draw_duties(card: Card, place: str, texts: Texts) -> None:
    if not card.duties:
        return
    with st.container(gap=None, key=f"duties-{place}"):
        st.caption(texts.follow_ups)
        draw.words("\n".join(card.duties))


def draw_card_controls(card: Card, place: str, texts: Texts) -> None:
    with st.container(gap="xxsmall", key=f"controls-{place}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            draw_opener(card.result, texts.show_item)
            if card.result.item.case_number:
                draw_case_link(card.result, texts)
            with st.popover(texts.copy, key=f"copy-{place}", icon=":material/content_copy:", type="tertiary"):
                draw.code(card.copy)
            if card.reasons:
                with st.popover(texts.why, key=f"why-{place}", icon=":material/help:", type="tertiary"):
                    draw.words("\n".join(f"• {reason}" for reason in card.reasons))
        if card.more:
            with st.expander(texts.more, expanded=card.is_unfolded, key=f"told-{place}", type="compact"):
                for number, (title, quotes) in enumerate(card.more):
                    draw.quotes(title, quotes, f"more-{number}-{place}")


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


def draw_row(row: Row, place: str) -> None:
    """An item of a list, with its decision."""
    with st.container(border=True, gap="xsmall", key=f"row-{place}"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.badge(row.badge.label, color=row.badge.color)
            draw_opener(row.result, row.open_label)
        draw.strong(row.title, f"title-{place}")
        if row.excerpt:
            draw.words(row.excerpt)
        draw.small(row.citation, f"citation-{place}")


def draw_line(row: Row, place: str) -> None:
    """An item beside the answer: its title leads to it."""
    with st.container(gap=None, key=f"line-{place}"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            draw_opener(row.result, row.title)
            st.badge(row.badge.label, color=row.badge.color)
        draw.small(row.citation, f"citation-{place}")
