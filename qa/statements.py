"""The sentences and rows of an item: the one that says most of what is asked; for a fact, the one that gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.danish import content_words, fold, light_words, sentences, words
from index.models import AgendaItem, Chunk, SectionKind, Span
from index.store import MinutesIndex
from qa.facts import asks_who_is_to, gives_reason, meaning_in, places_of_its_number, value_in
from qa.models import FactKind, Question
from qa.retrieve import Hit, Ranking

_MET = {"da": 0.45, "en": 0.3}
"""From here on a word of the question counts as met in a sentence."""
_SAME = {"da": 0.8, "en": 0.5}
"""From here on a word is the one that is counted, or that bears the name."""
_LEAST_COVERAGE = {"da": 0.42, "en": 0.34}
_LEAST_COVERAGE_OF_WHOM = {"da": 0.6, "en": 0.38}
"""More for who did it, since somebody is named in every other sentence."""
_FEWEST_MET_OF_CHARGE = 2
_LEAST_COVERAGE_BOUND = 0.2
"""Less where a follow-up can mean no other item."""
_LEAST_SCORE_BOUND = 0.2
_LEAST_COVERAGE_OF_FOLLOW_UP = 0.2
_MOST_OPEN = 0.7
"""Less for who and when in the decision of an item that is named: it tells what is to be done in words of its own."""
_LEAST_OWN = 0.55
"""Or it says so much of the whole question itself, the title's words with it."""
_NOTHING_OPEN = 0.05
_OFTEN = 2
"""What so many sentences of an item say is its matter, as what its title says is."""
_SHORTEST_HEAD = 5
_NEW = 0.2
"""A statement of whose words no more are new says the same again."""
_REASON_BONUS = 0.25
_ROW = re.compile(r"\S(?:\t|\s{2,})\S")
_ENTRY = re.compile(r"[-•·*–]|\w{1,2}[.)]\s")
_HEADING = re.compile(r"[A-ZÆØÅ][^\t\n]{,80}[\w)]$")
_LONGEST_LEAD = 500
"""Characters of a quotation that is led in by a line that says by itself only what it is about."""
_FEWEST_WORDS_OF_SUMMARY = 5
_PARAGRAPH_END = re.compile(r"\n\s*\n|\Z")
_MEASURED = (FactKind.SHARE, FactKind.DURATION)
_MOST_MISSING = 0.3
"""Where an item gives one value of such a kind only, it is the one that is asked for, unless the item lacks a word that
says more of the question than this."""
SMALL_PRINT = (SectionKind.HEADING, SectionKind.ATTACHMENTS)
"""What states nothing, but bears names and numbers."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or row of an item.

    Attributes:
        span: where it stands in the meeting's text.
        value: the stretch of it that is the fact, if the question is for one.
        coverage: from 0 to 1, how much it meets of what the title leaves open.
        said: from 0 to 1, how much it meets of all that is asked, by itself.
        answers: whether it gives the fact.
        score: how much it speaks of what is asked, by its words and by its meaning.
    """

    chunk: Chunk
    span: Span
    value: Span | None
    coverage: float
    said: float
    answers: bool
    score: float

    @property
    def text(self) -> str:
        start = self.span.start - self.chunk.span.start
        return self.chunk.text[start : start + self.span.end - self.span.start]


def statements_of(
    index: MinutesIndex, question: Question, ranking: Ranking, hit: Hit, item: AgendaItem, chunks: Sequence[Chunk]
) -> tuple[Statement, ...]:
    """What an item says, most of what is asked first; those that give the fact before any other."""
    told = [(chunk, *place) for chunk in chunks if chunk.section not in SMALL_PRINT for place in sentences(chunk.text)]
    if not told:
        return ()
    near = index.likeness(" ".join(question.words) or question.text, [chunk.text[a:b] for chunk, a, b in told])
    reader = _Reader(question, ranking, item, [chunk.text[a:b] for chunk, a, b in told], hit.literal)
    statements = [
        reader.statement(chunk, start, end, cosine) for (chunk, start, end), cosine in zip(told, near, strict=True)
    ]
    if question.fact and question.fact.kind in _MEASURED and (question.bound or hit.missing <= _MOST_MISSING):
        statements = _only_value(statements, statements)
    names_no_matter = all(fold(word) in light_words() for word in question.words)
    if question.fact and question.bound and (hit.met or names_no_matter):
        decided = [statement for statement in statements if statement.chunk.section is SectionKind.DECISION]
        statements = _only_value(statements, decided)
    statements = [_with_what_it_leads_to(place, statements) for place in range(len(statements))]
    if question.fact is None and reader.title_says_all:
        statements = _summed_up_first(statements)
    statements.sort(key=lambda statement: (not statement.answers, -statement.score))
    return tuple(_each_once(statements))


