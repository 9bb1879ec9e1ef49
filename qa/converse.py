"""A follow-up -> a question that stands alone: it inherits from the last answer what it does not name itself."""

from __future__ import annotations

import re
from dataclasses import fields, replace

from index.danish import content_words, fold, light_words
from index.dates import MONTH
from qa.models import Conversation, Filters, Intent, Limit, Question, Result, Status
from qa.periods import bounded, named_periods

_POINTS_BACK = re.compile(
    r"^\W*(?:og|men|and|but|so)\b|\b(?:den|det|de|dem|dette|disse|deres|dens|dets|denne|sagen|punktet|mere|ellers|it|its|they|them|their|this|that|those|more|else)\b|^\W*(?:hvorfor|why)\b",
    re.IGNORECASE,
)
_TURNS_TO = re.compile(r"^\W*(?:og|and|hvad\s+med|what\s+about|how\s+about)\b", re.IGNORECASE)
_ENDS_IN_IT = re.compile(r"\b(?:it|that|them|den|det|dem|sagen|punktet)\W*$", re.IGNORECASE)
_PLACES = {
    "første": 0, "first": 0, "anden": 1, "andet": 1, "second": 1, "tredje": 2, "third": 2, "fjerde": 3, "fourth": 3,
    "femte": 4, "fifth": 4, "sidste": -1, "last": -1,
}  # fmt: skip
_ONE_OF_THEM = re.compile(
    rf"""^\W*(?:(?:og|and|vis|åbn|se|show|open|hvad\s+(?:med|siger)|what\s+about|mig|me)\s+)*(?:den|det|the)\s+
    (?P<place>{"|".join(_PLACES)})(?:\s+(?:sag|punkt|af\s+dem|one|item|case|of\s+them))?\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
_OF_THE_MATTER = re.compile(r"\b(?:pr\.?|per|ultimo|primo|as of)\s*$", re.IGNORECASE)
_DATED = re.compile(rf"\d+|{MONTH}", re.IGNORECASE)
_TOPIC_WORDS = 3


def stand_alone(question: Question, conversation: Conversation) -> Question:
    """The question as it is meant after what was said before; a question that stands alone is not changed.

    "og i Nordfyn?" keeps the topic and takes the new limit; "og den pr. 28. februar?" keeps it with another date;
    "hvor mange penge svarer det til?" keeps the item. Whether a question that could stand alone is meant of the last
    item is for the minutes to say: `about` names that item.
    """
    last = conversation.last
    if last is None or question.identifiers:
        return question
    if chosen := _chosen(question, conversation):
        return replace(question, filters=Filters(), words=(), fact=None, about=chosen.item_id, bound=True)
    before = last.question
    turns_to = _TURNS_TO.search(question.text)
    if turns_to and (limited := _limit_alone(question)):
        changed = _changed(before.filters, limited)
        return replace(
            question,
            asked=before.asked,
            words=before.words,
            names=before.names,
            intent=before.intent,
            fact=before.fact,
            filters=changed,
        )
    if turns_to and before.words and _names_only_a_date(question):
        words = _together(question.words, tuple(word for word in before.words if not _DATED.fullmatch(word)))
        return replace(
            question, asked=" ".join(words), words=words, names=frozenset(), intent=before.intent, fact=before.fact
        )
    about = last.results[0] if last.status is Status.ANSWERED else None
    points_back = _POINTS_BACK.search(question.text)
    if about and _ENDS_IN_IT.search(question.text) and question.filters == Filters(body=about.citation.body):
        question = replace(question, filters=Filters())  # "did the board recommend it?"
    if question.intent is Intent.LIST or question.filters:
        return question
    if about is None:
        if not points_back:
            return question
        asked = f"{before.asked} {question.asked}"
        return replace(question, asked=asked, words=_together(question.words, before.words))
    filters = _sitting_of(about) if points_back else replace(before.filters, item=None) if turns_to else Filters()
    telling = [word for word in question.words if fold(word) not in light_words()]
    other_matter = bool(turns_to) and bool(telling) and question.fact is None  # "og hvad med skolerne?"
    short = len(telling) < _TOPIC_WORDS and not question.names
    bound = bool(points_back or question.fact) and short and not other_matter
    return replace(question, filters=filters, about=about.item_id, bound=bound)


def _chosen(question: Question, conversation: Conversation) -> Result | None:
    """The one of the items that were last shown together that a follow-up points at: "vis den anden"."""
    pointed = _ONE_OF_THEM.search(question.text)
    shown = [results for each in conversation.answers if len(results := each.results or each.nearest) > 1]
    if not pointed or not shown:
        return None
    place = _PLACES[pointed["place"].casefold()]
    return shown[-1][place] if place < len(shown[-1]) else None


def _names_only_a_date(question: Question) -> bool:
    """Whether a follow-up says no more than another date of the matter: "og den pr. 28. februar 2021?"."""
    return bool(question.words) and all(_DATED.fullmatch(word) for word in question.words)


def _limit_alone(question: Question) -> Filters | None:
    """The limits of a follow-up that says nothing else: "og i Nordfyn?", "and before 2018?"."""
    if question.filters and not question.words:
        return question.filters
    named = next(iter(named_periods(question.text)), None)
    if named is None or _OF_THE_MATTER.search(question.text[: named.start]):
        return None
    period = bounded(question.text, named) or named
    if content_words(question.text[: period.start] + question.text[period.end :], question.language):
        return None
    return replace(question.filters, date_from=period.first, date_to=period.last)


def _sitting_of(result: Result) -> Filters:
    citation = result.citation
    return Filters(
        municipality=citation.municipality, body=citation.body, date_from=citation.date, date_to=citation.date
    )


def _changed(before: Filters, now: Filters) -> Filters:
    """The earlier limits but for those that are named now; another municipality was met in on other days."""
    kept = before.without({Limit.ITEM})
    if now.date_from or now.date_to:
        kept = kept.without({Limit.PERIOD})
    if now.municipality and now.municipality != before.municipality:
        kept = kept.without({Limit.PERIOD, Limit.BODY})
    nothing = Filters()
    named = {field.name: getattr(now, field.name) for field in fields(Filters)}
    return replace(kept, **{name: value for name, value in named.items() if value != getattr(nothing, name)})


def _together(words: tuple[str, ...], earlier: tuple[str, ...]) -> tuple[str, ...]:
    return tuple({fold(word): word for word in (*earlier, *words)}.values())
