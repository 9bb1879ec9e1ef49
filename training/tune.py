"""Second stage: questions to their items, terms to their synonyms and translations, forms of a word to each other.

The first stage's loss goes on beside it, so that general language is not forgotten.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

import numpy as np
import torch
from scipy.sparse import csr_array
from tokenizers import Tokenizer

from training.attention import Attention
from training.clean import Data
from training.distil import in_groups, teacher_loss
from training.rewording import Rewording
from training.settings import Settings
from training.student import optimizer_for, ranking_loss
from training.tokenizer import Bags, to_bags
from training.words import word_forms

log = logging.getLogger(__name__)
_VIEWS = ("text", "title", "passage")
_VIEW_CHANCES = (0.6, 0.2, 0.2)
_WRAPPED = 0.15
_TITLES_ASKED = 0.15
_LONGEST_CROP = 8  # pieces
_TERMS_OF_ONE_MEANING = 2  # concepts that share so many are no negatives of each other
_DANISH_WRAPS = ("Hvad blev besluttet om {}?", "Hvornår blev {} behandlet?", "hvad sker der med {}", "sagen om {}")
_ENGLISH_WRAPS = ("What was decided about {}?", "When was {} discussed?", "what about {}", "the case of {}")


@dataclass(frozen=True, slots=True)
class Cuts:
    """The same texts as bags, cut by one tokenizer after another; each step takes one of them at random."""

    cuts: tuple[Bags, ...]

    @classmethod
    def of(cls, texts: list[str], tokenizers: list[Tokenizer]) -> Cuts:
        return cls(tuple(to_bags(tokenizer, texts) for tokenizer in tokenizers))

    def take(self, rows: np.ndarray, chance: np.random.Generator) -> Bags:
        return self.cuts[chance.integers(len(self.cuts))].take(rows)


class ItemBatches:
    """Questions and titles with their items; items of one topic come in one batch, as each other's hard negatives."""

    def __init__(self, data: Data, tokenizers: list[Tokenizer], settings: Settings) -> None:
        items = data.training_items
        self._size = settings.tune_batch
        self._views = [Cuts.of([getattr(item, view) for item in items], tokenizers) for view in _VIEWS]
        asked = [
            (question, lang, place)
            for place, item in enumerate(items)
            for question, lang in item.questions
            for _ in range(settings.english_share if lang == "en" else 1)
        ]
        self._questions = Cuts.of([question for question, _, _ in asked], tokenizers)
        reworded = Rewording(data.training_concepts, settings.seed).of((text, lang) for text, lang, _ in asked)
        self._reworded = Cuts.of(reworded, tokenizers)
        self._item_of = np.array([place for _, _, place in asked])
        topics: dict[str, list[int]] = {}
        for row, (_, _, place) in enumerate(asked):
            topics.setdefault(items[place].topic, []).append(row)
        self._topics = list(topics.values())
        self._areas = [topic.split(":")[0] for topic in topics]

    def __len__(self) -> int:
        return len(self._item_of) // self._size

    def epoch(self, chance: np.random.Generator, by_area: bool) -> list[np.ndarray]:
        """Rows of questions, in batches: of all areas, or of one area each."""
        order = chance.permutation(len(self._topics))
        if by_area:
            order = np.array(sorted(order, key=lambda topic: self._areas[topic]))
        rows = np.concatenate([self._topics[topic] for topic in order])
        batches = [rows[start : start + self._size] for start in range(0, len(self) * self._size, self._size)]
        return [batches[place] for place in chance.permutation(len(batches))]

    def loss(
        self, student: Attention, rows: np.ndarray, settings: Settings, chance: np.random.Generator
    ) -> torch.Tensor:
        items = self._item_of[rows]
        if chance.random() < settings.crops:
            view = self._views[0]
            asked = view.take(items, chance).cropped(_LONGEST_CROP, chance)
        elif chance.random() < _TITLES_ASKED:
            asked = self._views[1].take(items, chance)
            view = self._views[2]
        else:
            questions = self._reworded if chance.random() < settings.reworded else self._questions
            asked = questions.take(rows, chance)
            view = self._views[chance.choice(len(_VIEWS), p=_VIEW_CHANCES)]
        left = student(asked, settings.tune_dropout, chance)
        right = student(view.take(items, chance), settings.tune_dropout, chance)
        same = torch.from_numpy(items[:, None] == items[None, :])
        return ranking_loss(left, right, same, settings.tune_temperature)


