"""Texts -> unit vectors: the bundled model without torch, or any sentence-transformers model by name or path."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np

from index.errors import ModelError
from index.settings import BUNDLED

BUNDLED_FOLDER = Path(__file__).parent / "model"
_BATCH = 32  # the rows of so many passages stay in the processor's cache
_MOST_KNOWN = 200_000  # words whose pieces are kept, in some 50 MB


class Embedder(Protocol):
    """Turns texts into rows of unit length, float32.

    Attributes:
        fingerprint: tells models apart that bear the same name.
    """

    name: str
    fingerprint: str
    dimension: int

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        """(len(texts), dimension)"""
        ...

    def embed_query(self, text: str) -> np.ndarray:
        """(dimension,)"""
        ...


def load_embedder(model: str | None = None, *, device: str | None = None, download: bool = False) -> Embedder:
    """The bundled model for None, else the sentence-transformers model of that folder or hub name.

    Args:
        device: where another than the bundled model computes: "cpu", "cuda", "mps"; None is the best there is.
        download: whether a hub model that is not on this machine may be fetched.

    Raises:
        ModelError: the model is not there, or cannot be loaded.
    """
    if model in (None, BUNDLED):
        return _bundled()
    return SentenceTransformerEmbedder(model, device=device, download=download)


@cache
def _bundled() -> BundledEmbedder:
    """Loaded once in a process: states come and go, the model stays."""
    return BundledEmbedder(BUNDLED_FOLDER, name=BUNDLED)


class BundledEmbedder:
    """The bundled model, without torch: a text asks each of its word pieces how much it matters there.

    Reads the sentence-transformers folder that `training` writes: a T5 encoder of two layers, in which a place of the
    text itself looks at the pieces twice, and the pieces at nothing; so two weighted means of rows are all there is.
    The tokenizer must split at white space: then what a word falls into need be found only once.
    """

    def __init__(self, folder: Path, name: str) -> None:
        # Imported here, since `import index` must stay light.
        from safetensors import SafetensorError
        from safetensors.numpy import load_file
        from threadpoolctl import threadpool_limits
        from tokenizers import Tokenizer

        # For the whole process: its matrices are small, and products that are shared between cores wait for each other.
        # Where others use the cores, too, that takes ten times as long.
        threadpool_limits(1, user_api="blas")
        weights, tokenizer = folder / "model.safetensors", folder / "tokenizer.json"
        try:
            self._read(load_file(weights))
            self._meaning = load_file(folder / "2_Dense" / "model.safetensors")["linear.weight"].T.astype(np.float32)
            self._tokenizer = Tokenizer.from_file(str(tokenizer))
            self.fingerprint = hashlib.sha256(weights.read_bytes() + tokenizer.read_bytes()).hexdigest()
        except (OSError, SafetensorError, KeyError) as error:
            raise ModelError(f"The model in {folder} cannot be loaded ({error}). Install Referat again.") from error
        except Exception as error:  # what a broken tokenizer.json raises is a bare Exception
            raise ModelError(f"The tokenizer in {folder} cannot be loaded ({error}). Install Referat again.") from error
        self.name = name
        self.dimension = self._meaning.shape[1]
        self._known: dict[str, list[int]] = {}

    def _read(self, weights: dict[str, np.ndarray]) -> None:
        name = "encoder.block.{}.layer.0.SelfAttention.{}.weight"
        layers = [[weights[name.format(n, part)].astype(np.float32) for part in "qkvo"] for n in (0, 1)]
        (query, key, value, out), (query_again, key_again, value_again, out_again) = layers
        rows = weights["shared.weight"].astype(np.float32)
        self._place, self._pieces = rows[-1], _normed(rows[:-1])
        own = self._pieces @ (key.T @ (query @ _normed(self._place)))
        self._own = np.exp(own - own.max())  # the weight of each piece by itself
        self._taken, self._taken_again = (out @ value).T, (out_again @ value_again).T
        self._asked = query_again.T @ key_again

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            bags = self._pieces_of(texts[start : start + _BATCH])
            told = [row for row, bag in enumerate(bags, start) if bag]
            if told:
                vectors[told] = self._embed([bag for bag in bags if bag])
        return _unit(vectors)

    def _pieces_of(self, texts: Sequence[str]) -> list[list[int]]:
        """The ids of each text's pieces."""
        if len(self._known) > _MOST_KNOWN:
            self._known = {}  # a new one, since other threads may be reading the one before
        known, split = self._known, [text.split() for text in texts]
        new = list({word for words in split for word in words if word not in known})
        encoded = self._tokenizer.encode_batch_fast(new, add_special_tokens=False)
        known.update((word, encoding.ids) for word, encoding in zip(new, encoded, strict=True))
        return [[piece for word in words for piece in known[word]] for words in split]

    def _embed(self, bags: Sequence[Sequence[int]]) -> np.ndarray:
        """(len(bags), dimension) of texts as ids of pieces, at least one each."""
        rows = [self._pieces.take(bag, axis=0) for bag in bags]
        means = np.stack([_mean(each, self._own.take(bag)) for each, bag in zip(rows, bags, strict=True)])
        held = self._place + means @ self._taken
        logits = [each @ asked for each, asked in zip(rows, _normed(held) @ self._asked, strict=True)]
        means = np.stack([_mean(each, np.exp(told - told.max())) for each, told in zip(rows, logits, strict=True)])
        return (held + means @ self._taken_again) @ self._meaning

    def embed_query(self, text: str) -> np.ndarray:
        return self.embed_passages([text])[0]

    def count_pieces(self, word: str) -> int:
        """How many pieces the tokenizer cuts a word into."""
        return len(self._tokenizer.encode(word, add_special_tokens=False).ids)


