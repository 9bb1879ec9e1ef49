"""All figures of a run: one script, the same for the new model, v0, all-MiniLM-L6-v2 and BM25."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.danish import fold
from training.clean import Concept, Data, Item, read_translations
from training.measure import Embed, Score, cosines, ranking_figures, ranks, separation_figures

log = logging.getLogger(__name__)
TRANSLATION_SETS = ("flores", "ntrex500", "eforms500")
_FAR_PAIRS = 40_000


def translation_figures(score: Score, shared: Path) -> dict[str, float]:
    """Accuracy@1 of finding a sentence's translation among all of its set, both ways."""
    figures = {}
    for name in TRANSLATION_SETS:
        danish, english = zip(*read_translations(shared / f"eval_{name}.tsv.gz"), strict=True)
        for way, left, right in (("da-en", danish, english), ("en-da", english, danish)):
            hits = ranks(score(left, right), [{place} for place in range(len(left))]) < 1.5
            figures[f"{name} {way}"] = round(float(hits.mean()), 4)
    return figures


def item_figures(score: Score, data: Data) -> dict[str, dict[str, float]]:
    """Questions to held-out items, among all ranked items."""
    candidates = [item.text for item in data.ranked_items]
    places = {id(item): place for place, item in enumerate(data.ranked_items)}
    twins = _same_text(data.ranked_items)
    asked = [(q, lang, item) for item in data.measured_items for q, lang in item.questions]
    scores = score([question for question, _, _ in asked], candidates)
    found = ranks(scores, [twins[places[id(item)]] for _, _, item in asked])
    groups = {}
    for name, lang in (("danish", "da"), ("english", "en")):
        of_lang = np.array([asked_lang == lang for _, asked_lang, _ in asked])
        written = np.array([item.written for _, _, item in asked])
        groups |= {name: of_lang, f"{name}, first pairs": of_lang & (written == 0)}
        groups |= {f"{name}, before everyday": of_lang & (written < 2), f"{name}, everyday": of_lang & (written == 2)}
    return {group: ranking_figures(found[among]) for group, among in groups.items() if among.any()}


def _same_text(items: Sequence[Item]) -> list[set[int]]:
    places: dict[str, set[int]] = {}
    for place, item in enumerate(items):
        places.setdefault(item.text, set()).add(place)
    return [places[item.text] for item in items]


def glossary_figures(score: Score, data: Data) -> dict[str, dict[str, float]]:
    """Held-out synonyms and English terms to the head terms of all ranked concepts."""
    heads = list(dict.fromkeys(concept.danish[0] for concept in data.ranked_concepts))
    place_of = {head: place for place, head in enumerate(heads)}
    figures = {}
    for kind, terms_of in (("synonyms", lambda c: c.danish[1:]), ("translations", lambda c: c.english)):
        asked = [(term, concept) for concept in data.measured_concepts for term in terms_of(concept)]
        scores = score([term for term, _ in asked], heads)
        figures[kind] = ranking_figures(ranks(scores, [{place_of[concept.danish[0]]} for _, concept in asked]))
    return figures


def word_figures(embed: Embed, data: Data, seed: int) -> dict[str, dict[str, float]]:
    """How single words lie: like pairs of held-out concepts, unlike pairs of any words; also of new words only."""
    chance = np.random.default_rng(seed)
    known = {word for text in data.training_texts() for word in re.findall(r"\w+", fold(text))}
    words = sorted({term for concept in data.measured_concepts for term in concept.danish if " " not in term})
    new = [word for word in words if fold(word) not in known]
    return {
        "words": _separation(embed, data.measured_concepts, set(words), words, chance),
        "words not seen in training": _separation(embed, data.measured_concepts, set(new), new, chance),
    }


def _separation(
    embed: Embed, concepts: list[Concept], queries: set[str], others: list[str], chance: np.random.Generator
) -> dict[str, float]:
    """Single Danish words against the synonyms and translations of one word, and against words of other concepts."""
    like = [
        (word, term)
        for concept in concepts
        for word in concept.danish
        for term in concept.terms
        if word in queries and term != word and " " not in term
    ]
    left, right = (chance.choice(others, _FAR_PAIRS) for _ in range(2))
    concept_of: dict[str, set[int]] = {}
    for number, concept in enumerate(concepts):
        for term in concept.terms:
            concept_of.setdefault(term, set()).add(number)
    unlike = [pair for pair in zip(left, right, strict=True) if not concept_of[pair[0]] & concept_of[pair[1]]]
    vector_of = dict(zip(vocabulary := sorted(set(sum(like + unlike, ()))), embed(vocabulary), strict=True))
    cosine = [np.array([vector_of[a] @ vector_of[b] for a, b in pairs]) for pairs in (like, unlike)]
    return {"like pairs": len(like)} | separation_figures(*cosine)


def all_figures(name: str, score: Score, embed: Embed | None, data: Data, shared: Path, seed: int) -> dict:
    log.info("measuring %s", name)
    figures = {
        "items": item_figures(score, data),
        "glossary": glossary_figures(score, data),
        "translation": translation_figures(score, shared),
    }
    if embed:
        figures["words"] = word_figures(embed, data, seed)
    return figures


def figures_of_model(name: str, embed: Embed, data: Data, shared: Path, seed: int) -> dict:
    return all_figures(name, cosines(embed), embed, data, shared, seed)


def summary(figures: dict) -> str:
    """The figures that decide, on one line."""
    items, glossary, translation = figures["items"], figures["glossary"], figures["translation"]
    parts = [f"{group} {measured['mrr']:.3f}" for group, measured in items.items()]
    parts += [f"{kind} {measured['mrr']:.3f}" for kind, measured in glossary.items()]
    parts += [f"{name} {accuracy:.3f}" for name, accuracy in translation.items()]
    for kind, measured in figures.get("words", {}).items():
        told = ", ".join(f"{name} {value:.2f}" for name, value in measured.items() if name != "like pairs")
        parts.append(f"{kind}: {told}")
    return " | ".join(parts)
