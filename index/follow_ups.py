"""The sentences of a decision that oblige someone to something: what, who, and by when."""

from __future__ import annotations

import re

from index.dates import MONTH, written_dates
from index.models import FollowUp


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


_ACT = (
    r"(?:udarbejder|udsender|sikrer|melder|drøfter|arbejder|tager|varetager|indsender|fremlægger|forelægger|undersøger|følger|indkalder|kontakter|afdækker|sender|laver|"
    r"planlægger|orienterer|skriver|underretter|afleverer|fremsender|tilretter|opdaterer|indhenter|beregner|inviterer|retter|"
    r"kommer\s+med|taler\s+med|holder|tilføjer|sørger|svarer|vender|har\s+opgaven|ønsker|beder|anmoder|efterspørger|efterspurgte|udpeger|besvarer|koordinerer|igangsætter|iværksætter|gennemfører|bringer)"
)
_ACTIVE = re.compile(rf"^\W*(?P<who>[A-ZÆØÅ](?:(?!\w+es\b)[^,.:;]){{1,70}}?)\s+{_ACT}\b(?!\s+(?:vi|de|man|der)\b)")
_PASSIVE = _pattern(
    r"\b(?:udarbejdes|laves|gøres|undersøges|afdækkes|fremlægges|forelægges|drøftes|arbejdes|indmeldes|følges\s+op|inddrages|præsenteres|løftes|redegøres|lægges\s+op|udsendes|"
    r"tages\s+op|genoptages|indkaldes|suppleres|afprøves|videreudvikles|evalueres|indsendes|melder|tilrettelægges|planlægges|beskrives|oversendes|tages\s+stilling|omskrives|tilrettes|indhentes)\b|\bopfølgning\w*\s+sker\b"
)
_MUST = _pattern(
    r"\bskal\b|\bsenest\b|\bkommer\b[^.]*\bigen\b|\bvaretager\b|\bønsker\b|\befterspurgte\b|\banmode[sr]\b|\bbede[sr]\b"
    r"|\banmodning\s+om\b|\bmed\s+henblik\s+på\b"
)
_BY_WHOM = re.compile(
    r"\b(?:at|i|af|ved|er)\s+(?P<who>(?:[A-ZÆØÅ][\w-]*|\w+(?:erne|cheferne|gruppen|grupperne|staben))(?:\s+[A-ZÆØÅ][\w-]*)*)"
    r"(?=\s+(?:udarbejder|arbejder|udsender|drøfter|sørger|sikrer|melder|følger|og\s+melder)|[.,]|$)"
)
_BULLET = re.compile(r"^(?:[-•·*–]|\d{1,2}[.)])\s+")
_DUE = _pattern(
    r"\bom\s+(?:ca\.\s+)?(?:\d+|en|et|to|tre|fire|seks|ni)\s+(?:dag|uge|måned|år)\w*"
    r"|\b(?:i|inden|efter)\s+(?:næste|kommende|sommerferien|årsskiftet)\s*\w*"
    r"|\b(?:på|til)\s+(?:et\s+)?(?:næste|kommende|førstkommende)\s+(?:\w+\s+){0,2}\w*møde\w*|\bnæste\s+møde\b"
    r"|\b(?:i\s+forbindelse\s+med|ifm\.)\s+[\w-]+(?:\s+i\s+\d{4})?|\b(?:i\s+)?uge\s+\d{1,2}\b|\bløbende\b|\bkvartalsvis\b"
    rf"|\b(?:i|til|inden|senest|primo|medio|ultimo)\s+(?:{MONTH})\b(?![ -]?møde)(?:\s+20\d\d)?"
    r"|\bi\s+(?:foråret|efteråret|sommeren|vinteren)(?:\s+20\d\d)?|\befter\s+(?:\d+|en|et|to|tre|seks)\s+(?:uge|måned|år)\w*"
    rf"|\b(?:{MONTH})[ -]?møde\w*|\bhvert?\s+(?:halve\s+)?år\b"
)


_LONGEST_SENTENCE = 1500
_NO_DUTY = _pattern(
    r"\bskal\s+lyde\b|\bder\s+skal\s+(?:herfra\s+)?lyde\b|\bta(?:ge[rs]?|g|og)\s+forbehold\b|\bstem(?:te|mer)\s+(?:i?mod|for)\b"
    r"|\bstemmer\b[^.]*\bmod\s+\d|\bønsker\s+(?:\w+\s+)?(?:til)?(?:ført|føjet)\b"
)
_STATE = _pattern(r"\bskal\s+(?:fortsat\s+)?være\b")  # "the roof must be black" is a condition
_RECEIVER = _pattern(
    r"\b(?:tilbage\w*|sende[st]|sendt|oversend\w*)\s+til\s+(?P<who>(?:forvaltning|administration|direktion)en|sekretariatet)\b"
)


def follow_ups_in(
    stretches: list[str], *, decided_by: int | None, returns: frozenset[int], year: int | None
) -> tuple[FollowUp, ...]:
    """The follow-ups that the sentences of a decision order.

    Args:
        decided_by: the number of the sentence that says the outcome; it obliges only by a word that says so.
        returns: the numbers of the sentences that say that the case returns.
        year: the year of the meeting, for dates that leave theirs out.
    """
    found = []
    for place, stretch in enumerate(stretches):
        if len(stretch) > _LONGEST_SENTENCE:
            continue
        due = _due(stretch, year)
        actor = _ACTIVE.match(stretch)
        obliges = place in returns or _MUST.search(stretch) or _PASSIVE.search(stretch) or actor
        decides_only = place == decided_by and due is None and place not in returns and not _MUST.search(stretch)
        if due is None and _STATE.search(stretch):
            continue
        if obliges and not decides_only and not _NO_DUTY.search(stretch):
            found.append(FollowUp(_BULLET.sub("", stretch), _who(stretch, actor), due))
    return tuple(found)


def _who(sentence: str, actor: re.Match[str] | None) -> str | None:
    if actor and not re.match(
        r"(?:Der|Det|Sagen|Punktet|Følgende|Direktionen|Udvalget|Byrådet|Kommunalbestyrelsen)\b", actor["who"]
    ):
        return actor["who"].strip()
    named = _RECEIVER.search(sentence) or _BY_WHOM.search(sentence)
    return named["who"] if named else None


def _due(sentence: str, year: int | None) -> str | None:
    """The date by which it must be done, ISO where day and month are written, else the words; None where none is."""
    for written in written_dates(sentence):
        if date := written.on(year) if year else written.date:
            return date.isoformat()
    words = [match[0].strip() for match in _DUE.finditer(sentence)]
    return words[-1] if words else None