# Models of these families were trained with a word before every text, which their folders do not all carry.
_PROMPTS = {"e5": ("query: ", "passage: ")}


class SentenceTransformerEmbedder:
    """Any model that sentence-transformers loads."""

    def __init__(self, model: str, *, device: str | None = None, download: bool = False) -> None:
        if find_spec("sentence_transformers") is None:
            raise ModelError(
                f"The model {model} needs sentence-transformers. Install it with: pip install 'referat[models]'"
            )
        if not download:
            # Read when the hub's library is first imported; without it the library asks the hub even for local models.
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(model, device=device, local_files_only=not download)
        except Exception as error:  # the libraries below raise whatever they like
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise ModelError(
                f"The model {model} cannot be loaded ({reason}). "
                "Give the folder of a sentence-transformers model, or a hub model's name: one that is not on this "
                "machine yet is fetched by `referat build ... --download`."
            ) from error
        self.name = model
        self.dimension = self._model.get_embedding_dimension()
        self.fingerprint = self._fingerprint()
        self._query, self._passage = next(
            (prompts for family, prompts in _PROMPTS.items() if family in Path(model).name.lower().split("-")), ("", "")
        )

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        encoded = self._model.encode_document(
            [self._passage + text for text in texts], batch_size=32, convert_to_numpy=True
        )
        return _unit(np.asarray(encoded, dtype=np.float32).reshape(len(texts), self.dimension))

    def embed_query(self, text: str) -> np.ndarray:
        return _unit(
            np.asarray(self._model.encode_query([self._query + text], convert_to_numpy=True), dtype=np.float32)
        )[0]

    def _fingerprint(self) -> str:
        """Of what the model does rather than of its files: the vectors of a fixed sentence."""
        probe = np.asarray(
            self._model.encode(["Direktionen godkendte indstillingen den 12. april 2021."]), dtype=np.float32
        )
        return hashlib.sha256(np.round(probe, 3).tobytes()).hexdigest()


_TRANSLATIONS = {
    "vej": "road",
    "ældre": "elderly",
    "affald": "waste",
    "borger": "citizen",
    "udbud": "tender",
    "kloak": "sewer",
    "børnehave": "kindergarten",
    "sygefravær": "sickness absence",
}


def knows_danish(embedder: Embedder) -> bool:
    """Whether Danish words lie nearest to their own English more often than not; an English-only model's do not."""
    danish = embedder.embed_passages(list(_TRANSLATIONS))
    english = embedder.embed_passages(list(_TRANSLATIONS.values()))
    nearest = (danish @ english.T).argmax(axis=1)
    return bool((nearest == np.arange(len(nearest))).mean() > 0.5)


def _mean(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return weights @ rows / weights.sum()


def _normed(rows: np.ndarray) -> np.ndarray:
    """As T5 does: of mean square 1."""
    return rows / np.sqrt(np.square(rows).mean(axis=-1, keepdims=True) + 1e-6)


def _unit(vectors: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.where(lengths == 0, 1, lengths)
