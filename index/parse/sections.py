"""An item's lines -> its sections: each a label and the text below it; together they tile the item."""

from __future__ import annotations

from dataclasses import dataclass, replace

from index.models import Section, SectionKind, Span
from index.parse.closing import start_of_closing
from index.parse.columns import Columns, with_decision_cell
from index.parse.cuts import Cut, cuts_of
from index.parse.decisions import Sitting
from index.parse.extent import Extent
from index.parse.item_head import end_of_head, small_print_of
from index.parse.labels import is_account
from index.parse.lines import Line, stripped_span
from index.parse.roles import Labels
from index.parse.small_print import is_file_list
from index.parse.unlabelled import with_unlabelled_decision


@dataclass(frozen=True, slots=True)
class ItemSections:
    """The sections of an item; `small_print` and `case_type` are what its heading's lines and its type line say."""

    sections: tuple[Section, ...]
    small_print: tuple[str, ...]
    files: tuple[str, ...]
    case_type: str | None


def read_sections(text: str, extent: Extent, sitting: Sitting, labels: Labels, columns: Columns | None) -> ItemSections:
    """Cut an item into sections; the last item may end before its lines do."""
    lines, heading = extent.lines, extent.heading
    body_starts = end_of_head(lines, heading)
    ends = start_of_closing(lines, body_starts, extent.titles_above) if extent.last else len(lines)
    cuts, case_type = cuts_of(lines[:ends], body_starts, sitting, labels)
    sections = _tile(text, lines[:ends], cuts)
    if columns:
        sections = with_decision_cell(text, sections, columns)
    sections = _once(text, with_unlabelled_decision(text, sections))
    if ends < len(lines):
        sections += _tile(text, lines[ends:], [Cut(0, SectionKind.OTHER, "", lines[ends].start)])
    small_print = small_print_of([line for line in lines[:body_starts] if not line.blank and line is not heading.line])
    small_print = (*small_print, *filter(None, [heading.numbers]))
    files = tuple(name for words in small_print if is_file_list(words) for name in words.split())
    return ItemSections(tuple(sections), small_print, files, case_type)


def _tile(text: str, lines: list[Line], cuts: list[Cut]) -> list[Section]:
    cuts = _by_rank(cuts)
    sections = []
    for place, cut in enumerate(cuts):
        start = lines[cut.index].start
        end = lines[cuts[place + 1].index].start if place + 1 < len(cuts) else lines[-1].end
        body = Span(*stripped_span(text, min(cut.text_from, end), end))
        sections.append(Section(cut.kind, cut.heading, Span(start, end), body))
    return sections


def _once(text: str, sections: list[Section]) -> list[Section]:
    """The sections, in which a decision that is printed again, as the last link of its chain, is none of its own."""
    seen: set[str] = set()
    kept = []
    for section in sections:
        words = " ".join(section.body.of(text).split())
        again = section.kind is SectionKind.DECISION and words and words in seen
        kept.append(replace(section, kind=SectionKind.OTHER) if again else section)
        seen |= {words} if section.kind is SectionKind.DECISION else set()
    return kept


def _by_rank(cuts: list[Cut]) -> list[Cut]:
    """The cuts, in which an account of the talk is no decision where another label names one."""
    named = any(cut.kind is SectionKind.DECISION and cut.heading and not is_account(cut.heading) for cut in cuts)
    if not named:
        return cuts
    return [
        Cut(cut.index, SectionKind.OTHER, cut.heading, cut.text_from)
        if cut.kind is SectionKind.DECISION and is_account(cut.heading)
        else cut
        for cut in cuts
    ]
