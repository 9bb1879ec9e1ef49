"""The lines of an item at which a section begins: a label, a decision's heading, a note of absence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.models import SectionKind
from index.outcome import outcomes_said
from index.parse.bodies import names_a_body
from index.parse.decisions import (
    DecisionOf,
    Sitting,
    decision_by_house_word,
    decision_of,
    decision_over_lines,
    verdict_of,
)
from index.parse.labels import CASE_TYPE_LABEL, label_of, proposes
from index.parse.lines import Line, next_filled
from index.parse.roles import Labels

_WEAK = (SectionKind.ECONOMY, SectionKind.HEARING, SectionKind.LEGAL_BASIS, SectionKind.PROCESS, SectionKind.OTHER)
_OF_THE_CASE = (SectionKind.SUMMARY, SectionKind.CASE_TEXT, SectionKind.RECOMMENDATION)
_LOOK_BELOW = 4
_LINES_OF_BLOCK = 5  # body, date and item of a decision, each on its own line, perhaps with blank ones between
_MOTION = re.compile(r"^indstillingen\s*:?$", re.IGNORECASE)
_PROSE = re.compile(r"^[A-ZÆØÅ][^\W\d]*(?:,? [^\s]+){7,}[.:]$")
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


def cuts_of(lines: list[Line], body_starts: int, sitting: Sitting, labels: Labels) -> tuple[list[Cut], str | None]:
    """The cuts of an item whose text begins at a line, the heading's first; and the case type that a label names."""
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
    if lines[index].blank:
        return None
    if _goes_on(lines[index - 1]) and cuts[-1].index != index - 1:
        whose = decision_of(lines[index].words, sitting.year)
        if not (whose and whose.body and whose.date):
            return None
    return (
        _whose_decision(lines, index, cuts[-1].kind, sitting)
        or _labelled(lines, index, cuts, labels)
        or _resumes(lines, index, cuts[-1])
    )


def _whose_decision(lines: list[Line], index: int, after: SectionKind, sitting: Sitting) -> Cut | None:
    """The decision that a line announces by its body and date, this meeting's or an earlier one."""
    line = lines[index]
    whose = decision_of(line.words, sitting.year) or (verdict_of(line.words) if after in _DECISIONS else None)
    if not whose or whose.is_to_come(sitting):
        whose = _by_house_word(lines, index, after, sitting)
    if whose:
        heading = line.words.removesuffix(whose.rest).strip()
        return Cut(index, _kind_of(whose, sitting), heading, _end_of_label(line, whose.rest))
    block = [other for other in lines[index : index + _LINES_OF_BLOCK] if not other.blank]
    if over := decision_over_lines([other.words for other in block[:3]], sitting.year):
        heading = ", ".join(other.words.strip(" :") for other in block[: over[1]])
        return Cut(index, _kind_of(over[0], sitting), heading, block[over[1] - 1].end)
    return None


def _kind_of(whose: DecisionOf, sitting: Sitting) -> SectionKind:
    return SectionKind.DECISION if whose.is_own(sitting) else SectionKind.EARLIER_DECISION


def _labelled(lines: list[Line], index: int, cuts: list[Cut], labels: Labels) -> Cut | None:
    """The section that a line labels, be its text below it or on the same line."""
    line, kinds = lines[index], [cut.kind for cut in cuts]
    kind = labels.of(_without_title(line.words, lines[0].words))
    if kind is SectionKind.DECISION and _is_empty_chain(lines, cuts[-1], index):
        return None
    if kind is kinds[-1] is SectionKind.RECOMMENDATION and proposes(line.words):
        return None  # "The director proposes:" below "Recommendation"
    if kind is SectionKind.RECOMMENDATION and kinds[-1] is SectionKind.DECISION and _MOTION.match(line.words):
        return None  # what was voted on, after the amendments
    if kind is not None and not (kind in _WEAK and _in_last_decision(kinds)):
        return Cut(index, kind, line.words, line.end)
    inline = labels.inline(line.words)
    if inline and _may_follow(inline[0], cuts[-1], lines):
        return Cut(index, inline[0], line.words.removesuffix(inline[1]).strip(), _end_of_label(line, inline[1]))
    return None


def _without_title(words: str, heading: str) -> str:
    """A label without the item's title behind it: "Beslutning for Punkt 4: Budget 2019"."""
    label, _, title = words.partition(": ")
    return label if title and title in heading else words


def _resumes(lines: list[Line], index: int, after: Cut) -> Cut | None:
    """The case that goes on, unlabelled, after a quoted decision or a list of attachments."""
    line = lines[index]
    if after.kind is SectionKind.EARLIER_DECISION and lines[after.index].quoted and not line.quoted:
        return Cut(index, SectionKind.CASE_TEXT, "", line.start)
    listed = after.kind is SectionKind.ATTACHMENTS and (
        lines[index - 1].blank or after.text_from < lines[after.index].end
    )
    if listed and _PROSE.match(line.words):
        return Cut(index, SectionKind.CASE_TEXT, "", line.start)
    ended = lines[index - 1].blank and after.kind in (SectionKind.ATTACHMENTS, SectionKind.EARLIER_DECISION)
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
