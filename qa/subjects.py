"""What the minutes are about, for whoever is new: KLE numbers, the words of the titles, and what the house's
abbreviations stand for."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.danish import fold, stem
from index.stored import StoredItem
from qa.facts import meaning_in
from qa.precedents import topic_words

_KLE = re.compile(r"(?<!\d)\d\d\.\d\d\.\d\d(?!\d)")
_SHORT = re.compile(r"\b(?=\w*[A-ZÆØÅ]\w*[A-ZÆØÅ])[A-ZÆØÅ]\w{1,9}\b")
_LEAST_ITEMS = 2
_AROUND = 120


@dataclass(frozen=True, slots=True)
class Topic:
    """Items that carry one KLE number; `latest` is the newest of them, whose title says what the number is about."""

    number: str
    items: int
    latest: StoredItem


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """What an abbreviation stands for, as an item writes it out."""

    short: str
    meaning: str
    item_id: int


@dataclass(frozen=True, slots=True)
class Subjects:
    """`words` are (a word of titles as it is most often written, the number of items), most frequent first."""

    topics: tuple[Topic, ...]
    words: tuple[tuple[str, int], ...]
    abbreviations: tuple[Abbreviation, ...]


def topics(items: Sequence[StoredItem], most: int) -> tuple[Topic, ...]:
    """The KLE numbers of the items' journal and case numbers, most frequent first."""
    borne: dict[str, list[StoredItem]] = {}
    for found in items:
        numbers = _KLE.findall(f"{found.item.journal_number or ''} {found.item.case_number or ''}")
        for number in dict.fromkeys(numbers):
            borne.setdefault(number, []).append(found)
    told = [Topic(number, len(group), max(group, key=_day)) for number, group in borne.items()]
    return tuple(sorted(told, key=lambda topic: (-topic.items, topic.number))[:most])


def title_words(items: Iterable[StoredItem], most: int) -> tuple[tuple[str, int], ...]:
    """The words that name the topics of several items; forms of one word count together."""
    counts: Counter[str] = Counter()
    spelled: dict[str, Counter[str]] = {}
    for found in items:
        for root, word in {stem(fold(word)): word for word in topic_words(found.item.title)}.items():
            counts[root] += 1
            spelled.setdefault(root, Counter())[word] += 1
    frequent = [(spelled[root].most_common(1)[0][0], count) for root, count in counts.items() if count >= _LEAST_ITEMS]
    return tuple(sorted(frequent, key=lambda word: (-word[1], word[0]))[:most])


def abbreviations(passages: Iterable[tuple[int, str]]) -> tuple[Abbreviation, ...]:
    """What (item id, text) write out; of several meanings the first that is met."""
    found: dict[str, Abbreviation] = {}
    for item_id, text in passages:
        for bracket in re.finditer(r"\([^()]{2,60}\)", text):
            around = text[max(bracket.start() - _AROUND, 0) : bracket.end()]
            for short in _SHORT.findall(around):
                span = meaning_in(around, fold(short)) if short not in found else None
                if span and fold(around[slice(*span)]) != fold(short):
                    found[short] = Abbreviation(short, " ".join(around[slice(*span)].split()), item_id)
    return tuple(sorted(found.values(), key=lambda told: fold(told.short)))


def _day(found: StoredItem) -> dt.date:
    return found.meeting.date or dt.date.min
