"""The data of a run: read, cleaned, each thing once, and the held-out tenths set apart.

A held-out item takes its whole topic with it, so that its hard negatives are held out too. A held-out concept takes
its terms with it: what is asked of it stands in no concept that was trained on. Nothing of the plain data is held out.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from index.danish import fold

WRITTEN = Path(__file__).parent / "data"
_TAG_OR_PLACEHOLDER = re.compile(r"<[^>]{1,80}>|\{[^}]{0,40}\}|%\(?\w*\)?[sd]|\$\w+|&\w+;|https?://\S+")
_LONGEST_PAIR_CHARACTERS = 600
_FIRST, _GROWN, _EVERYDAY, _PLAIN = range(4)
_EVERYDAY_MARK = "everyday"  # in the names of that round's files
_PLAIN_MARK = "plain"  # and in those of the words, turns and matters that were written last
_TEST, _VALIDATION = 0, 1  # the tenths, by the hash of what is held out together
NEVER = -1
"""The tenth of what is not held out."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A Danish text and its English."""

    danish: str
    english: str


@dataclass(frozen=True, slots=True)
class Concept:
    """Terms for one thing, Danish and English, from the office's to the everyday one."""

    danish: tuple[str, ...]
    english: tuple[str, ...]
    tenth: int

    @property
    def terms(self) -> tuple[str, ...]:
        return self.danish + self.english


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item with the questions that it answers. Items of one topic are hard negatives of each other.

    Attributes:
        questions: (question, language).
        written: in which round of writing: 0 the first pairs, 1 the grown data, 2 the everyday data, 3 the plain data.
    """

    topic: str
    title: str
    passage: str
    questions: tuple[tuple[str, str], ...]
    tenth: int
    written: int

    @property
    def text(self) -> str:
        return f"{self.title}. {self.passage}"


@dataclass(frozen=True)
class Data:
    """Everything that a run reads, and what of it may be trained on."""

    translations: list[Translation]
    concepts: list[Concept]
    items: list[Item]
    validate: bool

    @property
    def measured_tenth(self) -> int:
        return _VALIDATION if self.validate else _TEST

    @property
    def _withheld(self) -> set[int]:
        return {_TEST, _VALIDATION} if self.validate else {_TEST}

    @cached_property
    def training_items(self) -> list[Item]:
        return [item for item in self.items if item.tenth not in self._withheld]

    @cached_property
    def training_concepts(self) -> list[Concept]:
        """Without the terms that a held-out concept has too."""
        held = {fold(term) for concept in self.concepts if concept.tenth in self._withheld for term in concept.terms}
        kept = []
        for concept in self.concepts:
            if concept.tenth not in self._withheld:
                danish, english = (
                    [t for t in terms if fold(t) not in held] for terms in (concept.danish, concept.english)
                )
                if len(danish) + len(english) > 1:
                    kept.append(Concept(tuple(danish), tuple(english), concept.tenth))
        return kept

    @cached_property
    def measured_items(self) -> list[Item]:
        return [item for item in self.items if item.tenth == self.measured_tenth]

    @cached_property
    def measured_concepts(self) -> list[Concept]:
        return [concept for concept in self.concepts if concept.tenth == self.measured_tenth]

    @cached_property
    def ranked_items(self) -> list[Item]:
        """Among which held-out items are looked for: all but the plain ones, as before these were written."""
        return [item for item in self.items if item.tenth != NEVER]

    @cached_property
    def ranked_concepts(self) -> list[Concept]:
        """Among which held-out concepts are looked for: a plain one may well mean the same."""
        return [concept for concept in self.concepts if concept.tenth != NEVER]

    def training_texts(self) -> list[str]:
        """All that may be read in training, for the tokenizer."""
        texts = [side for pair in self.translations for side in (pair.danish, pair.english)]
        texts += [term for concept in self.training_concepts for term in concept.terms]
        for item in self.training_items:
            texts += [item.text, *(question for question, _ in item.questions)]
        return texts


def read_data(shared: Path, *, validate: bool = False) -> Data:
    """The public translations from the shared folder, the written data from this package."""
    held_out = set()
    for name in ("flores", "ntrex500", "eforms500"):
        held_out.update(fold(side) for pair in read_translations(shared / f"eval_{name}.tsv.gz") for side in pair)
    pairs = clean_translations(read_translations(shared / "parallel.tsv.gz"), held_out)
    return Data(list(pairs), list(read_concepts(WRITTEN)), list(read_items(WRITTEN)), validate)


def read_translations(path: Path) -> list[tuple[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [tuple(line.rstrip("\n").split("\t")[:2]) for line in lines]


def clean_translations(pairs: Iterable[tuple[str, str]], held_out: set[str]) -> Iterator[Translation]:
    """Without tags and placeholders; none that is empty, lopsided, mostly not letters, held out or there already."""
    seen = set()
    for pair in pairs:
        danish, english = (" ".join(_TAG_OR_PLACEHOLDER.sub(" ", side).split()) for side in pair)
        key = (fold(danish), fold(english))
        if key in seen or set(key) & held_out or not _is_sound(danish, english):
            continue
        seen.add(key)
        yield Translation(danish, english)


def _is_sound(danish: str, english: str) -> bool:
    shorter, longer = sorted((len(danish), len(english)))
    letters = sum(letter.isalpha() for letter in danish + english)
    return 1 < shorter and longer <= min(3 * shorter + 12, _LONGEST_PAIR_CHARACTERS) and 2 * letters > shorter + longer


def read_concepts(folder: Path) -> Iterator[Concept]:
    """Lines of `dansk; synonym TAB english; synonym TAB area`."""
    for path in sorted(folder.glob("glossary_*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            danish, english, _ = line.split("\t")
            tenth = NEVER if _PLAIN_MARK in path.stem else _tenth(fold(danish.split(";")[0]))
            yield Concept(_terms(danish), _terms(english), tenth)


def _terms(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term.strip() for term in cell.split(";") if term.strip()))


def read_items(folder: Path) -> Iterator[Item]:
    for path in sorted(folder.glob("items_*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            topic = f"{path.stem}: {item['topic'] or item['title']}"
            questions = tuple((question["q"], question["lang"]) for question in item["questions"])
            written = _FIRST if not item["topic"] else _EVERYDAY if _EVERYDAY_MARK in path.stem else _GROWN
            written, tenth = (_PLAIN, NEVER) if _PLAIN_MARK in path.stem else (written, _tenth(topic))
            yield Item(topic, item["title"], item["passage"], questions, tenth, written)


def _tenth(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) % 10


def shared_runs(texts: Iterable[str], others: Iterable[str], words: int = 8) -> set[tuple[str, ...]]:
    """The runs of so many words that stand in both: what was copied."""
    return _runs(texts, words) & _runs(others, words)


def _runs(texts: Iterable[str], words: int) -> set[tuple[str, ...]]:
    found = set()
    for text in texts:
        said = re.findall(r"\w+", fold(text))
        found.update(zip(*(said[start:] for start in range(words)), strict=False))
    return found
