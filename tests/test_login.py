"""The login, where one is set up: it stands before every page."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.runtime import secrets as secrets_of_streamlit
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from qa.texts import DANISH
from screens import login
from tests.test_app import APP, service, words  # noqa: F401 (a fixture)

SECRETS = {
    "redirect_uri": "http://localhost:8501/oauth2callback",
    "cookie_secret": "x" * 40,
    "client_id": "referat",
    "client_secret": "secret",
    "server_metadata_url": "https://login.example/.well-known/openid-configuration",
}
PAGES = ("", "meetings", "cases", "follow-up", "overview", "library", "meeting", "item", "case")


def visit(page: str, auth: dict) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=20)
    app.secrets["auth"] = auth
    if page:
        app._page_hash = calc_hash(page)  # AppTest can only switch to pages that are files
    return app


@pytest.mark.parametrize("page", PAGES)
def test_stranger_sees_nothing_but_the_way_in(service, page):  # noqa: F811
    app = visit(page, SECRETS).run()
    assert not app.exception
    assert [button.label for button in app.button] == [DANISH.log_in]
    assert words(app) == [DANISH.log_in_told]
    assert not (app.chat_input or app.selectbox or app.get("page_link") or app.get("file_uploader"))
    assert not service.asked


def test_question_of_a_link_is_not_answered_before_the_login(service):  # noqa: F811
    app = visit("", SECRETS)
    app.query_params["q"] = ["Hvad blev besluttet om Citrix?"]
    app.run()
    assert not service.asked and not app.chat_message


def test_whoever_logged_in_uses_the_app_and_can_leave(service):  # noqa: F811
    app = visit("", SECRETS)
    app.user.update(is_logged_in=True, name="Anna Holm")
    app.run()
    assert not app.exception
    assert app.chat_input(key="question") and app.button(key="log-out").label == DANISH.log_out


def test_each_provider_has_its_way_in(service, monkeypatch):  # noqa: F811
    asked = []
    monkeypatch.setattr(st, "login", asked.append)
    app = visit("", SECRETS | {"kommunen": {"client_id": "a"}, "google": {"client_id": "b"}}).run()
    app.button(key="log-in-kommunen").click().run()
    assert asked == ["kommunen"] and app.button(key="log-in-google").label == "Log ind med google"


def test_missing_library_is_said_with_the_command(service, monkeypatch):  # noqa: F811
    monkeypatch.setattr(login, "find_spec", lambda name: None)
    app = visit("", SECRETS).run()
    assert app.code[0].value == "pip install 'referat[login]'" and not app.button


def test_without_a_login_the_app_is_open(service):  # noqa: F811
    app = AppTest.from_file(APP, default_timeout=20).run()
    assert app.chat_input(key="question") and "log-out" not in [button.key for button in app.button]


@pytest.mark.parametrize(("secrets", "unreadable"), [("[auth\n", True), ("[other]\n", False), (None, False)])
def test_nobody_comes_in_while_the_secrets_cannot_be_read(service, tmp_path, monkeypatch, secrets, unreadable):  # noqa: F811
    if secrets:
        (tmp_path / "secrets.toml").write_text(secrets, encoding="utf-8")
    option, files = st.get_option, [str(tmp_path / "secrets.toml")]
    for module in (st, secrets_of_streamlit.config):
        monkeypatch.setattr(module, "get_option", lambda name: files if name == "secrets.files" else option(name))
    monkeypatch.setattr(st, "secrets", secrets_of_streamlit.Secrets())
    assert login.is_unreadable() is unreadable


def test_login_that_cannot_be_read_is_told(service, monkeypatch):  # noqa: F811
    monkeypatch.setattr(login, "is_unreadable", lambda: True)
    app = AppTest.from_file(APP, default_timeout=20).run()
    assert not (app.exception or app.chat_input or app.button) and DANISH.login_unread_advice in "".join(words(app))
