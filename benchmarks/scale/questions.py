"""Questions planted for known items, and some that ask for a set or for what no minutes say."""

from __future__ import annotations

import random
from dataclasses import dataclass

from benchmarks.scale.minutes import ITEMS_OF_A_MEETING, Collection

KINDS = ("title", "other word", "limited", "case", "set", "unsaid")


@dataclass(frozen=True, slots=True)
class Planted:
    """A question, and where its answer stands: (file's name, item's number); nowhere for a set and what is not said."""

    kind: str
    text: str
    answer: tuple[str, str] | None


def planted(collection: Collection, items: int, count: int) -> list[Planted]:
    """So many questions, of each kind as many, on items spread over the whole collection."""
    chance = random.Random(items)
    numbers = chance.sample(range(items), min(count, items))
    return [_on(collection, number, KINDS[place % len(KINDS)]) for place, number in enumerate(numbers)]


def _on(collection: Collection, number: int, kind: str) -> Planted:
    meeting = collection.meeting(number // ITEMS_OF_A_MEETING)
    place = number % ITEMS_OF_A_MEETING
    item = meeting.items[place]
    texts = {
        "title": f"Hvad blev besluttet om {item.terms[0]} ved {item.place}?",
        "other word": f"Hvad blev besluttet om {item.terms[1]} ved {item.place}?",
        "limited": f"Hvad blev besluttet om {item.terms[0]} ved {item.place} i {meeting.municipality}?",
        "case": f"Hvad blev besluttet i sag {item.case_number}?",
        "set": f"Hvilke sager blev udsat i {meeting.municipality} i {meeting.date.year}?",
        "unsaid": f"Hvad blev besluttet om {item.terms[0]} ved {collection.elsewhere(item)}?",
    }
    answered = kind not in ("set", "unsaid")
    return Planted(kind, texts[kind], (f"{meeting.number:07}.txt", str(place + 1)) if answered else None)
