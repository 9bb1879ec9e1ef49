"""bm25s: BM25 over stems. It has no splitter, so a document is found as a whole."""

from __future__ import annotations

from collections.abc import Sequence

import bm25s
import Stemmer

from benchmarks.peers.protocol import Document, Hit


class Bm25s:
    name = "bm25s"
    packages = ("bm25s", "PyStemmer")
    splits = False

    def __init__(self) -> None:
        self._stemmer = Stemmer.Stemmer("danish")

    def build(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._index = bm25s.BM25()
        self._index.index(self._words([document.text for document in documents]), show_progress=False)

    def ask(self, question: str, k: int) -> list[Hit]:
        # Without a known word there is nothing to rank by: bm25s then gives any documents, all with a score of 0.
        places, scores = self._index.retrieve(
            self._words([question]), k=min(k, len(self._documents)), show_progress=False
        )
        found = [
            (self._documents[place], float(score)) for place, score in zip(places[0], scores[0], strict=True) if score
        ]
        return [Hit(document.file, document.item, document.text, score) for document, score in found]

    def _words(self, texts: list[str]) -> bm25s.tokenization.Tokenized:
        return bm25s.tokenize(texts, stopwords="danish", stemmer=self._stemmer, show_progress=False)
