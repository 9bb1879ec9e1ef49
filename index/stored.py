"""What the catalogue holds, as its rows tell it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.models import AgendaItem
from index.versions import Verdict, Version

KEY_CHARACTERS = 16
_ACCOUNT = "path, sha256, municipality, body, date, part, sitting"
MEETING, MEETING_OF_ITEM = f"id, {_ACCOUNT}", f"meeting_id, {_ACCOUNT}"
"""The columns that `stored_meeting` takes, from rows of meetings, and from rows of what is placed in one."""


@dataclass(frozen=True, slots=True)
class StoredMeeting:
    """A file's account of a meeting, as a row: enough to limit a search and to cite; all of it comes by
    `Catalogue.meeting`.

    Attributes:
        part: its place among the meetings of its file.
        sitting: the id of the account that leads the meeting, where several files together tell of it.
    """

    id: int
    path: str
    sha256: str
    municipality: str | None
    body: str | None
    date: dt.date | None
    part: int = 0
    sitting: int = 0

    @property
    def source(self) -> str:
        return Path(self.path).name

    @property
    def key(self) -> str:
        """What a link names the meeting by: the same for as long as its document stays as it is."""
        return self.sha256[:KEY_CHARACTERS] + (f"-{self.part}" if self.part else "")


@dataclass(frozen=True, slots=True)
class SetAside:
    """An account of a meeting that does not answer, since another account of it does."""

    meeting: StoredMeeting
    version: Version
    verdict: Verdict
    answered_by: StoredMeeting

    @property
    def reason(self) -> str:
        return self.verdict.told(self.version, self.answered_by.path)


@dataclass(frozen=True, slots=True)
class StoredItem:
    id: int
    meeting: StoredMeeting
    item: AgendaItem


@dataclass(frozen=True, slots=True)
class ChunkWords:
    """The words of a chunk and its item's title, by their ids: (n,) int32."""

    id: int
    item_id: int
    words: np.ndarray


def stored_meeting(row: Sequence) -> StoredMeeting:
    meeting_id, path, sha256, municipality, body, date, part, sitting = row
    day = dt.date.fromisoformat(date) if date else None
    return StoredMeeting(meeting_id, path, sha256, municipality, body, day, part, sitting)
