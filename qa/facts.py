"""A fact that a question asks for, and the statement in an item that gives it.

"Hvor mange elever ...?" wants a number of pupils: an item on the right matter that gives none does not answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.danish import content_words, fold, sentences, words
from index.dates import MONTH
from index.models import Chunk, SectionKind, Span
from index.vocabulary import NearWords
from qa.models import Fact, FactKind, Language, Question


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or row of an item that speaks of what is asked.

    Attributes:
        span: where it stands in the meeting's text.
        value: the stretch of it that is the fact, where one is needed.
        coverage: from 0 to 1, how much of what the title leaves open it meets.
        answers: whether it gives the fact.
    """

    chunk: Chunk
    span: Span
    value: Span | None
    coverage: float
    answers: bool


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


_FIRM = r"\w*(?:firma|virksomhed|leverandør|konsulent(?:hus)?|entreprenør|rådgiver|bureau|selskab|bygherre|arkitekt|advokat|revisor|mægler)\w*"
_FIRM_IN_ENGLISH = (
    r"(?:company|firm|contractor|supplier|vendor|consultant|consultancy|agency|developer|architect|lawyer|auditor)"
)
# The question word that comes first in a question decides; where two begin together, the one that stands first here.
_ASKS: tuple[tuple[FactKind, re.Pattern[str]], ...] = (
    (
        FactKind.SHARE,
        _pattern(
            r"\bhvor\s+(?:mange|stor\s+en)\s+(?:procent|pct\.?|%|andel)|\bhow\s+many\s+percent|\bwhat\s+(?:percentage|share)"
        ),
    ),
    (
        FactKind.MONEY,
        _pattern(
            r"""\b(?:hvad\s+koste(?:r|de)|hvor\s+mange\s+(?:penge|kroner|millioner|mio\.?|kr\.?)|hvilket\s+beløb|hvad\s+er\s+prisen
            |(?:hvad|hvor\s+meget)\s+(?:\w+\s+){1,4}?(?:i\s+løn|tjener)|(?:koster|kostede)\b
            |how\s+much\s+money|what\s+(?:is|was|does|did|will)\b.*\b(?:price|costs?)|how\s+much\b.*\bcosts?)\b"""
        ),
    ),
    (FactKind.COUNT, _pattern(r"\b(?:hvor\s+mange|how\s+many)\b")),
    (
        FactKind.FIGURE,
        _pattern(
            r"\b(?:hvor\s+(?:meget|stort?|store|højt?|lang(?:t|e)?|gammel)|how\s+(?:much|big|long|large|high|old))\b"
        ),
    ),
    (
        FactKind.TIME,
        _pattern(
            r"""\bhvornår\b|(?:^|[-–:,]\s*|\b(?:and|but)\s+)when\b|\b(?:hvilken\s+dato|hvad\s+dato|klokken\s+hvad|hvad\s+(?:tid|klokken)
            |what\s+(?:date|time))\b"""
        ),
    ),
    (
        FactKind.NAME,
        _pattern(
            rf"""\b(?:hvilke[nt]?|which|what)\s+(?:\w+\s+){{0,2}}?(?:{_FIRM}|{_FIRM_IN_ENGLISH})\b|\bhvem\s+er\s+{_FIRM}
            |\bhvad\s+hedder\b|\bwho\s+is\s+the\s+{_FIRM_IN_ENGLISH}\b"""
        ),
    ),
    (FactKind.PERSON, _pattern(r"(?:^|[-–:,]\s*|^\W*\w+\s+)(?:hvem|who|whose)\b")),
    (FactKind.REASON, _pattern(r"(?:^|[-–:,]\s*|^\W*\w+\s+)(?:hvorfor|why)\b")),
)
SAID_BY_KIND = frozenset(
    """
    penge kroner kr koster kostede pris prisen beloeb procent pct andel stor stort store hoej hoejt lang langt laenge
    gammel million millioner mio tal antal dato klokken goere goer much many big large high old price cost costs money
    percent percentage share date time number
    """.split()
)
"""Folded words that say which kind of fact is wanted, and are not looked for in the text."""
_HEAD = _pattern(r"\b(?:hvor\s+mange|how\s+many)\s+(?!der\b|are\b|were\b)(?P<head>(?:[^\W\d_][\w-]*\s*){1,3})")
_FIRM_HEAD = _pattern(rf"\b(?P<head>{_FIRM}|{_FIRM_IN_ENGLISH})\b")

