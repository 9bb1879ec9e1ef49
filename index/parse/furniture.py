"""Page furniture: page numbers, running heads and feet, rules, navigation. Left out, so that no sentence is torn by it.

A line is furniture by where it stands and by returning there, or because it says nothing but whose paper this is: a
page's mark, a body, a municipality and a date, and no more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from index.dates import written_dates
from index.parse.bodies import BODY, NAMED_AUTHORITY
from index.parse.case_numbers import looks_like_case_line
from index.parse.decisions import decision_of
from index.parse.labels import inline_label, label_of
from index.parse.lines import Line, split_lines
from index.parse.reading import Change, Reading
from index.parse.shapes import heading_parts

_PAGE_MARK = re.compile(
    r"(?:^|(?<=\s)|(?<=[|·]))"
    r"(?:(?:side|s\.)\s*:?|(?:blad|ark|folio)(?:\s+nr\.?)?)\s*\d+(?:\s*(?:af|/|\||ud af)\s*\d+)?$",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"^(?:side\s+\d+(?:\s*(?:af|/|\||ud af)\s*\d+)?|-\s*\d+\s*-)$", re.IGNORECASE)
_PAGE_OF = re.compile(r"(?<=\s\s)\d{1,3}\s*/\s*\d{1,3}$")
_MARK_IN_LINE = re.compile(r"\s[Ss]ide (?P<page>\d+) af (?P<pages>\d+)[ \t]*$", re.MULTILINE)
_NAVIGATION = re.compile(
    r"^(?:(?:gå |tilbage )?til (?:toppen|hovedindhold|forsiden|dagsorden(?:en)?|oversigt(?:en)?|indhold\w*)"
    r"|you are here|du er her|udskriv(?: siden)?|back to top|skip to main content)$",
    re.IGNORECASE,
)
_RULE = re.compile(r"^([-_=*─—])(?: ?\1){2,}$")
_BODY = re.compile(BODY)
_FILLING = {"referat", "protokol", "dagsorden", "møde", "mødet", "bestyrelsesmøde", "den", "d", "af", "fra", "i", "kl"}
_MOST_OTHER_WORDS = 3
_INDENT_OF_LONE_NUMBER = 30
_PLACES = (-2, -1, 1, 2)
_LEAST_PAGES = 3
_WIDE = re.compile(r"\S(?:\s{4,}|\t)\S")
_LONGEST_PAGE_NUMBER = 3
_GOES_ON = re.compile(r"[^.:!?\"”)\s]\s*$")


def without_furniture(reading: Reading) -> tuple[Reading, list[str]]:
    """The reading without its furniture, and the furniture's lines: they bear witness to the sitting."""
    reading = _without_marks_in_lines(reading)
    lines = split_lines(reading.text)
    spots = {line.index for line in lines if _NAVIGATION.match(line.words) or _RULE.match(line.words)}
    pages = [line for line in lines if _is_page_number(line)]
    spots |= _papers(lines)
    if len(pages) >= _LEAST_PAGES:
        spots |= {line.index for line in pages} | _running_lines(lines, pages)
    left_out = [line.words for line in lines if line.index in spots]
    return reading.changed(_stretches(reading.text, lines, spots)), left_out


def _without_marks_in_lines(reading: Reading) -> Reading:
    """The reading without "Side 3 af 5" at the ends of lines that hold more, where the number of pages agrees."""
    marks = list(_MARK_IN_LINE.finditer(reading.text))
    pages = Counter(mark["pages"] for mark in marks)
    if not pages or pages.most_common(1)[0][1] < 2:
        return reading
    of = pages.most_common(1)[0][0]
    within = (mark for mark in marks if mark["pages"] == of and not _alone(reading.text, mark.start()))
    return reading.changed((mark.start(), mark.end(), "") for mark in within)


def _alone(text: str, place: int) -> bool:
    """Whether nothing stands on a line before a place, or what stands there is set off by a gap."""
    before = text[text.rfind("\n", 0, place) + 1 : place + 1]
    return not before.strip() or bool(re.search(r"\s{3}$|\t$|[|·]\s*$", before))


def _is_page_number(line: Line) -> bool:
    lone = line.words.isdigit() and line.first - line.start >= _INDENT_OF_LONE_NUMBER
    return lone or bool(_PAGE_NUMBER.match(line.words))


def _papers(lines: list[Line]) -> set[int]:
    """The lines that say only whose paper this is, beside a page's mark or set off by a gap."""
    found: set[int] = set()
    marked = {line.index: mark for line in lines if (mark := _page_mark(line.words))}
    recurring = Counter(_mask(lines[index]) for index in marked if _PAGE_MARK.search(lines[index].words))
    alone = [index for index, mark in marked.items() if mark.start() == 0]
    beside = Counter(_mask(near) for index in alone for near in _touching(lines, index) if _may_run(near, True))
    running = [index for index in marked if recurring[_mask(lines[index])] > 1]
    by_running = Counter(_mask(near) for index in running for near in _touching(lines, index) if _may_run(near, False))
    beside |= {mask: count for mask, count in by_running.items() if count * 2 > len(running)}
    for line in lines:
        if line.blank:
            continue
        mark = marked.get(line.index)
        if mark and (
            mark.start() == 0 or recurring[_mask(line)] > 1 or _names_the_paper(line.words[: mark.start()], 1)
        ):
            found.add(line.index)
            found |= {near.index for near in _touching(lines, line.index) if beside[_mask(near)] > 1}
            if mark.start() == 0:
                found |= {near.index for near in _touching(lines, line.index) if _names_the_paper(near.words, 2)}
        elif _WIDE.search(line.words) and _names_the_paper(line.words, 3):
            found.add(line.index)
    return found | _returning_papers(lines)


