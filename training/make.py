"""From data to a trained student: tokenizer, teacher, first stage, second stage."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from training.attention import Attention
from training.clean import Data
from training.compounds import complete
from training.distil import distil
from training.settings import Settings
from training.student import Student, first_table
from training.teacher import teacher_vectors, teacher_words, turn
from training.tokenizer import Bags, resegmenting, to_bags, train_tokenizer
from training.tune import tune

log = logging.getLogger(__name__)


def make_model(
    data: Data, settings: Settings, cache: Path, tokenizer: Tokenizer | None = None
) -> tuple[Tokenizer, np.ndarray, np.ndarray, np.ndarray]:
    """The tokenizer, and the arrays of the trained `Attention`.

    Args:
        tokenizer: that of an earlier run; a new one may differ by a few pieces: its trainer breaks ties by chance.
    """
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    tokenizer = tokenizer or train_tokenizer(data.training_texts(), settings.pieces)
    log.info("tokenizer: %d pieces", tokenizer.get_vocab_size())
    tokenizers = [tokenizer] + [
        resegmenting(tokenizer, settings.dropped_pieces, settings.seed + copy) for copy in range(settings.segmentations)
    ]
    texts, english = _taught(data)
    unique = sorted(set(english))
    row_of = {text: row for row, text in enumerate(unique)}
    targets = turn(teacher_vectors(unique, cache), settings.dimension)
    targets = targets[[row_of[text] for text in english]]
    bags = Bags.join([to_bags(each, texts) for each in tokenizers])
    targets = np.tile(targets, (len(tokenizers), 1))
    student = Student(first_table(bags, targets, tokenizer.get_vocab_size()))
    distil(student, bags, targets, settings)
    seen = np.bincount(bags.ids, minlength=tokenizer.get_vocab_size())
    student = Attention(complete(student.table.detach().numpy(), tokenizer, seen))
    again = replace(
        settings,
        seed=settings.seed + 1,
        tune_epochs=settings.again_epochs,
        tune_rate=settings.again_rate,
        translations=settings.again_translations,
    )
    for stage in (settings, again):
        tune(student, data, tokenizers, bags, targets, stage)
    return tokenizer, *student.arrays()


def _taught(data: Data) -> tuple[list[str], list[str]]:
    """Texts, and the English by whose vector the teacher says where each belongs."""
    pairs = [(side, pair.english) for pair in data.translations for side in (pair.danish, pair.english)]
    for concept in data.training_concepts:
        if concept.english:
            pairs += [(term, concept.english[0]) for term in concept.danish]
            pairs += [(term, term) for term in concept.english]
    pairs += [(question, question) for item in data.training_items for question, lang in item.questions if lang == "en"]
    pairs += [(word, word) for word in teacher_words()]
    return [text for text, _ in pairs], [english for _, english in pairs]
