"""A question in Danish or English -> its language, its limits, what it wants, and the words that carry its meaning.

The question's limits on the *meeting* are hard: a municipality, a body that decided, a date on which was met.
A year or a date that belongs to the *matter* ("Budget 2022", "pr. 31. juli 2018") is no limit but part of the words.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace

from index.danish import content_words, fold
from index.dates import MONTH, MONTHS, written_dates
from index.models import Outcome
from index.municipalities import MUNICIPALITIES
from qa.models import Filters, Intent, Language, Question


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the index holds, as far as a question can be limited to it."""

    municipalities: tuple[str, ...]
    bodies: tuple[str, ...]
    meetings: tuple[tuple[str | None, dt.date | None], ...]

    def has_meeting(self, municipality: str | None, first: dt.date, last: dt.date) -> bool:
        return any((municipality is None or name == municipality) and date and first <= date <= last for name, date in self.meetings)

    def latest(self, municipality: str | None) -> dt.date | None:
        return max((date for name, date in self.meetings if date and (municipality is None or name == municipality)), default=None)


@dataclass(frozen=True, slots=True)
class _Period:
    """Meeting dates `first`..`last`, and the characters of the question that say so."""

    first: dt.date
    last: dt.date
    start: int
    end: int


_ENGLISH = frozenset(
    "what which who when where why how the of was were is are did does do in on about for from to and with any by at item items meeting decided decision board council".split()
)
_DANISH = frozenset("hvad hvilke hvilken hvem hvornår hvor hvorfor hvordan blev er var det den der om i på til fra med og af for sag sager punkt møde en et som skal skulle".split())