def _returning_papers(lines: list[Line]) -> set[int]:
    """The lines that return, but for a number that rises, and name the authority and hardly anything else; and the
    pages' numbers beside them."""
    named = [line for line in lines if NAMED_AUTHORITY.search(line.words) and _names_the_paper(line.words, 1)]
    returns = Counter(_mask(line) for line in named)
    papers = {
        line.index
        for line in named
        if returns[_mask(line)] >= (2 if _WIDE.search(line.words) else _LEAST_PAGES) and decision_of(line.words) is None
    }
    papers |= _names_below(lines, papers)
    alone = (line for line in lines if line.words.isdecimal() and len(line.words) <= _LONGEST_PAGE_NUMBER)
    numbers = [line for line in alone if _beside_one(line, lines, papers)]
    rising = all(int(one.words) < int(other.words) for one, other in pairwise(numbers))
    return papers | ({line.index for line in numbers} if rising and len(numbers) >= _LEAST_PAGES else set())


def _names_below(lines: list[Line], papers: set[int]) -> set[int]:
    """The lines right below a paper's that say body and date, and that return there."""
    found: set[int] = set()
    for index in sorted(papers):
        at = index + 1
        while at < len(lines) and not lines[at].blank and _names_the_paper(lines[at].words, 1):
            found.add(at)
            at += 1
    returns = Counter(_mask(lines[at]) for at in found)
    return {at for at in found if returns[_mask(lines[at])] > 1}


def _beside_one(line: Line, lines: list[Line], papers: set[int]) -> bool:
    near = (_beside(lines, line.index, place) for place in (-1, 1))
    return any(other is not None and other.index in papers for other in near)


def _page_mark(words: str) -> re.Match[str] | None:
    return _PAGE_MARK.search(words) or _PAGE_OF.search(words)


def _touching(lines: list[Line], index: int) -> Iterator[Line]:
    """The filled lines just before and after a line."""
    for near in (index - 1, index + 1):
        if 0 <= near < len(lines) and not lines[near].blank:
            yield lines[near]


def _names_the_paper(words: str, least: int) -> bool:
    """Whether a line names at least so many of authority, body and date, and hardly anything else."""
    facts = 0
    for start, end in reversed([(date.start, date.end) for date in written_dates(words)]):
        words = f"{words[:start]} {words[end:]}"
        facts = 1
    for pattern in (NAMED_AUTHORITY, _BODY):
        words, count = pattern.subn(" ", words)
        facts += count > 0
    others = [word for word in re.findall(r"\w+", words.casefold()) if word not in _FILLING and len(word) > 1]
    return facts >= least and len(others) <= _MOST_OTHER_WORDS


def _running_lines(lines: list[Line], pages: list[Line]) -> set[int]:
    """The lines that return at the same distance from at least half of the page numbers."""
    running: set[int] = set()
    for place in _PLACES:
        found = [_beside(lines, page.index, place) for page in pages]
        recurring = Counter(_mask(line) for line in found if line)
        for page, line in zip(pages, found, strict=True):
            count = recurring[_mask(line)] if line else 0
            touches = line is not None and 0 < line.index - page.index <= place
            everywhere = touches and count + 1 >= len(pages)
            if line and count * 2 >= len(pages) and _may_run(line, everywhere):
                running.add(line.index)
    return running


def _beside(lines: list[Line], index: int, place: int) -> Line | None:
    """The filled line that many places after a page number, or before it where `place` is negative."""
    step, left = (1, place) if place > 0 else (-1, -place)
    at = index + step
    while 0 <= at < len(lines):
        left -= not lines[at].blank
        if left == 0:
            return lines[at]
        at += step
    return None


def _may_run(line: Line, everywhere: bool) -> bool:
    """What has a part in the text returns on every page too: labels, headings, decisions. A running head that holds
    body and date sets them far apart, or stands below every page's number."""
    words = line.words
    if words.endswith((".", ":", ";", ",")) or label_of(words) or inline_label(words) or heading_parts(words):
        return False
    if looks_like_case_line(words):
        return False
    return decision_of(line.words) is None or everywhere or "   " in line.words


def _mask(line: Line) -> str:
    """What two printings of a running line share: its words without the numbers."""
    return re.sub(r"\d+", "#", " ".join(line.words.split()))


def _stretches(text: str, lines: list[Line], spots: set[int]) -> Iterator[Change]:
    """Runs of furniture and the blank lines between; where they tear a sentence, the blank lines around it too."""
    index = 0
    while index < len(lines):
        if index not in spots:
            index += 1
            continue
        first = last = index
        at = index + 1
        while at < len(lines) and (at in spots or lines[at].blank):
            last = at if at in spots else last
            at += 1
        before = next((line for line in reversed(lines[max(0, first - 40) : first]) if not line.blank), None)
        after = lines[at] if at < len(lines) else None
        if before and after and _is_torn(text[before.start : before.end], after.words):
            yield before.end, after.start, ""
        else:
            yield lines[first].start, lines[last].end, ""
        index = at


def _is_torn(before: str, after: str) -> bool:
    return bool(_GOES_ON.search(before)) and after[:1].islower()
