"""The meetings as columns: which of them, and which rows of items, lie within the limits of a question.

An index of a hundred thousand meetings is gone through in a millisecond; a list of the items would take a second.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

_NO_DAY = 0  # days count from 1


@dataclass(frozen=True, slots=True)
class Extent:
    """How many meetings with items there are, and how many items; `first` and `last` are dates of meetings."""

    meetings: int
    items: int
    municipalities: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Within:
    """Limits on the meeting; None is none. The days are within."""

    municipality: str | None = None
    body: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None


class MeetingColumns:
    """Of accounts that answer, in the order of their ids: that in which their items have rows."""

    def __init__(self, rows: Iterable[tuple[str | None, str | None, str | None, int, int]]) -> None:
        """Of each its municipality, its body, its date as ISO 8601, the id of its sitting, the number of its items."""
        municipalities, bodies, days, sittings, items = list(zip(*rows, strict=True)) or [()] * 5
        self._municipalities, self._municipality = _coded(municipalities)
        self._bodies, self._body = _coded(bodies)
        self._day = np.array([dt.date.fromisoformat(day).toordinal() if day else _NO_DAY for day in days], np.int64)
        self._sitting, self._items = np.array(sittings, np.int64), np.array(items, np.int64)

    def rows(self, within: Within) -> np.ndarray:
        """(n,) int64: the rows of their items, in order."""
        return np.flatnonzero(np.repeat(self._chosen(within), self._items))

    def extent(self, within: Within) -> Extent:
        """What the meetings within those limits come to."""
        chosen = self._chosen(within) & (self._items > 0)
        # Sorted by hand: numpy's `unique` takes five times as long.
        sittings = np.sort(self._sitting[chosen] * len(self._municipalities) + self._municipality[chosen])
        names = [self._municipalities[code] for code in np.flatnonzero(np.bincount(self._municipality[chosen]))]
        days = self._day[chosen & (self._day != _NO_DAY)].tolist()
        return Extent(
            meetings=int((np.diff(sittings, prepend=-1) != 0).sum()),
            items=int(self._items[chosen].sum()),
            municipalities=tuple(sorted(name for name in names if name)),
            first=dt.date.fromordinal(min(days)) if days else None,
            last=dt.date.fromordinal(max(days)) if days else None,
        )

    def years(self, rows: np.ndarray) -> list[int | None]:
        """The year in which each of some items, by their rows, was dealt with; None where it is not known."""
        days = self._day[np.searchsorted(np.cumsum(self._items), rows, side="right")].tolist()
        return [dt.date.fromordinal(day).year if day != _NO_DAY else None for day in days]

    def last_day(self, within: Within) -> dt.date | None:
        """The day of the last meeting within those limits; None where there was none, or none with a date."""
        last = int(self._day[self._chosen(within)].max(initial=_NO_DAY))
        return dt.date.fromordinal(last) if last != _NO_DAY else None

    def _chosen(self, within: Within) -> np.ndarray:
        """(meetings,) bool. A meeting without a date is within no days."""
        chosen = np.ones(len(self._items), bool)
        if within.municipality is not None:
            chosen &= self._municipality == _code(self._municipalities, within.municipality)
        if within.body is not None:
            chosen &= self._body == _code(self._bodies, within.body)
        if within.first is not None:
            chosen &= self._day >= within.first.toordinal()
        if within.last is not None:
            chosen &= (self._day <= within.last.toordinal()) & (self._day != _NO_DAY)
        return chosen


def _coded(names: Iterable[str | None]) -> tuple[list[str | None], np.ndarray]:
    """The names, each once, and for each that is given its place among them."""
    places: dict[str | None, int] = {}
    codes = np.array([places.setdefault(name, len(places)) for name in names], np.int64)
    return list(places), codes


def _code(names: list[str | None], name: str) -> int:
    return names.index(name) if name in names else -1
