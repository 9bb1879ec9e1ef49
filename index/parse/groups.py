"""The titles of groups of items: "Lukkede punkter", "B. Sager til drøftelse", "Tillægsdagsorden"."""

from __future__ import annotations

import re

_GROUP = re.compile(
    r"^(?:[A-ZÆØÅ][.:)]?\s+)?(?:lukkede?|lukket|åbne?|åbent?|fælles)\s+(?:punkter|sager|dagsorden|dagsordenspunkter|møde|del)\b"
    r"[^.:]{0,30}:?$"
    r"|^(?:[A-ZÆØÅ][.:)]?\s+)?(?:sager|punkter|emner)\s+til\s+(?:[\w,/]+\s?){1,4}:?$"
    r"|^(?:tillægsdagsorden|tillægspunkter|tillæg til dagsorden(?:en)?)\s*:?$"
    r"|^behandles?\s+for\s+lukkede\s+døre\s*:?$",
    re.IGNORECASE,
)
_SHUT = re.compile(r"^(?:\w[.:)]?\s+)?lukke|.*\blukkede døre", re.IGNORECASE)


def is_group(words: str) -> bool:
    return bool(_GROUP.match(words))


def is_closed_group(words: str) -> bool:
    """Whether the items below a group's title were dealt with behind closed doors."""
    return bool(_SHUT.match(words))
