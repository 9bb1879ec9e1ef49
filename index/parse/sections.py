"""An item's lines -> its sections: each a label and the text below it; together they tile the item."""

from __future__ import annotations

from dataclasses import dataclass, replace

from index.models import Section, SectionKind, Span
from index.outcome import outcomes_said
from index.parse.bodies import names_a_body
from index.parse.candidates import Heading
from index.parse.closing import start_of_closing
from index.parse.decisions import (
    DecisionOf,
    Sitting,
    decision_by_house_word,
    decision_of,
    decision_over_lines,
    verdict_of,
)
from index.parse.entries import title_key
from index.parse.fields import (
    is_file_list,
    is_small_print,
    is_table_head,
    looks_like_case_line,
    table_rows,
    without_title_label,
)
from index.parse.labels import (
    CASE_TYPE_LABEL,
    WRAPPER_LABEL,
    is_account,
    label_of,
    proposes,
)
from index.parse.lines import Line, next_filled, stripped_span
from index.parse.roles import Labels
from index.parse.shapes import heading_parts, shape_of
from index.parse.unlabelled import with_unlabelled_decision

_WEAK = (SectionKind.ECONOMY, SectionKind.HEARING, SectionKind.LEGAL_BASIS, SectionKind.PROCESS, SectionKind.OTHER)
_OF_THE_CASE = (SectionKind.SUMMARY, SectionKind.CASE_TEXT, SectionKind.RECOMMENDATION)
_LONGEST_IN_SMALL_PRINT = 60
_LINES_OF_TITLE = 4
_LOOK_BELOW = 4
_DECISIONS = (SectionKind.DECISION, SectionKind.EARLIER_DECISION)
# A label with its text on the same line cuts a case; of a decision only these end it.
_INLINE_IN_DECISION = (SectionKind.ATTENDANCE, SectionKind.ATTACHMENTS, SectionKind.DECISION)


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a section begins: its first line in the item, its label, and the offset at which its text begins."""

    index: int
    kind: SectionKind
    heading: str
    text_from: int


@dataclass(frozen=True, slots=True)
class ItemSections:
    """The sections of an item; `small_print` and `case_type` are what its heading's lines and its type line say."""

    sections: tuple[Section, ...]
    small_print: tuple[str, ...]
    files: tuple[str, ...]
    case_type: str | None


def read_sections(
    text: str, lines: list[Line], heading: Heading, sitting: Sitting, labels: Labels, *, last: bool
) -> ItemSections:
    """Cut an item, given as its lines up to the next item, into sections; the last item may end before its lines do."""
    body_starts = _end_of_heading(lines, heading)
    ends = start_of_closing(lines, body_starts) if last else len(lines)
    cuts, case_type = _cuts(lines[:ends], body_starts, sitting, labels)
    sections = _once(text, with_unlabelled_decision(text, _tile(text, lines[:ends], cuts)))
    if ends < len(lines):
        sections += _tile(text, lines[ends:], [Cut(0, SectionKind.OTHER, "", lines[ends].start)])
    small_print = _small_print([line for line in lines[:body_starts] if not line.blank and line is not heading.line])
    small_print = (*small_print, *filter(None, [heading.numbers]))
    files = tuple(name for words in small_print if is_file_list(words) for name in words.split())
    return ItemSections(tuple(sections), small_print, files, case_type)


def _cuts(lines: list[Line], body_starts: int, sitting: Sitting, labels: Labels) -> tuple[list[Cut], str | None]:
    cuts = [Cut(0, SectionKind.HEADING, "", lines[body_starts - 1].end)]
    case_type = None
    index = body_starts
    while index < len(lines):
        line = lines[index]
        cut = _opens(lines, index, cuts, sitting, labels)
        if cut is None and cuts[-1].kind is SectionKind.HEADING and not line.blank:
            cut = Cut(index, SectionKind.OTHER, "", line.start)
        if cut is not None and cut.kind is SectionKind.ATTENDANCE:
            index = _add_attendance(cuts, cut, lines, sitting, labels)
        elif cut is not None:
            cuts.append(cut)
            while index + 1 < len(lines) and lines[index + 1].end <= cut.text_from:
                index += 1  # a heading of several lines
            if line.words.casefold().rstrip(":") == CASE_TYPE_LABEL:
                value = next_filled(lines, index + 1)
                case_type = value.words.rstrip(".").strip().capitalize() if value else None
                index = value.index - lines[0].index if value else index
        index += 1
    return cuts, case_type


