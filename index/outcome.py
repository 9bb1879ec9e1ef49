"""The text of a decision -> its outcome, its conditions and the follow-ups it orders.

An outcome is read from words that say it, in the clause that says it: "som blev godkendt på SCF" tells of another
decision, and "godkendes i direktionen" of one to come. Where no word says it, the outcome stays `other`, but for two
readings that Danish minutes leave no doubt of: a measure put into force in the passive ("Der holdes lukket ..."),
and a decision on an item whose recommendation asked only for a discussion or for being noted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.danish import sentences
from index.dates import MONTH, written_dates
from index.models import FollowUp, Outcome


@dataclass(frozen=True, slots=True)
class DecisionReading:
    outcome: Outcome
    outcomes: tuple[Outcome, ...]
    conditions: tuple[str, ...]
    follow_ups: tuple[FollowUp, ...]


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


_CASE = r"(?:sagen|punktet|emnet|sag|behandlingen|beslutningen|indstillingen|dagsordenspunktet)"
_APPROVE = (
    r"(?:godkend(?:t|te|tes)|vedt(?:aget|og|oges|ages)|tiltrådt(?:e|es)?|tiltrædes|bevilge(?:t|des|s|de)|bifald(?:t|es)"
    r"|imødekomme(?:t|s)|imødekom)"
)
_PATTERNS: tuple[tuple[Outcome, re.Pattern[str]], ...] = (
    (
        Outcome.WITHDRAWN,
        _pattern(
            rf"^(?:\W*{_CASE}\s+)?(?:\w+\s+)?(?:udgået|udgår|udgik|bortfalder|er\s+udgået)\b|\btrukket(?:\s+tilbage)?\b|taget\s+af\s+dagsordenen"
        ),
    ),
    (
        Outcome.POSTPONED,
        _pattern(
            rf"^\W*(?:(?:at|ad|pkt\.?)?\s*[\d.,\s]*(?:og\s*\d+)?\W*)?(?:udsat|udsættes|udskudt|udskydes|genoptages)\b"
            rf"|\b{_CASE}\s+(?:(?:blev|er|bliver)\s+)?(?:udsat|udsættes|udskudt|udskydes|genoptages|tages\s+op\s+igen|optages\s+igen|vender\s+tilbage|drøftes\s+videre)\b"
            rf"|\b{_CASE}\s+(?:kommer|forelægges|behandles|fremlægges|tages)\b[^.]*\bigen\b|\bgenoptages\s+{_CASE}"
        ),
    ),
    (
        Outcome.REJECTED,
        _pattern(
            r"\bikke\s+(?:\w+\s+)?(?:godkendt|vedtaget|tiltrådt|imødekommet|bevilget)\b|\b(?:forkastet|forkastes|afvist|afvises|afslået|afslås|nedstemt)\b|^\W*(?:indstillingen|forslaget)\s+(?:bort)?faldt"
        ),
    ),
    (
        Outcome.APPROVED,
        _pattern(
            rf"\b{_APPROVE}\b|^\W*(?:\w+\s+){{0,6}}godkendes\b(?!\s+(?:i|af|på)\b)|\bblev\s+(?:\w+\s+)?enige\s+om\b|\bbesluttede\b|\bbesluttet,?\s+at\b"
        ),
    ),
    (
        Outcome.RECOMMENDED,
        _pattern(r"\banbefale[srt]\b|\banbefalede\b|\banbefaling(?:en)?\s+(?:sendes|videresendes)|\bindstilles\b"),
    ),
    (Outcome.HEARING, _pattern(r"\b(?:ud)?send(?:es|t|te)\s+i\s+(?:\w+\s+){0,2}høring\b|\bsættes\s+i\s+høring\b")),
    (
        Outcome.REFERRED,
        _pattern(
            r"\b(?:oversend(?:es|t)|henvis(?:es|t)|hjemvis(?:es|t)|tilbagesend(?:es|t)|fremsend(?:es|t)\s+til)\b|\b(?:sendes|sendt)\s+tilbage\b|\bsendes\s+videre\s+til\b"
        ),
    ),
    (
        Outcome.NOTED,
        _pattern(
            r"\btil\s+efterretning\b|\borienteret\b|\borienterede\b|\borientering(?:en)?\s+(?:er\s+|blev\s+)?(?:foretaget|givet|modtaget|taget)\b|\bgennemgik\b"
            r"|\b(?:givet|gav|fik|modtog)\s+en\s+(?:\w+\s+)?(?:orientering|status|gennemgang|redegørelse)\b|^\W*orientering\s+(?:om|fra|ved)\b"
        ),
    ),
    (Outcome.DISCUSSED, _pattern(r"\bdrøft(?:et|ede|edes)\b|\bdebattere(?:t|de|des)\b")),
)
_TIERS = (
    (Outcome.WITHDRAWN,),
    (Outcome.POSTPONED,),
    (Outcome.REJECTED,),
    (Outcome.APPROVED, Outcome.APPROVED_WITH_CHANGES),
    (Outcome.RECOMMENDED,),
    (Outcome.HEARING, Outcome.REFERRED),
    (Outcome.NOTED, Outcome.DISCUSSED),
)
# What stands before an outcome word and makes it tell of something else: a relative clause, another's deed.
_TOLD = _pattern(
    r"(?:\bsom\b|\S\s+der\s+(?:er|blev|var)\s|,\s*der\b|\bhvor\b|\bat\b(?!\s+\d)"
    r"|\btidligere\b|\bændringsforslag\w*|\bmindretal\w*|\bikke\b)[^.]*$"
)
_NO_VERDICT = re.compile(r"^[\s.\-–—]*$")
_CONDITION = _pattern(
    r"\bmed\s+(?:den|de|det|en|følgende|disse)?\s*(?:\w+\s+)?"
    r"(?:tilføjelse|bemærkning|ændring|præcisering|justering|forbehold|rettelse|korrektion)\w*"
    r"|\b,?\s*idet\b|\bunder\s+forudsætning\s+af\b|\bforudsat\b|\bbortset\s+fra\b|\bmed\s+undtagelse\s+af\b"
    r"|\bdog\b|,\s*og\s+at\s+der\b|,\s*således\s+at\b"
)
_MEASURE = _pattern(
    r"^\W*(?:der|det)\s+(?:holdes|anvendes|afsættes|ansættes|indføres|etableres|fastsættes|tildeles|gives|ydes|iværksættes"
    r"|igangsættes|oprettes|nedsættes|nedlægges|lukkes|åbnes|overføres|tilføres|frigives)\b"
)
_ASKS_TO_NOTE = _pattern(r"\btil\s+efterretning\b|^orientering")
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
    stretches = [decision[start:end] for start, end in sentences(decision)]
    said = [(outcome, place) for place, stretch in enumerate(stretches) for outcome in _outcomes_said(stretch)]
    primary, rank = _primary(said)
    conditions = _conditions(stretches, rank) if primary is not None else ()
    if primary is Outcome.APPROVED and conditions:
        primary = Outcome.APPROVED_WITH_CHANGES
    if primary is None:
        primary = _unsaid(stretches, f"{recommendation}\n{case_type}\n{title}")
    others = tuple(
        dict.fromkeys(
            outcome
            for outcome, _ in said
            if outcome is not primary and not (outcome is Outcome.APPROVED and primary is Outcome.APPROVED_WITH_CHANGES)
        )
    )
    return DecisionReading(primary, (primary, *others), conditions, _follow_ups(stretches, rank, year))


def _outcomes_said(sentence: str) -> list[Outcome]:
    """The outcomes that a sentence says of the case, not those that it tells of something else."""
    said = []
    for outcome, pattern in _PATTERNS:
        match = pattern.search(sentence)
        if match and (outcome is Outcome.REJECTED or not _TOLD.search(sentence[: match.start()])):
            said.append(outcome)
    if Outcome.RECOMMENDED in said:
        said = [outcome for outcome in said if outcome is not Outcome.APPROVED]
    return said


def _primary(said: list[tuple[Outcome, int]]) -> tuple[Outcome | None, int | None]:
    """The weightiest outcome said and the number of the sentence that says it; among equals the first."""
    for tier in _TIERS:
        for outcome, place in said:
            if outcome in tier:
                return outcome, place
    return None, None


def _conditions(stretches: list[str], rank: int) -> tuple[str, ...]:
    """What the deciding sentence adds to its outcome; a list announced by a colon belongs to it."""
    match = _CONDITION.search(stretches[rank])
    if not match:
        return ()
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


_ACT = (
    r"(?:udarbejder|udsender|sikrer|melder|drøfter|arbejder|tager|varetager|indsender|fremlægger|forelægger|undersøger|følger|indkalder|kontakter|afdækker|sender|laver|"
    r"planlægger|orienterer|vender|har\s+opgaven|ønsker|beder|anmoder|efterspørger|efterspurgte|udpeger|besvarer|koordinerer|igangsætter|iværksætter|gennemfører|bringer)"
)
_ACTIVE = re.compile(rf"^\W*(?P<who>[A-ZÆØÅ](?:(?!\w+es\b)[^,.:;]){{1,70}}?)\s+{_ACT}\b(?!\s+(?:vi|de|man|der)\b)")
_PASSIVE = _pattern(
    r"\b(?:udarbejdes|laves|gøres|undersøges|afdækkes|fremlægges|forelægges|drøftes|arbejdes|indmeldes|følges\s+op|inddrages|præsenteres|løftes|redegøres|lægges\s+op|udsendes|"
    r"tages\s+op|genoptages|indkaldes|suppleres|afprøves|videreudvikles|evalueres|indsendes|melder|tilrettelægges|undersøges|planlægges|beskrives|oversendes)\b"
)
_MUST = _pattern(
    r"\bskal\b|\bsenest\b|\bkommer\b[^.]*\bigen\b|\bvaretager\b|\bønsker\b|\befterspurgte\b|\banmode[sr]\b|\bbede[sr]\b"
)
_BY_WHOM = re.compile(
    r"\b(?:at|i|af|ved|er)\s+(?P<who>(?:[A-ZÆØÅ][\w-]*|\w+(?:erne|cheferne|gruppen|grupperne|staben))(?:\s+[A-ZÆØÅ][\w-]*)*)"
    r"(?=\s+(?:udarbejder|arbejder|udsender|drøfter|sørger|sikrer|melder|følger|og\s+melder)|[.,]|$)"
)
_BULLET = re.compile(r"^(?:[-•·*–]|\d{1,2}[.)])\s+")
_DUE = _pattern(
    r"\bom\s+(?:ca\.\s+)?(?:\d+|en|et|to|tre|fire|seks|ni)\s+(?:dag|uge|måned|år)\w*"
    r"|\b(?:i|inden|efter)\s+(?:næste|kommende|sommerferien|årsskiftet)\s*\w*"
    r"|\b(?:på|til)\s+(?:et\s+)?(?:næste|kommende|førstkommende)\s+(?:\w+\s*){0,3}møde\w*|\bnæste\s+møde\b"
    r"|\b(?:i\s+forbindelse\s+med|ifm\.)\s+[\w-]+(?:\s+i\s+\d{4})?|\b(?:i\s+)?uge\s+\d{1,2}\b|\bløbende\b|\bkvartalsvis\b"
    rf"|\b(?:{MONTH})[ -]?møde\w*|\bhvert?\s+(?:halve\s+)?år\b"
)


def _follow_ups(stretches: list[str], rank: int | None, year: int | None) -> tuple[FollowUp, ...]:
    """The sentences of a decision that oblige someone to something."""
    found = []
    for place, stretch in enumerate(stretches):
        due = _due(stretch, year)
        actor = _ACTIVE.match(stretch)
        returns = Outcome.POSTPONED in _outcomes_said(stretch) and re.search(r"\bigen\b|genoptages", stretch)
        obliges = bool(
            returns
            or _MUST.search(stretch)
            or _PASSIVE.search(stretch)
            or (actor and not re.match(r"\W*(?:der|det|følgende)\b", stretch, re.IGNORECASE))
        )
        decides_only = place == rank and due is None and not returns and not _MUST.search(stretch)
        if obliges and not decides_only:
            found.append(FollowUp(_BULLET.sub("", stretch), _who(stretch, actor), due))
    return tuple(found)


def _who(sentence: str, actor: re.Match[str] | None) -> str | None:
    if actor and not re.match(
        r"(?:Der|Det|Sagen|Punktet|Følgende|Direktionen|Udvalget|Årshjulet|Formål)\b", actor["who"]
    ):
        return actor["who"].strip()
    named = _BY_WHOM.search(sentence)
    return named["who"] if named else None


def _due(sentence: str, year: int | None) -> str | None:
    """The date by which it must be done, ISO where day and month are written, else the words; None where none is."""
    for written in written_dates(sentence):
        if date := written.on(year) if year else written.date:
            return date.isoformat()
    words = [match[0].strip() for match in _DUE.finditer(sentence)]
    return words[-1] if words else None
