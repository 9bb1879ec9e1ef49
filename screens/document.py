"""The document that a meeting was read from, to be taken home."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from index.catalogue import StoredMeeting
from qa.texts import Texts


def draw_document(stored: StoredMeeting, texts: Texts) -> None:
    """Nothing where the file has been moved since; it is never opened in the browser, only saved."""
    path = Path(stored.path)
    if path.is_file():
        st.download_button(
            texts.document,
            path.read_bytes,
            path.name,
            "application/octet-stream",
            key="document",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )
