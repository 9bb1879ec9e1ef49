"""Every text of the screens, in Danish and in English; what stands in braces is filled in by `qa.view`.

The sentences of an answer, the names of outcomes and the form of dates are in `qa.phrases`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.models import SectionKind
from qa.models import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language. Labels are drawn as markdown: no document text goes into one but by `plain_label`."""

    code: Language
    tagline: str
    language: str
    placeholder: str
    new_conversation: str
    local: str
    you: str
    try_asking: str
    indexed: str
    nothing_indexed: str
    meeting_count: tuple[str, str]
    item_count: tuple[str, str]
    more_municipalities: str
    opening: str
    searching: str
    understood: str
    continues: str
    item: str
    case_number: str
    page: str
    source: str
    decision: str
    no_decision_text: str
    closed_text: str
    proposal: str
    fact: str
    context: str
    follow_ups: str
    who: str
    due: str
    why: str
    copy: str
    full_item: str
    show_item: str
    show_numbered_item: str
    others: str
    nearest: str
    show_more: str
    unforeseen: tuple[str, str]
    failures: Mapping[str, tuple[str, str]]
    item_changed: str
    sections: Mapping[SectionKind, str]


DANISH = Texts(
    code="da",
    tagline="Spørg referaterne, og få beslutningen ord for ord med kildehenvisning.",
    language="Sprog",
    placeholder="Stil et spørgsmål til referaterne",
    new_conversation="Ny samtale",
    local="Alt bliver på denne maskine.",
    you="Dig",
    try_asking="Prøv for eksempel",
    indexed="Der søges i {meetings} med {items} fra {municipalities}, {years}.",
    nothing_indexed="Indekset er tomt. Byg det med: referat build STI",
    meeting_count=("{count} møde", "{count} møder"),
    item_count=("{count} punkt", "{count} punkter"),
    more_municipalities="{names} og {count} andre kommuner",
    opening="Åbner indekset …",
    searching="Leder i referaterne …",
    understood="Forstået som: {limits}",
    continues="om det forrige svar",
    item="Punkt {number}",
    case_number="Sagsnr. {number}",
    page="side {page}",
    source="Kilde: {citation}",
    decision="Beslutningen, ord for ord",
    no_decision_text="Referatet gengiver ingen beslutning under punktet.",
    closed_text="Punktet er lukket. Referatet offentliggør ingen beslutning.",
    proposal="Indstilling",
    fact="Her står det",
    context="Fra sagen",
    follow_ups="Opfølgning",
    who="Ansvarlig: {who}",
    due="Frist: {due}",
    why="Hvorfor dette svar?",
    copy="Kopiér med kilde",
    full_item="Hele punktet",
    show_item="Vis hele punktet",
    show_numbered_item="Vis punkt {number}",
    others="Andre punkter, der kan være relevante",
    nearest="Nærmeste punkter – de besvarer ikke spørgsmålet",
    show_more="Vis flere",
    unforeseen=(
        "Det lykkedes ikke",
        "Der er en fejl i programmet, og den er skrevet i loggen. Prøv igen, eller stil spørgsmålet på en anden måde.",
    ),
    failures={
        "IndexMissing": (
            "Der er endnu ikke noget at søge i",
            "Læg referaterne i en mappe, og byg et indeks med kommandoen:",
        ),
        "IndexForeign": ("Mappen er ikke et indeks", "Vælg en anden mappe med REFERAT_INDEX, og start igen."),
        "IndexDamaged": ("Indekset er beskadiget", "Byg det igen med kommandoen:"),
        "IndexOutdated": (
            "Indekset skal bygges igen",
            "Det passer ikke til denne udgave af programmet. Byg det med kommandoen:",
        ),
        "IndexUnwritable": (
            "Indekset kan ikke skrives",
            "Skaf plads på disken, eller vælg en anden mappe med REFERAT_INDEX.",
        ),
        "IndexBusy": ("Indekset er ved at blive opdateret", "Vent et øjeblik, og prøv igen."),
        "ModelError": ("Sprogmodellen kan ikke åbnes", "Kontrollér modellens navn eller mappe (REFERAT_MODEL)."),
        "SettingsError": ("En indstilling kan ikke bruges", "Ret den, og start igen."),
        "QuestionError": ("Spørgsmålet kan ikke stilles", "Skriv et kort spørgsmål i én eller to sætninger."),
        "ItemNotFound": ("Punktet er der ikke længere", "Indekset er ændret. Stil spørgsmålet igen."),
    },
    item_changed="Indekset er ændret, siden svaret blev givet. Stil spørgsmålet igen.",
    sections={
        SectionKind.HEADING: "Overskrift",
        SectionKind.SUMMARY: "Resumé",
        SectionKind.CASE_TEXT: "Sagsfremstilling",
        SectionKind.RECOMMENDATION: "Indstilling",
        SectionKind.ECONOMY: "Økonomi",
        SectionKind.LEGAL_BASIS: "Lovgrundlag",
        SectionKind.PROCESS: "Proces",
        SectionKind.HEARING: "Høring",
        SectionKind.EARLIER_DECISION: "Tidligere beslutning",
        SectionKind.DECISION: "Beslutning",
        SectionKind.ATTACHMENTS: "Bilag",
        SectionKind.ATTENDANCE: "Deltagere",
        SectionKind.OTHER: "Andet",
    },
)