def _only_value(statements: list[Statement], among: list[Statement]) -> list[Statement]:
    """Where no statement gives the fact, and some of them one value only of the kind that is asked for, that is it: no
    other can be meant."""
    given = {_value_of(statement) for statement in among if statement.value}
    if len(given) != 1 or any(statement.answers for statement in statements):
        return statements
    return [replace(statement, answers=statement.value is not None and statement in among) for statement in statements]


def _value_of(statement: Statement) -> str:
    start = statement.chunk.span.start
    return statement.chunk.text[statement.value.start - start : statement.value.end - start]


def _with_what_it_leads_to(place: int, statements: Sequence[Statement]) -> Statement:
    """A statement; one that ends in a colon, and a heading, with the sentence or the entries that come after it."""
    leading, following = statements[place], statements[place + 1 : place + 2]
    if leading.answers or not _leads(leading, following):
        return leading
    for later in statements[place + 2 :]:
        if not _ENTRY.match(later.text):
            break
        following.append(later)
    ends = [
        later.span.end
        for later in following
        if later.chunk is leading.chunk and later.span.end - leading.span.start <= _LONGEST_LEAD
    ]
    return replace(leading, span=Span(leading.span.start, max(ends, default=leading.span.end)))


def _leads(statement: Statement, following: Sequence[Statement]) -> bool:
    """Whether a statement ends in a colon, or is a heading, and what follows can be quoted with it."""
    if not following or following[0].chunk is not statement.chunk:
        return False
    between = statement.chunk.text[
        statement.span.end - statement.chunk.span.start : following[0].span.start - statement.chunk.span.start
    ]
    return statement.text.endswith(":") or (between.count("\n") > 1 and _HEADING.match(statement.text) is not None)


def _summed_up_first(statements: list[Statement]) -> list[Statement]:
    """Where the item as a whole is asked for, the paragraph that sums it up says the most."""
    summary = next((each for each in statements if each.chunk.section is SectionKind.SUMMARY), None)
    if summary is None:
        return statements
    chunk, start = summary.chunk, summary.span.start
    paragraph_end = chunk.span.start + _PARAGRAPH_END.search(chunk.text, start - chunk.span.start).start()
    ends = [
        each.span.end
        for each in statements
        if each.chunk is chunk and start <= each.span.start < paragraph_end and each.span.end <= start + _LONGEST_LEAD
    ]
    whole = replace(summary, span=Span(start, max(ends, default=summary.span.end)))
    if len(content_words(whole.text)) < _FEWEST_WORDS_OF_SUMMARY:  # "Forelægges til drøftelse."
        return statements
    return [replace(whole, score=1.0 + max(each.score for each in statements)), *statements]


