"""txtai: Segmentation into paragraphs, as its own examples have it, and Embeddings, whose index is FAISS."""

from __future__ import annotations

from collections.abc import Sequence

from txtai import Embeddings
from txtai.pipeline import Segmentation

from benchmarks.peers.protocol import Document, Hit, model_folder


class Txtai:
    name = "txtai"
    packages = ("txtai", "faiss-cpu")
    splits = True

    def __init__(self) -> None:
        self._index = Embeddings(path=model_folder(), gpu=False)

    def build(self, documents: Sequence[Document]) -> None:
        split = Segmentation(paragraphs=True)
        self._chunks = [(document, chunk) for document in documents for chunk in split(document.text)]
        self._index.index((place, chunk, None) for place, (_, chunk) in enumerate(self._chunks))

    def ask(self, question: str, k: int) -> list[Hit]:
        hits = []
        for place, score in self._index.search(question, k):
            document, chunk = self._chunks[place]
            hits.append(Hit(document.file, document.item, chunk, score))
        return hits