def _opens(lines: list[Line], index: int, cuts: list[Cut], sitting: Sitting, labels: Labels) -> Cut | None:
    """The section that a line opens after those before it, if it opens one."""
    line, before = lines[index], lines[index - 1]
    if line.blank or (_goes_on(before) and cuts[-1].index != index - 1):
        return None
    kinds = [cut.kind for cut in cuts]
    whose = decision_of(line.words, sitting.year) or (verdict_of(line.words) if kinds[-1] in _DECISIONS else None)
    if whose and not whose.is_to_come(sitting):
        kind = SectionKind.DECISION if whose.is_own(sitting) else SectionKind.EARLIER_DECISION
        return Cut(index, kind, line.words.removesuffix(whose.rest).strip(), _end_of_label(line, whose.rest))
    if whose := _by_house_word(lines, index, kinds[-1], sitting):
        kind = SectionKind.DECISION if whose.is_own(sitting) else SectionKind.EARLIER_DECISION
        return Cut(index, kind, line.words.removesuffix(whose.rest).strip(), _end_of_label(line, whose.rest))
    if over := decision_over_lines([other.words for other in lines[index : index + 3]], sitting.year):
        kind = SectionKind.DECISION if over[0].is_own(sitting) else SectionKind.EARLIER_DECISION
        heading = ", ".join(other.words.strip(" :") for other in lines[index : index + over[1]])
        return Cut(index, kind, heading, lines[index + over[1] - 1].end)
    kind = labels.of(line.words)
    if kind is SectionKind.DECISION and _is_empty_chain(lines, cuts[-1], index):
        return None
    if kind is kinds[-1] is SectionKind.RECOMMENDATION and proposes(line.words):
        return None  # "The director proposes:" below "Recommendation"
    if kind is not None and not (kind in _WEAK and _in_last_decision(kinds)):
        return Cut(index, kind, line.words, line.end)
    inline = labels.inline(line.words)
    if inline and _may_follow(inline[0], cuts[-1], lines):
        label = line.words.removesuffix(inline[1]).strip()
        return Cut(index, inline[0], label, _end_of_label(line, inline[1]))
    ended = before.blank and kinds[-1] in (SectionKind.ATTACHMENTS, SectionKind.EARLIER_DECISION)
    if ended and proposes(line.words) and not names_a_body(line.words):
        return Cut(index, SectionKind.RECOMMENDATION, "", line.start)
    return None


def _by_house_word(lines: list[Line], index: int, kind: SectionKind, sitting: Sitting) -> DecisionOf | None:
    """Whose decision a line announces without a word that is known for it: an outcome must follow."""
    words = lines[index].words
    whose = None if label_of(words) else decision_by_house_word(words, sitting)
    if not whose or whose.is_to_come(sitting) or (kind is SectionKind.ATTACHMENTS and not whose.is_own(sitting)):
        return None
    below = [line.words for line in lines[index + 1 : index + 1 + _LOOK_BELOW] if not line.blank]
    return whose if any(outcomes_said(words) for words in (whose.rest, *below)) else None


def _may_follow(kind: SectionKind, cut: Cut, lines: list[Line]) -> bool:
    """Whether a label with its text on the same line opens a section after that one."""
    if cut.kind is SectionKind.DECISION:
        return kind in _INLINE_IN_DECISION and kind is not cut.kind
    one_by_one = kind is SectionKind.ATTACHMENTS and cut.text_from < lines[cut.index].end  # "Bilag: A", "Bilag: B"
    return kind is not cut.kind or one_by_one


def _is_empty_chain(lines: list[Line], cut: Cut, index: int) -> bool:
    """Whether an earlier decision was announced just above: "Konklusion" is then its own label, not this meeting's."""
    between = lines[cut.index + 1 : index]
    return (
        cut.kind is SectionKind.EARLIER_DECISION
        and cut.text_from >= lines[cut.index].end
        and all(line.blank for line in between)
    )


