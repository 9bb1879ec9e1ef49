"""The register: meetings, cases and follow-ups of the catalogue, to be browsed. Every answer is one query."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from index.catalogue import Catalogue
from index.models import FollowUp, Outcome
from index.stored import KEY_CHARACTERS, MEETING, StoredItem, StoredMeeting, stored_meeting
from index.tables import of_each, open_to_read

_SETTLED = (
    Outcome.APPROVED,
    Outcome.APPROVED_WITH_CHANGES,
    Outcome.REJECTED,
    Outcome.WITHDRAWN,
    Outcome.NOTED,
    Outcome.OTHER,
)
# A later meeting's item of the same case: the case number counts within its municipality.
_LATER = """SELECT later.date FROM placed later WHERE later.case_number = ordered.case_number
            AND later.municipality IS ordered.municipality AND later.date > ordered.date"""

_ITEMS_OF = {"placed": "count(*)", "meeting": "sum(items)"}  # how many items the rows tell of


class DutyState(StrEnum):
    """Where a follow-up stands. Done: the case has been on the agenda again since."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose between; years newest first."""

    municipalities: tuple[str, ...]
    bodies: tuple[str, ...]
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reader limits a page to; None where everything is wanted."""

    municipality: str | None = None
    body: str | None = None
    year: int | None = None
    outcome: str | None = None
    closed: bool | None = None
    who: str | None = None
    state: DutyState | None = None


@dataclass(frozen=True, slots=True)
class ListedMeeting:
    """A meeting with how many items it has, and the files that tell of it."""

    meeting: StoredMeeting
    items: int
    closed: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case number within a municipality; `latest` is its newest item, of the day `last`."""

    municipality: str | None
    number: str
    meetings: int
    bodies: int
    items: int
    last: dt.date | None
    latest: StoredItem


@dataclass(frozen=True, slots=True)
class Duty:
    """A follow-up, where it was ordered, by when it was due, and when its case came back."""

    ordered: StoredItem
    follow_up: FollowUp
    due_on: dt.date | None
    returned: dt.date | None
    state: DutyState


