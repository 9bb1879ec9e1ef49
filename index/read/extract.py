"""What every reader gives back: the text of a document page by page, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a document, unnormalised. Where the format has no pages, `pages` holds one text and `paged` is false.

    A paragraph that goes on over the page is not broken there: its first page then ends without a line end.
    `pictures` are the places in `pages` (from 0) of those that are a picture without text.
    """

    pages: tuple[str, ...]
    paged: bool = False
    pictures: tuple[int, ...] = ()

    @property
    def is_scanned(self) -> bool:
        """Whether most pages are pictures, so that what text there is says little."""
        return 2 * len(self.pictures) > len(self.pages)


class Unreadable(Exception):
    """The reason why a document cannot be read, and what to do, as the user is to see it; it does not name the file."""
