"""Text -> a meeting with its items, by evidence; no template for any municipality.

`markup`, `furniture`, `reflow` and `columns` make of the source the text as it is read, and `reading` writes down where
the two differ; `contents` finds the table of contents among `runs` of entries, `headings` the lines that open an item,
of the `candidates` those with the most `evidence`, and `extent` the lines that belong to each; `item_head` reads title
and small print; `cuts` and `sections` part the rest at its labels, which `roles` learns as far as they are these
minutes' own, `unlabelled` finds the decisions that have none; `header` says which sitting it is. This page puts the
parts together.
"""

from __future__ import annotations

from index.errors import DocumentError
from index.models import AgendaItem, EarlierDecision, Meeting, Outcome, Problem, Section, SectionKind, Span
from index.outcome import read_decision
from index.parse.attachments import attachments_in
from index.parse.bodies import body_key
from index.parse.candidates import Heading
from index.parse.case_numbers import case_numbers
from index.parse.columns import Columns, find_columns, in_lines
from index.parse.contents import Contents, find_contents
from index.parse.decisions import Sitting, decision_of, verdict_of
from index.parse.entries import Entry
from index.parse.extent import Extent, extents_of
from index.parse.furniture import without_furniture
from index.parse.header import read_header
from index.parse.headings import find_headings
from index.parse.labels import is_resumption
from index.parse.lines import split_lines
from index.parse.markers import with_familiar_markers
from index.parse.markup import without_markup
from index.parse.openness import bare_title, is_closed
from index.parse.reading import Reading, source_line
from index.parse.reflow import reflowed
from index.parse.roles import Labels, learn_labels
from index.parse.sections import ItemSections, read_sections
from index.read import Document

_NO_ITEMS = (
    "no agenda items were found. If these are the minutes of a meeting, see whether the file has their text with its "
    "headings, each on a line of its own; if not, leave it out."
)
_MISSING = {
    "municipality": 'The municipality of the meeting was not found. Add it above the first item, as in "Ry Kommune".',
    "body": 'The body of the meeting was not found. Add it above the first item, as in "Økonomiudvalget".',
    "date": 'The date of the meeting was not found. Add it above the first item, as in "Mødedato: 4. maj 2021".',
}


def parse_minutes(document: Document) -> tuple[Meeting, tuple[Problem, ...]]:
    """Read a document as the minutes of one meeting.

    Every character of the source belongs to the header, the contents or a section of an item, or to an edit.

    Raises:
        DocumentError: no agenda items are found.
    """
    source = Reading(document.text, (), document.page_starts)
    reading, furniture = without_furniture(in_lines(reflowed(without_markup(source))))
    lines = with_familiar_markers(split_lines(reading.text))
    contents = find_contents(lines)
    columns = find_columns(lines)
    headings = find_headings(lines, contents, columns)
    if not headings:
        raise DocumentError(document.path, _NO_ITEMS)
    extents = extents_of(headings, lines, contents)
    in_contents = contents.span if contents else Span(0, 0)
    head = [
        line for line in lines[: extents[0].lines[0].index] if not in_contents.start <= line.start < in_contents.end
    ]
    header = read_header(head, lines, furniture)
    sitting = Sitting(header.body, header.date)
    labels = learn_labels(lines, [heading.line.index for heading in headings], sitting)
    items = [_read_item(reading, extent, sitting, labels, columns) for extent in extents]
    meeting = Meeting(
        source=document.path.name,
        text=reading.text,
        municipality=header.municipality,
        body=header.body,
        date=header.date,
        start_time=header.start_time,
        place=header.place,
        participants=header.participants,
        items=_with_closed_entries(items, headings, contents),
        page_starts=reading.page_starts,
        edits=reading.edits,
        items_start=extents[0].lines[0].start,
    )
    return meeting, tuple(_problems(meeting, headings, contents) + _unread_pages(document))


def _read_item(
    reading: Reading, extent: Extent, sitting: Sitting, labels: Labels, columns: Columns | None
) -> AgendaItem:
    text = reading.text
    heading, lines = extent.heading, extent.lines
    found = read_sections(text, extent, sitting, labels, columns)
    sections = found.sections
    numbers = case_numbers(list(found.small_print))
    closed = heading.closed or extent.in_closed_group or is_closed(heading.title, list(found.small_print))
    recommendation = _text_of(text, sections, SectionKind.RECOMMENDATION)
    decision = _text_of(text, sections, SectionKind.DECISION)
    verdict = read_decision(
        decision or "",
        year=sitting.year,
        closed=closed,
        title=heading.title,
        recommendation=recommendation or "",
        case_type=found.case_type or "",
    )
    return AgendaItem(
        number=heading.number,
        title=bare_title(heading.title),
        closed=closed,
        span=Span(lines[0].start, lines[-1].end),
        sections=sections,
        case_number=numbers.case_number,
        journal_number=numbers.journal_number,
        document_number=numbers.document_number,
        case_worker=numbers.case_worker,
        case_type=found.case_type,
        recommendation=recommendation,
        decision=decision,
        decision_in_source=_torn_decision(reading, sections, decision),
        outcome=verdict.outcome,
        outcomes=verdict.outcomes,
        conditions=verdict.conditions,
        resumed=_is_resumed(found, sitting),
        process=_text_of(text, sections, SectionKind.PROCESS),
        earlier_decisions=_earlier_decisions(text, found, sitting),
        follow_ups=verdict.follow_ups,
        attachments=attachments_in(
            [list(found.files)]
            + [
                section.body.of(text).splitlines()
                for section in found.sections
                if section.kind is SectionKind.ATTACHMENTS
            ]
        ),
    )