ENGLISH = Texts(
    code="en",
    tagline="Ask the minutes, and get the decision word for word, with its citation.",
    language="Language",
    placeholder="Ask the minutes a question",
    new_conversation="New conversation",
    local="Everything stays on this machine.",
    you="You",
    try_asking="Try for example",
    indexed="Searching {meetings} with {items} from {municipalities}, {years}.",
    nothing_indexed="The index is empty. Build it with: referat build PATH",
    meeting_count=("{count} meeting", "{count} meetings"),
    item_count=("{count} agenda item", "{count} agenda items"),
    more_municipalities="{names} and {count} other municipalities",
    opening="Opening the index …",
    searching="Searching the minutes …",
    understood="Understood as: {limits}",
    continues="about the answer before",
    item="Item {number}",
    case_number="Case no. {number}",
    page="page {page}",
    source="Source: {citation}",
    decision="The decision, word for word",
    no_decision_text="The minutes give no decision under this item.",
    closed_text="The item is closed. The minutes publish no decision.",
    proposal="Recommendation",
    fact="Where it says so",
    context="From the item",
    follow_ups="Follow-up",
    who="Responsible: {who}",
    due="Due: {due}",
    why="Why this answer?",
    copy="Copy with citation",
    full_item="The full item",
    show_item="Show the full item",
    show_numbered_item="Show item {number}",
    others="Other items that may be relevant",
    nearest="Nearest items – they do not answer the question",
    show_more="Show more",
    unforeseen=(
        "That did not work",
        "There is an error in the program; it is written in the log. Try again, or ask in another way.",
    ),
    failures={
        "IndexMissing": (
            "There is nothing to search yet",
            "Put the minutes in a folder, and build an index with the command:",
        ),
        "IndexForeign": ("The folder is not an index", "Choose another folder with REFERAT_INDEX, and start again."),
        "IndexDamaged": ("The index is damaged", "Build it anew with the command:"),
        "IndexOutdated": (
            "The index must be built anew",
            "It does not fit this version of the program. Build it with the command:",
        ),
        "IndexUnwritable": (
            "The index cannot be written",
            "Make room on the disk, or choose another folder with REFERAT_INDEX.",
        ),
        "IndexBusy": ("The index is being updated", "Wait a moment, and try again."),
        "ModelError": ("The language model cannot be opened", "Check the model's name or folder (REFERAT_MODEL)."),
        "SettingsError": ("A setting cannot be used", "Correct it, and start again."),
        "QuestionError": ("The question cannot be asked", "Write a short question of one or two sentences."),
        "ItemNotFound": ("The item is no longer there", "The index has changed. Ask the question again."),
    },
    item_changed="The index has changed since the answer was given. Ask the question again.",
    sections={
        SectionKind.HEADING: "Heading",
        SectionKind.SUMMARY: "Summary",
        SectionKind.CASE_TEXT: "Case text",
        SectionKind.RECOMMENDATION: "Recommendation",
        SectionKind.ECONOMY: "Economy",
        SectionKind.LEGAL_BASIS: "Legal basis",
        SectionKind.PROCESS: "Process",
        SectionKind.HEARING: "Consultation",
        SectionKind.EARLIER_DECISION: "Earlier decision",
        SectionKind.DECISION: "Decision",
        SectionKind.ATTACHMENTS: "Attachments",
        SectionKind.ATTENDANCE: "Attendance",
        SectionKind.OTHER: "Other",
    },
)

TEXTS: Mapping[Language, Texts] = {"da": DANISH, "en": ENGLISH}
LANGUAGE_NAMES: Mapping[Language, str] = {"da": "Dansk", "en": "English"}
