"""The web server around the app: `streamlit run screens/server.py`. What a browser may do with our pages is said here.

Streamlit itself sends no content security policy, and calls every page English.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from screens.frame import SCRIPTS

APP = Path(__file__).parent.parent / "app_streamlit.py"


def policy() -> str:
    """Everything from this machine; of scripts streamlit's files, and the few lines that stand in its page and ours."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = (*SCRIPTS.values(), *re.findall(r"<script>(.*?)</script>", page, re.DOTALL))
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'wasm-unsafe-eval' {hashes}",
            "style-src 'self' 'unsafe-inline'",  # streamlit writes its styles into the page
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


class Guarded:
    """Adds the headers to every answer, and the page's language to the page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = [
            (b"content-security-policy", policy().encode()),
            (b"referrer-policy", b"no-referrer"),
            (b"x-content-type-options", b"nosniff"),
            (b"x-frame-options", b"DENY"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        # Pages must come unpacked, so that their language can be written into them.
        scope["headers"] = [header for header in scope["headers"] if header[0] != b"accept-encoding"]

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._headers]
            elif message["type"] == "http.response.body":
                # as long as the words they replace, so that the length that was announced still holds
                message["body"] = message["body"].replace(b'<html lang="en">', b'<html lang="da">')
            await send(message)

        await self._app(scope, receive, guarded)


# Streamlit itself asks for the name it is called by only where a session begins, not where a page is fetched.
_hosts = Middleware(TrustedHostMiddleware, allowed_hosts=list(st.get_option("server.allowedHosts")) or ["*"])
app = st.App(APP, middleware=[Middleware(Guarded), _hosts])
