"""The words with which minutes label the parts of an item."""

from __future__ import annotations

import re
from functools import lru_cache

from index.danish import fold
from index.models import SectionKind as Kind

_LONGEST_LABEL = 110
_REMEMBERED = 65_536  # lines: each is asked what it labels by several readers

_LABELS = {
    Kind.SUMMARY: """
        resumé, resume, resume og sagens baggrund, resumé og sagens baggrund, sammendrag, sagens kerne,
        beslutningstema, kort resume, kort resumé, sagsresumé, sagsresume, kort fortalt, kort om sagen, indledning,
        introduktion
    """,
    Kind.CASE_TEXT: """
        sagsfremstilling, sagsbeskrivelse, beskrivelse af sagen, baggrund, sagens baggrund, problemstilling,
        løsning, vurdering, baggrund og vurdering, redegørelse, sagsfremstilling og økonomi, handlemuligheder,
        supplerende sagsfremstilling, fakta, beskrivelse, fremstilling
    """,
    Kind.RECOMMENDATION: """
        det indstilles, beskrivelse af alternativ indstilling, særindstilling, beslutningspunkter, beslutningsforslag,
        beslutningsoplæg, indstilling om
    """,
    Kind.ECONOMY: """
        økonomi, økonomiske konsekvenser, økonomiske oplysninger, økonomi og finansiering, økonomiske
        konsekvenser og finansiering, finansiering, økonomiske og personalemæssige konsekvenser, økonomiske
        forhold, bevilling, personalemæssige konsekvenser
    """,
    Kind.LEGAL_BASIS: """
        lovgrundlag, retsgrundlag, retligt grundlag, lovgrundlag – link, lovgrundlag - link, lovhjemmel,
        juridiske forhold, juridiske konsekvenser
    """,
    Kind.HEARING: """
        høring, høring og kommunikation, kommunikation, inddragelse, borgerinddragelse, partshøring
    """,
    Kind.PROCESS: """
        behandling, sagsgang, sagsforløb, behandlingsplan, videre proces, forventet sagsgang, den videre proces,
        kompetence, beslutningskompetence, sagsgang og sagstype, sagshistorik, historik, henvisninger, beslutningen
        træffes af, sagen afgøres af, politisk behandling, tidligere behandling, tidligere behandlinger,
        tidligere beslutning, tidligere beslutninger
    """,
    Kind.DECISION: """
        beslutning, beslutninger, konklusion, protokol, referat, afgørelse, udfald, stillingtagen
    """,
    Kind.ATTACHMENTS: """
        bilagsliste, links, bilagsoversigt, dokumentliste, vedlagt, vedlagte, vedlægges, vedhæftet, vedhæftes
    """,
    Kind.ATTENDANCE: """
        fraværende, afbud, ikke til stede, fremmøde, deltog ikke, følgende deltog ikke i behandlingen af
        punktet, inhabilitet, inhabil, habilitet, fraværende med afbud, udeblevet, udeblev
    """,
    Kind.OTHER: """
        sagstype, øvrige konsekvenser, andre konsekvenser, konsekvenser, konsekvenser for andre udvalg,
        miljømæssige konsekvenser, sundhedsmæssige konsekvenser, borgmesterens afdelings påtegning,
        sagsbehandler
    """,
}
KIND_OF_LABEL = {fold(label.strip()): kind for kind, labels in _LABELS.items() for label in labels.split(",")}
CASE_TYPE_LABEL = "sagstype"
WRAPPER_LABEL = "sagsfremstilling"

_DECISION_WORD = (
    r"(?:\w{0,20}beslutning(?:en|er|erne|s(?:protokol|referat))?|besl(?:utn)?\.|konklusion(?:en|er)?|protokol(?:lat|len)?|referat"
    r"|afgoerelsen?|vedtagelsen?|resultat|udfald|stillingtagen)"
)
_QUALIFIER = (
    r"(?:offentlig\w*|aaben|endelig|moedets|udvalgets|bestyrelsens|raadets|sagens|den|til(?= (?:referat|protokol)))"
)
_DECISION_LABEL = re.compile(
    rf"^(?:{_QUALIFIER}\s+){{0,2}}{_DECISION_WORD}(?:\s*(?:/|og|-)\s*\w+)?"
    r"(?:,?\s+(?:som|der|hvis|til offentliggoerelse|i sagen)\b[^.:]{0,70})?"
    r"(?:\s+(?:truffet\s+)?(?:fra|paa|ved|i|af)\s+(?:(?:dette|dagens|det|selve)\s+)?(?:moedet?|punktet|udvalget|bestyrelsen|raadet))?$"
)
_SAID_TO_BE_DECIDED = re.compile(
    r"^(?:hvad|det|der|vi|foelgende)\s+(?:(?:er|blev|har)\s+)?(?:vi\s+)?"
    r"(?:besluttet|besluttede|aftalt|aftalte|vedtaget|vedtog)$"
)
# Only a colon tells these from a decision, or from the first words of a sentence.
_BODY_DECIDES = re.compile(r"^(?:(?:[\w-]+ ){1,4}(?:besluttede|vedtog|konkluderede)(?:,? at)?|vedtaget|besluttet)\s*:$")
_BODY_PROPOSES = re.compile(r"^(?:[\w,-]+ ){1,8}?(?:indstiller|foreslaar|anbefaler)(?:,? at)?\s*:$")
_PROPOSAL = re.compile(
    r"^(?:[\w,-]+ ){0,8}?(?:indstilling(?:er|en)?|indst\.|anbefaling(?:er|en)?)$"
    r"|^(?:forslag|oplaeg|indstilling|udkast) til (?:beslutning|vedtagelse|afgoerelse|konklusion|indstilling)$"
)
_ACCOUNT_OF_THE_CASE = re.compile(
    r"^(?:[\w,-]+ ){0,5}[\w-]+s (?:bemaerkninger|vurdering|redegoerelse|overvejelser|fremstilling)$"
)
_ATTACHED = re.compile(
    r"^(?:(?:vedlagte?|vedhaeftede?|tilhoerende|sagens|oevrige|relevante|aabne|lukkede|supplerende) ){0,2}"
    r"(?:bilag|dokumenter"
    r"|\w{0,8}materialer?|\w{0,4}akter|filer|links?|vedhaeftninger|attachments)(?: (?:til|i) (?:sagen|punktet))?$"
)
_PROPOSAL_AND_DECISION = re.compile(rf"^(?:indstilling(?:er)?)\s*(?:/|og|-)\s*{_DECISION_WORD}$")
# A running account may be called so too: where an item also has a decision by its plain name, this is none.
_ACCOUNT = re.compile(r"^referat$")
_ABSENCE = re.compile(
    r"^(?:fravaer(?:ende)?"
    r"|(?:meldt )?afbud|(?:lovligt )?forfald|(?:ikke|ej) til ?stede|deltog ikke|ikke moedt|moedte ikke"
    r"|foelgende (?:var fravaerende|deltog ikke))\b(?: [\w,]+){0,6}$"
)

