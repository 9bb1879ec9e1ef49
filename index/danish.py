"""Danish for machines: folding, words, stems, sentences.

Folding makes one word of all its spellings: "hoeringssvar" and "høringssvar", "Aabybro" and "Åbybro".
Index and question go through the same functions, so that what is folded here is folded in both.
"""

from __future__ import annotations

import re
import threading
from functools import cache, lru_cache

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("danish")
_STEMMING = threading.Lock()  # the stemmer keeps the word that it is at in itself
_FOLD = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "é": "e", "è": "e", "ë": "e", "á": "a", "à": "a"}
)
_IDENTIFIER = r"\d+(?:[./-][\wæøåÆØÅ]+)+|[A-Za-zÆØÅæøå]{1,5}-?\d{4}-\d+"
_WORD = re.compile(rf"(?P<identifier>{_IDENTIFIER})|[^\W_]+(?:['’][^\W_]+)?")

_ABBREVIATED = re.compile(r"(?<![^\W\d])[A-ZÆØÅ]{2,}(?![^\W\d])")
_ABBREVIATIONS = """
    adm afd alm anm ang art b bl.a bl ca d d.d d.v.s dvs e.l el eks etc evt f.eks feks ff fhv fig fmd forts fx
    hhv if ifm iht inkl incl ift jf jvf kap kl kr l m m.fl m.m m.v maks max mdr mht mhp mia min mio mv nr nærv
    o.l obl oprl osv p.t pba pct pga pgf pkt pol pr pt s s.u sek sml stk str t.o.m tlf udg v vedr vha vs excl
    ekskl jan feb mar apr jun jul aug sep sept okt nov dec
""".split()
_ANY_ABBREVIATION = "|".join(map(re.escape, sorted(_ABBREVIATIONS, key=len, reverse=True)))
_ENDS_IN_ABBREVIATION = re.compile(rf"(?:^|[\s(])(?:{_ANY_ABBREVIATION}|\d{{1,2}}|[A-ZÆØÅ])\.$", re.IGNORECASE)
_ENDS_IN_AMOUNT = re.compile(r"\d\s*(?:kr|pct)\.$", re.IGNORECASE)
_BEGINS_LARGE = re.compile(r"\s+[A-ZÆØÅ][a-zæøå]")
_SENTENCE_END = re.compile(r"[.!?]++[\"”’')\]]*+(?=\s|$)")
_NEW_LINE = re.compile(r"\n(?=[^\S\n]*(?:\n|[-•·*–]|\d{1,2}[.)]\s|[A-ZÆØÅ\"”(]))")

_STOPWORDS = {
    "da": """
        ad af alle alt altså at blev blevet blive bliver da de dem den denne der deres det dette dig din disse
        dog du eller en end er et efter fik for fra få får før gik går ham han har havde hans hen hende her hun
        hvad hvem hvilken hvilke hvilket hvis hvor hvordan hvorfor hvornår i ikke ind jeg jer jo kan kunne man
        mange med meget men mig min mod mon må måtte nogen noget nogle nu når og også om op os over pr på sagde
        sammen se selv ser sig sin sine sit skal skulle som så sådan til ud under var ved vi vil ville vores
        være været
    """,
    "en": """
        a about all an and any are as at be been by can concerning could did do does for from get got had has have how i
        in into is it its me my of on or our over please regarding said say should so tell than that the their them then
        there these they this to under up was we were what when where which who whom whose why will with would you your
    """,
}

# Words that may be looked for, but say little of what a text is about.
_LIGHT = {
    "da": """
    allerede anden andet andre bedre brug bruge bruger brugt dag dage dagen del dele efter egen eget egne ekstra
    enkelte fik flere folk fordi forhold fortalte fortsat fortælle fået får færre første gamle gammel gammelt gang
    gange give giver gjort god gode godt gå gået går gør gøre haft have hele hjem hos høre hører igen ind inden kende
    kender kom komme kommer kommet kun lave laver laves lavet lige lille længere mange mellem mere mest mindre mulig
    mulige måde
    ned nemt ny nye nyt næste også omkring område området op rigtig samme se seneste ser set sidste sige situation
    situationen skal ske sker skete skrive skrives små stadig sted steder stor store stort svarer tage tager tages
    taget tid tidligere ting ud uden vide væk år året års
    """,
    "en": """
    after again already also because before better big bigger come day days end find full get go good have hear just
    keep know last less like made make many more most much new next old only other own part people place put same see
    show still take taken thing things time use used using want way without work year years
    """,
}


def fold(text: str) -> str:
    """Lower case, æøå as ae oe aa, common accents off: "Åbent" -> "aabent"."""
    return text.casefold().translate(_FOLD)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a folded word; identifiers and numbers stay whole."""
    if any(letter.isdigit() for letter in word):
        return word
    with _STEMMING:
        return _STEMMER.stemWord(word)


def words(text: str) -> list[str]:
    """The words of a text, lower case; case numbers and the like are one word, and stand in parts besides."""
    found = []
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        found.append(word)
        if match["identifier"]:
            found.extend(part for part in re.split(r"[./-]", word) if part)
    return found


def terms(text: str) -> list[str]:
    """The folded stems of a text's words, in order."""
    return [stem(fold(word)) for word in words(text)]


def content_words(text: str, language: str = "da") -> list[str]:
    """The words of a question that carry meaning: lower case, without stop words, each once.

    An English question may name a Danish title, so both languages' stop words go; "it" is a word in Danish.
    """
    without = stopwords("da") if language == "da" else stopwords("da") | stopwords("en")
    shouted = {fold(word) for word in _ABBREVIATED.findall(text)}  # "MED" is a committee, "med" is with
    long_enough = (word for word in words(text) if len(word) > 1 or word.isdigit())
    kept = (word for word in long_enough if fold(word) not in without or fold(word) in shouted)
    return list({fold(word): word for word in kept}.values())


@cache
def light_words(language: str | None = None) -> frozenset[str]:
    """The words of a language, or of both, that say little of a matter, folded."""
    told = [_LIGHT[language]] if language else _LIGHT.values()
    return frozenset(fold(word) for words in told for word in words.split())


@cache
def stopwords(language: str) -> frozenset[str]:
    """The small words of a language, folded."""
    return frozenset(fold(word) for word in _STOPWORDS[language].split())


def _goes_on(text: str, stop: re.Match[str]) -> bool:
    """Whether a full stop ends an abbreviation and not a sentence; "240.000 kr. Projektet" ends both."""
    before = text[max(0, stop.start() - 12) : stop.start() + 1]
    if not (stop[0].startswith(".") and _ENDS_IN_ABBREVIATION.search(before)):
        return False
    return not (_ENDS_IN_AMOUNT.search(before) and _BEGINS_LARGE.match(text, stop.end()))


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence; a new paragraph, bullet or capital on a new line begins one too."""
    cuts = {match.start() + 1 for match in _NEW_LINE.finditer(text)}
    cuts |= {match.end() for match in _SENTENCE_END.finditer(text) if not _goes_on(text, match)}
    edges = sorted(cuts | {0, len(text)})
    found = []
    for start, end in zip(edges, edges[1:], strict=False):
        stretch = text[start:end]
        if stretch.strip():
            found.append((start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())))
    return found
