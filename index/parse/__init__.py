"""Text -> a meeting with its items, by evidence; no template for any municipality.

`furniture` blanks out what belongs to the page, `contents` finds the table of contents, `headings` the lines that open
an item, `sections` cuts an item at its labels, `fields` reads the small print, `header` says which sitting it is; this
page puts the parts together.
"""

from __future__ import annotations

from index.errors import DocumentError
from index.models import AgendaItem, EarlierDecision, Meeting, Problem, SectionKind, Span
from index.outcome import read_decision
from index.parse.contents import Contents, find_contents
from index.parse.fields import attachments_in, bare_title, case_numbers, is_closed
from index.parse.furniture import blank_furniture
from index.parse.header import read_header
from index.parse.headings import Heading, find_headings
from index.parse.labels import is_resumption
from index.parse.lines import Line, split_lines
from index.parse.sections import ItemSections, Sitting, body_key, decision_of, read_sections
from index.read import Document


def parse_minutes(document: Document) -> tuple[Meeting, tuple[Problem, ...]]:
    """Read a document as the minutes of one meeting.

    Every character of the text belongs to the header, the contents or a section of an item.

    Raises:
        DocumentError: no agenda items are found.
    """
    text = blank_furniture(document.text)
    lines = split_lines(text)
    contents = find_contents(lines)
    headings = find_headings(lines, contents)
    if not headings:
        raise DocumentError(document.path, "no agenda items were found. Are these the minutes of a meeting?")
    head = [
        line
        for line in lines[: headings[0].line.index]
        if not contents or not contents.span.start <= line.start < contents.span.end
    ]
    header = read_header(head, lines)
    sitting = Sitting(header.body, header.date)
    ends = [heading.line.index for heading in headings[1:]] + [len(lines)]
    items = tuple(
        _read_item(text, lines[heading.line.index : end], heading, sitting)
        for heading, end in zip(headings, ends, strict=True)
    )
    meeting = Meeting(
        source=document.path.name,
        text=text,
        municipality=header.municipality,
        body=header.body,
        date=header.date,
        start_time=header.start_time,
        place=header.place,
        participants=header.participants,
        items=items,
        page_starts=document.page_starts,
    )
    return meeting, tuple(_problems(meeting, headings, contents) + _unread_pages(document))


def _read_item(text: str, lines: list[Line], heading: Heading, sitting: Sitting) -> AgendaItem:
    found = read_sections(text, lines, heading, sitting)
    numbers = case_numbers(list(found.small_print))
    closed = heading.closed or is_closed(heading.title, list(found.small_print))
    recommendation = _text_of(text, found, SectionKind.RECOMMENDATION)
    decision = _text_of(text, found, SectionKind.DECISION)
    reading = read_decision(
        decision or "",
        year=sitting.date.year if sitting.date else None,
        closed=closed,
        title=heading.title,
        recommendation=recommendation or "",
        case_type=found.case_type or "",
    )
    return AgendaItem(
        number=heading.number,
        title=bare_title(heading.title),
        closed=closed,
        span=_span(lines),
        sections=found.sections,
        case_number=numbers.case_number,
        journal_number=numbers.journal_number,
        document_number=numbers.document_number,
        case_worker=numbers.case_worker,
        case_type=found.case_type,
        recommendation=recommendation,
        decision=decision,
        outcome=reading.outcome,
        outcomes=reading.outcomes,
        conditions=reading.conditions,
        resumed=_is_resumed(found, sitting),
        process=_text_of(text, found, SectionKind.PROCESS),
        earlier_decisions=_earlier_decisions(text, found),
        follow_ups=reading.follow_ups,
        attachments=attachments_in(
            [list(found.files)]
            + [
                section.body.of(text).splitlines()
                for section in found.sections
                if section.kind is SectionKind.ATTACHMENTS
            ]
        ),
    )


def _span(lines: list[Line]) -> Span:
    return Span(lines[0].start, lines[-1].end)


def _text_of(text: str, found: ItemSections, kind: SectionKind) -> str | None:
    """The text of all sections of a kind, verbatim; None where there is none."""
    bodies = [section.body.of(text) for section in found.sections if section.kind is kind]
    return "\n\n".join(body for body in bodies if body) or None


def _earlier_decisions(text: str, found: ItemSections) -> tuple[EarlierDecision, ...]:
    earlier = []
    for section in found.sections:
        if section.kind is SectionKind.EARLIER_DECISION and (whose := decision_of(section.heading)):
            earlier.append(EarlierDecision(whose.body, whose.date, whose.item, section.body.of(text)))
    return tuple(earlier)


def _is_resumed(found: ItemSections, sitting: Sitting) -> bool:
    """Whether a heading says that the item is taken up again, or quotes an earlier decision of the same body."""
    for section in found.sections:
        earlier = decision_of(section.heading) if section.kind is SectionKind.EARLIER_DECISION else None
        if is_resumption(section.heading) or (
            earlier and sitting.body and body_key(earlier.body) == body_key(sitting.body)
        ):
            return True
    return False


def _unread_pages(document: Document) -> list[Problem]:
    return [
        Problem(
            document.path.name,
            document.text.count("\n", 0, document.page_starts[page - 1]) + 1,
            f"Page {page} is a picture without text, and was not read. Run OCR first, for instance: ocrmypdf -l dan.",
        )
        for page in document.unread_pages
    ]


def _problems(meeting: Meeting, headings: list[Heading], contents: Contents | None) -> list[Problem]:
    """What a reader should know: the sitting's missing facts, entries of the contents that no item answers to."""
    missing = [
        name
        for name, value in (("municipality", meeting.municipality), ("body", meeting.body), ("date", meeting.date))
        if value is None
    ]
    found = [Problem(meeting.source, 1, f"The {name} of the meeting was not found.") for name in missing]
    met = {heading.entry for heading in headings}
    for place, entry in enumerate(contents.entries if contents else ()):
        if place not in met:
            line = meeting.text.count("\n", 0, contents.span.start) + 1
            found.append(
                Problem(meeting.source, line, f'"{entry.title}" stands in the contents, but no such item was found.')
            )
    return found
