"""LlamaIndex: SentenceSplitter (1024 tokens), the vector store in memory, metadata embedded with the text."""

from __future__ import annotations

from collections.abc import Sequence

from llama_index.core import Document as LlamaDocument
from llama_index.core import VectorStoreIndex
from llama_index.embeddings.huggingface import HuggingFaceEmbedding

from benchmarks.peers.protocol import Document, Hit, model_folder


class LlamaIndex:
    name = "LlamaIndex"
    packages = ("llama-index-core", "llama-index-embeddings-huggingface")
    splits = True

    def __init__(self) -> None:
        self._model = HuggingFaceEmbedding(model_name=model_folder(), device="cpu")

    def build(self, documents: Sequence[Document]) -> None:
        given = [
            LlamaDocument(text=document.text, metadata={"file": document.file, "item": document.item})
            for document in documents
        ]
        self._index = VectorStoreIndex.from_documents(given, embed_model=self._model)

    def ask(self, question: str, k: int) -> list[Hit]:
        found = self._index.as_retriever(similarity_top_k=k).retrieve(question)
        return [Hit(node.metadata["file"], node.metadata["item"], node.text, node.score) for node in found]
