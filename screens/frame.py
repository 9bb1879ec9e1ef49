"""What stands around every page: the look, the language, the service, and errors turned into words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

import qa.service
from index.settings import Settings, load_settings
from qa.models import Language
from qa.service import Service
from qa.texts import LANGUAGE_NAMES, TEXTS, Texts
from qa.view.failure import Failure, failure
from screens import draw

T = TypeVar("T")
_log = logging.getLogger("referat")

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
[class*="st-key-asked"] {scroll-margin-top: 4rem}
[class*="st-key-example"] button {justify-content: flex-start; text-align: left}
[class*="st-key-strong"] [data-testid="stText"] {font-weight: 600}
[class*="st-key-words"] {border-left: 3px solid color-mix(in srgb, currentColor 20%, transparent); padding-left: .8rem}
[class*="st-key-lead"] [class*="st-key-words"] {border-left-color: #4d86a8}
[class*="st-key-lead-decision"] :is([data-testid="stText"], .quoted) {font-size: 1.1rem; font-weight: 500}
[class*="st-key-small"] [data-testid="stText"] {font-size: .875rem; opacity: .85}
[class*="st-key-chips"] button {border-radius: 1rem; padding: 0 .7rem; min-height: 1.8rem; font-size: .875rem}
[class*="st-key-off"] button {text-decoration: line-through}
[data-testid="stExpander"] summary :is(p, span) {color: inherit; opacity: 1}
[data-testid="stExpander"] summary {color: inherit !important; opacity: 1}
.quoted {white-space: pre-wrap; overflow-wrap: anywhere; margin: 0}
.theirs {overflow-wrap: anywhere; padding: .25rem 0; margin: 0}
mark {background: #ffe58a; color: #22282d; padding: 0 .1em; border-radius: .15em}
@media (max-width: 640px) {[data-testid="stChatMessageAvatarCustom"] {display: none}}
@media (prefers-reduced-motion: reduce) {* {animation: none !important; transition: none !important}}
@media print {
  header, [data-testid="stBottom"], [class*="st-key-controls"], [class*="st-key-beside"], [class*="st-key-head"]
    {display: none !important}
  [data-testid="stMain"], [data-testid="stAppViewContainer"] {overflow: visible; position: static; height: auto}
}
</style>"""
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
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="head"):
        st.title(title, anchor=False, width="content")
        st.segmented_control(
            texts.language,
            list(LANGUAGE_NAMES),
            format_func=LANGUAGE_NAMES.__getitem__,
            required=True,
            key="language",
            label_visibility="collapsed",
        )


def page(title: str, show: Callable[[Service, Texts], None]) -> None:
    """A page on an index that can be asked; else what is wrong with it. `title` names one of the texts."""
    texts = TEXTS[st.session_state.language]
    head(getattr(texts, title), texts)
    service = attempt(texts, lambda: current_service(texts))
    if isinstance(service, Failure):
        draw.failure(service)
    else:
        attempted = attempt(texts, lambda: show(service, texts))
        if isinstance(attempted, Failure):
            draw.failure(attempted, "shown")


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
