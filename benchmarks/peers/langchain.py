"""LangChain: RecursiveCharacterTextSplitter (4000 characters), InMemoryVectorStore."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.documents import Document as LangChainDocument
from langchain_core.vectorstores import InMemoryVectorStore
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from benchmarks.peers.protocol import Document, Hit, model_folder


class LangChain:
    name = "LangChain"
    packages = ("langchain-core", "langchain-huggingface", "langchain-text-splitters")
    splits = True

    def __init__(self) -> None:
        self._model = HuggingFaceEmbeddings(model_name=model_folder(), model_kwargs={"device": "cpu"})

    def build(self, documents: Sequence[Document]) -> None:
        given = [
            LangChainDocument(page_content=document.text, metadata={"file": document.file, "item": document.item})
            for document in documents
        ]
        self._store = InMemoryVectorStore(self._model)
        self._store.add_documents(RecursiveCharacterTextSplitter().split_documents(given))

    def ask(self, question: str, k: int) -> list[Hit]:
        found = self._store.similarity_search_with_score(question, k=k)
        return [
            Hit(chunk.metadata["file"], chunk.metadata["item"], chunk.page_content, score) for chunk, score in found
        ]