_SHAPES = (
    (Kind.DECISION, _DECISION_LABEL),
    (Kind.DECISION, _PROPOSAL_AND_DECISION),
    (Kind.DECISION, _SAID_TO_BE_DECIDED),
    (Kind.RECOMMENDATION, _PROPOSAL),
    (Kind.CASE_TEXT, _ACCOUNT_OF_THE_CASE),
    (Kind.ATTACHMENTS, _ATTACHED),
    (Kind.ATTENDANCE, _ABSENCE),
)

_INLINE = re.compile(r"^(?P<label>[^\W\d][\w ,./-]{2,60}?)\s*:\s+(?P<rest>\S.*)$")
_IN_COLUMNS = re.compile(r"^(?P<label>[^\W\d][\w ,/-]{2,40}?):?(?:\t+|\s{3,})(?P<rest>(?![\d\W]+$)\S.*)$")
_KINDS_IN_COLUMNS = (Kind.DECISION, Kind.ATTENDANCE, Kind.ATTACHMENTS, Kind.RECOMMENDATION, Kind.CASE_TEXT)
_OF_ITEM = re.compile(r"\s+(?:for|til|vedr\.|vedrørende)\s+(?:punkt|pkt\.?|sag)(?:\s+nr\.?)?\s+\d+\w?$", re.IGNORECASE)
_NOTE = re.compile(r"\s*\([^()]*\)$")  # "Beslutning (offentliggøres)"
_RESUMPTION = re.compile(r"^genoptagelse\b[^,;]{0,40}$", re.IGNORECASE)
_PROPOSES = re.compile(
    r"^(?:det\s+indstilles,?\s*at\b|(?!(?:udvalget|bestyrelsen|byrådet)\b)[A-ZÆØÅ][^.:;]{2,80}?\sindstiller\b)",
    re.IGNORECASE,
)


def _bare(words: str) -> str:
    return fold(_OF_ITEM.sub("", _NOTE.sub("", words.rstrip(": "))).strip())


@lru_cache(maxsize=_REMEMBERED)
def label_of(words: str) -> Kind | None:
    """What a line labels when it is nothing but a label, else None."""
    if is_resumption(words):
        return Kind.CASE_TEXT
    if len(words) > _LONGEST_LABEL:
        return None
    if words.endswith(":") and _BODY_DECIDES.match(fold(words)):
        return Kind.DECISION
    if words.endswith(":") and _BODY_PROPOSES.match(fold(words)):
        return Kind.RECOMMENDATION
    return _kind_of(_bare(words))


def _kind_of(bare: str) -> Kind | None:
    if kind := KIND_OF_LABEL.get(bare):
        return kind
    for kind, pattern in _SHAPES:
        if pattern.match(bare):
            return kind
    return None


def label_in_a_row(words: str) -> bool:
    """Whether words before a colon label what follows on the same line."""
    return _kind_of(_bare(words)) is not None


def is_proposal_and_decision(words: str) -> bool:
    """Whether a label stands over a recommendation and the decision on it: "Indstilling og beslutning"."""
    return bool(_PROPOSAL_AND_DECISION.match(_bare(words)))


def is_account(words: str) -> bool:
    """Whether a label of a decision may also stand over an account of the talk: "Referat"."""
    return bool(_ACCOUNT.match(_bare(words)))


def proposes(words: str) -> bool:
    """Whether a line begins a recommendation without a label: "Forvaltningen indstiller, at ..."."""
    return bool(_PROPOSES.match(words))


def is_resumption(words: str) -> bool:
    """Whether a heading says that an item is taken up again: "GENOPTAGELSE 15. SEPTEMBER 2020"."""
    return bool(_RESUMPTION.match(words))


@lru_cache(maxsize=_REMEMBERED)
def inline_label(words: str) -> tuple[Kind, str] | None:
    """(kind, text after the label) of a line such as "Fraværende: N.N.", else None."""
    match = _INLINE.match(words) or _IN_COLUMNS.match(words)
    if not match:
        return None
    in_columns = match.re is _IN_COLUMNS
    kind = _kind_of(_bare(match["label"])) if in_columns else label_of(f"{match['label']}:")
    return (kind, match["rest"]) if kind and (not in_columns or kind in _KINDS_IN_COLUMNS) else None
