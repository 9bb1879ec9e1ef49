"""An item's lines -> its sections: each a label and the text below it; together they tile the item."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from index.dates import MONTH, written_dates
from index.models import Section, SectionKind, Span
from index.parse.contents import title_key
from index.parse.fields import is_file_list, is_small_print
from index.parse.headings import Heading, heading_parts
from index.parse.labels import CASE_TYPE_LABEL, WRAPPER_LABEL, inline_label, label_of
from index.parse.lines import Line, next_filled, stripped_span

_BODY_WORD = (
    r"(?:[\w-]*(?i:udvalg(?:et)?|direktion(?:en)?|byråd(?:et)?|kommunalbestyrelse(?:n)?|borgerrepræsentation(?:en)?|bestyrelse(?:n)?|"
    r"råd(?:et)?|forum(?:met)?|nævn(?:et)?|kommission(?:en)?|komit[eé](?:en)?|styregruppe(?:n)?|chefgruppe(?:n)?|ledelse(?:n)?|magistrat(?:en)?)|[\w-]*MED)"
)
_NAME_BEFORE = r"(?=[A-ZÆØÅ])(?:[A-ZÆØÅ][\w-]*,? (?:(?:og|for|i|&) )?){0,5}?"
BODY = rf"(?P<body>{_NAME_BEFORE}{_BODY_WORD}(?: for [A-ZÆØÅ][\w-]+(?:(?:,| og|, og) [A-ZÆØÅ][\w-]+)*)?)"
_BODY_IN_HEADING = rf"(?P<body>{_NAME_BEFORE}{_BODY_WORD}(?:(?:,? (?:for|i|og))? (?!den\b)[^\W\d][\w-]*)*?)"
_DATE = rf"(?P<date>\d{{1,2}}\.\s*(?i:{MONTH})\s+\d{{4}}|\d{{1,2}}[-./]\d{{1,2}}[-./]\d{{2,4}}|\d{{4}}-\d\d-\d\d)"
_DECISION_OF = re.compile(
    rf"^(?:(?:[Bb]eslutning(?:er)?|BESLUTNING|[Aa]fgørelse|[Bb]ehandling|[Pp]rotokol)\s+(?:i|fra|af|for)?\s*)?{_BODY_IN_HEADING}"
    rf"(?:s\s+(?:møde|beslutning))?,?\s*(?:den|d\.)?\s*{_DATE}(?:,?\s*(?:pkt\.?|punkt(?:\s+nr\.?)?|sag)\s*(?P<item>\d+\w?))?\s*:?$",
)


_WEAK = (SectionKind.ECONOMY, SectionKind.HEARING, SectionKind.LEGAL_BASIS, SectionKind.PROCESS, SectionKind.OTHER)
_OF_THE_CASE = (SectionKind.SUMMARY, SectionKind.CASE_TEXT, SectionKind.RECOMMENDATION)


@dataclass(frozen=True, slots=True)
class Sitting:
    """The body and the date of the meeting that is being read: what makes a decision this meeting's own."""

    body: str | None
    date: dt.date | None


@dataclass(frozen=True, slots=True)
class DecisionOf:
    """What a decision's heading says of whose it is; all None where it is only "Beslutning"."""

    body: str | None = None
    date: dt.date | None = None
    item: str | None = None

    def is_own(self, sitting: Sitting) -> bool:
        same_date = self.date is None or sitting.date is None or self.date == sitting.date
        return same_date and (
            self.body is None or sitting.body is None or body_key(self.body) == body_key(sitting.body)
        )

    def is_to_come(self, sitting: Sitting) -> bool:
        """Whether it is no decision yet, but a date in the plan of those that are to decide."""
        return bool(self.date and sitting.date and self.date > sitting.date)


@dataclass(frozen=True, slots=True)
class ItemSections:
    """The sections of an item; `small_print` and `case_type` are what its heading's lines and its type line say."""

    sections: tuple[Section, ...]
    small_print: tuple[str, ...]
    files: tuple[str, ...]
    case_type: str | None


def body_key(body: str) -> frozenset[str]:
    """What two names of a body share: "Udvalget for Teknik og Miljø" and "Teknik- og Miljøudvalget" are one."""
    words = re.findall(r"\w+", body.casefold())
    bare = (re.sub(r"(?:udvalget|udvalg)s?$", "", word).removesuffix("s") for word in words)
    return frozenset(word for word in bare if word not in ("", "og", "for", "i", "af", "det")) or frozenset(words)


def decision_of(words: str) -> DecisionOf | None:
    """Whose decision a line such as "Direktionen, den 15. september 2020" announces; None if it announces none."""
    match = _DECISION_OF.match(words)
    if not match:
        return None
    written = written_dates(match["date"])
    body = re.sub(r"(?<=\w)s$", "", match["body"]) if re.search(r"s\s+(?:møde|beslutning)", words) else match["body"]
    return DecisionOf(body.strip(), written[0].date if written else None, match["item"])


