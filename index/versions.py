"""Which accounts of a meeting there are, and which of them answers.

A meeting is a municipality, a body, a date and a start, whatever its file is called. Of several accounts of one meeting
that hold the same items the newest answers, and the others are kept aside: they are in no list and no count, and answer
again when the newer one is gone. Accounts that hold other items of the meeting (a supplementary agenda, one web page
for each item) are parts of it, and answer side by side as one meeting. A case that committee and council both deal with
is at two meetings.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.danish import fold, words
from index.dates import first_date
from index.models import AgendaItem, Meeting
from index.parse.bodies import body_key

_HEADER_LINES = 60
_TITLE_WORDS = 14  # a line of a header that has more is no title
_AGENDA = re.compile(r"dagsorden", re.IGNORECASE)
_SUPPLEMENT = re.compile(r"\btillægs?(?:dagsorden|punkt)|\btillæg til dagsorden|^tillæg$", re.IGNORECASE)
_MINUTES = re.compile(r"referat|protokol|\bbeslutninger fra\b", re.IGNORECASE)
_DRAFT = re.compile(r"\b(?:udkast|kladde|foreløbigt?e?|ikke (?:endeligt? )?godkendt)\b", re.IGNORECASE)
_APPROVED = re.compile(
    r"\b(?:godkendt|endeligt?|underskrevet) (?:beslutnings)?(?:referat|protokol|udgave|version)"
    r"|(?:referat(?:et)?|protokol(?:len)?)\b[^.]{0,20}\b(?:er|blev)? ?(?:endeligt )?(?:godkendt|underskrevet)\b"
    r"|^status\s*:?\s*(?:godkendt|endeligt?)\b",
    re.IGNORECASE,
)
_REVISED = re.compile(r"\b(?:revideret|rettet|korrigeret|opdateret|ny udgave|version [2-9])\b", re.IGNORECASE)
_PRINTED = re.compile(r"\b(?:udskrevet|udskrift|printet|offentliggjort|rettet|revideret|opdateret)\b", re.IGNORECASE)
_SHARE = 0.5  # of an account's items: when newer ones hold so many, it is an older account of the same


class Version(StrEnum):
    """What an account is, oldest first."""

    DRAFT_AGENDA = "draft_agenda"
    AGENDA = "agenda"
    SUPPLEMENTARY_AGENDA = "supplementary_agenda"
    DRAFT_MINUTES = "draft_minutes"
    MINUTES = "minutes"
    APPROVED_MINUTES = "approved_minutes"


class Standing(StrEnum):
    """What an account is beside another: it says the same, is older, or is of the same age and tells other decisions,
    and so does not answer; or it holds other items, and is a part of the same meeting."""

    PART = "part"
    SAME = "same"
    OLDER = "older"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of an account beside another one.

    Attributes:
        beside: the place of the other among those that were compared: it answers, and is no part of a third.
        differing: the items, by number or title, of which the two hold different decisions.
    """

    standing: Standing
    beside: int
    differing: tuple[str, ...] = ()

    def told(self, version: Version, answered_by: str) -> str:
        """Why an account of this version is kept aside, for its owner, and what to do where that is not clear."""
        if self.standing is Standing.SAME:
            return f"the same as {answered_by}, which answers."
        if self.standing is Standing.OLDER:
            return f"an older account ({version.replace('_', ' ')}) of the meeting in {answered_by}, which answers."
        return (
            f"in conflict with {answered_by}, which answers: the two tell other decisions of the same meeting (item "
            f"{', '.join(self.differing)}). Look which is right, and remove the other."
        )


def answers(verdict: Verdict | None) -> bool:
    """Whether an account of which this became is to be found."""
    return verdict is None or verdict.standing is Standing.PART


@dataclass(frozen=True, slots=True)
class _Item:
    """An item as it is compared: `name` is its number or title, as printed; the rest in folded words."""

    name: str
    title: str
    case_number: str
    decision: str
    closed_number: str

    def is_that_of(self, other: _Item) -> bool:
        """Whether two accounts mean the same item. Numbers may be others: agendas count from 1, minutes by the year."""
        if self.closed_number != other.closed_number:
            return False  # closed items often have the same title, or none
        if self.case_number and other.case_number and self.case_number != other.case_number:
            return False
        if self.title and other.title:
            return self.title == other.title
        has_no_title = not self.title and not other.title
        return self.case_number == other.case_number != "" or (has_no_title and self.name == other.name != "")


@dataclass(frozen=True, slots=True)
class Account:
    """What is compared of an account of a meeting.

    Attributes:
        sitting: body and date; None where one of them is not known: then only its text is compared.
        age: what makes it newer than others, the weightiest first.
        fullness: what makes it better than others of its age: how many decisions, items and characters it has.
        text: a hash of all that is printed, white space aside.
    """

    version: Version
    sitting: tuple[frozenset[str], dt.date] | None
    municipality: str
    start: str | None
    age: tuple[bool, int, bool, dt.date]
    fullness: tuple[int, int, int]
    text: str
    items: tuple[_Item, ...]


def account_of(meeting: Meeting) -> Account:
    header, version = _header(meeting), version_of(meeting)
    decided = sum(map(_is_decided, meeting.items))
    printed = [date for line in header if _PRINTED.search(line) and (date := first_date(line))]
    whole = "".join(meeting.text.split())
    known = meeting.body and meeting.date
    return Account(
        version,
        (body_key(meeting.body), meeting.date) if known else None,
        fold(meeting.municipality or ""),
        meeting.start_time,
        age=(
            _decides(meeting, header),
            list(Version).index(version),
            _says(header, _REVISED),
            max(printed, default=dt.date.min),
        ),
        fullness=(decided, len(meeting.items), len(whole)),
        text=hashlib.sha256(whole.encode()).hexdigest(),
        items=tuple(map(_compared, meeting.items)),
    )