_NUMBER = r"\d[\d.,]*"
_VALUES: dict[FactKind, re.Pattern[str]] = {
    FactKind.MONEY: _pattern(rf"{_NUMBER}\s*(?:mio\b\.?|mia\b\.?|t?\.?kr\b\.?|kroner\b|,-|mill\b\.?)(?:\s*kr\b\.?)?|\d{{1,3}}(?:\.\d{{3}})+(?![\d.])"),
    FactKind.SHARE: _pattern(rf"{_NUMBER}\s*(?:%|procent\b|pct\b)"),
    FactKind.FIGURE: _pattern(rf"(?<![\w.]){_NUMBER}(?:\s*(?:%|procent|pct\.?|mio\.?|kr\.?|t\.kr\.?|m2|km|år|måneder|uger|dage)\b)*"),
    FactKind.COUNT: _pattern(
        rf"(?<![\w.]){_NUMBER}|\b(?:ingen|en|et|ét|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|tyve|begge|samtlige)\b"
    ),
    FactKind.TIME: _pattern(
        rf"""\b\d{{1,2}}\.?\s*(?:{MONTH})\b\.?(?:\s+\d{{4}})?(?:\s+kl\.?\s*\d[\d.:]*)?|\b\d{{1,2}}[-./]\d{{1,2}}(?:[-./]\d{{2,4}})?|\b(?:{MONTH})\b(?:\s+\d{{4}})?|\buge\s+\d+
        |\bkl\.?\s*\d[\d.:]*|\b(?:19|20)\d\d\b|\bom\s+(?:ca\.?\s*)?\w+\s+(?:dag|uge|måned|år)\w*|\b\w*(?:forår|efterår|sommer|vinter|årsskifte)\w*
        |\b(?:næste|førstkommende|kommende)\s+\w+|\b(?:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag)\w*|\b(?:årligt|løbende|straks|snarest)\b"""
    ),
}  # fmt: skip
_CAPITALISED = re.compile(r"(?<=[\w,;:)(»“\"/&-] )[A-ZÆØÅ][\w&.-]*(?:\s+[A-ZÆØÅ][\w&.-]*)*|\([A-ZÆØÅ]{1,2}\)")
_ROLE = _pattern(r"\b\w*(?:chef\w*|leder\w*|direktør\w*|udvalg\w*|forvaltning\w*|stab\w*|gruppe\w*|afdeling\w*|center\w*|sekretariat\w*|nævn\w*|administration\w*|formand\w*|kommun\w*|kasse\w*|borgmester\w*|HR|IT|MED\w*)\b")  # fmt: skip
_NOT_A_NAME = frozenset(fold(month) for month in MONTH.split("|")) | {"kr", "mio", "punkt", "bilag", "sagsnr"}

MET = {"da": 0.45, "en": 0.12}
"""From here on a word of the question counts as met in a statement; English meets Danish by meaning only."""
SAME = {"da": 0.8, "en": 0.3}
"""From here on a word is the one that is counted, or that bears the name."""
LEAST_COVERAGE = {"da": 0.42, "en": 0.34}
_ROW = re.compile(r"\S(?:\t|\s{2,})\S")
_BULLET = re.compile(r"\s*\d{1,2}[.)]\s")
_NEAR_HEAD = 45  # characters between a figure and what it counts


def asked_fact(text: str, language: Language) -> Fact | None:
    """The fact that a question asks for, if it asks for one."""
    found = [(match.start(), place, kind) for place, (kind, asks) in enumerate(_ASKS) if (match := asks.search(text))]
    if not found:
        return None
    _, _, kind = min(found)
    head = {FactKind.COUNT: _HEAD, FactKind.NAME: _FIRM_HEAD}.get(kind)
    found = head.search(text) if head else None
    return Fact(kind, tuple(map(fold, content_words(found["head"], language)[:1])) if found else ())