class Register:
    """Safe to share between threads, as the catalogue is."""

    def __init__(self, catalogue: Catalogue, *paths: Path) -> None:
        self._catalogue = catalogue
        self._connection = open_to_read(*paths)

    def close(self) -> None:
        self._connection.close()

    def choices(self) -> Choices:
        def of(column: str) -> list:
            values = of_each(self._connection, f"SELECT DISTINCT {column} AS value FROM {{0}}.meeting")
            query = f"SELECT DISTINCT value FROM {values} WHERE value IS NOT NULL ORDER BY 1"
            return [row[0] for row in self._connection.execute(query)]

        years = [int(year) for year in reversed(of("substr(date, 1, 4)"))]
        return Choices(tuple(of("municipality")), tuple(of("body")), tuple(years))

    def meetings(self, wish: Wish, limit: int) -> list[ListedMeeting]:
        """The meetings that have an item as wished, newest first."""
        rows, where, values = _of_meetings(wish)
        query = f"""SELECT {MEETING} FROM meeting WHERE id IN (SELECT sitting FROM {rows} WHERE {where})
                    ORDER BY date DESC, path LIMIT ?"""
        listed = [stored_meeting(row) for row in self._connection.execute(query, (*values, limit)).fetchall()]
        return [ListedMeeting(meeting, *self._held(meeting)) for meeting in listed]

    def _held(self, meeting: StoredMeeting) -> tuple[int, int, tuple[str, ...]]:
        """Of all accounts of a meeting: how many items, how many of them closed, and the files."""
        sitting = (meeting.sitting,)
        query = "SELECT count(*), coalesce(sum(closed), 0) FROM placed WHERE sitting = ?"
        items, closed = self._connection.execute(query, sitting).fetchone()
        paths = self._connection.execute("SELECT path FROM meeting WHERE sitting = ? ORDER BY id", sitting)
        return items, closed, tuple(dict.fromkeys(path for (path,) in paths))

    def count_meetings(self, wish: Wish) -> int:
        rows, where, values = _of_meetings(wish)
        query = f"SELECT count(DISTINCT sitting) FROM {rows} WHERE {where}"
        return self._connection.execute(query, values).fetchone()[0]

    def meeting(self, key: str) -> StoredMeeting | None:
        """The meeting that a link names, by `StoredMeeting.key`."""
        checksum, _, part = key.partition("-")
        query = f"""SELECT {MEETING} FROM meeting WHERE sha256 >= ? AND sha256 < ? || 'g'
                    AND substr(sha256, 1, {KEY_CHARACTERS}) = ? AND part || '' = ?"""
        row = self._connection.execute(query, (*[checksum] * 3, part or "0")).fetchone()
        return stored_meeting(row) if row else None

    def meetings_beside(self, meeting: StoredMeeting) -> tuple[StoredMeeting | None, StoredMeeting | None]:
        """The meeting of the same body before this one, and the one after it."""

        def nearest(sign: str, order: str) -> StoredMeeting | None:
            query = f"""SELECT {MEETING} FROM meeting WHERE municipality IS ? AND body IS ? AND date {sign} ?
                        ORDER BY date {order} LIMIT 1"""
            date = meeting.date and meeting.date.isoformat()
            row = self._connection.execute(query, (meeting.municipality, meeting.body, date)).fetchone()
            return stored_meeting(row) if row else None

        return nearest("<", "DESC"), nearest(">", "ASC")

    def items_of(self, meeting: StoredMeeting) -> list[StoredItem]:
        """The items of a meeting, in the order of its agenda; by their numbers where several files tell of it."""
        query = """SELECT id FROM placed WHERE sitting = ?1
                   ORDER BY CASE WHEN EXISTS (SELECT 1 FROM meeting WHERE sitting = ?1 AND id <> ?1)
                                 THEN CAST(number AS INTEGER) END, meeting_id, place"""
        return self._catalogue.items(row[0] for row in self._connection.execute(query, (meeting.sitting,)))

    def case(self, municipality: str | None, number: str) -> list[StoredItem]:
        """The items of a case, oldest first."""
        query = """SELECT id FROM placed WHERE case_number = ? AND municipality IS ?
                   ORDER BY date, meeting_id, place"""
        rows = self._connection.execute(query, (number, municipality or None))
        return self._catalogue.items(row[0] for row in rows)

    def cases(self, wish: Wish, least_meetings: int, limit: int) -> list[ListedCase]:
        """The cases that were on so many meetings, those on most meetings first, then the newest."""
        where, values = _of_items(wish)
        query = f"""SELECT municipality, case_number, count(DISTINCT sitting) AS meetings, count(DISTINCT body),
                           count(*), max(date) AS last, id
                    FROM placed WHERE case_number IS NOT NULL AND {where}
                    GROUP BY municipality, case_number HAVING meetings >= ?
                    ORDER BY meetings DESC, last DESC LIMIT ?"""
        rows = self._connection.execute(query, (*values, least_meetings, limit)).fetchall()
        latest = {found.id: found for found in self._catalogue.items(row[6] for row in rows)}
        return [ListedCase(*row[:5], _day(row[5]), latest[row[6]]) for row in rows]

    def duties(self, wish: Wish, today: dt.date, limit: int) -> list[Duty]:
        """The follow-ups as wished: what is not done, its day nearest to today first, then without a day, newest first;
        then what is done, likewise."""
        where, values = _of_duties(wish, today)
        query = f"""SELECT id, text, who, due, due_on, ({_LATER} ORDER BY later.date LIMIT 1) AS returned
                    FROM duty ordered WHERE {where}
                    ORDER BY returned IS NOT NULL, due_on IS NULL, abs(julianday(due_on) - julianday(?)),
                             date DESC, place LIMIT ?"""
        rows = self._connection.execute(query, (*values, today.isoformat(), limit)).fetchall()
        ordered = {found.id: found for found in self._catalogue.items({row[0] for row in rows})}
        return [_duty(ordered[row[0]], row, today) for row in rows]

    def count_duties(self, wish: Wish, today: dt.date) -> int:
        where, values = _of_duties(wish, today)
        query = f"SELECT count(*) FROM duty ordered WHERE {where}"
        return self._connection.execute(query, values).fetchone()[0]

    def responsible(self, limit: int) -> list[str]:
        """Who is named for a follow-up, those named most often first."""
        query = "SELECT who FROM follow_up WHERE who IS NOT NULL GROUP BY who ORDER BY count(*) DESC, who LIMIT ?"
        return [row[0] for row in self._connection.execute(query, (limit,))]

    def undecided(self, wish: Wish, limit: int) -> list[StoredItem]:
        """What was recommended, newest first, where no meeting since has settled the case."""
        where, values = _undecided(wish)
        query = f"SELECT id FROM placed ordered WHERE {where} ORDER BY date DESC, meeting_id, place LIMIT ?"
        return self._catalogue.items(row[0] for row in self._connection.execute(query, (*values, limit)))

    def count_undecided(self, wish: Wish) -> int:
        where, values = _undecided(wish)
        query = f"SELECT count(*) FROM placed ordered WHERE {where}"
        return self._connection.execute(query, values).fetchone()[0]

    def items(self, wish: Wish, limit: int) -> list[StoredItem]:
        """The items as wished, newest first."""
        where, values = _of_items(wish)
        query = f"SELECT id FROM placed WHERE {where} ORDER BY date DESC, meeting_id, place LIMIT ?"
        return self._catalogue.items(row[0] for row in self._connection.execute(query, (*values, limit)))

    def count_items(self, wish: Wish) -> int:
        rows, where, values = _of_meetings(wish)
        query = f"SELECT coalesce({_ITEMS_OF[rows]}, 0) FROM {rows} WHERE {where}"
        return self._connection.execute(query, values).fetchone()[0]

    def bracketed(self, wish: Wish, limit: int) -> list[tuple[int, str]]:
        """(item id, text) of the passages with something in brackets, newest first."""
        where, values = _of_items(wish)
        query = f"""SELECT id, text FROM passage WHERE text GLOB '*(*)*' AND {where}
                    ORDER BY date DESC, meeting_id, chunk_id LIMIT ?"""
        return self._connection.execute(query, (*values, limit)).fetchall()

    def decisions_by_month(self, wish: Wish) -> list[tuple[str, str, int]]:
        """(year and month as "2021-04", outcome, number of items), oldest first."""
        where, values = _of_items(wish)
        query = f"""SELECT substr(date, 1, 7), outcome, count(*) FROM placed
                    WHERE date IS NOT NULL AND {where} GROUP BY 1, 2 ORDER BY 1, 2"""
        return self._connection.execute(query, values).fetchall()

    def bodies(self, wish: Wish) -> list[tuple[str | None, str | None, int, int, str | None, str | None]]:
        """(municipality, body, meetings, items, first and last date) of each body."""
        rows, where, values = _of_meetings(wish)
        query = f"""SELECT municipality, body, count(DISTINCT sitting), {_ITEMS_OF[rows]}, min(date), max(date)
                    FROM {rows} WHERE {where} GROUP BY 1, 2 ORDER BY 1, 2"""
        return self._connection.execute(query, values).fetchall()


