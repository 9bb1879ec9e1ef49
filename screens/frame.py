"""What stands around every page: the look, the language, the service, and errors turned into words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import streamlit as st

import qa.service
from index.settings import Settings, load_settings
from qa.models import Language
from qa.service import Service
from qa.texts import LANGUAGE_NAMES, TEXTS, Texts
from qa.view.failure import Failure, failure
from screens import draw
from screens.login import draw_way_out

T = TypeVar("T")
_log = logging.getLogger("referat")

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect x="4" y="2" width="24" height="28" rx="3" fill="#2f5d7c"/>'
    '<path d="M9 10h14M9 16h14M9 22h8" stroke="#fff" stroke-width="2.5" stroke-linecap="round"/></svg>'
)
STYLE = Path(__file__).with_name("style.css")
# The only scripts that run beside streamlit's own: `screens.server` lets these and no others through.
SCRIPTS = {
    "da": "document.documentElement.lang = 'da'",
    "en": "document.documentElement.lang = 'en'",
    "to the last question": "Array.from(document.querySelectorAll('[class*=st-key-asked]')).pop()?.scrollIntoView()",
}


def begin() -> tuple[Language, Texts]:
    """What every page begins with."""
    # Set anew in every run, since streamlit forgets what was chosen when the page changes.
    language: Language = st.session_state.get("language", "da")
    st.session_state.language = language
    st.html(STYLE)
    run_script(language)
    return language, TEXTS[language]


def run_script(name: str) -> None:
    st.html(f"<script>{SCRIPTS[name]}</script>", unsafe_allow_javascript=True)


def head(title: str, texts: Texts) -> None:
    """Without a title where the page itself draws the name of what it shows."""
    alignment = "distribute" if title else "right"
    with st.container(horizontal=True, horizontal_alignment=alignment, vertical_alignment="center", key="head"):
        if title:
            st.title(title, anchor=False, width="content")
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            draw_way_out(texts)
            st.segmented_control(
                texts.language,
                list(LANGUAGE_NAMES),
                format_func=LANGUAGE_NAMES.__getitem__,
                required=True,
                key="language",
                label_visibility="collapsed",
            )


def page(title: str | None, show: Callable[[Service, Texts], None]) -> None:
    """A page on an index that can be asked; else what is wrong with it. `title` names one of the texts."""
    texts = TEXTS[st.session_state.language]
    head(getattr(texts, title) if title else "", texts)
    service = attempt(texts, lambda: current_service(texts))
    if isinstance(service, Failure):
        draw.failure(service, texts)
    else:
        attempted = attempt(texts, lambda: show(service, texts))
        if isinstance(attempted, Failure):
            draw.failure(attempted, texts, "shown")


def attempt(texts: Texts, call: Callable[[], T]) -> T | Failure:
    """The one place where errors become words on the screen; one that nobody foresaw goes to the log as well."""
    try:
        return call()
    except Exception as error:
        told = failure(error, texts)
        if not told.detail:
            _log.exception("The service failed")
        return told


def current_service(texts: Texts) -> Service:
    settings = load_settings()
    with st.spinner(texts.opening):
        return service_of(settings, qa.service.index_version(settings))


@st.cache_resource(max_entries=1, show_spinner=False)
def service_of(settings: Settings, version: str) -> Service:
    """One service for all readers; another version of the index opens another one."""
    return qa.service.open_service(settings)
