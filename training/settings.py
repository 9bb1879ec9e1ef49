"""All settings of a run on one page; they are written beside the model with the run's figures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """
    Attributes:
        validate: withhold the validation tenth as well, and measure on that: for choosing settings.
        threads: processor threads; two are slower than one where the processor is shared.

        pieces: size of the tokenizer's vocabulary.
        dimension: length of a vector.
        narrow: a shorter length that is trained along with the whole one.

        segmentations: further copies of all texts, each cut by a tokenizer that lacks a part of the pieces.
        dropped_pieces: the part of the pieces that is lacking.
        piece_dropout, tune_dropout: the part of a text's pieces that a step of either stage does not see.

        joined: the part of the batches of translations whose texts are joined to longer ones.

        distil_*: the first stage, in which every text is drawn to the teacher's vector of its English.
        tune_*: the second stage, on items, questions and terms.
        near: the weight of plain nearness to the teacher, beside the ranking among the batch.
        temperature, tune_temperature: of the rankings.
        crops: the part of the batches of items whose questions are a few pieces cut out of the items themselves.
        reworded: the part of the batches of items whose questions are asked in other words.
        items, terms, forms, teacher, translations: the weights of the second stage's losses.
        again_*: the second stage once more, with a lower rate and heavier translations: general language comes back.
        english_share: how often an epoch asks each English question; there are three times as many Danish ones.
    """

    seed: int = 20
    validate: bool = False
    threads: int = 1

    pieces: int = 24_000
    dimension: int = 256
    narrow: int = 96

    segmentations: int = 2
    dropped_pieces: float = 0.2
    piece_dropout: float = 0.1

    joined: float = 0.4

    distil_epochs: int = 4
    distil_batch: int = 768
    distil_rate: float = 0.02
    near: float = 5.0
    temperature: float = 0.05

    tune_epochs: int = 26
    tune_batch: int = 768
    tune_rate: float = 0.003
    tune_dropout: float = 0.3
    tune_temperature: float = 0.05
    crops: float = 0.0
    reworded: float = 0.35
    items: float = 1.0
    terms: float = 1.0
    forms: float = 0.3
    teacher: float = 0.5
    translations: float = 1.0
    english_share: int = 2

    again_epochs: int = 3
    again_rate: float = 0.002
    again_translations: float = 3.0
