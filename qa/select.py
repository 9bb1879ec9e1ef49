"""Ranked items -> those that answer: with evidence; for a fact one that states it; in a follow-up the one meant.

What is not selected is at most near.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.danish import fold, light_words, stem, terms
from index.dates import written_dates
from index.store import MinutesIndex
from index.stored import StoredItem
from qa.evidence import Calibration, has_evidence
from qa.models import FactKind, Question
from qa.named_days import is_of_day
from qa.retrieve import READ, Hit, Ranking, retrieve
from qa.statements import Statement, statements_of

_ASKS_FOR_TASK = re.compile(r"\b(?:hvad\s+skal|what\s+(?:must|should|will|is|are))\s+(?:the\s+)?", re.IGNORECASE)
_DOES = re.compile(
    r"\s+(?:\w+e|f[aå]a?|se|to\s+\w+)\b"
)  # an infinitive, and not "systemet", which goes on with the name
_LITERAL_BONUS = 0.2
_STATED_BONUS = 0.15  # what it counts that all that is asked stands in the one statement that gives the fact
_CLEARLY = 0.2
_STATING = 5
_ABOUT_AS_WELL = 0.8
_PLAINLY = 0.55
_NO_FARTHER = 0.7
"""Where the item that the question is plainly of does not state the fact, one that is much farther off is not asked."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The items that answer, best first; by item id what they say, most of what is asked first.

    Attributes:
        ranking: of all that was looked at for it.
    """

    hits: tuple[Hit, ...] = ()
    stated: Mapping[int, tuple[Statement, ...]] = field(default_factory=dict)
    ranking: Ranking = field(default_factory=Ranking)


def select(index: MinutesIndex, question: Question, calibration: Calibration) -> Selection:
    """The items that answer a question, if any do."""
    if question.about is None:
        return _answering(index, question, calibration)
    meant = _answering(index, replace(question, bound=True), calibration)
    if question.bound:
        return meant
    others = _answering(index, replace(question, about=None), calibration)
    if not meant.hits or (others.hits and _turns_away(others, meant, calibration)):
        return others
    return Selection((*meant.hits, *(hit for hit in others.hits if hit.item_id != question.about)), meant.stated)


def _turns_away(others: Selection, meant: Selection, calibration: Calibration) -> bool:
    """Whether a follow-up is clearly of another item than the last answer; not, where that says as much of it."""
    other, own = others.hits[0], meant.hits[0]
    stated, own_stated = others.stated.get(other.item_id), meant.stated.get(own.item_id)
    if stated and own_stated and own_stated[0].answers == stated[0].answers and own_stated[0].said >= stated[0].said:
        return False
    return other.literal > own.literal + _CLEARLY and calibration.probability(other) > calibration.probability(own)


def _answering(index: MinutesIndex, question: Question, calibration: Calibration) -> Selection:
    ranking = retrieve(index, question)
    return replace(_selected(index, question, ranking, calibration), ranking=ranking)


def _selected(index: MinutesIndex, question: Question, ranking: Ranking, calibration: Calibration) -> Selection:
    ranking = _of_the_days(index, question, ranking)
    titles = _titles_of(index, ranking.hits[:_STATING])
    if question.fact and question.fact.kind is FactKind.MEANING:
        return _meaning(index, question, ranking)
    hits = tuple(
        hit
        for hit in ranking.hits
        if has_evidence(hit, question, calibration) or _is_named(titles.get(hit.item_id), question)
    )
    hits = _newest_first(index, hits, calibration) if question.latest else _newest_of_its_title(index, hits)
    hits = _tasked_first(index, question, hits)
    if question.fact and question.fact.kind is not FactKind.REASON and (question.words or question.bound):
        return _stating(index, question, ranking, hits)
    return Selection(hits, _statements(index, question, ranking, hits[:1]) if question.words else {})


def _of_the_days(index: MinutesIndex, question: Question, ranking: Ranking) -> Ranking:
    """The ranking without items that are not of the days that the question names: "budget pr. 31. juli 2019" is
    none of 2018."""
    days = [written.date for written in written_dates(question.asked) if written.date]
    if not days:
        return ranking
    best = ranking.hits[:READ]
    found = zip(best, index.catalogue.items(hit.item_id for hit in best), strict=True)
    hits = tuple(hit for hit, item in found if hit.exact or any(is_of_day(index, hit, item, day) for day in days))
    return replace(ranking, hits=hits)


def _stating(index: MinutesIndex, question: Question, ranking: Ranking, hits: tuple[Hit, ...]) -> Selection:
    """The items that state the fact: with evidence, or so plainly that the one sentence is evidence enough."""
    literal = (hit for hit in ranking.hits[:_STATING] if hit not in hits and hit.literal >= _PLAINLY)
    near_the_best = (hit for hit in hits[:_STATING] if hit.exact or hit.score >= _NO_FARTHER * ranking.hits[0].score)
    candidates = (*near_the_best, *(hit for hit in literal if hit.names))
    stated = _statements(index, question, ranking, candidates)
    stating = [
        hit
        for hit in candidates
        if (said := stated.get(hit.item_id)) and said[0].answers and (hit in hits or said[0].said >= _PLAINLY)
    ]
    stating.sort(key=lambda hit: (not hit.exact, -_fitness(hit, stated[hit.item_id][0])))
    return Selection(tuple(stating), stated)


def _meaning(index: MinutesIndex, question: Question, ranking: Ranking) -> Selection:
    """The items that write an abbreviation out; any that has it may."""
    hits = tuple(hit for hit in ranking.hits if hit.names)
    stated = _statements(index, question, ranking, hits)
    return Selection(tuple(hit for hit in hits if hit.item_id in stated and stated[hit.item_id][0].answers), stated)


def _newest_first(index: MinutesIndex, hits: tuple[Hit, ...], calibration: Calibration) -> tuple[Hit, ...]:
    """Of items that answer about as well as the best, the newest first."""
    if not hits:
        return ()
    dates = {found.id: found.meeting.date for found in index.catalogue.items(hit.item_id for hit in hits)}
    least = _ABOUT_AS_WELL * calibration.probability(hits[0])
    as_good = [
        hit for hit in hits if calibration.probability(hit) >= least and hit.literal >= _ABOUT_AS_WELL * hits[0].literal
    ]
    as_good.sort(key=lambda hit: dates[hit.item_id] or dt.date.min, reverse=True)
    return (*as_good, *(hit for hit in hits if hit not in as_good))


def _newest_of_its_title(index: MinutesIndex, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Of items that bear the same title in the same municipality as the best, the newest first: it is what stands."""
    if not hits or hits[0].exact:
        return hits
    best, *others = index.catalogue.items(hit.item_id for hit in hits[:_STATING])
    alike = {found.id: found for found in others if _is_resumed(best, found)} | {best.id: best}
    dates = {item_id: found.meeting.date or dt.date.min for item_id, found in alike.items()}
    newest = max((hit for hit in hits if hit.item_id in dates), key=lambda hit: dates[hit.item_id])
    return (newest, *(hit for hit in hits if hit is not newest))


