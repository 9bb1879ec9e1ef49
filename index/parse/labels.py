"""The words with which minutes label the parts of an item."""

from __future__ import annotations

import re

from index.models import SectionKind as Kind

_LABELS = {
    Kind.SUMMARY: """
        resumé, resume, resume og sagens baggrund, resumé og sagens baggrund, sammendrag, sagens kerne,
        beslutningstema, kort resume, kort resumé, sagsresumé, sagsresume
    """,
    Kind.CASE_TEXT: """
        sagsfremstilling, sagsbeskrivelse, beskrivelse af sagen, baggrund, sagens baggrund, problemstilling,
        løsning, vurdering, baggrund og vurdering, redegørelse, sagsfremstilling og økonomi, forvaltningens
        vurdering, administrationens vurdering, administrationens bemærkninger, forvaltningens bemærkninger,
        handlemuligheder, supplerende sagsfremstilling
    """,
    Kind.RECOMMENDATION: """
        indstilling, indstillinger, det indstilles, administrationens indstilling, forvaltningens indstilling,
        direktionens indstilling, alternativ indstilling, beskrivelse af alternativ indstilling, særindstilling,
        beslutningspunkter, forslag til beslutning, indstilling om
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
        kompetence, beslutningskompetence, sagsgang og sagstype, sagshistorik, henvisninger, beslutningen
        træffes af, sagen afgøres af, tidligere behandling
    """,
    Kind.DECISION: """
        beslutning, beslutninger, konklusion, protokol, referat, afgørelse, indstilling og beslutning,
        offentlig beslutning
    """,
    Kind.ATTACHMENTS: """
        bilag, vedlagte bilag, bilagsliste, bilag til sagen, vedhæftede filer, vedhæftninger, links,
        bilagsoversigt
    """,
    Kind.ATTENDANCE: """
        fraværende, afbud, ikke til stede, fremmøde, deltog ikke, følgende deltog ikke i behandlingen af
        punktet, inhabilitet, fraværende med afbud
    """,
    Kind.OTHER: """
        sagstype, øvrige konsekvenser, andre konsekvenser, konsekvenser, konsekvenser for andre udvalg,
        miljømæssige konsekvenser, sundhedsmæssige konsekvenser, borgmesterens afdelings påtegning,
        sagsbehandler
    """,
}
KIND_OF_LABEL = {label.strip(): kind for kind, labels in _LABELS.items() for label in labels.split(",")}
CASE_TYPE_LABEL = "sagstype"
WRAPPER_LABEL = "sagsfremstilling"

# Labels whose text may follow on the same line, after a colon.
_INLINE_KINDS = (Kind.ATTENDANCE, Kind.ATTACHMENTS, Kind.DECISION, Kind.PROCESS)
_INLINE = re.compile(r"^(?P<label>[^\W\d][\w ]{2,40}?)\s*:\s+(?P<rest>\S.*)$")
_RESUMPTION = re.compile(r"^genoptagelse\b[^,;]{0,40}$", re.IGNORECASE)


def label_of(words: str) -> Kind | None:
    """What a line labels when it is nothing but a label, else None."""
    if is_resumption(words):
        return Kind.CASE_TEXT
    return KIND_OF_LABEL.get(words.casefold().rstrip(":").strip())


def is_resumption(words: str) -> bool:
    """Whether a heading says that an item is taken up again: "GENOPTAGELSE 15. SEPTEMBER 2020"."""
    return bool(_RESUMPTION.match(words))


def inline_label(words: str) -> tuple[Kind, str] | None:
    """(kind, text after the label) of a line such as "Fraværende: N.N.", else None."""
    match = _INLINE.match(words)
    kind = KIND_OF_LABEL.get(match["label"].casefold()) if match else None
    return (kind, match["rest"]) if kind in _INLINE_KINDS else None