def _goes_on(before: Line) -> bool:
    """Whether a line announces the next one with a colon, and is no label itself."""
    return (
        not before.blank
        and before.words.endswith(":")
        and label_of(before.words) is None
        and decision_of(before.words) is None
    )


def _end_of_label(line: Line, rest: str) -> int:
    """Where the text after a label begins: on the same line, or below it."""
    return line.first + len(line.words) - len(rest) if rest else line.end


def _in_last_decision(kinds: list[SectionKind]) -> bool:
    """Whether the text stands in a decision that follows the case: a list in it may name "Økonomi" on a line."""
    return kinds[-1] is SectionKind.DECISION and any(kind in _OF_THE_CASE for kind in kinds)


def _end_of_heading(lines: list[Line], heading: Heading) -> int:
    """The number of lines, from the item's first, that are title, title printed again, or small print."""
    key = title_key(heading.title)
    first = heading.line.index - lines[0].index
    end = first + 1
    for offset, line in enumerate(lines[end:], end):
        if line.blank:
            continue
        words = without_title_label(line.words)
        shape = shape_of(line.words)
        repeated = title_key(line.words) == key or (
            shape is not None and shape.number == heading.number and title_key(shape.title) in (key, "")
        )
        part_of_title = len(line.words) > 1 and words in heading.title and offset <= first + _LINES_OF_TITLE
        wrapped = part_of_title and (heading.title.startswith(words) or heading.title.endswith(f" {words}"))
        following = next_filled(lines, offset + 1)
        wrapper = (
            line.words.casefold() == WRAPPER_LABEL
            and following is not None
            and heading_parts(following.words) == (heading.number, heading.title)
        )
        printed = is_small_print(line.words) or is_table_head(line.words) or is_table_head(lines[offset - 1].words)
        if not (repeated or wrapped or wrapper or printed or _leads_to_case_line(lines, offset)):
            break
        end = offset + 1
    return end


def _leads_to_case_line(lines: list[Line], offset: int) -> bool:
    """Whether a short line stands between a heading and its case number: who brings the item, how long it takes."""
    words = lines[offset].words
    if len(words) > _LONGEST_IN_SMALL_PRINT or words.endswith((".", ":")) and not words.endswith("min."):
        return False
    following = [line.words for line in lines[offset + 1 : offset + 3] if not line.blank]
    return bool(following and looks_like_case_line(following[0])) and label_of(words) is None


def _small_print(lines: list[Line]) -> tuple[str, ...]:
    found: list[str] = []
    for line, before in zip(lines, [None, *lines], strict=False):
        heads = before is not None and is_table_head(before.words)
        found += table_rows(before.words, line.words) if heads else [line.words]
    return tuple(found)


def _add_attendance(cuts: list[Cut], cut: Cut, lines: list[Line], sitting: Sitting, labels: Labels) -> int:
    """Add a note of absence, and what it interrupted if that goes on; the index of the note's last line.

    In the midst of a decision the note is part of it.
    """
    interrupted = cuts[-1]
    last = _end_of_attendance(lines, cut, sitting, labels)
    following = next_filled(lines, last + 1)
    resumes = following is not None and _opens(lines, following.index - lines[0].index, [cut], sitting, labels) is None
    begun = any(not line.blank for line in lines[interrupted.index + 1 : cut.index]) or (
        interrupted.text_from < lines[interrupted.index].end
    )
    if resumes and begun and interrupted.kind in _DECISIONS:
        return last
    cuts.append(cut)
    if resumes:
        cuts.append(Cut(last + 1, interrupted.kind, "", lines[last + 1].start))
    return last


def _end_of_attendance(lines: list[Line], cut: Cut, sitting: Sitting, labels: Labels) -> int:
    """The last line of a note of absence: its own line, or the paragraph below a label that stands alone."""
    if cut.text_from < lines[cut.index].end:
        return cut.index
    last = cut.index
    for offset in range(cut.index + 1, len(lines)):
        if _opens(lines, offset, [cut], sitting, labels) is not None or (lines[offset].blank and last > cut.index):
            break
        last = offset if not lines[offset].blank else last
    return last


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
