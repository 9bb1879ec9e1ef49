"""What the student is measured beside: v0, the teacher as it is, BM25."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.danish import fold, stem, words
from index.embed import BundledEmbedder
from training.attention import rows_of
from training.measure import Embed
from training.package import write_model
from training.teacher import teacher_folder

_K1, _B = 1.2, 0.75


def our_model(folder: Path) -> Embed:
    return BundledEmbedder(folder, name=folder.name).embed_passages


def static_as_ours(static: Path, folder: Path) -> None:
    """Write a `StaticEmbedding`, whose texts are the mean of their pieces, as a model of ours that asks nothing."""
    table = load_file(static / "model.safetensors")["embedding.weight"].astype(np.float32)
    rows = rows_of(table)
    width = rows.shape[1]
    tokenizer = Tokenizer.from_file(str(static / "tokenizer.json"))
    write_model(folder, tokenizer, rows, np.zeros((width, width)), np.zeros(width))


def teacher_model() -> Embed:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(teacher_folder()), local_files_only=True, device="cpu")
    return lambda texts: np.asarray(
        model.encode(list(texts), normalize_embeddings=True, batch_size=128, show_progress_bar=False)
    )


def bm25(questions: Sequence[str], candidates: Sequence[str]) -> np.ndarray:
    """BM25 with the Danish stemmer."""
    stems = [Counter(_stems(text)) for text in candidates]
    lengths = np.array([sum(counts.values()) for counts in stems])
    postings: dict[str, list[tuple[int, int]]] = {}
    for place, counts in enumerate(stems):
        for term, count in counts.items():
            postings.setdefault(term, []).append((place, count))
    scores = np.zeros((len(questions), len(candidates)), np.float32)
    for row, question in enumerate(questions):
        for term in set(_stems(question)) & postings.keys():
            held = postings[term]
            idf = math.log(1 + (len(candidates) - len(held) + 0.5) / (len(held) + 0.5))
            places, counts = np.array(held).T
            damped = counts + _K1 * (1 - _B + _B * lengths[places] / lengths.mean())
            scores[row, places] += idf * counts * (_K1 + 1) / damped
    return scores


def _stems(text: str) -> list[str]:
    return [stem(fold(word)) for word in words(text)]
