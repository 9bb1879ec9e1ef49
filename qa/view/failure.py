"""An error -> what the reader is told of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.errors import ReferatError
from qa.texts import Texts

_COMMAND = re.compile(r"referat \w+ [^`\n]+")


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong, in the reader's language; `detail` is the program's own message."""

    title: str
    advice: str
    command: str
    detail: str


def failure(error: Exception, texts: Texts) -> Failure:
    """The house's own errors speak for themselves; of any other, only that there was one."""
    title, advice = texts.failures.get(type(error).__name__, texts.unforeseen)
    detail = str(error) if isinstance(error, ReferatError) else ""
    command = _COMMAND.search(detail)
    return Failure(title, advice, command.group() if command else "", detail)
