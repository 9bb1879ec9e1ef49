"""The labels of these minutes, by their role: a short line that returns from item to item, and what stands below it.

A house has words of its own. A label that no list knows is known by returning, each time with a text of its own under
it; a decision's by what that text says: an outcome, time after time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from index.danish import fold, sentences
from index.models import SectionKind as Kind
from index.outcome import outcomes_said
from index.parse.decisions import Sitting, decision_of
from index.parse.labels import inline_label, label_of, proposes
from index.parse.lines import Line, next_filled
from index.parse.shapes import shape_of
from index.parse.small_print import is_small_print

_ALONE = re.compile(r"^(?P<label>[A-ZÆØÅ][^\W\d]*(?: [^\W\d]+){0,5})(?P<colon>\s*:)?$")
_WITH_TEXT = re.compile(r"^(?P<label>[A-ZÆØÅ][^\W\d]*(?: [^\W\d]+){0,3})\s*:\s+(?P<text>\S.*)$")
_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})?[.)]?\s+(?=[A-ZÆØÅ])")
_VOTE = re.compile(r"^(?:for|imod|i?mod stemte|for stemte|undlod|hverken|ad|nej|ja|bemærk|note|obs)\b", re.IGNORECASE)
_VOTED = re.compile(r"\bstemte\b|\bstemmer\b|\bændringsforslag\b|\btog\s+forbehold\b|\bbesluttede\b", re.IGNORECASE)
_NOTHING = re.compile(r"^[-–—.]+$|^(?:ingen|intet)\b.{0,20}$", re.IGNORECASE)
_OF_THE_CASE = (Kind.SUMMARY, Kind.CASE_TEXT, Kind.RECOMMENDATION, Kind.ECONOMY)
_LEAST = 3  # returns
_DECIDES = 0.5  # share of the texts under a label that say an outcome
_SAME_FORM = 0.75  # share of a label's returns that stand alone, from which it is none with text behind it
_LONGEST_TEXT = 600


@dataclass(frozen=True, slots=True)
class Labels:
    """What a line labels: by the words that all minutes share, by those of these, and by how they print them."""

    learned: Mapping[str, Kind] = field(default_factory=dict)
    only_alone: frozenset[str] = frozenset()
    numbered: bool = False

    def of(self, words: str) -> Kind | None:
        if self.numbered:
            words = _NUMBER.sub("", words)
        found = _ALONE.match(words)
        return label_of(words) or (self._learned(_key(found["label"])) if found else None)

    def inline(self, words: str) -> tuple[Kind, str] | None:
        """(kind, text after the label) of a line such as "Fraværende: N.N.", else None."""
        found = _WITH_TEXT.match(words)
        if found and _key(found["label"]) in self.only_alone:
            return None
        if known := inline_label(words):
            return known
        kind = self._learned(_key(found["label"])) if found else None
        return (kind, found["text"]) if found and kind else None

    def _learned(self, key: str) -> Kind | None:
        """The kind of a label, or of the one that it begins with: "Udfald og opfølgning" is an "Udfald"."""
        return self.learned.get(key) or self.learned.get(re.split(r" og | / ", key, maxsplit=1)[0])


@dataclass(slots=True)
class _Returns:
    """The places at which one label stands, whether alone, and what follows each time."""

    known: bool = False
    alone: int = 0
    texts: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


def learn_labels(lines: list[Line], headings: list[int], sitting: Sitting) -> Labels:
    """The labels that return in the items, whose headings stand at these lines."""
    items = [lines[start + 1 : end] for start, end in zip(headings, [*headings[1:], len(lines)], strict=True)]
    returns: dict[str, _Returns] = {}
    for place, item in enumerate(items):
        for key, alone, text, known in _labels_in(item, lines):
            found = returns.setdefault(key, _Returns(known))
            found.alone += alone
            found.texts.append(text)
            found.places.append(place)
    only_alone = {
        key
        for key, found in returns.items()
        if _SAME_FORM <= found.alone / len(found.texts) < 1 and len(found.texts) > _LEAST
    }
    unknown = {key: found for key, found in returns.items() if not found.known and _is_label(found)}
    decides = _deciding(unknown)
    decided = sum(any(_announces_own(line.words, sitting) for line in item) for item in items)
    learned = {key: Kind.OTHER for key, found in unknown.items() if found.alone == len(found.texts)}
    if decides and decided * 2 < len(items):
        learned[decides] = Kind.DECISION
    return Labels(learned, frozenset(only_alone), _are_numbered(items))


def _are_numbered(items: list[list[Line]]) -> bool:
    """Whether these minutes number their labels: "1. Resume", with the same number in several items."""
    seen = Counter(
        line.words
        for item in items
        for line in item
        if (bare := _NUMBER.sub("", line.words)) != line.words and label_of(bare) in _OF_THE_CASE
    )
    return len(seen) > 1 and max(seen.values()) >= _LEAST


def _announces_own(words: str, sitting: Sitting) -> bool:
    """Whether a line is known to announce this meeting's decision."""
    if not words:
        return False
    inline = inline_label(words)
    if label_of(words) is Kind.DECISION or (inline and inline[0] is Kind.DECISION):
        return True
    whose = decision_of(words, sitting.year)
    return bool(whose and whose.is_own(sitting))


