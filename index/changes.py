"""What an update changes: which accounts of meetings go from the state that is there, and which come after it.

An account that stays is not touched. Where another verdict is due to it, since accounts beside it go or come, its
document goes too, and comes again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.catalogue_writer import IndexedMeeting
from index.readings import Readings
from index.store import MinutesIndex
from index.versions import Verdict, account_of, sort_out

Accounts = tuple[Iterable[tuple[int, IndexedMeeting]], dict[int, Verdict]]
"""Accounts with their ids, to be gone through once; and what becomes of accounts beside others, by ids."""


@dataclass(frozen=True, slots=True)
class Changes:
    """
    Attributes:
        gone: the ids of accounts that go.
        come: what comes; None where nothing does.
    """

    gone: frozenset[int]
    come: Accounts | None


def all_accounts(readings: Readings) -> Accounts:
    """Of an index that holds nothing yet."""
    paths = sorted(readings.documents)
    accounts = [account_of(meeting) for meeting in readings.meetings(paths)]
    return enumerate(readings.indexed(paths), 1), _by_id(sort_out(accounts), range(1, len(accounts) + 1))


def changes_to(old: MinutesIndex, readings: Readings) -> Changes:
    """What makes a state that holds the documents of the readings of the old one."""
    held, wanted = old.catalogue.documents(), readings.documents
    going = {path for path, sha256 in held.items() if wanted.get(path) != sha256}
    coming = {path for path, sha256 in wanted.items() if held.get(path) != sha256}
    again: set[str] = set()
    while True:
        gone = old.catalogue.days_of(going | again)
        paths = sorted(coming | again)
        verdicts, judged = _verdicts(old, gone, readings, paths)
        if not judged:
            first = old.catalogue.last_account() + 1
            return Changes(frozenset(gone), (enumerate(readings.indexed(paths), first), verdicts) if paths else None)
        again |= judged


def _verdicts(
    old: MinutesIndex, gone: dict[int, str], readings: Readings, paths: Sequence[str]
) -> tuple[dict[int, Verdict], set[str]]:
    """What becomes of the accounts that come, and of those that stay on their days and on the days of what goes; and
    the documents of those of which something else became before.

    Args:
        gone: {id: day} of the accounts that go.
        paths: the documents that come.
    """
    come, days = [], set(gone.values())
    for meeting in readings.meetings(paths):
        come.append(account_of(meeting))
        days.add(meeting.date.isoformat() if meeting.date else "")
    accounts, before = [], {}
    for account, path, meeting, verdict in old.catalogue.accounts_on(days):
        if account not in gone:
            accounts.append(account_of(meeting))
            before[account] = path, verdict
    first = old.catalogue.last_account() + 1
    verdicts = _by_id(sort_out([*accounts, *come]), [*before, *range(first, first + len(come))])
    return verdicts, {path for account, (path, verdict) in before.items() if verdicts.get(account) != verdict}


def _by_id(verdicts: dict[int, Verdict], ids: Sequence[int]) -> dict[int, Verdict]:
    """Verdicts on places as verdicts on the ids of the accounts at those places."""
    return {ids[place]: replace(verdict, beside=ids[verdict.beside]) for place, verdict in verdicts.items()}
