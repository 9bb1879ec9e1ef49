"""Made-up meetings as they are printed, in several layouts; and as what a reader makes of that, without reading."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.scale.minutes import MadeItem, MadeMeeting
from index.models import AgendaItem, Meeting, Section, SectionKind, Span

_RECOMMENDATION = "Forvaltningen indstiller, at sagen behandles."
_MONTHS = "januar februar marts april maj juni juli august september oktober november december".split()


@dataclass(frozen=True, slots=True)
class Layout:
    head: str
    heading: str
    case_line: str
    case: str
    recommendation: str
    decision: str


LAYOUTS = (
    Layout(
        "{municipality} Kommune\nReferat af møde i {body}\nDen {day:%d.%m.%Y} kl. 08:30",
        "Punkt {number}: {title}", "Sagsnr.: {case}", "Sagsfremstilling", "Indstilling", "Beslutning",
    ),
    Layout(
        "{body}\n{municipality} Kommune\n\nReferat\n\nMødedato: {written}\nMødetid: kl. 16:00",
        "{number}. {title}", "Sagsnr. {case}", "Sagsfremstilling:", "Indstilling:", "Beslutning:",
    ),
    Layout(
        "{municipality} Kommune\n\nBeslutningsprotokol\n\n{body}\n\nMøde den {written}",
        "Pkt. {number} {title}", "Sag: {case}", "SAGSFREMSTILLING", "INDSTILLING", "BESLUTNING",
    ),
)  # fmt: skip


def as_read(made: MadeMeeting) -> Meeting:
    """The meeting that its printed text, `.text`, tells of."""
    layout = LAYOUTS[made.number % len(LAYOUTS)]
    written = f"{made.date.day}. {_MONTHS[made.date.month - 1]} {made.date.year}"
    text = layout.head.format(municipality=made.municipality, body=made.body, day=made.date, written=written) + "\n\n"
    items_start, items = len(text), []
    for number, item in enumerate(made.items, 1):
        sections = _sections(layout, number, item, len(text))
        text += "".join(printed for printed, _ in sections)
        items.append(_item(number, item, tuple(section for _, section in sections)))
    return Meeting(
        f"{made.number:07}.txt", text, made.municipality, made.body, made.date, None, None, (), tuple(items),
        items_start=items_start,
    )  # fmt: skip


def _sections(layout: Layout, number: int, item: MadeItem, start: int) -> list[tuple[str, Section]]:
    """Each section of an item, as printed from `start` on."""
    heading = layout.heading.format(number=number, title=item.title)
    parts = (
        (SectionKind.HEADING, heading, layout.case_line.format(case=item.case_number)),
        (SectionKind.CASE_TEXT, layout.case, item.case_text),
        (SectionKind.RECOMMENDATION, layout.recommendation, _RECOMMENDATION),
        (SectionKind.DECISION, layout.decision, item.decision),
    )
    sections = []
    for kind, label, said in parts:
        printed = f"{label}\n\n{said}\n\n"
        body = Span(start + len(label) + 2, start + len(printed) - 2)
        sections.append((printed, Section(kind, label, Span(start, start + len(printed)), body)))
        start += len(printed)
    return sections


def _item(number: int, item: MadeItem, sections: tuple[Section, ...]) -> AgendaItem:
    return AgendaItem(
        number=str(number),
        title=item.title,
        closed=False,
        span=Span(sections[0].span.start, sections[-1].span.end),
        sections=sections,
        case_number=item.case_number,
        recommendation=_RECOMMENDATION,
        decision=item.decision,
        outcome=item.outcome,
        outcomes=(item.outcome,),
    )
