"""A question that was understood -> ranked items, each with the numbers that put it there.

Candidates come from the lexical and the dense index; exact scores are computed on candidates only, and the first of
them are read sentence by sentence. An exact identifier goes before everything else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np

from index.danish import fold, light_words, sentences
from index.meetings import Extent, Within
from index.soft import SoftScores, soft_scores
from index.store import MinutesIndex
from index.vocabulary import NearWords
from qa.models import Filters, Question
from qa.periods import is_of_matter

CANDIDATES = 60
SOFT_WEIGHT, DENSE_WEIGHT, NEAR_WEIGHT = 0.25, 0.4, 0.35
"""Chosen on the project's own questions; benchmarks/README.md tells how, and what each is good for."""
READ = 6
_SHORTEST_SENTENCE = 13
_BEST_CHUNK, _WHOLE_ITEM = 0.7, 0.3
_CHUNKS_OF_AN_ITEM = 2.5
MET = 0.6
"""From here on a word of the question counts as met: by itself, another form, a compound or a near synonym."""
LIGHT_WEIGHT = 0.35
LITERAL = {"da": 0.86, "en": 0.5}
"""From here on it is the same word, but for its form or a slip; in English what means the same."""


_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Hit:
    """An item with its scores, all from 0 to 1, and the ids of its chunks, those that speak most for it first.

    Attributes:
        soft: how well the item's words meet the question's.
        dense: the cosine of its best chunk with the question.
        near: the cosine of its best sentence with the question's words; that of its best chunk, where none was read.
        exact: whether it bears an identifier that the question names.
        literal: how much of what the question says the item says in the same words, or forms of them.
        missing: what the word says that the item lacks most.
        met: the question's words that are met.
        names: whether it has all that the question names, in the same words.
    """

    item_id: int
    score: float
    soft: float
    dense: float
    near: float
    exact: bool
    literal: float
    missing: float
    met: tuple[str, ...]
    names: bool
    chunk_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The items that may answer, best first; and for each word of the question what is near to it, and its weight."""

    hits: tuple[Hit, ...] = ()
    near: tuple[NearWords, ...] = ()
    weights: np.ndarray = field(default_factory=lambda: np.zeros(0))


def retrieve(index: MinutesIndex, question: Question, most: int = CANDIDATES) -> Ranking:
    """Rank the items within the question's limits: so many of those that its words fit best, and as many nearest."""
    among = _rows_that_may_answer(index, question)
    if among is not None and not len(among):
        return Ranking()
    exact = items_bearing(index, question.identifiers, among)
    if question.filters.item and len(among) == 1:  # the number of an item of one meeting is as good as a case number
        exact = index.rows.ids(among)
    with ThreadPoolExecutor(1) as beside:  # of millions of items, either search takes its time
        found = beside.submit(index.dense_candidates, question.asked, int(_CHUNKS_OF_AN_ITEM * most), among)
        near = index.near_words(question.words)
        weights = word_weights(question.words, near, index.manifest.items)
        by_words = index.lexical_candidates(near, weights, most, among)
        by_meaning = found.result()[:most]
    candidates = list(dict.fromkeys([*exact, *by_words, *by_meaning]))
    return rank(index, question, near, candidates, exact)


def rank(
    index: MinutesIndex,
    question: Question,
    near: list[NearWords],
    candidates: Sequence[int],
    exact: Collection[int] = (),
) -> Ranking:
    """Score those items exactly; those that bear what the question names go first."""
    chunks = index.catalogue.chunk_words(candidates)
    weights = word_weights(question.words, near, index.manifest.items)
    soft = soft_scores(chunks, near, len(index.vocabulary), weights)
    _meet_years(index, question, soft)
    dense = index.cosines(question.asked, candidates)
    by_item: dict[int, list[int]] = {}
    for chunk in chunks:
        by_item.setdefault(chunk.item_id, []).append(chunk.id)
    hits = [
        _hit(item_id, chunk_ids, question, weights, soft, dense, item_id in exact)
        for item_id, chunk_ids in by_item.items()
    ]
    hits.sort(key=_place)
    read = sorted(_read(index, question, hits[:READ]), key=_place)
    return Ranking((*read, *hits[READ:]), tuple(near), weights)


def _meet_years(index: MinutesIndex, question: Question, soft: SoftScores) -> None:
    """A year that a question names is met by what was dealt with in it, too, whether or not the text says so; not one
    of the matter ("Budget 2022"), nor by an item whose title bears another."""
    years = {place: int(word) for place, word in enumerate(question.words) if _YEAR.fullmatch(word)}
    if not years or any(is_of_matter(question.text, match.start()) for match in _YEAR.finditer(question.text)):
        return
    items = list(soft.met)
    met_in = zip(items, index.catalogue.columns.years(index.rows_of(items)), strict=True)
    for found in index.catalogue.items(item for item, year in met_in if year in years.values()):
        year = found.meeting.date.year
        if {int(named) for named in _YEAR.findall(found.item.title)} <= {year}:
            for place in (place for place, named in years.items() if named == year):
                soft.met[found.id][place] = 1.0


def _place(hit: Hit) -> tuple[bool, float, int]:
    return not hit.exact, -hit.score, hit.item_id


