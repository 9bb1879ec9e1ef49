"""Which set of items a question asks for: "hvilke sager blev udsat?", "what was closed in September 2018?".

Such a question is not searched for but looked up in the catalogue, so that its answer is complete.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace

from index.models import Outcome
from qa.bodies import english_body
from qa.models import Filters
from qa.periods import OTHER_GATHERING


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


_ITEMS = r"(?:\w*sager|\w*punkter(?:ne)?|beslutninger(?:ne)?|emner|items|cases|decisions|matters|points)"
_OUTCOME_WORD = (
    r"(?:udsat|udskudt|godkendt|lukket|drøftet|anbefalet|afvist|forkastet|vedtaget|tiltrådt|udgået|trukket|oversendt|sendt"
    r"|henvist|til\s+(?:orientering|efterretning)|taget\s+(?:til\s+efterretning|af)|postponed|deferred|approved|adopted"
    r"|closed|discussed|recommended|rejected|withdrawn|noted|referred|for\s+information)"
)
_OUTCOME_ATTRIBUTE = (
    r"(?:udsatte|udskudte|godkendte|lukkede|drøftede|anbefalede|afviste|vedtagne|udgåede|fortrolige|confidential)"
)
_ACTED = r"(?:sagde|udsatte|udskød|godkendte|vedtog|afviste|anbefalede|drøftede)"
_ASKS = _pattern(
    rf"""^\W*(?:
      (?:hvilke|hvad\s+for|which|what)\s+(?:\w+\s+){{0,2}}?{_ITEMS}\b
    | (?:hvilke[nt]|which|what)\s+(?:\w*sag|\w*punkt|emne|item|case|matter)\s+(?:blev|er|var|was|is)\s+(?:\w+\s+)?
        {_OUTCOME_WORD}\b
    | (?:de\s+|the\s+)?(?:{_OUTCOME_WORD}|{_OUTCOME_ATTRIBUTE})\s+{_ITEMS}\b
    | (?:er|var|blev)\s+der\s+(?:\w+\s+){{0,2}}?{_ITEMS}\b | (?:are|were)\s+there\s+(?:any\s+)?{_ITEMS}\b
    | (?:hvor\s+mange|how\s+many)\s+(?:\w+\s+){{0,2}}?{_ITEMS}\b
    | (?:vis|giv|list|liste|oversigt|show|give|find)\b.*\b(?:alle|alt|all|every|everything|{_ITEMS})\b
    | (?:alle|alt|all|everything)\s+(?:\w+\s+)?(?:{_ITEMS}|der|that)\b
    | (?:hvad|what)\s+(?:blev|var|er|was|were|is)\s+(?:\w+\s+){{0,2}}?{_OUTCOME_WORD}\b
      (?!\s+(?:med|om|vedr|with|on|about))
    | (?:hvad|what)\s+{_ACTED}\s+(?:(?:\w+s\s+)?\w+\s+)(?:ja\s+til\b|(?:i|på|den|in)\s|,|\?|$)
    | (?:dagsorden|agenda|hvad\s+(?:var|stod|er)\s+på\s+dagsordenen|what\s+was\s+on\s+the\s+agenda)\b
    )"""
)

# "Hvilke emner skal på temamødet?": those of another gathering are what an item says, and no items.
_ELSEWHERE = _pattern(
    rf"""\b(?:på|til|ved|for|at|on)\s+(?:et\s+|de[nt]\s+|an?\s+|the\s+)?(?:\w+\s+)?(?:{OTHER_GATHERING}\w*|theme\s+meeting)
    |\b(?:med|til|with|for)\s+(?:the\s+)?(?:borgmester|mayor)"""
)
_APPROVED = (
    r"godkendt\w*|godkendte|godkendelse|vedtaget|tiltrådt|bevilget|sagt\s+ja|sagde\s+(?:\w+\s+)?ja|ja\s+til"
    r"|approved?|adopt(?:ed)?"
)
_CHANGED = r"tilføjelse|bemærkning|ændring|betingelse|forbehold|addition|remark|change|condition"
_UNCHANGED = (
    r"uden\s+(?:\w+\s+)?(?:tilføjelse|bemærkning|ændring|betingelse|forbehold)|without\s+(?:\w+\s+)?(?:change|remark)"
)
_OUTCOMES: tuple[tuple[frozenset[Outcome], re.Pattern[str]], ...] = (
    (frozenset({Outcome.APPROVED}), _pattern(rf"\b(?:{_APPROVED})\b.*\b(?:{_UNCHANGED})")),
    (
        frozenset({Outcome.APPROVED, Outcome.APPROVED_WITH_CHANGES}),
        _pattern(rf"\b(?:{_APPROVED})\b.*\b(?:også|uanset|eller\s+uden|including|or\s+without)\b.*\b(?:{_CHANGED})"),
    ),
    (frozenset({Outcome.APPROVED_WITH_CHANGES}), _pattern(rf"\b(?:{_APPROVED})\b.*\b(?:{_CHANGED})")),
    (
        frozenset({Outcome.REJECTED}),
        _pattern(r"\b(?:afvis\w+|forkast\w+|afslag|nej\s+til|reject(?:ed)?|turn(?:ed)?\s+down|refused?)\b"),
    ),
    (frozenset({Outcome.APPROVED, Outcome.APPROVED_WITH_CHANGES}), _pattern(rf"\b(?:{_APPROVED})\b")),
    (
        frozenset({Outcome.POSTPONED}),
        _pattern(
            r"\b(?:udsat|udsatte|udskudt|udskød|(?:tages\s+op|kommer|skal\s+på\s+\w+)\s+igen|postponed?|defer(?:red)?|put\s+off)\b"
        ),
    ),
    (frozenset({Outcome.WITHDRAWN}), _pattern(r"\b(?:udgået|udgik|trukket|taget\s+af|withdrawn|dropped)\b")),
    (
        frozenset({Outcome.RECOMMENDED}),
        _pattern(r"\b(?:anbefalet|anbefales|anbefalede|(?:med|en)\s+anbefaling|indstillet|recommend(?:ed)?)\b"),
    ),
    (
        frozenset({Outcome.NOTED}),
        _pattern(
            r"\b(?:til\s+(?:efterretning|orientering)|orienteret|orienteringer|noted?|taken\s+note|for\s+information)\b"
        ),
    ),
    (frozenset({Outcome.DISCUSSED}), _pattern(r"\b(?:drøftet|drøftede|discuss(?:ed)?)\b")),
    (frozenset({Outcome.HEARING}), _pattern(r"\b(?:i\s+høring|consultation)\b")),
    (
        frozenset({Outcome.REFERRED}),
        _pattern(r"\b(?:oversendt|henvist|sendt\s+(?:tilbage|videre)|referred|sent\s+back)\b"),
    ),
    (
        frozenset({Outcome.NO_DECISION}),
        _pattern(r"\b(?:ingen|uden|mangler\s+en)\s+beslutning\b|\b(?:no|without\s+a)\s+decision\b"),
    ),
)
_OUTCOME_SAID = _pattern(
    rf"""\b(?:{_OUTCOME_WORD}|{_APPROVED}|{_CHANGED}\w*|(?:med|uden|with|without)\s+(?:en\s+|a\s+)?anbefaling|anbefaling\w*
    |recommendations?|sendt?e?|videre|igen|again|bemærkninger|tilføjelser|ændringer)\b"""
)
_CLOSED = _pattern(r"\b(?:lukke(?:t|de)|fortrolig\w*|closed|confidential)\b")
RESUMED = _pattern(r"\b(?:genoptag\w+|gengangere?|taken\s+up\s+again|resumed)\b")
_FORWARDED = _pattern(
    r"""\b(?:videre|sendes|går|skal|forelægges|oversendes|on|go|goes|forwarded)\s+(?:\w+\s+){0,3}?(?:til|i|for|to|before)\s+(?:the\s+)?
    (?P<body>\w*(?:udvalg(?:et)?|bestyrelsen?|byråd(?:et)?|direktionen|rådet)|MED\w*|(?:\w+\s+)?(?:council|committee|board))\b"""
)
_OF_ONE = _pattern(
    r"^\W*(?:and\s+|og\s+)?(?:did|was|has|is|blev|er|har|fik)\b.*\b(?:it|that|this|den(?=\s\w)|det|sagen|punktet)\b"
)  # "did the board recommend it?"
_NEGATED = _pattern(
    rf"""\b(?:uden\s+at\s+(?:blive|være|få)|ikke\s+(?:blev|er|var)?|without\s+being|not(?:\s+been)?)\s*
    (?P<outcome>{_OUTCOME_WORD})\b"""
)


def asked_set(text: str, filters: Filters, bodies: Collection[str], left: Callable[[str], bool]) -> Filters | None:
    """The limits of the set of items that a question asks for; None where it asks for something else.

    Args:
        bodies: those that the index holds.
        left: whether a text still says something beside limits and words that only ask. A question that says nothing
            but an outcome ("hvad godkendte direktionen uden bemærkninger?") asks for a set, however it is put.
    """
    negated = _NEGATED.search(text)
    said = _NEGATED.sub("", text)
    outcomes, named = next(
        ((outcomes, match) for outcomes, pattern in _OUTCOMES if (match := pattern.search(said))), (frozenset(), None)
    )
    of_one = _OF_ONE.search(text)
    only_outcome = named and filters and not of_one and not left(_OUTCOME_SAID.sub(" ", said.replace(named[0], " ")))
    if not (_ASKS.search(text) or only_outcome) or _ELSEWHERE.search(text):
        return None
    if forwarded := _FORWARDED.search(said):
        body = forwarded["body"]
        return replace(filters, forwarded_to=english_body(body, bodies) or body)
    if RESUMED.search(said):
        return replace(filters, resumed=True)
    if _CLOSED.search(said):
        return replace(filters, closed=True)
    if negated and not outcomes:
        excluded = next((outcomes for outcomes, said in _OUTCOMES if said.search(negated["outcome"])), frozenset())
        outcomes = frozenset(Outcome) - excluded
    return replace(filters, outcomes=outcomes) if outcomes or filters.date_from or filters.date_to else None
