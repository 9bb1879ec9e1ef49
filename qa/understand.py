"""A question in Danish or English -> its language, its limits, what it wants, and the words that carry its meaning.

The question's limits on the meeting are hard: a municipality, a body that decided, the dates on which was met.
"""

from __future__ import annotations

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.danish import content_words, fold, light_words, stem, stopwords
from index.dates import written_dates
from index.municipalities import ALSO_WORDS, MUNICIPALITIES
from qa.bodies import DECIDING, named_body
from qa.facts import SAID_BY_KIND, asked_fact
from qa.listing import asked_set
from qa.models import Filters, Holdings, Intent, Language, Question
from qa.periods import meeting_period


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


_IDENTIFIER = _pattern(
    r"""(?<![\w./-])(?!(?:19|20)\d\d-(?:19|20)\d\d\b)(?:
      \d{2}\.\d{2}\.\d{2}(?:[-.][a-zæøå]\d{2}(?:-\d{1,5}-\d{2,4})?)?   # 00.30.02, 00.30.02-S00-21-19
    | [a-zæøå]{1,5}-?\d{4}-\d+                                        # S2021-5237, EMN-2025-010561
    | \d{2,4}-(?:19|20)\d\d-\d+ | (?:19|20)\d\d-\d{4,}               # 326-2021-13238, 2012-28504
    | \d{2}/\d{3,6} | \d{6,}                                         # 19/118, 299835
    )(?![\w/-])"""
)
_ITEM_NUMBER = _pattern(
    r"\b(?:punkt|pkt\.?|item|dagsordenspunkt|sag\ nr\.?)\s*(?:nr\.?\s*|number\s*)?(?P<number>\d{1,4}[a-z]?)\b"
)
_PLACE_NAME = re.compile(
    rf"\b(?:i|in|fra|from|{DECIDING}|har)\s+([A-ZÆØÅ][\w-]+)|\b([A-ZÆØÅ][\w-]+)\s+(?:[Kk]ommune|[Mm]unicipality)"
)

_ASKS_FOR_HISTORY = _pattern(
    r"""\b(?:histori(?:en|k|kken)|sagens\s+forløb|forløbet\s+(?:i|af)\s+sag|tidslinje\w*|sagsforløb\w*|tidligere\s+behandlinger|history|timeline|how\s+did\s+we\s+get)\b"""
)
_LATEST = _pattern(
    r"\b(?:seneste|nyeste|sidste|latest|most\s+recent|newest)\s+(?!\w*møde|år|punkt|uge|måned|meeting|year|item|week|month)"
)
_TOPIC = _pattern(
    r"""\b(?:om|vedr\.?|vedrørende|angående|about|on|regarding|concerning)\s+(.+?)
    (?=\s+(?:blev|er|var|skal|kom|har|i|på|fra|was|were|is|are|has|have|in|at|from)\b|[?.!]|$)"""
)
# A word with a capital that no sentence begins with, or a year.
_NAME = re.compile(r"(?<=[\w,»“\"] )(?!(?:I|Hvad|Hvem|Hvor|What|Who)\b)[A-ZÆØÅ][\w.-]*|\b(?:19|20)\d\d\b")
_OPERATOR = re.compile(r"(?<=\s)(?:AND|OR|NOT|NEAR)(?=\s)")  # what search engines take for more than a word
_SHOUTED_WORDS = 2  # more in capitals are no abbreviations
_MOST_WORDS = 60

# Words that ask, and say nothing of the matter.
ASKING = frozenset(
    fold(word)
    for word in """
    besluttet besluttede beslutning beslutninger beslutte vedtaget vedtog sagt sagde siger referat referatet
    referaterne referater møde mødet møder mødes punkt punktet punkter sag sager kommune kommunen kommunes komune
    komunen bestemt bestemte behandlet behandlede drøftet drøftede fremlagt give vis vise fortæl find finde står stod
    handler handlede
    mht vedrørende angående ang blevet decide decided decision decisions municipality municipal minutes meeting netop
    lige præcis egentlig faktisk egentligt just exactly actually meetings item items case cases show sagsbehandler
    list tell agreed told happened happen happens there anything something historie historien historik historikken
    forløbet tidslinje history timeline betyder mean stand deltog deltager deltagere mødedeltagere fremmødte attended
    attendees participants aftalt aftalte aftaltes outcome nævnt nævnte nævner nævne omtalt mentioned
    """.split()
)


_CASE = re.compile(r"\b(?:sag\w*|case|j\.?\s?nr\.?|kle)\W*$", re.IGNORECASE)


