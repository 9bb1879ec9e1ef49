"""Which body a question is limited to, however it is called: "skoleudvalgets møde", "the finance committee"."""

from __future__ import annotations

import re
from collections.abc import Collection


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


DECIDING = r"(?:besluttede|vedtog|godkendte|drøftede|behandlede|sagde|anbefalede|afviste|udsatte)"

_NAME = (
    r"((?:udvalget\s+for\s+\w+(?:\s+og\s+\w+)*"
    r"|(?:\w+-?\s+og\s+)?(?:\w+udvalget|\w*(?:direktionen|byrådet|kommunalbestyrelsen|regionsrådet)))s?)"
)
_TOLD = _pattern(
    rf"""\b{DECIDING}\s+(?:\w+s\s+)?{_NAME}\b
    | \b(?:møde\w*|behandlet|besluttet|drøftet)\s+(?:i|af)\s+{_NAME}\b
    | \b{_NAME}\s+(?:møde|beslutning)"""
)
_TOLD_IN_ENGLISH = _pattern(
    r"""\bdid\s+(?:the|\w+['’]s)\s+(?P<doer>[\w\s]{3,40}?)\s+(?:\w+ly\s+)?
        (?:decide|approve|adopt|discuss|recommend|reject|postpone|say)\b
    | \b(?:decided|approved|discussed|meeting)\s+(?:by|in|of)\s+the\s+
        (?P<place>[\w\s]{3,40}?)(?=\s+(?:in|on|about)\b|[?.,]|$)"""
)
# What the bodies of Danish municipalities are called in English; the first that the index holds is meant.
_IN_ENGLISH = {
    "council": ("Kommunalbestyrelsen", "Byrådet", "Regionsrådet"),
    "finance committee": ("Økonomiudvalget",),
    "executive board": ("Direktionen",),
    "management": ("Direktionen",),
}


def named_body(text: str, bodies: Collection[str]) -> tuple[str | None, tuple[int, int] | None]:
    """(name, where it stands) of the body whose decision is asked for: "hvad besluttede Økonomiudvalget".

    One that is not among those that the index holds is a limit too, which nothing meets.
    """
    for body in bodies:  # "direktionsmødet", "direktionens møde"
        root = re.escape(re.sub(r"(?:en|et)$", "", body))
        if match := re.search(rf"\b{root}(?:en|et)?s?\s?møde\w*", text, re.IGNORECASE):
            return body, match.span()
    told = _TOLD_IN_ENGLISH.search(text)
    if told and (body := english_body(told["doer"] or told["place"], bodies)):
        return body, told.span("doer" if told["doer"] else "place")
    if told := _TOLD.search(text):
        place = next(group for group in range(1, _TOLD.groups + 1) if told[group])
        name = told[place]
        held = [body for body in bodies if _is_called(body, name)]
        return (held[0] if held else name.removesuffix("s")), told.span(place)
    return None, None


def english_body(called: str, bodies: Collection[str]) -> str | None:
    """The body that is meant in English; None where that name is not known."""
    for name, meant in _IN_ENGLISH.items():
        if called.casefold().endswith(name):
            return next((body for body in meant if body in bodies), meant[0])
    return None


def _is_called(body: str, name: str) -> bool:
    """Whether a question's name for a body means this one: "skoleudvalgets" the "Skole- og Børneudvalget"."""
    body, name = body.casefold(), name.casefold().removesuffix("s")
    part = name.removesuffix("udvalget")
    of_committee = part != name and body.endswith("udvalget")
    return body.endswith(name) or (of_committee and re.search(rf"\b{re.escape(part)}", body) is not None)
