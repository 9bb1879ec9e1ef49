"""Vectors that need not be computed: an index that is replaced has them, or an update that was stopped left them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.earlier import Held
from index.embed import Embedder
from index.journal import Journal, digest


class KnownVectors:
    """The vectors of texts, each computed only where it is not known; those that are computed are left for the next
    update, should this one be stopped.

    Attributes:
        resumed: how many a stopped update had computed.
    """

    def __init__(self, journal: Path, embedder: Embedder, held: Held | None) -> None:
        """
        Args:
            held: the state that is replaced, if its vectors are of the same model.
        """
        self._embedder = embedder
        self.dimension = embedder.dimension
        self._journal = Journal(journal, f"{embedder.fingerprint} {embedder.dimension}")
        self._rows = {digest(text): row for row, text in enumerate(held.catalogue.searchable_texts())} if held else {}
        self._held = held.vectors() if held else None
        self.resumed = 0

    def of(self, texts: Sequence[str]) -> np.ndarray:
        """(len(texts), dimension) float16"""
        vectors = np.empty((len(texts), self._embedder.dimension), np.float16)
        new = [place for place, text in enumerate(texts) if not self._take(digest(text), vectors[place])]
        if new:
            vectors[new] = self._embedder.embed_passages([texts[place] for place in new])
            for place in new:
                self._journal.add(digest(texts[place]), vectors[place].tobytes())
        return vectors

    def _take(self, key: bytes, vector: np.ndarray) -> bool:
        """Whether the vector of a text is known; then it is put there."""
        if (row := self._rows.get(key)) is not None:
            vector[:] = self._held[row]
        elif (left := self._journal.left.get(key)) is not None:
            vector[:] = np.frombuffer(self._journal.read(left), np.float16)
            self.resumed += 1
        else:
            return False
        return True

    def close(self) -> None:
        self._journal.close()
