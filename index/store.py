"""The store: one state of an index, opened for reading. The door between the minutes and the questions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from index import snapshot
from index.catalogue import Catalogue
from index.danish import fold
from index.dense import DenseIndex
from index.embed import BUNDLED, Embedder, StaticEmbedder, load_embedder
from index.errors import IndexDamaged, IndexOutdated
from index.register import Register
from index.vocabulary import NearWords

_EXPANSION_FLOOR = 0.45
_EXPANSIONS = 40


class MinutesIndex:
    """One state of an index, opened for reading; it never changes, and may be shared between threads."""

    def __init__(self, folder: Path, name: str, manifest: snapshot.Manifest, device: str | None = None) -> None:
        state = folder / name
        self._device = device
        self.name = name
        self.manifest = manifest
        self._folder = folder
        self.catalogue = Catalogue(state / snapshot.CATALOGUE)
        self.register = Register(self.catalogue, state / snapshot.CATALOGUE)
        self.dense = DenseIndex(state / snapshot.VECTORS)
        self.dense_words = DenseIndex(state / snapshot.WORDS)
        self.vocabulary = self.catalogue.vocabulary(self.dense_words)

    @classmethod
    def open(cls, folder: Path, device: str | None = None) -> MinutesIndex:
        """Open the current state, whole: what is replaced later does not touch it.

        Args:
            device: where the model computes, as in `load_embedder`.

        Raises:
            IndexUnusable: missing, foreign, damaged, or written by another version; the message says how to mend it.
        """
        name = snapshot.current_name(folder)
        try:
            index = cls(folder, name, snapshot.read_manifest(folder, name), device)
            index.check_counts()
        except (IndexDamaged, OSError, RuntimeError, ValueError, sqlite3.DatabaseError) as error:
            if snapshot.current_name(folder) != name:
                return cls.open(folder, device)  # another state took over while this one was being opened
            raise error if isinstance(error, IndexDamaged) else IndexDamaged(folder, str(error)) from error
        return index

    def close(self) -> None:
        self.register.close()
        self.catalogue.close()

    def check_counts(self) -> None:
        counts = self.catalogue.counts()
        if counts != {name: getattr(self.manifest, name) for name in counts}:
            raise IndexDamaged(self._folder, "the catalogue holds another number of rows than was written")
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
    def bundled(self) -> StaticEmbedder:
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

    def lexical_candidates(
        self, near: Iterable[NearWords], limit: int, among: Iterable[int] | None = None
    ) -> dict[int, float]:
        """{item id: BM25} for the stems of the words that are nearest to the question's words."""
        stems: dict[str, None] = {}
        for row in near:
            close = int((row.nearness[:_EXPANSIONS] >= _EXPANSION_FLOOR).sum())
            stems.update(dict.fromkeys(row.stems[:close]))
        return self.catalogue.lexical(stems, limit, among)

    def pieces(self, word: str) -> int:
        """How many pieces the bundled model cuts a word into."""
        return self.bundled.count_pieces(word)

    def likeness(self, asked: str, sentences: Sequence[str]) -> np.ndarray:
        """(len(sentences),) the cosine of each with what is asked, in the bundled model's space."""
        return self.bundled.embed_passages(sentences) @ self.bundled.embed_query(asked)

    def dense_scores(self, question: str, limit: int, among: Iterable[int] | None = None) -> dict[int, float]:
        """{chunk id: cosine} of the chunks nearest to the question; `among` limits it to the chunks of those items."""
        return self.dense.search(
            self.embedder.embed_query(question), limit, None if among is None else self.catalogue.chunk_ids(among)
        )