def _tasked_first(index: MinutesIndex, question: Question, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Where it is asked what somebody is to do, the items first whose decision charges them with something."""
    asked = _ASKS_FOR_TASK.search(question.text)
    if not (asked and hits) or hits[0].exact:
        return hits
    who = fold(question.text[asked.end() :])
    near = [hit for hit in hits[:READ] if hit.score >= _ABOUT_AS_WELL * hits[0].score]
    tasked = [
        hit
        for hit, found in zip(near, index.catalogue.items(hit.item_id for hit in near), strict=True)
        if any(
            task.who and who.startswith(fold(task.who)) and _DOES.match(who, len(fold(task.who)))
            for task in found.item.follow_ups
        )
    ]
    return (*tasked, *(hit for hit in hits if hit not in tasked))


def _is_resumed(one: StoredItem, other: StoredItem) -> bool:
    """Whether two items of a body seem to be of the same matter."""
    place = (one.meeting.municipality, one.meeting.body)
    return place == (other.meeting.municipality, other.meeting.body) and terms(one.item.title) == terms(
        other.item.title
    )


def _fitness(hit: Hit, statement: Statement) -> float:
    """How well an item answers a question for a fact."""
    return hit.score + _LITERAL_BONUS * hit.literal + _STATED_BONUS * statement.coverage


def _titles_of(index: MinutesIndex, hits: tuple[Hit, ...]) -> dict[int, frozenset[str]]:
    """The stems of the items' titles."""
    items = index.catalogue.items(hit.item_id for hit in hits)
    return {found.id: frozenset(terms(found.item.title)) for found in items}


def _is_named(title: frozenset[str] | None, question: Question) -> bool:
    """Whether all that a question says stands in an item's title: "Eventuelt den 12. april 2021"."""
    said = {stem(fold(word)) for word in question.words if fold(word) not in light_words()}
    return title is not None and bool(said) and said <= title


def _statements(
    index: MinutesIndex, question: Question, ranking: Ranking, hits: Sequence[Hit]
) -> dict[int, tuple[Statement, ...]]:
    """By item id, what the item says of what is asked."""
    stated = {}
    for hit, found in zip(hits, index.catalogue.items(hit.item_id for hit in hits), strict=True):
        chunks = sorted(index.catalogue.chunks(hit.chunk_ids).values(), key=lambda chunk: chunk.span.start)
        if statements := statements_of(index, question, ranking, hit, found.item, chunks):
            stated[hit.item_id] = statements
    return stated
