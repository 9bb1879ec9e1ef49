"""Word pieces without a mark for the start of a word: `strategi` is one piece as a word and inside a compound."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

UNKNOWN = "[UNK]"


@dataclass(frozen=True, slots=True)
class Bags:
    """Texts as bags of pieces, one after the other: bag i is `ids[starts[i] : starts[i] + lengths[i]]`."""

    ids: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray

    def __len__(self) -> int:
        return len(self.starts)

    def take(self, rows: np.ndarray) -> Bags:
        lengths = self.lengths[rows]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        places = np.repeat(self.starts[rows] - starts, lengths) + np.arange(lengths.sum())
        return Bags(self.ids[places], starts, lengths)

    def cropped(self, longest: int, chance: np.random.Generator) -> Bags:
        """A stretch of each bag, of so many pieces at most."""
        lengths = np.minimum(self.lengths, chance.integers(2, longest + 1, len(self)))
        starts = self.starts + (chance.random(len(self)) * (self.lengths - lengths + 1)).astype(np.int64)
        return Bags(self.ids, starts, lengths).take(np.arange(len(self)))

    def thinned(self, dropout: float, chance: np.random.Generator | None) -> Bags:
        """Without that part of the pieces, by chance; no bag is left empty."""
        if not dropout or chance is None:
            return self
        owners = np.repeat(np.arange(len(self)), self.lengths)
        kept = chance.random(len(self.ids)) >= dropout
        kept |= (np.bincount(owners[kept], minlength=len(self)) == 0)[owners]
        lengths = np.bincount(owners[kept], minlength=len(self))
        return Bags(self.ids[kept], np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)

    def take_joined(self, rows: np.ndarray) -> Bags:
        """A bag for each line of rows (n, k), of k bags each."""
        taken = self.take(rows.ravel())
        return Bags(taken.ids, taken.starts[:: rows.shape[1]], taken.lengths.reshape(rows.shape).sum(1))

    @classmethod
    def join(cls, several: Sequence[Bags]) -> Bags:
        lengths = np.concatenate([bags.lengths for bags in several])
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        return cls(np.concatenate([bags.ids for bags in several]), starts, lengths)


def train_tokenizer(texts: Sequence[str], pieces: int) -> Tokenizer:
    """A Unigram tokenizer; the same texts give the same pieces, but for ties, which the trainer breaks by chance."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Punctuation(), pre_tokenizers.Digits(individual_digits=False)]
    )
    trainer = trainers.UnigramTrainer(
        vocab_size=pieces, special_tokens=[UNKNOWN], unk_token=UNKNOWN, max_piece_length=16, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def resegmenting(tokenizer: Tokenizer, dropped: float, seed: int) -> Tokenizer:
    """The same tokenizer without a part of its pieces, so that texts are cut in other places; the ids stay."""
    described = json.loads(tokenizer.to_str())
    chance = random.Random(seed)
    # A piece that is out of reach by its score stays in its place, so that the ids of the others do not move.
    described["model"]["vocab"] = [
        [piece, -1e4 if len(piece) > 1 and piece != UNKNOWN and chance.random() < dropped else score]
        for piece, score in described["model"]["vocab"]
    ]
    return Tokenizer.from_str(json.dumps(described))


def to_bags(tokenizer: Tokenizer, texts: Sequence[str]) -> Bags:
    encodings = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    # A text without any piece is given the unknown one, so that every bag has a mean.
    pieces = [encoding.ids or [0] for encoding in encodings]
    lengths = np.array([len(ids) for ids in pieces], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    return Bags(np.concatenate([np.array(ids, dtype=np.int64) for ids in pieces]), starts, lengths)