def _text_of(text: str, sections: tuple[Section, ...], kind: SectionKind) -> str | None:
    """The text of all sections of a kind, verbatim; None where there is none."""
    bodies = [section.body.of(text) for section in sections if section.kind is kind]
    return "\n\n".join(body for body in bodies if body) or None


def _torn_decision(reading: Reading, sections: tuple[Section, ...], decision: str | None) -> str | None:
    """The decision as the source has it, if that has something else in its midst."""
    bodies = [
        section.body for section in sections if section.kind is SectionKind.DECISION and section.body.of(reading.text)
    ]
    if not bodies:
        return None
    source = reading.source_of(bodies[0].start, bodies[-1].end)
    return None if source.split() == (decision or "").split() else source


def _earlier_decisions(text: str, found: ItemSections, sitting: Sitting) -> tuple[EarlierDecision, ...]:
    earlier = []
    for section in found.sections:
        if section.kind is SectionKind.EARLIER_DECISION and (
            whose := decision_of(section.heading, sitting.year) or verdict_of(section.heading)
        ):
            body = whose.body or sitting.body
            earlier.append(EarlierDecision(body, whose.date, whose.item, section.body.of(text)))
    return tuple(earlier)


def _is_resumed(found: ItemSections, sitting: Sitting) -> bool:
    """Whether a heading says that the item is taken up again, or quotes an earlier decision of the same body."""
    for section in found.sections:
        earlier = decision_of(section.heading, sitting.year) if section.kind is SectionKind.EARLIER_DECISION else None
        if is_resumption(section.heading) or (
            earlier and sitting.body and body_key(earlier.body or sitting.body) == body_key(sitting.body)
        ):
            return True
    return False


def _with_closed_entries(
    items: list[AgendaItem], headings: list[Heading], contents: Contents | None
) -> tuple[AgendaItem, ...]:
    """The items, with those closed ones of which the minutes hold no more than the line in the contents."""
    met = {heading.entry for heading in headings}
    numbers = {item.number for item in items}
    found = list(items)
    for place, entry in enumerate(contents.entries if contents else ()):
        if entry.closed and place not in met and (entry.number is None or entry.number not in numbers):
            after = sum(heading.entry is not None and heading.entry < place for heading in headings)
            at = after + len(found) - len(items)
            found.insert(at, _closed_item(entry))
    return tuple(found)


def _closed_item(entry: Entry) -> AgendaItem:
    empty = Span(entry.span.end, entry.span.end)
    return AgendaItem(
        number=entry.number or "",
        title=bare_title(entry.title),
        closed=True,
        span=entry.span,
        sections=(Section(SectionKind.HEADING, "", entry.span, empty),),
        outcome=Outcome.CLOSED,
        outcomes=(Outcome.CLOSED,),
    )


def _unread_pages(document: Document) -> list[Problem]:
    return [
        Problem(
            document.path.name,
            document.text.count("\n", 0, document.page_starts[page - 1]) + 1,
            f"Page {page} is a picture without text, and was not read. "
            "Read the file with --ocr, or run OCR first: ocrmypdf -l dan.",
        )
        for page in document.unread_pages
    ]


def _problems(meeting: Meeting, headings: list[Heading], contents: Contents | None) -> list[Problem]:
    """What a reader should know: the sitting's missing facts, entries of the contents that no item answers to."""
    known = {"municipality": meeting.municipality, "body": meeting.body, "date": meeting.date}
    found = [Problem(meeting.source, 1, _MISSING[name]) for name, value in known.items() if value is None]
    met = {heading.entry for heading in headings}
    for place, entry in enumerate(contents.entries if contents else ()):
        if place not in met and not entry.closed:
            line = source_line(meeting.text, meeting.edits, contents.span.start)
            found.append(
                Problem(
                    meeting.source,
                    line,
                    f'"{entry.title}" stands in the contents, but no such item was found. '
                    "See whether the file has it, and under which heading.",
                )
            )
    return found
