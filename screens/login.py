"""Who may come in: everyone, until a login by OpenID Connect is set up in streamlit's secrets; then whoever logs in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.util import find_spec

import streamlit as st

from qa.texts import Texts
from qa.view.failure import Failure
from qa.view.plain import plain_label
from screens import draw


def may_enter(texts: Texts) -> bool:
    """Asked before any page is drawn; where the answer is no, the way in is drawn instead."""
    unread = is_unreadable()
    if not unread and (not is_set_up() or st.user.get("is_logged_in")):
        return True
    st.title(texts.name, anchor=False)
    if unread:
        draw.failure(Failure(texts.login_unread, texts.login_unread_advice, "", ""), texts, "login")
    elif find_spec("authlib") is None:
        draw.failure(Failure(texts.no_login, texts.no_login_advice, "pip install 'referat[login]'", ""), texts, "login")
    else:
        st.text(texts.log_in_told)
        draw_ways_in(texts)
    return False


def is_unreadable() -> bool:
    """Whether there are secrets that cannot be read: a login may be meant, so nobody comes in."""
    return any(map(os.path.exists, st.get_option("secrets.files"))) and not st.secrets.load_if_toml_exists()


def is_set_up() -> bool:
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def draw_ways_in(texts: Texts) -> None:
    """One button, or where the secrets name several providers one for each."""
    providers = [name for name, told in st.secrets["auth"].items() if isinstance(told, Mapping)]
    if not providers:
        st.button(texts.log_in, key="log-in", type="primary", on_click=st.login)
    for name in providers:
        label = texts.log_in_with.format(name=plain_label(name))
        st.button(label, key=f"log-in-{name}", type="primary", on_click=st.login, args=(name,))


def draw_way_out(texts: Texts) -> None:
    if is_set_up() and st.user.get("is_logged_in"):
        st.button(texts.log_out, key="log-out", type="tertiary", icon=":material/logout:", on_click=st.logout)
