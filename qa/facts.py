"""The fact that a question asks for, and where a sentence holds one of its kind.

"Hvor mange elever ...?" wants a number of pupils: an item on the right matter that gives none does not answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from index.danish import content_words, fold, stem, words
from index.dates import MONTH
from qa.models import Fact, FactKind, Language


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


_FIRM = (
    r"(?:\w*(?:firma|virksomhed|leverandør|konsulent|konsulenthus|entreprenør|rådgiver|bureau|selskab|bygherre|arkitekt"
    r"|advokat|revisor|mægler)(?:en|et|n)?|company|firm|contractor|supplier|vendor|consultant|consultancy|agency"
    r"|developer|architect|lawyer|auditor)"
)
_SUM = (
    r"(?:merforbrug|mindreforbrug|overskud|underskud|udgift|indtægt|beløb|besparelse|takst|gebyr|budget|pulje|indbyggertal"
    r"|areal|løn(?:nen)?\b|pris|husleje|rente|\w*præmie|\w*fravær|ledighed|overspend|surplus|deficit|fee|rate|saving"
    r"|population|amount|area|pool)\w*"
)
# The question word that comes first in a question decides; of two at the same place, the one that stands first here.
_ASKS: tuple[tuple[FactKind, re.Pattern[str]], ...] = (
    (
        FactKind.FUNDING,
        _pattern(
            r"""\b(?:hvordan|hvorledes|how)\b.*\b(?:finansier\w+|betal(?:es|t)|paid|funded|financed)\b
            |\bhvor\s+(?:kommer|tages|hentes|skal)\s+(?:pengene|midlerne)\b|\bhvem\s+(?:skal\s+)?(?:betale[rs]?|finansierer)\b
            |\bwhere\s+(?:do|does|did|will|is|are)\s+the\s+(?:money|funds)\b|\bwho\s+(?:pays|paid|funds|will\s+pay)\b"""
        ),
    ),
    (
        FactKind.SHARE,
        _pattern(
            r"""\bhvor\s+(?:mange|stor\s+en)\s+(?:procent|pct\.?|%|andel)|\bhow\s+many\s+percent
            |\bwhat\s+(?:percentage|share)"""
        ),
    ),
    (
        FactKind.MONEY,
        _pattern(
            r"""^\W*(?:pris|beløb|udgift)\b(?!-)
            |\b(?:hvad\s+koste(?:r|de)|hvor\s+mange\s+(?:penge|midler|kroner|millioner|mio\.?|kr\.?)|hvilket\s+beløb
            |hvor\s+meget\s+(?:\w+\s+){0,2}?kost\w+|hvad\s+er\s+prisen
            |(?:hvad|hvor\s+meget)\s+(?:\w+\s+){1,4}?(?:i\s+løn|tjener)|koster|kostede|hvad\s+løb\w*\s+(?:\w+\s+){1,5}?op\s+i|i\s+kroner(?:\s+og\s+øre)?
            |how\s+much\s+money|what\s+(?:is|was|does|did|will)\b.*\b(?:price|costs?)|how\s+much\b.*\bcosts?)\b"""
        ),
    ),
    (FactKind.DURATION, _pattern(r"\b(?:hvor\s+(?:længe|lang)|how\s+long)\b")),
    (FactKind.COUNT, _pattern(r"\b(?:hvor\s+mange|how\s+many)\b")),
    (
        FactKind.FIGURE,
        _pattern(
            rf"""\b(?:hvor\s+(?:meget|stort?|store|højt?|langt?|gammel)|how\s+(?:much|big|large|high|old)
            |(?:hvad|what)\s+(?:er|var|is|was)\s+(?:(?!(?:om|på|about|on)\b)\w+\s+){{0,4}}?{_SUM})\b"""
        ),
    ),
    (
        FactKind.TIME,
        _pattern(
            r"""\bhvornår\b|(?:^|[-–:,]\s*|\b(?:and|but)\s+)when\b
            |\b(?:hvilken\s+dato|hvad\s+dato|klokken\s+hvad|hvad\s+(?:tid|klokken)|what\s+(?:date|time)|hvilke\s+datoer|(?:which|what)\s+dates)\b"""
        ),
    ),
    (
        FactKind.NAME,
        _pattern(
            rf"""\b(?:hvilke[nt]?|which|what)\s+(?:\w+\s+){{0,2}}?{_FIRM}\b|\bhvem\s+er\s+(?:\w+\s+)?{_FIRM}\b
            |\bhvad\s+hedder\b|\bwho\s+is\s+the\s+(?:\w+\s+)?{_FIRM}\b"""
        ),
    ),
    (
        FactKind.PERSON,  # who approved something, the answer's own sentence says
        _pattern(
            r"""(?:^|[-–:,]\s*|^\W*\w+\s+)(?:hvem|who|whose)\b
            (?!\s+(?:har\s+|has\s+)?(?:godkend|vedtag|vedtog|beslutte|approved|adopted|decided))"""
        ),
    ),
    (
        FactKind.REASON,
        _pattern(
            r"""(?:^|[-–:,]\s*|^\W*\w+\s+)(?:hvorfor|why)\b
            |\b(?:hvad|what)\s+(?:er|var|is|was)\s+(?:the\s+)?(?:begrundelsen|årsagen|grunden|reason)\b"""
        ),
    ),
)
_GIVES_REASON = _pattern(
    r"""\b(?:skyldes|fordi|eftersom|idet|årsag(?:en|er|erne)?|begrundelse\w*|begrundet|grund(?:et|en)?|som\s+følge\s+af
    |på\s+baggrund\s+af|af\s+hensyn\s+til|(?:så|da)\s+(?:der|det|de|vi|kommunen)\b|(?:medfører|betyder|bevirker)\b)"""
)
_DECISION_FIRST = _pattern(  # "what was decided on X, and when ...?" is told by the decision
    r"""\W*(?:hvad|what)\s+(?:[\w'’]+\s+){1,6}?(?:beslut\w+|sagt|sagde|vedtag\w+|decided?|say|said)\b
    .*\b(?:og|and|samt)\s+(?:hvem|hvornår|hvorfor|hvor|who|when|why|how)\b"""
)
_MEANING = re.compile(
    r"\b(?i:hvad\s+(?:betyder|er|står)|what\s+(?:does|is))\s+(?i:forkortelsen\s+|the\s+abbreviation\s+)?[»\"“']?"
    r"(?P<short>[A-ZÆØÅ][A-ZÆØÅa-zæøå]*[A-ZÆØÅ])[«\"”']?\s*(?i:for|mean|stand\s+for|en\s+forkortelse\s+for)?\s*\??\s*$"
)
SAID_BY_KIND = frozenset(
    """
    penge kroner kr koster kostede pris prisen beloeb procent pct andel stor stort store hoej hoejt lang langt laenge
    gammel million millioner mio tal antal dato klokken goere goer much many big large high old long price cost costs
    money percent percentage share date time number tid finansieres finansieret finansiering finansierer betales betaler
    betalt pengene midlerne kommer raadighed disposition available paid pay pays funded financed funds come
    """.split()
)
"""Folded words that say which kind of fact is wanted, and are not looked for in the text."""
_COUNTED = _pattern(r"\b(?:hvor\s+mange|how\s+many)\s+(?!der\b|are\b|were\b)(?P<head>(?:[^\W\d_][\w-]*\s*){1,3})")
_NAMED = _pattern(rf"\b(?P<head>{_FIRM})\b")

_NUMBER = r"\d+(?:[.,]\d+)*[½¼¾]?"
_UNIT_OF_TIME = r"(?:(?:år|måned|uge|dag|time|minut)\w*|min\b\.?)"
_DAY_OR_MONTH = (
    rf"\d{{1,2}}\.?\s*(?:{MONTH})\b\.?(?:\s+\d{{4}})?(?:\s+kl\.?\s*\d[\d.:]*)?|\d{{1,2}}[-./]\d{{1,2}}(?:[-./]\d{{2,4}})?"
    rf"|(?:{MONTH})\b(?:\s+\d{{4}})?"
)
_VALUES: dict[FactKind, re.Pattern[str]] = {
    FactKind.MONEY: _pattern(
        rf"""{_NUMBER}\s*(?:mio\b\.?|mia\b\.?|mill\b\.?|t?\.?kr\b\.?|kroner\b|,-)(?:\s*kr\b\.?)?
        |(?<![\d.])\d{{1,3}}(?:\.\d{{3}})+(?![\d.])"""
    ),
    FactKind.SHARE: _pattern(rf"{_NUMBER}\s*(?:%|procent\b|pct\b)"),
    FactKind.DURATION: _pattern(
        rf"(?:{_NUMBER}|\b(?:et|en|ét|én|to|tre|fire|fem|seks|halvt?))\s+{_UNIT_OF_TIME}|\bsiden\s+(?:den\s+)?(?:{_DAY_OR_MONTH}|(?:19|20)\d\d\b)"
    ),
    FactKind.FIGURE: _pattern(
        rf"""(?<![\w.-])(?<!tabel\s)(?<!uge\s)(?<!pkt\.\s)(?<!punkt\s)(?<!kl\.\s)(?<!§\s)(?<!konto\s)(?<!\d\d\s[-–]\s)
        (?!\d{{1,2}}\.?\s*(?:{MONTH})\b|(?:19|20)\d\d\b)
        {_NUMBER}(?:\s*(?:%|procent|pct\.?|mio\.?|t?\.?kr\.?|m2|km|{_UNIT_OF_TIME})(?!\w))*"""
    ),
    FactKind.FUNDING: _pattern(
        r"""\b(?:\w*finansier\w*|(?:af)?holdes\s+(?:af|inden|over|under|via)\b|dækkes\s+(?:af|via|over)\b|betales\s+(?:af|via|over)\b
        |anvises\b|(?:pengene|midlerne)\s+(?:kommer|tages|hentes|findes)\b|kassebeholdningen|indenfor\s+(?:det|den|eget|\w*rammen?)|brugerbetaling\w*|tillægsbevilling\w*)"""
    ),
    FactKind.COUNT: _pattern(
        rf"""(?<![\w.])(?<!uge\s)(?<!pkt\.\s)(?<!punkt\s)(?<!kl\.\s)(?<!§\s){_NUMBER}
        |\b(?:ingen|én|ét|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|tyve|begge|samtlige)\b"""
    ),
    FactKind.TIME: _pattern(
        rf"""\b(?:{_DAY_OR_MONTH}|uge\s+\d+|kl\.?\s*\d[\d.:]*|(?:19|20)\d\d\b|om\s+(?:ca\.?\s*)?\w+\s+{_UNIT_OF_TIME}
        |\w*(?:forår|efterår|sommer|vinter|årsskifte)\w*|(?:næste|førstkommende|kommende)\s+\w+
        |(?:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag)\w*|årligt|løbende|straks|snarest
        |(?:efter|før|under|fra|inden)\s+(?:behandlingen\s+af\s+)?(?:dette\s+)?(?:punkt\w*|pkt\.)(?:\s+\d+)?)"""
    ),
}
_CAPITALISED = re.compile(
    r"^[A-ZÆØÅ]\w+(?:\s+[A-ZÆØÅ][\w-]+)+"
    r"|(?<=[\w,;:)(»“\"/&-] )[A-ZÆØÅ][\w&.-]*(?:\s+[A-ZÆØÅ][\w&.-]*)*|\([A-ZÆØÅ]{1,2}\)"
)
_ROLE = _pattern(
    r"""\b\w*(?:chef|leder|direktør|udvalg|forvaltning|stab|gruppe|afdeling|center|sekretariat|nævn|administration|formand
    |kommun|kasse|borgmester)\w*|\bvi\s+selv\b|\b(?-i:HR|IT|MED)\b"""
)
_NOT_A_NAME = frozenset(map(fold, MONTH.split("|"))) | {"kr", "mio", "punkt", "bilag", "sagsnr", "model"}
_ENUMERATED = re.compile(r"\s*\d{1,2}[.)]\s")
_NOUN_AND_NUMBER = _pattern(
    r"""(?P<noun>\w+)\s+(?:er|var|udgør|udgjorde|(?:er|var|lå|ligger)\s+på)
    (?=\s+(?!(?:19|20)\d\d\b)\d+(?:\.\d{3})*\b(?![,.]\d|\s*(?:%|procent|pct|færre|flere|højere|lavere|fewer|more|higher|lower)))"""
)
_INHABITANTS = frozenset("indbyggere borgere mennesker inhabitants residents people".split())
_POPULATION = "befolknings|folke"
_WHO_IS_TO = _pattern(
    r"""\bhvem\s+(?:skal|(?!har\b|er\b|var\b)\w+r)\b|ansvar|\b(?:bolden|opgaven)\b
    |\bwho\s+(?:will|should|must|(?:is|has|have)\s+to|(?!has\b|is\b|was\b)\w+s)\b|\bresponsib"""
)
# Characters between a value and the word that it belongs to, which stands after it or before it.
_LONGEST_GAP = {FactKind.COUNT: 25, FactKind.NAME: 25}
_LONGEST_GAP_AFTER = {FactKind.COUNT: 3, FactKind.NAME: 25}


def asked_fact(text: str, language: Language) -> Fact | None:
    """The fact that a question asks for, if it asks for one."""
    if short := _MEANING.search(text):
        return Fact(FactKind.MEANING, fold(short["short"]))
    asked = [(match.start(), place, kind) for place, (kind, asks) in enumerate(_ASKS) if (match := asks.search(text))]
    if not asked or _DECISION_FIRST.match(text):
        return None
    _, _, kind = min(asked)
    head = {FactKind.COUNT: _COUNTED, FactKind.NAME: _NAMED}.get(kind)
    found = head.search(text) if head else None
    heads = content_words(found["head"], language) if found else []
    return Fact(kind, fold(heads[0]) if heads else None)


def value_in(
    kind: FactKind, sentence: str, heads: Sequence[tuple[int, int]] | None, asked: Collection[str] = ()
) -> tuple[int, int] | None:
    """Where a sentence holds a value of that kind; one that the question itself gives is none.

    Args:
        asked: the words of the question.
        heads: where it has the word that the value must belong to; None if any value will do.
    """
    given = set() if kind is FactKind.FUNDING else {stem(fold(word)) for word in asked}
    found = [place for place in _values(kind, sentence) if not _is_given(sentence[slice(*place)], given)]
    if heads is None:
        return found[0] if found else None
    beside = [
        (max(head[0] - end, start - head[1]), (start, end))
        for start, end in found
        for head in heads
        if head[0] - end <= _LONGEST_GAP[kind] and start - head[1] <= _LONGEST_GAP_AFTER[kind]
    ]
    return min(beside)[1] if beside else None


def places_of_its_number(head: str, sentence: str) -> list[tuple[int, int]]:
    """Where a sentence has a word for how many there are of what is counted, with the number: "elevtallet var 312"."""
    counted = rf"{re.escape(stem(head))}\w{{,3}}" + (f"|{_POPULATION}" if head in _INHABITANTS else "")
    number = re.compile(rf"(?:{counted})tal(?:let)?")
    return [match.span() for match in _NOUN_AND_NUMBER.finditer(sentence) if number.fullmatch(fold(match["noun"]))]


def asks_who_is_to(text: str) -> bool:
    """Whether a question for a person asks who is to do something, and not who did it."""
    return _WHO_IS_TO.search(text) is not None


def gives_reason(sentence: str) -> bool:
    """Whether a sentence says why something is so."""
    return _GIVES_REASON.search(sentence) is not None


def meaning_in(sentence: str, short: str) -> tuple[int, int] | None:
    """Where a sentence writes an abbreviation out: "Strategisk Chefforum (SCF)", "SCF (Strategisk Chefforum)"."""
    for match in re.finditer(
        r"(?P<before>[A-ZÆØÅ][\w-]*(?:[ \t]+[\w-]+){0,5})\s*\((?P<inside>[^()]{2,60})\)", sentence
    ):
        if fold(match["before"].split()[-1]) == short and _shortens(short, fold(match["inside"])):
            return match.span("inside")
        if fold(match["inside"]) == short:
            return _written_out(short, match["before"], match.start("before"))
    return None


def _written_out(short: str, before: str, start: int) -> tuple[int, int] | None:
    """The last words before an abbreviation that it can stand for."""
    for word in reversed(list(re.finditer(r"\S+", before))):
        if _shortens(short, fold(before[word.start() :])):
            return start + word.start(), start + len(before)
    return None


def _shortens(short: str, written: str) -> bool:
    """Whether an abbreviation's letters stand in a name in their order, and both begin alike."""
    letters = iter(written)
    return written.startswith(short[0]) and all(letter in letters for letter in short)


def _is_given(value: str, given: set[str]) -> bool:
    held = {stem(fold(word)) for word in words(value)}
    return bool(held) and held <= given


def _values(kind: FactKind, sentence: str) -> list[tuple[int, int]]:
    if kind in (FactKind.PERSON, FactKind.NAME):
        named = list(_CAPITALISED.finditer(sentence))
        named.sort(key=lambda match: match[0].startswith("("))  # a party stands beside the name of its member
        found = [match.span() for match in named if fold(match[0].split()[0].rstrip(".")) not in _NOT_A_NAME]
        return found or [match.span() for match in _ROLE.finditer(sentence) if kind is FactKind.PERSON]
    bullet = _ENUMERATED.match(sentence)
    return [match.span() for match in _VALUES[kind].finditer(sentence, bullet.end() if bullet else 0)]