def _of_items(wish: Wish) -> tuple[str, list[object]]:
    """A wish as a condition on rows that are placed in a meeting, with its values."""
    limits: list[tuple[str, object]] = [
        ("municipality = ?", wish.municipality),
        ("body = ?", wish.body),
        ("substr(date, 1, 4) = ?", wish.year and str(wish.year)),
        ("outcome = ?", wish.outcome),
        ("closed = ?", wish.closed),
    ]
    given = [(condition, value) for condition, value in limits if value is not None]
    return " AND ".join(condition for condition, _ in given) or "1", [value for _, value in given]


def _of_meetings(wish: Wish) -> tuple[str, str, list[object]]:
    """The rows that tell which meetings are wished: those of items where something of these is; with the condition."""
    return ("meeting" if wish.outcome is None and wish.closed is None else "placed", *_of_items(wish))


def _undecided(wish: Wish) -> tuple[str, list[object]]:
    where, values = _of_items(wish)
    settled = ", ".join(f"'{outcome}'" for outcome in _SETTLED)
    unsettled = f"NOT EXISTS ({_LATER} AND later.outcome IN ({settled}))"
    return f"outcome = '{Outcome.RECOMMENDED}' AND {where} AND {unsettled}", values


def _of_duties(wish: Wish, today: dt.date) -> tuple[str, list[object]]:
    where, values = _of_items(wish)
    if wish.who is not None:
        where, values = f"{where} AND who = ?", [*values, wish.who]
    returned = f"EXISTS ({_LATER})"
    if wish.state is DutyState.DONE:
        return f"{where} AND {returned}", values
    if wish.state is DutyState.OVERDUE:
        return f"{where} AND NOT {returned} AND due_on < ?", [*values, today.isoformat()]
    if wish.state is DutyState.OPEN:
        return f"{where} AND NOT {returned} AND (due_on IS NULL OR due_on >= ?)", [*values, today.isoformat()]
    return where, values


def _duty(ordered: StoredItem, row: tuple, today: dt.date) -> Duty:
    due_on, returned = _day(row[4]), _day(row[5])
    overdue = DutyState.OVERDUE if due_on and due_on < today else DutyState.OPEN
    return Duty(ordered, FollowUp(*row[1:4]), due_on, returned, DutyState.DONE if returned else overdue)


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None
