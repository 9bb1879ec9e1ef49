"""Haystack: DocumentSplitter (200 words), InMemoryDocumentStore, InMemoryEmbeddingRetriever."""

from __future__ import annotations

from collections.abc import Sequence

from haystack import Document as HaystackDocument
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.utils import ComponentDevice
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from benchmarks.peers.protocol import Document, Hit, model_folder


class Haystack:
    name = "Haystack"
    packages = ("haystack-ai", "sentence-transformers-haystack")
    splits = True

    def __init__(self) -> None:
        with_model = {"model": model_folder(), "device": ComponentDevice.from_str("cpu"), "progress_bar": False}
        self._embed_documents = SentenceTransformersDocumentEmbedder(**with_model)
        self._embed_question = SentenceTransformersTextEmbedder(**with_model)
        self._embed_documents.warm_up()
        self._embed_question.warm_up()

    def build(self, documents: Sequence[Document]) -> None:
        given = [
            HaystackDocument(content=document.text, meta={"file": document.file, "item": document.item})
            for document in documents
        ]
        splitter, store = DocumentSplitter(), InMemoryDocumentStore()
        chunks = splitter.run(documents=given)["documents"]
        store.write_documents(self._embed_documents.run(documents=chunks)["documents"])
        self._retriever = InMemoryEmbeddingRetriever(store)

    def ask(self, question: str, k: int) -> list[Hit]:
        embedded = self._embed_question.run(text=question)["embedding"]
        found = self._retriever.run(query_embedding=embedded, top_k=k)["documents"]
        return [Hit(chunk.meta["file"], chunk.meta["item"], chunk.content, chunk.score) for chunk in found]
