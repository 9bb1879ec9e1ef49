"""The store: one state of an index, opened for reading. The door between the minutes and the questions."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from index import snapshot
from index.catalogue import Catalogue
from index.danish import fold
from index.dense import DenseIndex
from index.embed import BundledEmbedder, Embedder, load_embedder
from index.errors import IndexDamaged, IndexOutdated
from index.item_rows import ItemRows
from index.manifest import CATALOGUE, ITEMS, POSTINGS, VECTORS, WORDS, Manifest
from index.meetings import Within
from index.postings import Postings
from index.register import Register
from index.settings import BUNDLED
from index.vocabulary import NearWords

_EXPANSION_FLOOR = 0.45
_EXPANSIONS = 64


class MinutesIndex:
    """One state of an index, opened for reading; it never changes, and may be shared between threads."""

    def __init__(self, folder: Path, segments: Mapping[Path, Manifest], device: str | None = None) -> None:
        """Of the segments of a state, in their order."""
        self.segments = tuple(segments)
        self.name = self.segments[-1].name
        self.manifest = segments[self.segments[-1]]
        self._folder = folder
        self._device = device
        self.catalogue = Catalogue(*self._files(CATALOGUE))
        self.register = Register(self.catalogue, *self._files(CATALOGUE))
        self.rows = ItemRows(*self._files(ITEMS))
        self.postings = Postings(*self._files(POSTINGS), items=len(self.rows))
        self.dense = DenseIndex(*self._files(VECTORS))
        self.dense_words = DenseIndex(*self._files(WORDS))
        self.vocabulary = self.catalogue.vocabulary(self.dense_words, self.postings)

    def _files(self, name: str) -> list[Path]:
        return [segment / name for segment in self.segments]

    @classmethod
    def open(cls, folder: Path, device: str | None = None, *, anew: bool = False) -> MinutesIndex:
        """Open the current state, whole: what is replaced later does not touch it.

        Args:
            device: where the model computes, as in `load_embedder`.
            anew: whether all files are compared with their checksums, also those that nobody wrote to since.

        Raises:
            IndexUnusable: missing, foreign, damaged, or written by another version; the message says how to mend it.
        """
        name = snapshot.current_name(folder)
        try:
            index = cls(folder, snapshot.read_state(folder, name, anew=anew), device)
            index.check_counts()
        except (IndexDamaged, OSError, RuntimeError, ValueError, sqlite3.DatabaseError) as error:
            if snapshot.current_name(folder) != name:
                return cls.open(folder, device, anew=anew)  # another state took over while this one was being opened
            raise error if isinstance(error, IndexDamaged) else IndexDamaged(folder, str(error)) from error
        return index

    def vectors(self) -> np.ndarray:
        """(chunks, dimension) float16, in the order of `Catalogue.searchable_texts`."""
        return self.dense.vectors()

    def close(self) -> None:
        self.register.close()
        self.catalogue.close()

    def check_counts(self) -> None:
        counts = self.catalogue.counts()
        if counts != {name: getattr(self.manifest, name) for name in counts}:
            raise IndexDamaged(self._folder, "the catalogue holds another number of rows than was written")
        if len(self.rows) != self.manifest.items or len(self.postings) != self.manifest.words:
            raise IndexDamaged(self._folder, "the postings are not those of the catalogue")
        if len(self.dense) != self.manifest.chunks or self.dense.dimension != self.manifest.dimension:
            raise IndexDamaged(self._folder, "the vectors are not those of the catalogue")
        if len(self.dense_words) != self.manifest.words:
            raise IndexDamaged(self._folder, "the vectors of the words are not those of the catalogue")

    @cached_property
    def embedder(self) -> Embedder:
        """The model that the index was made with.

        Raises:
            IndexOutdated: the model of that name is another one now.
        """
        own = self.manifest.model == BUNDLED
        embedder = self.bundled if own else load_embedder(self.manifest.model, device=self._device)
        return self._same(embedder, self.manifest.model_fingerprint)

    @cached_property
    def bundled(self) -> BundledEmbedder:
        """Words and sentences are always compared in the bundled model's space: made for them, and quick.

        Raises:
            IndexOutdated: another one is bundled now.
        """
        return self._same(load_embedder(), self.manifest.word_model_fingerprint)

    def _same(self, embedder: Embedder, fingerprint: str) -> Embedder:
        if embedder.fingerprint != fingerprint:
            raise IndexOutdated(
                self._folder, f"was made with another model than the one that is now called {embedder.name}"
            )
        return embedder

    def holds_identifier(self, identifier: str) -> bool:
        """Whether an item bears this number, or the text mentions it."""
        return bool(self.catalogue.item_ids_bearing(identifier)) or self.vocabulary.id_of(fold(identifier)) is not None

    def near_words(self, words: Sequence[str]) -> list[NearWords]:
        """The collection's words that are near to each of these."""
        vectors = self.bundled.embed_passages([self.vocabulary.spelling_of(word) for word in words])
        return self.vocabulary.near([fold(word) for word in words], vectors)

    def rows_within(self, within: Within) -> np.ndarray:
        """(n,) int64, in order: the rows of the items of the meetings within those limits."""
        return self.catalogue.columns.rows(within)

    def rows_of(self, items: Sequence[int]) -> np.ndarray:
        """(n,) int64, in order: the rows of the items of those ids."""
        return self.rows.rows(np.array(items, np.int64))

    def lexical_candidates(
        self, near: Sequence[NearWords], weights: np.ndarray, limit: int, among: np.ndarray | None = None
    ) -> list[int]:
        """The ids of the items that the words of a question fit best, best first; `among` limits it to those rows.

        Args:
            weights: (len(near),) how much each word says.
        """
        close = [(row.ids[:_EXPANSIONS], row.nearness[:_EXPANSIONS]) for row in near]
        close = [(ids[nearness >= _EXPANSION_FLOOR], nearness[nearness >= _EXPANSION_FLOOR]) for ids, nearness in close]
        return self.rows.ids(self.postings.search(close, weights, limit, among))

    def pieces(self, word: str) -> int:
        """How many pieces the bundled model cuts a word into."""
        return self.bundled.count_pieces(word)

    def likeness(self, asked: str, sentences: Sequence[str]) -> np.ndarray:
        """(len(sentences),) the cosine of each with what is asked, in the bundled model's space."""
        return self.bundled.embed_passages(sentences) @ self.bundled.embed_query(asked)

    def dense_candidates(self, question: str, limit: int, among: np.ndarray | None = None) -> list[int]:
        """The ids of the items of so many chunks that are nearest to the question, nearest first; `among` limits it to
        the items of those rows."""
        near = self._near_chunks(question, limit, among)
        rows = self.rows.of_chunks(np.fromiter(near, np.int64, len(near)))
        return list(dict.fromkeys(self.rows.ids(rows)))

    def cosines(self, question: str, items: Sequence[int]) -> dict[int, float]:
        """{chunk id: cosine with the question} of all chunks of those items."""
        return self._near_chunks(question, None, self.rows_of(items))

    def _near_chunks(self, question: str, limit: int | None, rows: np.ndarray | None) -> dict[int, float]:
        among = None if rows is None else self.rows.chunks(rows)
        limit = len(among) if limit is None else limit
        return self.dense.search(self.embedder.embed_query(question), limit, among)