def _read(index: MinutesIndex, question: Question, hits: list[Hit]) -> list[Hit]:
    """The items with how near their best sentence is."""
    held = index.catalogue.chunks(chunk_id for hit in hits for chunk_id in hit.chunk_ids)
    told = [
        (place, held[chunk_id].text[start:end])
        for place, hit in enumerate(hits)
        for chunk_id in hit.chunk_ids
        for start, end in sentences(held[chunk_id].text)
        if end - start >= _SHORTEST_SENTENCE
    ]
    silent = {*range(len(hits))} - {place for place, _ in told}
    near = np.array([hit.near if place in silent else 0.0 for place, hit in enumerate(hits)])
    asked = " ".join(question.words) or question.text
    np.maximum.at(near, [place for place, _ in told], index.likeness(asked, [text for _, text in told]))
    return [
        replace(hit, near=float(best), score=hit.score + NEAR_WEIGHT * float(best))
        for hit, best in zip(hits, near, strict=True)
    ]


def word_weights(words: tuple[str, ...], near: list[NearWords], item_total: int) -> np.ndarray:
    """(words,) how much each word of a question says: the rarer it and its like are, the more. They sum to 1."""
    like_counts = np.array([min(float(row.nearness**2 @ row.item_counts), item_total) for row in near])
    rarity = np.log(1 + item_total / (1 + like_counts))
    rarity *= [LIGHT_WEIGHT if fold(word) in light_words() else 1.0 for word in words]
    return rarity / rarity.sum() if rarity.any() else rarity


def items_bearing(index: MinutesIndex, identifiers: tuple[str, ...], among: np.ndarray | None) -> list[int]:
    """The items that bear one of the numbers that a question names, of those in some rows."""
    bearing = dict.fromkeys(item for identifier in identifiers for item in index.catalogue.item_ids_bearing(identifier))
    return [item for item in bearing if among is None or np.isin(index.rows_of([item]), among).any()]


def _hit(
    item_id: int,
    chunk_ids: list[int],
    question: Question,
    weights: np.ndarray,
    soft: SoftScores,
    dense: dict[int, float],
    exact: bool,
) -> Hit:
    def chunk_score(chunk_id: int) -> float:
        return SOFT_WEIGHT * soft.chunks.get(chunk_id, 0.0) + DENSE_WEIGHT * max(dense.get(chunk_id, 0.0), 0.0)

    ranked = sorted(chunk_ids, key=chunk_score, reverse=True)
    best_chunk = max(soft.chunks.get(chunk_id, 0.0) for chunk_id in chunk_ids)
    best_dense = max(dense.get(chunk_id, 0.0) for chunk_id in chunk_ids)
    of_words = _BEST_CHUNK * best_chunk + _WHOLE_ITEM * soft.items.get(item_id, 0.0)
    nearness = soft.met.get(item_id, np.zeros(len(question.words)))
    same = nearness >= LITERAL[question.language]
    return Hit(
        item_id=item_id,
        score=SOFT_WEIGHT * of_words + DENSE_WEIGHT * max(best_dense, 0.0),
        soft=of_words,
        dense=best_dense,
        near=max(best_dense, 0.0),
        exact=exact,
        literal=float(weights @ same),
        missing=float(max(weights * (1 - nearness), default=0.0)),
        met=tuple(word for word, near in zip(question.words, nearness, strict=True) if near >= MET),
        names=all(found for word, found in zip(question.words, same, strict=True) if word in question.names),
        chunk_ids=tuple(ranked),
    )


def item_ids_within(index: MinutesIndex, filters: Filters) -> list[int]:
    """The items that a question's limits leave, newest meeting first."""
    return index.catalogue.item_ids(
        municipality=filters.municipality,
        body=filters.body,
        first=filters.date_from,
        last=filters.date_to,
        number=filters.item,
        outcomes=filters.outcomes,
        closed=filters.closed,
        resumed=filters.resumed,
        forwarded_to=filters.forwarded_to,
    )


def extent_within(index: MinutesIndex, filters: Filters) -> Extent:
    """What there is within a question's limits on the meeting."""
    return index.catalogue.columns.extent(_of_meeting(filters))


def is_within(index: MinutesIndex, item_id: int, filters: Filters) -> bool:
    """Whether an item is one of those that a question's limits leave."""
    rows = _rows_within(index, filters)
    return rows is None or bool(np.isin(index.rows_of([item_id]), rows).any())


def _rows_that_may_answer(index: MinutesIndex, question: Question) -> np.ndarray | None:
    """None for all."""
    within = _rows_within(index, question.filters)
    if not question.bound or (within is not None and not len(within)):
        return within
    return index.rows_of([question.about])


def _rows_within(index: MinutesIndex, filters: Filters) -> np.ndarray | None:
    """The rows of the items that a question's limits leave; None for all."""
    if not filters:
        return None
    if filters == Filters(filters.municipality, filters.body, filters.date_from, filters.date_to):
        return index.rows_within(_of_meeting(filters))
    return index.rows_of(item_ids_within(index, filters))


def _of_meeting(filters: Filters) -> Within:
    return Within(filters.municipality, filters.body, filters.date_from, filters.date_to)