def read_sections(text: str, lines: list[Line], heading: Heading, sitting: Sitting) -> ItemSections:
    """Cut an item, given as the lines from its heading to the next item, into sections."""
    body_starts = _end_of_heading(lines, heading)
    cuts = [(0, SectionKind.HEADING, "", lines[body_starts - 1].end)]
    case_type = None
    index = body_starts
    while index < len(lines):
        line = lines[index]
        kind, text_from = _opens(lines, index, [cut[1] for cut in cuts], sitting)
        if kind is None and cuts[-1][1] is SectionKind.HEADING and not line.blank:
            kind, text_from = SectionKind.OTHER, line.start
        if kind is not None:
            cuts.append((index, kind, line.words if text_from >= line.end else "", text_from))
            if line.words.casefold().rstrip(":") == CASE_TYPE_LABEL:
                value = next_filled(lines, index + 1)
                case_type = value.words.rstrip(".").strip().capitalize() if value else None
                index = value.index - lines[0].index if value else index
            elif kind is SectionKind.ATTENDANCE:
                index = _end_of_attendance(lines, index, text_from, sitting)
                if index + 1 < len(lines) and _resumes(lines, index + 1, sitting):
                    cuts.append((index + 1, cuts[-2][1], "", lines[index + 1].start))
        index += 1
    small_print = tuple(line.words for line in lines[1:body_starts] if not line.blank)
    files = tuple(name for words in small_print if is_file_list(words) for name in words.split())
    return ItemSections(tuple(_tile(text, lines, cuts)), small_print, files, case_type)


def _opens(lines: list[Line], index: int, kinds: list[SectionKind], sitting: Sitting) -> tuple[SectionKind | None, int]:
    """The kind of section that a line opens after sections of those kinds, and where its text begins, or (None, 0)."""
    line, before = lines[index], lines[index - 1]
    if line.blank or (
        not before.blank
        and before.words.endswith(":")
        and label_of(before.words) is None
        and decision_of(before.words) is None
    ):
        return None, 0
    heading = decision_of(line.words)
    if heading and not heading.is_to_come(sitting):
        return (SectionKind.DECISION if heading.is_own(sitting) else SectionKind.EARLIER_DECISION), line.end
    kind = label_of(line.words)
    if kind is not None and not (kind in _WEAK and _in_last_decision(kinds)):
        return kind, line.end
    inline = inline_label(line.words)
    if inline and inline[0] is not kinds[-1]:
        return inline[0], line.first + len(line.words) - len(inline[1])
    return None, 0


def _in_last_decision(kinds: list[SectionKind]) -> bool:
    """Whether the text stands in a decision that follows the case: a list in it may name "Økonomi" on a line."""
    return kinds[-1] is SectionKind.DECISION and any(kind in _OF_THE_CASE for kind in kinds)


def _end_of_heading(lines: list[Line], heading: Heading) -> int:
    """The number of lines, from the item's first, that are title, title printed again, or small print."""
    key, end = title_key(heading.title), 1
    for offset, line in enumerate(lines[1:], 1):
        if line.blank:
            continue
        parts = heading_parts(line.words)
        repeated = title_key(line.words) == key or (
            parts is not None and parts[0] == heading.number and title_key(parts[1]) in (key, "")
        )
        wrapped = offset == 1 and heading.title.endswith(f" {line.words}")
        following = next_filled(lines, offset + 1)
        wrapper = (
            line.words.casefold() == WRAPPER_LABEL
            and following is not None
            and heading_parts(following.words) == (heading.number, heading.title)
        )
        if not (repeated or wrapped or wrapper or is_small_print(line.words)):
            break
        end = offset + 1
    return end


def _end_of_attendance(lines: list[Line], index: int, text_from: int, sitting: Sitting) -> int:
    """The last line of a note of absence: its own line, or the paragraph below a label that stands alone."""
    if text_from < lines[index].end:
        return index
    last = index
    for offset in range(index + 1, len(lines)):
        opens_another = _opens(lines, offset, [SectionKind.ATTENDANCE], sitting)[0] is not None
        if opens_another or (lines[offset].blank and last > index):
            break
        last = offset if not lines[offset].blank else last
    return last


def _resumes(lines: list[Line], index: int, sitting: Sitting) -> bool:
    following = next_filled(lines, index)
    return (
        following is not None
        and _opens(lines, following.index - lines[0].index, [SectionKind.ATTENDANCE], sitting)[0] is None
    )


def _tile(text: str, lines: list[Line], cuts: list[tuple[int, SectionKind, str, int]]) -> list[Section]:
    sections = []
    for place, (index, kind, heading, text_from) in enumerate(cuts):
        start = lines[index].start
        end = lines[cuts[place + 1][0]].start if place + 1 < len(cuts) else lines[-1].end
        sections.append(Section(kind, heading, Span(start, end), Span(*stripped_span(text, min(text_from, end), end))))
    return sections
