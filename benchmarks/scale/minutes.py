"""Minutes made up to be like real ones in what makes searching slow: how long items are, and how often words come.

Lengths are log-normal, fitted to the 99 items of the minutes that are known here. Words come by Zipf's law from a
vocabulary of the training data's words and of compounds made of them; a tenth are words of the item's matter. Each
title is a term of the training data's glossary and a place, and no two items have both in common.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from benchmarks.words.__main__ import DATA, made_up_words
from index.danish import words
from index.models import Outcome
from index.municipalities import MUNICIPALITIES

ITEMS_OF_A_MEETING = 10
_LOG_CHARACTERS, _LOG_SPREAD, _MOST_CHARACTERS = 6.45, 1.35, 20_000
_VOCABULARY, _ZIPF = 600_000, 1.22
_OF_THE_MATTER = 0.1
_SENTENCE_WORDS = (8, 20)
_BODIES = ("Økonomiudvalget", "Teknik- og Miljøudvalget", "Børne- og Skoleudvalget", "Byrådet", "Direktionen")
_ACTS = ("Etablering af", "Orientering om", "Bevilling til", "Status på", "Ændring af", "Ansøgning om", "Plan for")
_FIRST = "Kvist Tors Bække Ravns Ege Lyng Skov Heste Vester Øster Nør Sønder Birke Elle Hassel Linde Møl Pile Ros Ulve"
_MIDDLE = "mose bjerg holt lund kær vang borg sø dal høj rup strup toft by bro hede eng skov ager lev"
_LAST = "vej gade stræde parken torvet engen bakken stien haven gården"
_DECISIONS = (
    ("Godkendt.", Outcome.APPROVED),
    ("Taget til efterretning.", Outcome.NOTED),
    ("Anbefales godkendt.", Outcome.RECOMMENDED),
    ("Udsat til næste møde.", Outcome.POSTPONED),
    ("Drøftet.", Outcome.DISCUSSED),
)


@dataclass(frozen=True, slots=True)
class MadeItem:
    """`terms` are words for its matter, the first of them as the title has it."""

    title: str
    terms: tuple[str, ...]
    place: str
    case_number: str
    case_text: str
    decision: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class MadeMeeting:
    number: int
    municipality: str
    body: str
    date: dt.date
    items: tuple[MadeItem, ...]


class Collection:
    """As many meetings as are asked for; the first of them are always the same."""

    def __init__(self) -> None:
        spoken = Counter(word for passage in _passages() for word in words(passage) if word.isalpha())
        often = [word for word, _ in spoken.most_common()]
        self._words = np.array(list(dict.fromkeys([*often, *made_up_words(_VOCABULARY).values()])))
        chances = 1 / np.arange(1, len(self._words) + 1) ** _ZIPF
        self._reach = np.cumsum(chances / chances.sum())
        self._matters = [
            tuple(term for term in line.split("\t")[0].split("; ") if not any(letter.isdigit() for letter in term))
            for path in sorted(DATA.glob("glossary_*.tsv"))
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.count("\t") == 2
        ]
        self._matters = [terms for terms in self._matters if len(terms) > 1]
        self._places = [
            first + middle + last for first in _FIRST.split() for middle in _MIDDLE.split() for last in _LAST.split()
        ]
        self._municipalities = sorted(MUNICIPALITIES)

    @staticmethod
    @cache
    def shared() -> Collection:
        """One for all that is done in a process, since its words take a while."""
        return Collection()

    def meetings(self, items: int) -> Iterator[MadeMeeting]:
        for number in range(items // ITEMS_OF_A_MEETING):
            yield self.meeting(number)

    def meeting(self, number: int) -> MadeMeeting:
        chance = np.random.default_rng(number)
        municipality = self._municipalities[chance.integers(len(self._municipalities))]
        day = dt.date(2007, 1, 1) + dt.timedelta(days=int(chance.integers(19 * 365)))
        first = number * ITEMS_OF_A_MEETING
        items = tuple(self._item(first + place, day, chance) for place in range(ITEMS_OF_A_MEETING))
        return MadeMeeting(number, municipality, _BODIES[chance.integers(len(_BODIES))], day, items)

    def elsewhere(self, item: MadeItem) -> str:
        """A place that no meeting has dealt with: the item's own, read backwards."""
        return item.place[::-1].capitalize()

    def _item(self, number: int, day: dt.date, chance: np.random.Generator) -> MadeItem:
        # A prime's multiples meet each pair of matter and place once before they begin anew.
        pair = number * 1_000_003 % (len(self._matters) * len(self._places))
        terms, place = self._matters[pair % len(self._matters)], self._places[pair // len(self._matters)]
        act = _ACTS[chance.integers(len(_ACTS))]
        decision, outcome = _DECISIONS[chance.integers(len(_DECISIONS))]
        return MadeItem(
            title=f"{act} {terms[0]} ved {place}",
            terms=terms,
            place=place,
            case_number=f"{day.year}-{number:07}",
            case_text=self._text(terms, chance),
            decision=decision,
            outcome=outcome,
        )

    def _text(self, terms: tuple[str, ...], chance: np.random.Generator) -> str:
        characters = min(float(np.exp(chance.normal(_LOG_CHARACTERS, _LOG_SPREAD))), _MOST_CHARACTERS)
        total = max(int(characters / 7), 5)
        drawn = self._words[np.searchsorted(self._reach, chance.random(total))]
        own = np.array(" ".join(terms).split())
        of_the_matter = chance.random(total) < _OF_THE_MATTER
        spoken = np.where(of_the_matter, own[chance.integers(len(own), size=total)], drawn).tolist()
        sentences, start = [], 0
        while start < total:
            end = start + int(chance.integers(*_SENTENCE_WORDS))
            sentences.append(" ".join(spoken[start:end]).capitalize() + ".")
            start = end
        paragraphs = [" ".join(sentences[start : start + 5]) for start in range(0, len(sentences), 5)]
        return "\n\n".join(paragraphs)


def _passages() -> Iterator[str]:
    for path in sorted(DATA.glob("items_*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["passage"]