def _each_once(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Those that are not within one before them, and do not say the same again: summaries repeat the case."""
    told: list[tuple[Span, set[str]]] = []
    for statement in statements:
        span, said = statement.span, {fold(word) for word in words(statement.text)}
        if not any(_is_within(span, before) for before, _ in told) and not any(
            _say_the_same(said, held) and not _is_within(before, span) for before, held in told
        ):
            told.append((span, said))
            yield statement


def _is_within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _say_the_same(said: set[str], before: set[str]) -> bool:
    """Whether nearly all that is said has been said before, and every number."""
    new = said - before
    return len(new) <= _NEW * len(said) and not any(letter.isdigit() for word in new for letter in word)


def _end_alike(word: str, head: str) -> bool:
    """Whether one is the last part of the other: bestyrelser, skolebestyrelser."""
    return word.endswith(head) or head.endswith(word)


class _Reader:
    """Reads an item's sentences in order; what the one before said, or a table's head, is still in mind."""

    def __init__(
        self, question: Question, ranking: Ranking, item: AgendaItem, told: Sequence[str], literal: float
    ) -> None:
        self._question, self._weights = question, ranking.weights
        self._near = [
            dict(zip(row.words, map(float, row.nearness), strict=True)) | {fold(word): 1.0}
            for word, row in zip(question.words, ranking.near, strict=True)
        ]
        self._literal = literal
        self._met_from = _MET[question.language]
        self._charges = [task for task in item.follow_ups if task.who]
        self._open = self._nearness(item.title) < self._met_from
        self._open_weight = float(self._weights[self._open].sum())
        telling = np.array([fold(word) not in light_words() for word in question.words], bool)
        self.title_says_all = float(self._weights[self._open & telling].sum()) < _NOTHING_OPEN
        often = np.sum([self._nearness(sentence) >= self._met_from for sentence in told], axis=0) >= _OFTEN
        self._seldom = self._open & ~often
        self._before = np.zeros(len(self._near))
        self._chunk: Chunk | None = None

    def statement(self, chunk: Chunk, start: int, end: int, cosine: float) -> Statement:
        """Read the next sentence; `cosine`: how near its meaning is to the question's."""
        if chunk is not self._chunk:
            self._chunk, self._before = chunk, np.zeros(len(self._near))
        sentence = chunk.text[start:end]
        own = self._nearness(sentence)
        met_with = np.maximum(own, self._before)
        charged = self._charged(sentence) if (met_with >= self._met_from).sum() >= _FEWEST_MET_OF_CHARGE else None
        coverage = self._coverage(met_with)
        value = charged or self._value(sentence)
        self._before = np.maximum(own, self._before) if _ROW.search(sentence) else own
        span = Span(chunk.span.start + start, chunk.span.start + end)
        marked = value and Span(span.start + value[0], span.start + value[1])
        score = (float(self._weights @ own) + max(cosine, 0.0)) / 2 + self._bonus(sentence)
        said = float(self._weights[own >= self._met_from].sum())
        gives = value is not None and self._gives(coverage, said, score, chunk.section, charged is not None)
        return Statement(chunk, span, marked, coverage, said, gives, score)

    def _bonus(self, sentence: str) -> float:
        """Where a reason is asked for, a sentence that gives one says more than its words."""
        fact = self._question.fact
        return _REASON_BONUS if fact and fact.kind is FactKind.REASON and gives_reason(sentence) else 0.0

    def _nearness(self, text: str) -> np.ndarray:
        """For each word of the question, how near the nearest of the text's words is."""
        held = {fold(word) for word in words(text)}
        return np.array([max((near.get(word, 0.0) for word in held), default=0.0) for near in self._near])

    def _coverage(self, met: np.ndarray) -> float:
        if self.title_says_all:
            return 1.0
        said = self._weights * (met >= self._met_from)
        left = [which for which in (self._open, self._seldom) if self._weights[which].sum() >= _NOTHING_OPEN]
        return max(float(said[which].sum() / self._weights[which].sum()) for which in left)

    def _charged(self, sentence: str) -> tuple[int, int] | None:
        """Where a sentence names whom it charges with something, if it is asked who is to do it."""
        fact = self._question.fact
        if fact is None or fact.kind is not FactKind.PERSON or not asks_who_is_to(self._question.text):
            return None
        for task in self._charges:
            if task.text in sentence and (place := sentence.find(task.who)) >= 0:
                return place, place + len(task.who)
        return None

    def _gives(self, coverage: float, said: float, score: float, section: SectionKind, charges: bool) -> bool:
        """Whether a sentence that holds a value of the kind gives the fact, rather than another of that kind."""
        if self._question.fact.kind in (FactKind.MEANING, FactKind.FUNDING):  # an item tells of none but its own
            return True
        if self._question.bound:
            return coverage >= _LEAST_COVERAGE_BOUND or self._literal >= _LEAST_OWN or score >= _LEAST_SCORE_BOUND
        in_decision = section is SectionKind.DECISION and self._open_weight <= _MOST_OPEN
        if in_decision and self._question.fact.kind in (FactKind.TIME, FactKind.PERSON):
            return coverage >= _LEAST_COVERAGE_OF_FOLLOW_UP or said >= _LEAST_OWN
        of_whom = self._question.fact.kind in (FactKind.PERSON, FactKind.NAME)
        if of_whom and self.title_says_all:  # somebody is named in many a sentence on the title's matter
            coverage = said
        least = (_LEAST_COVERAGE_OF_WHOM if of_whom and not charges else _LEAST_COVERAGE)[self._question.language]
        return coverage >= least or (said >= _LEAST_OWN and not of_whom)

    def _value(self, sentence: str) -> tuple[int, int] | None:
        fact = self._question.fact
        if fact is None or fact.kind is FactKind.REASON:
            return None
        if fact.kind is FactKind.MEANING:
            return meaning_in(sentence, fact.of or "")
        heads = self._places_of(fact.of, sentence) if fact.of else None
        return value_in(fact.kind, sentence, heads, words(self._question.text))

    def _places_of(self, head: str, sentence: str) -> list[tuple[int, int]]:
        """Where a sentence has that word of the question, or the last part of that compound."""
        asked = [near for word, near in zip(self._question.words, self._near, strict=True) if fold(word) == head]
        same = {word for near in asked for word, value in near.items() if value >= _SAME[self._question.language]}
        return [
            match.span()
            for match in re.finditer(r"\w+", sentence)
            if (word := fold(match[0])) in same
            or (min(len(word), len(head)) >= _SHORTEST_HEAD and _end_alike(word, head))
        ] + places_of_its_number(head, sentence)
