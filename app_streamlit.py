"""The app: its pages, and which of them is shown. `screens.server` serves it."""

from __future__ import annotations

import streamlit as st

from screens import ask, case, cases, follow_up, frame, item, library, login, meeting, meetings, overview


def main() -> None:
    st.set_page_config(page_title="Referat", page_icon=frame.ICON, layout="centered")
    _, texts = frame.begin()
    if not login.may_enter(texts):
        return
    pages = {
        "ask": st.Page(ask.show, title=texts.ask, url_path="ask", default=True),
        "meetings": st.Page(meetings.show, title=texts.meetings_page, url_path="meetings"),
        "cases": st.Page(cases.show, title=texts.cases_page, url_path="cases"),
        "follow-up": st.Page(follow_up.show, title=texts.follow_up_page, url_path="follow-up"),
        "overview": st.Page(overview.show, title=texts.overview_page, url_path="overview"),
        "library": st.Page(library.show, title=texts.library_page, url_path="library"),
        "meeting": st.Page(meeting.show, title=texts.meeting_page, url_path="meeting", visibility="hidden"),
        "item": st.Page(item.show, title=texts.item_page, url_path="item", visibility="hidden"),
        "case": st.Page(case.show, title=texts.case_page, url_path="case", visibility="hidden"),
    }
    st.session_state.pages = pages
    st.navigation(list(pages.values()), position="top").run()


if __name__ == "__main__":
    main()