def _labels_in(item: list[Line], lines: list[Line]) -> Iterator[tuple[str, bool, str, bool]]:
    """What may be labels in an item: folded words, whether they stand alone, the text that follows, whether known."""
    seen: set[str] = set()
    for line in item:
        if line.blank or _VOTE.match(line.words) or len(line.words) > _LONGEST_TEXT:
            continue
        alone, with_text = _ALONE.match(line.words), _WITH_TEXT.match(line.words)
        found = alone or with_text
        if not found or (key := _key(found["label"])) in seen:
            continue
        text = with_text["text"] if with_text and not alone else _text_below(line, item, lines)
        if text is None or (alone and not alone["colon"] and outcomes_said(line.words)):
            continue
        seen.add(key)
        yield key, bool(alone), text, _is_known(line.words)


def _is_known(words: str) -> bool:
    return bool(label_of(words) or inline_label(words) or decision_of(words) or proposes(words))


def _text_below(line: Line, item: list[Line], lines: list[Line]) -> str | None:
    """The paragraph that a line stands over; None where it stands over nothing, or over another label."""
    below = next_filled(lines, line.index + 1)
    if below is None or below.index > item[-1].index or below.index - line.index > 2:
        return None
    if label_of(below.words) or inline_label(below.words) or is_small_print(below.words) or _ALONE.match(below.words):
        return None
    above = lines[line.index - 1] if line.index else None
    if (
        above is not None
        and not above.blank
        and (label_of(above.words) or not above.words.endswith((".", ":", "!", "?")))
    ):
        return None
    return below.words


def _is_label(found: _Returns) -> bool:
    return len(set(found.places)) >= _LEAST and len(set(found.texts)) > 1


def _deciding(returns: dict[str, _Returns]) -> str | None:
    """The label whose texts say an outcome, time after time; of several the one that returns most."""
    share = {key: sum(_decides(text) for text in found.texts) / len(found.texts) for key, found in returns.items()}
    best = [key for key in returns if share[key] >= _DECIDES]
    return max(best, key=lambda key: (len(returns[key].texts), share[key]), default=None)


def _decides(text: str) -> bool:
    if _NOTHING.match(text) or _VOTED.search(text) or decision_of(text):
        return True
    if proposes(text) or text[:3].casefold() == "at " or shape_of(text):
        return False
    start, end = sentences(text)[0]
    return bool(outcomes_said(text[start:end]))


def _key(words: str) -> str:
    return fold(words.strip(" :"))
