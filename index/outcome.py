"""The text of a decision -> its outcome and its conditions.

An outcome is read from words that say it, in the clause that says it: "som blev godkendt på SCF" tells of another
decision, and "godkendes i direktionen" of one to come. The first verdict of a decision is its verdict; a return of the
case outweighs only a talk about it. Where no word says it, the outcome stays `other`, but for two readings that Danish
minutes leave no doubt of: a measure put into force in the passive ("Der holdes lukket ..."), and a decision on an item
whose recommendation asked only for a discussion or for being noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.danish import sentences
from index.follow_ups import follow_ups_in
from index.models import FollowUp, Outcome


@dataclass(frozen=True, slots=True)
class DecisionReading:
    outcome: Outcome
    outcomes: tuple[Outcome, ...]
    conditions: tuple[str, ...]
    follow_ups: tuple[FollowUp, ...]


def _pattern(words: str) -> re.Pattern[str]:
    """A pattern that also finds the spellings of those who have no æ, ø and å."""
    for letter, spelled in (("æ", "ae"), ("ø", "oe"), ("å", "aa")):
        words = words.replace(letter, f"(?:{letter}|{spelled})")
    return re.compile(words, re.IGNORECASE | re.VERBOSE)


_CASE = r"(?:sagen|punktet|emnet|sag|behandlingen|beslutningen|dagsordenspunktet)"
_NUMBERED = r"^\W*(?:(?:at|ad|pkt\.?)\s*)?(?:[\d.,\s-]+(?:og\s*\d+)?)?\W*"  # "Ad 1: ", "1. og 2. "

# The forms of the verbs that say an outcome of the case itself. What only a whole phrase says, the phrase says.
_SAID: dict[Outcome, re.Pattern[str]] = {
    Outcome.WITHDRAWN: _pattern(
        rf"""^\W*(?:{_CASE}\s+)?(?:\w+\s+)?(?:udgået|udgår|udgik)\b
        | \btrukket(?:\s+tilbage)?\b | \btrækkes\s+(?:tilbage|af)\b | \btaget\s+af\s+dagsordenen\b
        | \b{_CASE}\s+(?:trækkes|aflyses|(?:er|blev)\s+aflyst)\b"""
    ),
    Outcome.POSTPONED: _pattern(
        rf"""{_NUMBERED}(?:udsat(?:tes)?|udsættes|udskudt|udskydes|genoptages)\b
        | \b{_CASE}\s+(?:(?:blev|er|bliver)\s+)?(?:udsat(?:tes)?|udsættes|udskudt|udskydes|genoptages|vender\stilbage)\b
        | \b{_CASE}\s+(?:tages|behandles)\b[^.]*\b(?:næste|kommende|senere)\s+møde\b
        | \b{_CASE}\s+(?:tages\s+op\s+igen|optages\s+igen|drøftes\s+videre)\b
        | \b{_CASE}\s+(?:kommer|forelægges|behandles|fremlægges|tages)\b[^.]*\bigen\b | \bgenoptages\s+{_CASE}
        | \b(?:udsatte|udsætter|udskød)\s+{_CASE}
        | \b(?:er|blev|bliver)\s+(?:udsat|udskudt)\s+til\s+(?:\w+\s+){{0,2}}(?:møde|behandling)"""
    ),
    Outcome.REJECTED: _pattern(
        r"""\b(?:forkaste(?:t|s|des?)|afvis(?:t|tes?|es|er)|afslå(?:et|s)|afslog|nedstem(?:t|tes?))\b
        | ^\W*afslag\b | \btages\s+ikke\s+til\s+følge\b
        | \b(?:opnåede|fik)\s+ikke\s+(?:\w+\s+)?flertal\b | \b(?:give|meddele)[rst]\s+afslag\b
        | ^\W*(?:indstillingen|forslaget)\b[^.,;]{0,80}?\s(?:bort)?faldt\b | \bfølger\s+ikke\s+(?:\w+\s+)?indstilling"""
    ),
    Outcome.RECOMMENDED: _pattern(
        r"""\banbefale(?:s|t|des?|r)\b | \bindstilles\b | \bindstillet\b | \bindstiller\s+(?:til|over\s+for)\b"""
    ),
    Outcome.APPROVED: _pattern(
        r"""\b(?:godkend(?:t|te|tes|er)|vedt(?:aget|og|oges|ages|ager)|tiltråd(?:t|te|tes)|tiltræde[rs]|bevilge(?:t|des|s|de|r)
        |bifald(?:t|es)|imødekom(?:met|mes|mer)?)\b | \bgodkendes\b(?!\s+(?:i|af|på)\b)
        | \bindstilling(?:en|erne)?\s+(?:(?:er|blev)\s+)?(?:følges|fulgtes|fulgt)\b
        | \bsom\s+(?:foreslået|indstillet|anbefalet)\b
        | ^\W*(?:dispensation|tilladelse|tilsagn|samtykke)(?:en|et)?\s+(?:meddeles|gives|bevilges)\b"""
    ),
    Outcome.HEARING: _pattern(
        r"\b(?:ud)?send(?:es|t|te|er)\s+(?:\w+\s+){0,2}(?:i|til)\s+(?:\w+\s+){0,2}høring\b|\bsættes\s+i\s+høring\b"
    ),
    Outcome.REFERRED: _pattern(
        r"""\b(?:oversend(?:es|t|tes?|er)|henvis(?:es|t|tes?|er)|hjemvis(?:es|t|tes?)|tilbagesend(?:es|t)|fremsend(?:es|t)\s+til)\b
        | \b(?:sendes|sendt|sendte)\s+(?:\w+\s+)?(?:tilbage|retur)\b | ^\W*tilbage\s+til\b
        | \bsendes\s+videre\s+til\b"""
    ),
    Outcome.NOTED: _pattern(
        r"""\btil\s+(?:efterretning|orientering)\b | \borientere(?:t|de|des)\b | \bgennemgik\b | \bnoteret\b
        | \borientering(?:en)?\s+(?:er\s+|blev\s+)?(?:foretaget|givet|modtaget|taget)\b
        | ^\W*orientering\s+(?:om|fra|ved)\b
        | \b(?:givet|gav|fik|modtog)\s+en\s+(?:\w+\s+)?(?:orientering|status|gennemgang|redegørelse)\b"""
    ),
    Outcome.DISCUSSED: _pattern(r"\bdrøft(?:et|ede|edes)\b|\bdebattere(?:t|de|des)\b"),
}
# "besluttede at udsætte sagen": what was resolved, by the infinitive.
_RESOLVED = _pattern(
    r"\b(?:beslutte(?:de|r|s|t)|enige\s+om|besluttedes)\b\s*,?\s*(?P<nothing>ikke\s+)?(?:\w+\s+){0,2}?at\s+(?P<not>ikke\s+)?(?P<what>[^,.;]+)"
)
_RESOLUTIONS: dict[Outcome, re.Pattern[str]] = {
    Outcome.POSTPONED: _pattern(r"^(?:udsætte|udskyde|genoptage)\b"),
    Outcome.REJECTED: _pattern(r"^(?:afvise|forkaste|afslå|give\s+afslag)\b"),
    Outcome.HEARING: _pattern(r"^(?:ud)?sende\b.*\bi\s+(?:\w+\s+)?høring\b"),
    Outcome.REFERRED: _pattern(r"^(?:oversende|henvise|hjemvise)\b|^sende\b.*\b(?:tilbage|videre)\b"),
    Outcome.NOTED: _pattern(r"^tage\b.*\btil\s+efterretning\b"),
    Outcome.RECOMMENDED: _pattern(r"^(?:anbefale|indstille)\b"),
    Outcome.APPROVED: _pattern(r"^(?:godkende|vedtage|tiltræde|bevilge|imødekomme)\b"),
}
# What stands before an outcome word and makes it tell of something else: a relative clause, another's deed.
_TOLD = _pattern(
    r"""(?:\bsom\b | \S\s+der\s+(?:er|blev|var)\s | ,\s*der\b | \bhvor\b | \bat\b(?!\s+\d|-) | \btidligere\b
    | \bændringsforslag\w* | \bmindretal\w* | \b(?:regionen|staten|ministeriet|ankestyrelsen)\b)[^.]*$"""
)
_ATTRIBUTE = _pattern(r"\b(?:den|det|de|en|et|af\s+\S+)\s+$")
_NOT_BEFORE = _pattern(r"\bikke\s+(?:(?!og\b|men\b)\w+\s+){0,2}$")
_NOT_AFTER = _pattern(r"^\s+(?:(?!og\b|men\b|dog\s+ikke\s+(?:punkt|pkt|\d))\w+\s+)?ikke\b")
_CANNOT = _pattern(
    r"\b(?:kan|kunne|vil|ville|ønsker)\s+(?:\w+\s+)?ikke\s+(?:\w+\s+)?(?:godkende|vedtage|tiltræde|imødekomme|bevilge|anbefale)s?\b"
)
# What a meeting agrees to in a clause counts, not that it agrees: "Tiltrådt, at planen tages til efterretning".
_AGREED_TO = _pattern(
    r"""^\W*(?:tiltrådt|tiltrædes|godkendt|godkendes|vedtaget)\s*,?\s+at\b[^.;]*
    \b(?:(?P<note>til\s+efterretning) | (?:indstilles|anbefales)\b)"""
)
_FIRM = frozenset(Outcome) - {Outcome.NOTED, Outcome.DISCUSSED}

_AMENDMENT = _pattern(r"^ændringsforslag")
_AMENDMENT_CHARS = 20
_LONGEST_SENTENCE = 1500  # what is longer is no sentence, and patterns would take their time over it
_NO_VERDICT = re.compile(r"^(?:[\s.\-–—]*|\W*(?:intet|ingen)\W*)$", re.IGNORECASE)
_CONDITION = _pattern(
    r"""\bmed\s+(?:den|de|det|en|følgende|disse)?\s*(?:\w+\s+)?
      (?:tilføjelse|bemærkning|ændring|præcisering|justering|forbehold|rettelse|korrektion)\w*
    | \bidet\b(?!\s+(?:det\s+bemærkes | (?:\w+\s+){1,4}(?:var|er|erklærede\s+sig)\s+inhabil
                     | (?:\S+\s+){1,8}?(?:undlod|stemte|afstod|ikke\s+deltog|tog\s+forbehold)\b))
    | \bunder\s+forudsætning\s+af\b | \bforudsat\b | \bbortset\s+fra\b | \bmed\s+undtagelse\s+af\b | \bdog\b
    | ,\s*og\s+at\s+der\b | ,\s*således\s+at\b"""
)
_AGAIN = re.compile(r"\bigen\b|genoptages|vender tilbage", re.IGNORECASE)
_MEASURE = _pattern(
    r"""^\W*(?:der|det)\s+(?:holdes|anvendes|afsættes|ansættes|indføres|etableres|fastsættes|tildeles|gives|ydes|iværksættes
    |igangsættes|oprettes|nedsættes|nedlægges|lukkes|åbnes|overføres|tilføres|frigives)\b(?!.*\b(?:ikke|ingen|intet|afslag)\b)"""
)
_ASKS_TO_NOTE = re.compile(r"\btil\s+efterretning\b|^orientering", re.IGNORECASE | re.MULTILINE)
_ASKS_TO_DISCUSS = _pattern(r"\bdrøft(?:es|er|else)\b")


def read_decision(
    decision: str,
    *,
    year: int | None = None,
    closed: bool = False,
    recommendation: str = "",
    case_type: str = "",
    title: str = "",
) -> DecisionReading:
    """Read what a decision amounts to.

    Args:
        decision: the decision verbatim, '' where there is none.
        year: the year of the meeting, for dates that leave theirs out.
        closed: whether the item was closed: without a decision it then counts as `closed`.
        recommendation, case_type, title: what the item asked for; heard only where the decision has no outcome word.
    """
    if _NO_VERDICT.match(decision):
        verdict = Outcome.CLOSED if closed else Outcome.NO_DECISION
        return DecisionReading(verdict, (verdict,), (), ())
    spans = sentences(decision)
    stretches = [decision[start:end] for start, end in spans]
    said = [(outcome, place) for place, stretch in enumerate(stretches) for outcome in outcomes_said(stretch)]
    of_the_case = [(outcome, place) for outcome, place in said if not _on_amendment(decision, spans[place][0], outcome)]
    said = of_the_case or said
    verdict, rank = _verdict(said)
    conditions = () if rank is None else _conditions(stretches, [rank, *_alike(said, verdict)])
    if verdict is Outcome.APPROVED and conditions:
        verdict = Outcome.APPROVED_WITH_CHANGES
    if verdict is None:
        verdict = _unsaid(stretches, f"{title}\n{case_type}\n{recommendation}")
    also = [outcome for outcome, _ in said if outcome is not verdict and not _is_approval_of(outcome, verdict)]
    follow_ups = follow_ups_in(stretches, decided_by=rank, returns=_returning(stretches), year=year)
    return DecisionReading(verdict, (verdict, *dict.fromkeys(also)), conditions, follow_ups)


def outcomes_said(sentence: str) -> list[Outcome]:
    """The outcomes that a sentence says of the case, in the order of its words; not what it tells of something else."""
    sentence = sentence[:_LONGEST_SENTENCE]
    if resolved := _RESOLVED.search(sentence):
        return _unless_passed_on([*outcomes_said(sentence[: resolved.start()]), *_resolved(resolved)])
    if agreed := _AGREED_TO.search(sentence):
        return [Outcome.NOTED if agreed["note"] else Outcome.RECOMMENDED]
    if (cannot := _CANNOT.search(sentence)) and not _TOLD.search(sentence[: cannot.start()]):
        return [Outcome.REJECTED]
    found: list[tuple[int, Outcome]] = []
    for outcome, pattern in _SAID.items():
        for match in pattern.finditer(sentence):
            before, after = sentence[: match.start()], sentence[match.end() :]
            if _TOLD.search(before) or (match[0].casefold().endswith("te") and _ATTRIBUTE.search(before)):
                continue
            negated = _NOT_BEFORE.search(before) or _NOT_AFTER.search(after)
            if negated and outcome in (Outcome.APPROVED, Outcome.RECOMMENDED):
                found.append((match.start(), Outcome.REJECTED))
            elif not negated:
                found.append((match.start(), outcome))
            break
    return _unless_passed_on(outcome for _, outcome in sorted(found, key=lambda place: place[0]))


def _unless_passed_on(said: Iterable[Outcome]) -> list[Outcome]:
    """The outcomes, each once; what is recommended is not approved: "anbefales godkendt"."""
    outcomes = list(dict.fromkeys(said))
    passed_on = Outcome.RECOMMENDED in outcomes
    return [outcome for outcome in outcomes if not (passed_on and outcome is Outcome.APPROVED)]


def _on_amendment(decision: str, start: int, outcome: Outcome) -> bool:
    """Whether a rejection stands in a paragraph on an amendment: the case itself is voted on afterwards."""
    if outcome is not Outcome.REJECTED:
        return False
    paragraph = decision[decision.rfind("\n\n", 0, start) + 1 : start + _AMENDMENT_CHARS].lstrip()
    return bool(_AMENDMENT.match(paragraph))


def _resolved(resolved: re.Match[str]) -> list[Outcome]:
    if resolved["nothing"]:
        return []
    for outcome, pattern in _RESOLUTIONS.items():
        if pattern.search(resolved["what"]):
            if not resolved["not"]:
                return [outcome]
            return [Outcome.REJECTED] if outcome in (Outcome.APPROVED, Outcome.RECOMMENDED) else []
    return []


def _verdict(said: list[tuple[Outcome, int]]) -> tuple[Outcome | None, int | None]:
    """The first firm verdict and the number of its sentence; without one, the first thing said."""
    firm = [(outcome, place) for outcome, place in said if outcome in _FIRM]
    return (firm or said or [(None, None)])[0]


def _is_approval_of(outcome: Outcome, verdict: Outcome) -> bool:
    return outcome is Outcome.APPROVED and verdict is Outcome.APPROVED_WITH_CHANGES


def _returning(stretches: list[str]) -> frozenset[int]:
    """The sentences that say that the case returns."""
    return frozenset(
        place
        for place, text in enumerate(stretches)
        if _AGAIN.search(text) and Outcome.POSTPONED in outcomes_said(text)
    )


def _alike(said: list[tuple[Outcome, int]], verdict: Outcome | None) -> list[int]:
    """The sentences that say the same of another part of the case: "Ad 1: Godkendt. Ad 2: Godkendt, idet ..."."""
    return [place for outcome, place in said if outcome is verdict is Outcome.APPROVED]


def _conditions(stretches: list[str], ranks: list[int]) -> tuple[str, ...]:
    """What the first of the deciding sentences to add anything adds; a list announced by a colon belongs to it."""
    found = next(((rank, match) for rank in ranks if (match := _CONDITION.search(stretches[rank]))), None)
    if not found:
        return ()
    rank, match = found
    condition = stretches[rank][match.start() :].strip(" ,")
    if not condition.endswith(":"):
        return (condition,)
    bullets = []
    for stretch in stretches[rank + 1 :]:
        if not re.match(r"[-•·*–]|\d{1,2}[.)]\s", stretch):
            break
        bullets.append(stretch)
    return tuple(bullet for bullet in bullets if re.search(r"\w", bullet)) or (condition,)


def _unsaid(stretches: list[str], asked: str) -> Outcome:
    if _MEASURE.search(stretches[0]):
        return Outcome.APPROVED
    if _ASKS_TO_NOTE.search(asked):
        return Outcome.NOTED
    return Outcome.DISCUSSED if _ASKS_TO_DISCUSS.search(asked) else Outcome.OTHER
