"""How the bundled model is made: what is read, what is held out, and that a small run ends in a folder that loads."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))  # `training` is no part of what is installed

from index.danish import fold
from index.embed import BundledEmbedder
from training.clean import (
    NEVER,
    WRITTEN,
    Concept,
    Data,
    Translation,
    clean_translations,
    read_concepts,
    read_items,
    shared_runs,
)
from training.measure import area_under_curve, ranks
from training.rewording import Rewording

CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.fixture(scope="module")
def data() -> Data:
    return Data([], list(read_concepts(WRITTEN)), list(read_items(WRITTEN)), validate=False)


def test_the_written_data_is_as_large_as_was_asked(data):
    assert len(data.items) >= 8_500
    assert sum(len(item.questions) for item in data.items) >= 30_000
    assert len(data.concepts) >= 20_000
    assert all(item.questions and item.title and item.passage for item in data.items)


def test_nothing_is_copied_from_the_minutes(data):
    texts = [text for item in data.items for text in (item.text, *(question for question, _ in item.questions))]
    texts += [term for concept in data.concepts for term in concept.terms]
    minutes = [path.read_text(encoding="utf-8") for path in CORPUS.glob("*.txt")]
    assert minutes
    assert not shared_runs(texts, minutes)


def test_a_run_of_words_that_stands_in_both_is_found():
    assert shared_runs(["a b c d"], ["x B c D y"], words=3) == {("b", "c", "d")}


def test_a_topic_is_held_out_as_a_whole(data):
    trained = {item.topic for item in data.training_items}
    assert data.measured_items
    assert not trained & {item.topic for item in data.measured_items}


def test_the_terms_of_held_out_concepts_are_not_trained_on(data):
    trained = {fold(term) for concept in data.training_concepts for term in concept.terms}
    assert not trained & {fold(term) for concept in data.measured_concepts for term in concept.terms}


def test_nothing_of_the_plain_data_is_held_out_or_ranked(data):
    assert all(item.tenth == NEVER for item in data.items if "plain" in item.topic)
    for ranked, whole in ((data.ranked_items, data.items), (data.ranked_concepts, data.concepts)):
        plain = [each for each in whole if each.tenth == NEVER]
        assert len(plain) > 2_000 and len(ranked) == len(whole) - len(plain)


def test_questions_are_reworded_in_their_own_language_and_small_words_stay():
    terms = [("vedtaget", "godkendt"), ("at", "arbejdstilsynet"), ("fyre", "fyret", "sagt op")]
    english = [("adopted", "passed"), (), ("fire", "dismiss")]
    concepts = [Concept(*pair, 5) for pair in zip(terms, english, strict=True)]
    texts = [("hvornår blev det Vedtaget at bygge fire?", "da"), ("when was it adopted?", "en")]
    said = {text for seed in range(8) for text in Rewording(concepts, seed).of(texts)}
    reworded = {"hvornår blev det godkendt at bygge fire?", "when was it passed?"}
    assert said == {text for text, _ in texts} | reworded


def test_validating_holds_out_another_tenth_and_the_test_too(data):
    choosing = Data([], data.concepts, data.items, validate=True)
    assert not {item.topic for item in choosing.measured_items} & {item.topic for item in data.measured_items}
    assert len(choosing.training_items) < len(data.training_items)


def test_translations_are_cleaned():
    pairs = [
        ("Gem <b>filen</b>", "Save the file"),
        ("gem filen", "save the file"),  # there already
        ("", "nothing"),
        ("12 34 56", "12 34 56"),  # not letters
        ("Et ord", "A very long translation that cannot be of these two words alone"),
        ("Held out", "Kept apart"),
    ]
    assert list(clean_translations(pairs, {fold("Held out")})) == [Translation("Gem filen", "Save the file")]


def test_ranks_give_ties_the_middle():
    scores = np.array([[0.9, 0.5, 0.1], [0.5, 0.5, 0.5]])
    assert ranks(scores, [{1}, {0}]).tolist() == [2.0, 2.0]


def test_area_under_curve_is_one_where_like_lies_above_unlike():
    assert area_under_curve(np.array([0.8, 0.9]), np.array([0.1, 0.2])) == 1.0
    assert area_under_curve(np.array([0.5]), np.array([0.5])) == 0.5


def test_a_slip_keeps_most_of_the_word():
    from training.words import word_forms

    pairs = word_forms(["sygefravær sygefraværet", "budget"], seed=1)
    assert ("sygefravær", "sygefraværet") in {(left, right) for left, right, _ in pairs}
    assert ("sygefravær", "sygefravaer") in {(left, right) for left, right, _ in pairs}


def test_with_nothing_asked_attention_is_the_mean():
    torch = pytest.importorskip("torch")
    from training.attention import Attention
    from training.tokenizer import Bags

    chance = np.random.default_rng(1)
    table = (chance.normal(size=(50, 8)) * chance.uniform(0.1, 3, (50, 1))).astype(np.float32)
    lengths = np.array([1, 4, 7])
    bags = Bags(chance.integers(0, 50, lengths.sum()), np.array([0, 1, 5]), lengths)
    means = np.add.reduceat(table[bags.ids], bags.starts)
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    with torch.no_grad():
        assert np.allclose(Attention(table)(bags).numpy(), means, atol=1e-5)


def test_a_thinned_bag_keeps_some_piece():
    from training.tokenizer import Bags

    bags = Bags(np.arange(10), np.array([0, 1, 4]), np.array([1, 3, 6]))
    thin = bags.thinned(0.9, np.random.default_rng(0))
    assert thin.lengths.min() >= 1 and thin.lengths.sum() < 10
    assert set(thin.ids[thin.starts[2] :]) <= set(range(4, 10))


def test_a_small_run_ends_in_a_folder_that_loads(tmp_path, data, monkeypatch):
    pytest.importorskip("torch")
    import training.make
    from training.package import write_model
    from training.settings import Settings
    from training.tokenizer import train_tokenizer

    def vectors(texts, cache):  # a teacher that tells texts apart by their letters
        found = np.array([[text.count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts]) + 0.1
        return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)

    monkeypatch.setattr(training.make, "teacher_vectors", vectors)
    monkeypatch.setattr(training.make, "teacher_words", lambda: ["house", "road"])
    translations = [Translation(concept.danish[0], concept.english[0]) for concept in data.concepts[400:500]]
    few = Data(translations, data.concepts[:400], data.items[:80], validate=False)
    settings = Settings(
        pieces=1200,
        dimension=16,
        narrow=8,
        distil_epochs=1,
        distil_batch=64,
        tune_epochs=1,
        tune_batch=32,
        again_epochs=1,
    )
    tokenizer = train_tokenizer(few.training_texts(), settings.pieces)
    runs = [training.make.make_model(few, settings, tmp_path, tokenizer) for _ in range(2)]
    assert all(np.array_equal(one, again) for one, again in zip(runs[0][1:], runs[1][1:], strict=True))
    write_model(tmp_path / "model", *runs[0])
    model = BundledEmbedder(tmp_path / "model", name="small")
    assert model.embed_passages(["vejen ved skolen", ""]).shape == (2, 16)