class TermBatches:
    """Two terms of each of so many concepts, Danish or English, now and then inside a question."""

    def __init__(self, data: Data, tokenizers: list[Tokenizer], settings: Settings) -> None:
        texts, wrapped, concept_of, self._danish, self._english = [], [], [], [], []
        for place, concept in enumerate(data.training_concepts):
            first = len(texts)
            for wraps, terms in ((_DANISH_WRAPS, concept.danish), (_ENGLISH_WRAPS, concept.english)):
                wrapped += [wraps[(len(texts) + n) % len(wraps)].format(term) for n, term in enumerate(terms)]
                texts += terms
            concept_of += [place] * (len(texts) - first)
            self._danish.append(np.arange(first, first + len(concept.danish)))
            self._english.append(np.arange(first + len(concept.danish), len(texts)))
        self._terms, self._wrapped = Cuts.of(texts, tokenizers), Cuts.of(wrapped, tokenizers)
        named: dict[str, int] = {}
        self._name_of = np.array([named.setdefault(text.lower(), len(named)) for text in texts])
        names = sorted({*zip(concept_of, self._name_of.tolist(), strict=True)})  # a loanword is one term, not two
        terms_of = csr_array((np.ones(len(names), np.int32), tuple(np.array(names).T)))
        self._shared = terms_of @ terms_of.T  # (concepts, concepts): how many terms they share
        self._size = 2 * settings.tune_batch

    def loss(self, student: Attention, settings: Settings, chance: np.random.Generator) -> torch.Tensor:
        concepts = chance.choice(len(self._danish), self._size, replace=False)
        pairs = np.array([self._two_of(concept, chance) for concept in concepts])
        left = student(self._terms.take(pairs[:, 0], chance), 0.0)
        other = self._wrapped if chance.random() < _WRAPPED else self._terms
        right = student(other.take(pairs[:, 1], chance), 0.0)
        names = self._name_of[pairs]
        same = (names[:, None, :, None] == names[None, :, None, :]).any((2, 3))
        same |= self._shared[concepts][:, concepts].toarray() >= _TERMS_OF_ONE_MEANING
        return ranking_loss(left, right, torch.from_numpy(same), settings.tune_temperature)

    def _two_of(self, concept: int, chance: np.random.Generator) -> tuple[int, int]:
        danish, english = self._danish[concept], self._english[concept]
        if len(danish) > 1 and (not len(english) or chance.random() < 0.5):
            # Towards the first terms: the further down the chain, the looser the synonym.
            one, other = chance.permutation(len(danish))[:2]
            return danish[one], danish[other]
        if not len(danish):
            return tuple(chance.choice(english, 2, replace=len(english) < 2))
        return (chance.choice(danish), chance.choice(english))[:: chance.choice([-1, 1])]


class FormBatches:
    """Forms of one word: inflected, without the letters æøå, with a slip."""

    def __init__(self, data: Data, tokenizers: list[Tokenizer], settings: Settings) -> None:
        pairs = word_forms(data.training_texts(), settings.seed)
        self._left = Cuts.of([left for left, _, _ in pairs], tokenizers)
        self._right = Cuts.of([right for _, right, _ in pairs], tokenizers)
        self._stem_of = np.array([stem for _, _, stem in pairs])
        self._size = settings.tune_batch

    def loss(self, student: Attention, settings: Settings, chance: np.random.Generator) -> torch.Tensor:
        rows = chance.choice(len(self._stem_of), self._size, replace=False)
        left, right = (student(side.take(rows, chance), 0.0) for side in (self._left, self._right))
        stems = self._stem_of[rows]
        return ranking_loss(left, right, torch.from_numpy(stems[:, None] == stems[None, :]), settings.tune_temperature)


def translation_loss(
    student: Attention, bags: Bags, pairs: int, settings: Settings, chance: np.random.Generator
) -> torch.Tensor:
    """Danish texts to their English; the bags begin with the translations, Danish and English by turns."""
    groups = 2 * in_groups(chance.choice(pairs, settings.tune_batch, replace=False), settings, chance)
    left, right = (student(bags.take_joined(groups + side), settings.tune_dropout, chance) for side in (0, 1))
    same = torch.eye(len(groups), dtype=torch.bool)
    return ranking_loss(left, right, same, settings.tune_temperature)


def tune(
    student: Attention, data: Data, tokenizers: list[Tokenizer], bags: Bags, targets: np.ndarray, settings: Settings
) -> None:
    """Train the student in place; bags and targets are the first stage's."""
    chance = np.random.default_rng(settings.seed + 1)
    items, terms = ItemBatches(data, tokenizers, settings), TermBatches(data, tokenizers, settings)
    forms = FormBatches(data, tokenizers, settings)
    optimizer, schedule = optimizer_for(student, settings.tune_rate, settings.tune_epochs * len(items))
    for epoch in range(settings.tune_epochs):
        totals = np.zeros(5)
        for rows in items.epoch(chance, by_area=epoch % 2 == 1):
            general = chance.choice(len(bags), settings.distil_batch, replace=False)
            losses = [
                settings.items * items.loss(student, rows, settings, chance),
                settings.terms * terms.loss(student, settings, chance),
                settings.forms * forms.loss(student, settings, chance),
                settings.teacher * teacher_loss(student, bags, targets, general, settings, chance),
                settings.translations * translation_loss(student, bags, len(data.translations), settings, chance),
            ]
            optimizer.zero_grad()
            torch.stack(losses).sum().backward()
            optimizer.step()
            student.step_taken()
            schedule.step()
            totals += [loss.item() for loss in losses]
        if epoch % 5 == 4:
            shown = ", ".join(f"{total / len(items):.2f}" for total in totals)
            log.info(
                "tune: epoch %d of %d; items, terms, forms, teacher, translations: %s",
                epoch + 1,
                settings.tune_epochs,
                shown,
            )
