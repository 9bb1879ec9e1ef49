"""A document -> the minutes in it: of one meeting, or of several that were printed one after another."""

from __future__ import annotations

from index.models import Minutes
from index.parse import parse_minutes
from index.read import Document


def parse_meetings(document: Document) -> tuple[Minutes, ...]:
    """Read a document as the minutes of the meetings in it, in their order.

    Raises:
        DocumentError: no agenda items are found.
    """
    return (Minutes(*parse_minutes(document)),)
