"""Small minutes that come and go, each of a matter with a name that nothing else bears."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

NAMES = ("Kvistrup", "Torsmose", "Bækkelund", "Ravnsholt", "Egebjerg", "Lyngvig", "Skovballe", "Hestehave")

_TEXT = """Kalundborg Kommune
Referat af møde i Direktionen
Den {day:02}.03.2024 kl. 08:30

Punkt 1: Etablering af {name}stien

Sagsfremstilling

Der er ønske om en cykelsti fra skolen i {name} til hallen. Strækningen er {day} hundrede meter lang.

Beslutning

Direktionen godkendte {name}stien.

Punkt 2: Eventuelt

Beslutning

Intet at bemærke.
"""


@dataclass(frozen=True, slots=True)
class Matter:
    """Minutes that come and go, and the question that only they answer."""

    path: Path
    question: str


def write_matters(folder: Path) -> list[Matter]:
    matters = []
    for day, name in enumerate(NAMES, 1):
        path = folder / f"kalundborg-direktionen-2024-03-{day:02}.txt"
        path.write_text(_TEXT.format(name=name, day=day), encoding="utf-8")
        matters.append(Matter(path, f"Hvad blev besluttet om {name}stien?"))
    return matters