def best_statement(
    question: Question, near: Sequence[NearWords], weights: np.ndarray, title: str, chunks: list[Chunk]
) -> Statement | None:
    """The statement of an item that says most of what is asked, one that gives the fact before any other.

    Args:
        near: for each word of the question, the collection's words that are near to it.
        weights: (words,) how much each word of the question says.
    """
    fact, least = question.fact, LEAST_COVERAGE[question.language]
    matcher = _Matcher(question.words, near, MET[question.language], SAME[question.language])
    titled = matcher.met(title)
    open_weight = float(weights[~titled].sum())
    statements = []
    for chunk in chunks:
        if chunk.section in (SectionKind.HEADING, SectionKind.ATTACHMENTS):
            continue
        before = np.zeros(len(weights), dtype=bool)
        for start, end in sentences(chunk.text):
            sentence = chunk.text[start:end]
            met = matcher.met(sentence)
            told = (met | before) & ~titled
            coverage = float(weights[told].sum()) / open_weight if open_weight > 0.05 else 1.0
            value = _value(fact, sentence, matcher)
            answers = coverage >= least and (value is not None or fact.kind is FactKind.REASON)
            span = Span(chunk.span.start + start, chunk.span.start + end)
            marked = value and Span(span.start + value[0], span.start + value[1])
            own = float(weights[met].sum())
            statements.append(((answers, coverage + own), Statement(chunk, span, marked, coverage, answers)))
            before = before | met if _ROW.search(sentence) else met  # what a table's head says holds for its rows
    return max(statements, key=lambda scored: scored[0])[1] if statements else None


class _Matcher:
    """Which words of the question a text meets."""

    def __init__(self, asked: Sequence[str], near: Sequence[NearWords], least: float, same: float) -> None:
        self._near = [
            {word for word, value in zip(row.words, row.nearness, strict=True) if value >= least} | {fold(word)}
            for word, row in zip(asked, near, strict=True)
        ]
        self._same = [
            {word for word, value in zip(row.words, row.nearness, strict=True) if value >= same} | {fold(word)}
            for word, row in zip(asked, near, strict=True)
        ]
        self._place = {fold(word): place for place, word in enumerate(asked)}

    def met(self, text: str) -> np.ndarray:
        held = {fold(word) for word in words(text)}
        return np.array([not held.isdisjoint(row) for row in self._near], dtype=bool)

    def places_of(self, word: str, text: str) -> list[int]:
        """Where the text has this word of the question."""
        place = self._place.get(word)
        if place is None:
            return []
        return [match.start() for match in re.finditer(r"\w+", text) if fold(match[0]) in self._same[place]]


def _value(fact: Fact, sentence: str, matcher: _Matcher) -> tuple[int, int] | None:
    """Where a sentence holds a value of the kind that is asked for, beside what it counts."""
    if fact.kind is FactKind.REASON:
        return None
    if fact.kind in (FactKind.PERSON, FactKind.NAME):
        found = [
            match.span() for match in _CAPITALISED.finditer(sentence) if fold(match[0].rstrip(".")) not in _NOT_A_NAME
        ]
        if fact.kind is FactKind.PERSON and not found:
            found = [match.span() for match in _ROLE.finditer(sentence)]
    else:
        bullet = _BULLET.match(sentence)
        found = [match.span() for match in _VALUES[fact.kind].finditer(sentence, bullet.end() if bullet else 0)]
    if not fact.counted:
        return found[0] if found else None
    heads = [place for head in fact.counted for place in matcher.places_of(head, sentence)]
    beside = [(min(abs(place - start) for place in heads), (start, end)) for start, end in found if heads]
    nearest = min(beside, default=None)
    return nearest[1] if nearest and nearest[0] <= _NEAR_HEAD else None