_IDENTIFIER = re.compile(
    r"(?<![\w./-])(?:\d{2}\.\d{2}\.\d{2}(?:[-.][A-ZÆØÅa-zæøå]\d{2}(?:-\d{1,5}-\d{2,4})?)?|[A-ZÆØÅa-zæøå]{1,5}-?\d{4}-\d+|\d{2,4}-(?:19|20)\d\d-\d+|(?:19|20)\d\d-\d{4,}|\d{2}/\d{3,6}|\d{6,})(?![\w/-])"
)
_ITEM_NUMBER = re.compile(r"\b(?:punkt|pkt\.?|item|dagsordenspunkt|sag nr\.?)\s*(?:nr\.?\s*|number\s*)?(?P<number>\d{1,4}[a-z]?)\b", re.IGNORECASE)
_MEETS = re.compile(
    r"\b(?:sagde|siger|beslutte\w*|beslutning\w*|vedt(?:og|aget|ages)|godkend\w*|drøfte\w*|behandle\w*|fremlag\w*|anbefale\w*|udsat\w*|udsatte|afvis\w*|møde\w*|punkter|sager|dagsorden\w*"
    r"|tog|bestemt\w*|nåede|enige|decide[ds]?|decision\w*|approve\w*|discuss\w*|adopt\w*|postpone\w*|reject\w*|recommend\w*|said|say|meeting\w*|agenda|items|cases)\b",
    re.IGNORECASE,
)
_MATTER = re.compile(r"(?:\bpr\.?|\bper|\bultimo|\bprimo|\bsiden|\bsince|\bbudget(?:tet)?|\bregnskab(?:et)?|\bstrategi(?:en)?|\b\w*plan(?:en)?|\bmedio|\budgangen af|\bend of|as of|-)\s*(?:den\s+|d\.\s*)?$", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d.,/-])(?P<year>(?:19|20)\d\d)(?![\d]|[.,]\d|[-/–]\d)")
_MONTH_YEAR = re.compile(rf"\b(?P<month>{MONTH})\.?\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_LATEST = re.compile(r"\b(?:(?:det\s+)?(?:seneste|sidste|nyeste)\s+(?:\w+)?møde\w*|(?:the\s+)?(?:latest|last|most recent)\s+(?:\w+\s+)?meeting)\b", re.IGNORECASE)

_OUTCOME_WORDS: tuple[tuple[frozenset[Outcome], str], ...] = (
    (frozenset({Outcome.APPROVED_WITH_CHANGES}), r"(?:godkendt|vedtaget|sagde?\s+ja|ja\s+til|approved|adopted)\b.*\b(?:tilføjelse\w*|bemærkning\w*|ændring\w*|betingelse\w*|forbehold|addition\w*|remark\w*|change\w*|condition\w*)"),
    (frozenset({Outcome.REJECTED}), r"afvist\w*|forkastet|ikke\s+godkendt|nej\s+til|rejected|turned\s+down"),
    (frozenset({Outcome.APPROVED, Outcome.APPROVED_WITH_CHANGES}), r"godkendt\w*|vedtaget|tiltrådt|bevilget|sagt?\s+ja|sagde\s+\w*\s*ja|approved|adopted"),
    (frozenset({Outcome.POSTPONED}), r"udsat|udskudt|udsatte|udskød|tages\s+op\s+igen|postponed|deferred|put\s+off"),
    (frozenset({Outcome.WITHDRAWN}), r"udgået|udgik|trukket|withdrawn|dropped"),
    (frozenset({Outcome.RECOMMENDED}), r"anbefalet|anbefales|anbefalede|indstillet|recommended"),
    (frozenset({Outcome.NOTED}), r"til\s+efterretning|orienteret|noted|taken\s+note"),
    (frozenset({Outcome.DISCUSSED}), r"drøftet|drøftede|kun\s+drøft\w*|discussed|only\s+discuss"),
    (frozenset({Outcome.HEARING}), r"i\s+høring|out\s+for\s+consultation|consultation"),
    (frozenset({Outcome.REFERRED}), r"oversendt|henvist|sendt\s+tilbage|referred|sent\s+back"),
)
_CLOSED = re.compile(r"\b(?:lukke(?:t|de)|for\s+lukkede\s+døre|closed|behind\s+closed\s+doors)\b", re.IGNORECASE)
_ASKS_FOR_LIST = re.compile(
    r"^\W*(?:(?:hvilke|hvad\s+for|which|what)\s+(?:\w+\s+){0,2}?(?:sager|punkter|beslutninger|dagsordenspunkter|emner|ting|items|cases|decisions|matters)\b|(?:vis|giv|list|show|give|find)\b.*\b(?:alle|all|every)\b|(?:alle|all)\s+(?:sager|punkter|beslutninger|items|decisions)"
    r"|hvad\s+(?:blev|var|er)\s+(?:\w+\s+)?(?:udsat|godkendt|lukket|drøftet|anbefalet|afvist|vedtaget)\b(?!\s+om)|hvad\s+(?:sagde|udsatte|godkendte|afviste|anbefalede|drøftede)\s+\w+\s+(?:\w+\s+)?ja\b)",
    re.IGNORECASE,
)
_ASKS_FOR_FACT = re.compile(r"^\W*(?:og\s+)?(?:hvor\s+(?:mange|meget|stor|store|højt|lang|langt|ofte|gammel)|hvornår|hvem|hvad\s+koster|hvilken\s+dag|how\s+(?:many|much|big|often|long|large|old)|when|who|what\s+(?:is\s+the\s+)?(?:price|cost|amount))\b", re.IGNORECASE)

# Words that ask, and say nothing of the matter.
_ASKING = frozenset(
    fold(word)
    for word in """besluttet besluttede beslutning beslutninger beslutte vedtaget vedtog sagt sagde siger referat referatet referater møde mødet møder mødes punkt punktet punkter sag sager
    kommune kommunen kommunes bestemt bestemte behandlet behandlede drøftet drøftede fremlagt give vis vise fortæl find finde står stod handler handlede mht vedrørende angående ang blevet
    decide decided decision decisions municipality municipal minutes meeting meetings item items case cases show list tell agreed told happened happen happens there anything something""".split()
)


def understand(text: str, holdings: Holdings) -> Question:
    """Read a question; what it limits is looked up in what the index holds."""
    language = language_of(text)
    municipality, known, place = _municipality(text, holdings)
    period = _period(text, municipality, place, holdings)
    number = _ITEM_NUMBER.search(text)
    identifiers = tuple(match[0] for match in _IDENTIFIER.finditer(text) if not _is_date(match[0]))
    filters = Filters(
        municipality=municipality,
        body=_body(text, holdings),
        date_from=period.first if period else None,
        date_to=period.last if period else None,
        item=number["number"] if number and not identifiers else None,
    )
    intent, filters = _intent(text, filters)
    spent = {fold(municipality or ""), fold(municipality or "") + "s"}
    asked = f"{text[: period.start]} {text[period.end :]}" if period else text
    words = tuple(word for word in content_words(asked) if fold(word) not in spent and fold(word) not in _ASKING)
    return Question(text, language, intent, filters, words, identifiers, known)


def language_of(text: str) -> Language:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    if re.search(r"[æøå]", text.casefold()):
        return "da"
    return "en" if sum(word in _ENGLISH for word in words) > sum(word in _DANISH for word in words) else "da"


def _municipality(text: str, holdings: Holdings) -> tuple[str | None, bool, tuple[int, int]]:
    """(name, whether the index holds it, where it stands); a name that is not held must be written as a name."""
    for name in sorted(holdings.municipalities, key=len, reverse=True):
        if match := re.search(rf"\b{re.escape(name)}s?\b(?!-)", text, re.IGNORECASE):
            return name, True, match.span()
    for name in MUNICIPALITIES:
        if match := re.search(rf"\b(?:i|in|fra|from)\s+{re.escape(name)}\b|\b{re.escape(name)}s?\s+(?:Kommune|Municipality)|\b(?:sagde|besluttede|har)\s+{re.escape(name)}\b", text):
            return name, False, match.span()
    return None, True, (-1, -1)


def _body(text: str, holdings: Holdings) -> str | None:
    """The body whose decision is asked for: "hvad besluttede Økonomiudvalget", "på mødet i direktionen"."""
    verbs = r"(?:besluttede|vedtog|godkendte|drøftede|behandlede|sagde|anbefalede|afviste|udsatte|did)"
    for body in sorted(holdings.bodies, key=len, reverse=True):
        name = re.escape(body)
        if re.search(rf"\b{verbs}\s+(?:\w+s\s+)?{name}\b|\bmøde\w*\s+i\s+{name}\b|\b{name}s\s+(?:møde|beslutning)", text, re.IGNORECASE):
            return body
    return None


def _period(text: str, municipality: str | None, place: tuple[int, int], holdings: Holdings) -> _Period | None:
    """The meeting dates that a question is limited to, or None."""
    if match := _LATEST.search(text):
        latest = holdings.latest(municipality)
        return _Period(latest, latest, *match.span()) if latest else None
    for written in written_dates(text):
        named_meeting = re.search(r"møde\w*\s+(?:\w+\s+)?(?:den\s+|d\.\s*)?$|meeting\s+(?:\w+\s+)?(?:on\s+)?$", text[: written.start], re.IGNORECASE)
        if written.date and not _MATTER.search(text[: written.start]) and (named_meeting or holdings.has_meeting(municipality, written.date, written.date)):
            return _Period(written.date, written.date, written.start, written.end)
    for period in _months_and_years(text):
        before = text[: period.start]
        if _MATTER.search(before):
            continue
        beside_place = place[1] >= 0 and re.fullmatch(r"[\s,]*(?:i|in|fra|from)?\s*", text[place[1] : period.start] if place[1] <= period.start else "x")
        said_of_meeting = re.search(r"\b(?:i|in|fra|from|during)\s+(?:år\s+)?$", before, re.IGNORECASE) and _MEETS.search(text)
        if beside_place or said_of_meeting:
            return period
    return None


def _months_and_years(text: str) -> list[_Period]:
    found = []
    for match in _MONTH_YEAR.finditer(text):
        year, month = int(match["year"]), MONTHS[match["month"].lower()]
        found.append(_Period(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]), *match.span()))
    taken = [(period.start, period.end) for period in found] + [(written.start, written.end) for written in written_dates(text)]
    for match in _YEAR.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            year = int(match["year"])
            found.append(_Period(dt.date(year, 1, 1), dt.date(year, 12, 31), *match.span()))
    return found


def _intent(text: str, filters: Filters) -> tuple[Intent, Filters]:
    """What kind of answer is wanted; a list is limited to the outcomes that it asks for."""
    closed = bool(_CLOSED.search(text))
    outcomes = next((outcomes for outcomes, words in _OUTCOME_WORDS if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)), frozenset())
    if _ASKS_FOR_LIST.search(text) and (outcomes or closed or filters.date_from):
        return Intent.LIST, replace(filters, outcomes=frozenset() if closed else outcomes, closed=True if closed else None)
    return (Intent.FACT if _ASKS_FOR_FACT.search(text) else Intent.DECISION), filters


def _is_date(text: str) -> bool:
    written = written_dates(text)
    return bool(written and written[0].year and 1990 <= written[0].year <= 2035 and not re.match(r"\d\d\.\d\d\.\d\d$", text))