def understand(text: str, holdings: Holdings) -> Question:
    """Read a question; what it limits is looked up in what the index holds."""
    if text.isupper() and len(text.split()) > _SHOUTED_WORDS:
        text = text.capitalize()
    language = language_of(text)
    municipality, place = _municipality(text, holdings)
    body, body_place = named_body(text, holdings.bodies)
    number = _ITEM_NUMBER.search(text)
    period = meeting_period(text, municipality, body, place, holdings, item_named=number is not None)
    numbers = [match for match in _IDENTIFIER.finditer(text) if not _is_date(match[0])]
    if period and any(_is_case(match, text) for match in numbers if match.start() == period.start):
        period = None
    of_period = range(period.start, period.end) if period else ()  # "21.04.21" may be a KLE number, too
    identifiers = tuple(match[0] for match in numbers if match.start() not in of_period)
    filters = Filters(
        municipality=municipality,
        body=body,
        date_from=period and period.first,
        date_to=period and period.last,
        item=number["number"] if number and not identifiers else None,
    )
    fact = asked_fact(text, language)
    intent = Intent.FACT if fact else Intent.DECISION
    spoken_for = [place, body_place, period and (period.start, period.end), filters.item and number.span()]
    asked = _OPERATOR.sub(" ", _without(text, [stretch for stretch in spoken_for if stretch]))
    stems = {stem(fold(body)) for body in holdings.bodies}
    if listed := asked_set(asked, filters, holdings.bodies, lambda said: _says_more(said, language, stems)):
        intent, filters, fact = Intent.LIST, listed, None
        asked = " ".join(_TOPIC.findall(asked))
    if intent is Intent.DECISION and _ASKS_FOR_HISTORY.search(text):
        intent = Intent.HISTORY
    asking = ASKING | SAID_BY_KIND if fact else ASKING
    words = tuple(word for word in content_words(asked, language) if fold(word) not in asking)[:_MOST_WORDS]
    known = municipality in (None, *holdings.municipalities) and body in (None, *holdings.bodies)
    names = frozenset(name for match in _NAME.finditer(text) for name in content_words(match[0], language))
    names |= {word for word in words if word.isdigit()}
    return Question(
        text,
        language,
        intent,
        filters,
        " ".join(asked.split()) or text,
        words,
        identifiers,
        names & frozenset(words),
        fact,
        known,
        latest=bool(_LATEST.search(text)),
    )


def _is_case(match: re.Match[str], text: str) -> bool:
    """Whether a number that may be a day is one of a case: it goes on as such, or is called so."""
    return "-" in match[0] or _CASE.search(text[: match.start()]) is not None


def _says_more(text: str, language: Language, bodies: set[str]) -> bool:
    """Whether a text has words beside those that only ask and the names of bodies, given as stems."""
    return any(fold(word) not in ASKING and stem(fold(word)) not in bodies for word in content_words(text, language))


def _without(text: str, stretches: list[tuple[int, int]]) -> str:
    """The text with those stretches blanked: what a limit says is not searched for besides."""
    letters = list(text)
    for start, end in stretches:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def language_of(text: str) -> Language:
    """By the small words around the matter: an English question may well name a Danish title."""
    words = [fold(word) for word in re.findall(r"[^\W\d_]+", text)]
    small = {language: stopwords(language) | light_words(language) for language in ("da", "en")}
    danish, english = ([word for word in words if word in small[language]] for language in ("da", "en"))
    return "en" if len(set(english) - set(danish)) > len(set(danish) - set(english)) else "da"


def _municipality(text: str, holdings: Holdings) -> tuple[str | None, tuple[int, int] | None]:
    """(name, where it stands); one that the index does not hold counts only where it is written as a name."""
    for name in sorted(holdings.municipalities, key=len, reverse=True):
        flags = re.IGNORECASE if name in MUNICIPALITIES - ALSO_WORDS else 0
        if match := re.search(rf"\b{re.escape(name)}s?\b(?!-)", text, flags):
            return name, match.span()
    for match in re.finditer(r"\b(?:[A-ZÆØÅ]\w{5,}|[^\W\d_]{8,})", text):
        meant = process.extractOne(match[0].capitalize(), holdings.municipalities, scorer=OSA.distance, score_cutoff=1)
        if meant and match[0] not in MUNICIPALITIES:
            return meant[0], match.span()
    for match in _PLACE_NAME.finditer(text):
        name = next(part for part in match.groups() if part)
        if name in MUNICIPALITIES or name.removesuffix("s") in MUNICIPALITIES:
            return name if name in MUNICIPALITIES else name.removesuffix("s"), match.span()
    return None, None


def _is_date(text: str) -> bool:
    written = written_dates(text)
    return bool(
        written and written[0].year and 1990 <= written[0].year <= 2035 and not re.match(r"\d\d\.\d\d\.\d\d$", text)
    )
