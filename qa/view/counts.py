"""How much there is of something, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.phrases import places
from qa.texts import Texts

if TYPE_CHECKING:
    from qa.service import IndexStatus


def index_line(status: IndexStatus, texts: Texts) -> str:
    """What the index holds, in a sentence."""
    if not status.meetings:
        return texts.nothing_indexed
    years = sorted({date.year for date in (status.first, status.last) if date})
    return texts.indexed.format(
        meetings=count(status.meetings, texts.meeting_count),
        items=count(status.items, texts.item_count),
        places=places(status.municipalities, texts.code),
        years=f", {'–'.join(map(str, years))}" if years else "",
    )


def count(number: int, forms: tuple[str, str]) -> str:
    """ "1 møde" or "3 møder"."""
    return forms[number != 1].format(count=number)