def version_of(meeting: Meeting) -> Version:
    """By whether it has decisions, then by what its header says of it."""
    header = _header(meeting)
    if _decides(meeting, header) or (_says(header, _MINUTES) and not _says(header, _AGENDA)):
        if _says(header, _DRAFT):
            return Version.DRAFT_MINUTES
        return Version.APPROVED_MINUTES if _says(header, _APPROVED) else Version.MINUTES
    if _says(header, _SUPPLEMENT):
        return Version.SUPPLEMENTARY_AGENDA
    return Version.DRAFT_AGENDA if _says(header, _DRAFT) else Version.AGENDA


def sort_out(accounts: Sequence[Account]) -> dict[int, Verdict]:
    """{place: what becomes of it} of the accounts that are kept aside, or are parts of the meeting of another."""
    verdicts: dict[int, Verdict] = {}
    by_text: dict[str, int] = {}
    answering: dict[object, list[int]] = defaultdict(list)
    newest_first = sorted(  # and for those alike an order of their own, whatever came first
        range(len(accounts)),
        key=lambda place: (accounts[place].age, accounts[place].fullness, accounts[place].text),
        reverse=True,
    )
    for place in newest_first:
        account = accounts[place]
        if account.text in by_text:
            of_twin = verdicts.get(by_text[account.text])
            verdicts[place] = Verdict(Standing.SAME, by_text[account.text]) if answers(of_twin) else of_twin
            continue
        by_text[account.text] = place
        rivals = [other for other in answering[account.sitting] if _may_be_one(accounts[other], account)]
        if rivals and (verdict := _against(account, {rival: accounts[rival] for rival in rivals})):
            verdicts[place] = verdict
            continue
        if rivals:
            whole = verdicts.get(rivals[0])
            verdicts[place] = Verdict(Standing.PART, whole.beside if whole else rivals[0])
        if account.sitting:
            answering[account.sitting].append(place)
    return verdicts


def _may_be_one(one: Account, other: Account) -> bool:
    """Whether two accounts of a body's day may be of one meeting: it may have met twice, and many municipalities have a
    body of that name. Where one does not name its municipality, a case that both have must speak for it."""
    if one.start and other.start and one.start != other.start:
        return False
    if one.municipality and other.municipality:
        return one.municipality == other.municipality
    cases = {(item.title, item.case_number) for item in one.items if item.case_number}
    is_unnamed = one.municipality == other.municipality
    return is_unnamed or any((item.title, item.case_number) in cases for item in other.items)


def _against(account: Account, newer: dict[int, Account]) -> Verdict | None:
    """What newer accounts of the meeting make of this one; None where they hold other items."""
    shared = {place: _shared(account, other) for place, other in newer.items()}
    if sum(map(any, zip(*shared.values(), strict=True))) < _SHARE * len(account.items):
        return None
    nearest = max(shared, key=lambda place: sum(map(bool, shared[place])))
    pairs = [(ours, theirs) for ours, theirs in zip(account.items, shared[nearest], strict=True) if theirs]
    decided = [(ours, theirs) for ours, theirs in pairs if ours.decision and theirs.decision]
    differing = tuple(ours.name for ours, theirs in decided if ours.decision != theirs.decision)
    ours, theirs = account.fullness, newer[nearest].fullness
    if account.age != newer[nearest].age or ours[0] < _SHARE * theirs[0]:
        return Verdict(Standing.OLDER, nearest)
    if differing:
        return Verdict(Standing.CONFLICT, nearest, differing)
    is_same = ours[:2] == theirs[:2] == (len(decided), len(pairs))
    return Verdict(Standing.SAME if is_same else Standing.OLDER, nearest)


def _shared(account: Account, other: Account) -> list[_Item | None]:
    """For each item of an account the other's account of it."""
    return [next(filter(item.is_that_of, other.items), None) for item in account.items]


def _compared(item: AgendaItem) -> _Item:
    return _Item(
        item.number or item.title,
        _plain(item.title),
        _plain(item.case_number or ""),
        _plain(item.decision or ""),
        item.number if item.closed else "",
    )


def _decides(meeting: Meeting, header: list[str]) -> bool:
    """Whether it tells what was decided; what calls itself an agenda alone does where it tells it of most items."""
    opened = [item for item in meeting.items if not item.closed]
    decided = sum(map(_is_decided, opened))
    is_agenda = _says(header, _AGENDA) and not _says(header, _MINUTES)
    return decided * 2 >= len(opened) > 0 if is_agenda else any(map(_is_decided, meeting.items))


def _is_decided(item: AgendaItem) -> bool:
    return bool(_plain(item.decision or ""))


def _header(meeting: Meeting) -> list[str]:
    """The short lines before the first item, but for those of the contents, which name what is dealt with."""
    titles = [title for item in meeting.items if (title := _plain(item.title))]
    lines = meeting.text[: meeting.items_start].splitlines()[:_HEADER_LINES]
    short = [line for line in lines if 0 < len(line.split()) <= _TITLE_WORDS]
    plain = [(line, _plain(line)) for line in short]
    return [line for line, said in plain if not any(title in said for title in titles)]


def _says(header: Iterable[str], what: re.Pattern[str]) -> bool:
    return any(map(what.search, header))


def _plain(text: str) -> str:
    return " ".join(map(fold, words(text)))
