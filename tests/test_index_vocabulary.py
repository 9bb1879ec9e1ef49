import numpy as np
import pytest

from index.danish import fold
from index.embed import load_embedder
from index.vocabulary import Vocabulary

SPELLED = [
    "2021",
    "afskedigelse",
    "applikationsstrategi",
    "bosætningsstrategi",
    "høringssvar",
    "kantine",
    "strategi",
    "sygefravær",
    "æble",
]


@pytest.fixture(scope="module")
def vocabulary():
    spelled = sorted(SPELLED, key=fold)
    return Vocabulary(
        [fold(word) for word in spelled], spelled, np.ones(len(spelled)), load_embedder().embed_passages(spelled)
    )


def nearness(vocabulary, word, to):
    vector = load_embedder().embed_query(vocabulary.spelling_of(word))
    return vocabulary.nearness(fold(word), vector)[vocabulary.id_of(fold(to))]


def test_same_word_in_any_spelling_is_nearest(vocabulary):
    assert nearness(vocabulary, "hoeringssvar", "høringssvar") == 1


def test_forms_of_a_word_are_near(vocabulary):
    assert nearness(vocabulary, "kantinerne", "kantine") >= 0.9


def test_slip_of_the_pen_is_near(vocabulary):
    assert nearness(vocabulary, "aplikationsstrategi", "applikationsstrategi") >= 0.8


def test_compound_and_its_part_are_near(vocabulary):
    assert nearness(vocabulary, "strategi", "bosætningsstrategi") >= 0.6
    assert 0.4 <= nearness(vocabulary, "skolestrategi", "strategi") < 0.6


def test_translation_is_near(vocabulary):
    assert nearness(vocabulary, "sickness", "sygefravær") > nearness(vocabulary, "sickness", "kantine")


def test_numbers_are_near_only_to_themselves(vocabulary):
    vector = load_embedder().embed_query("2022")
    assert vocabulary.nearness("2022", vector).max() == 0
    assert nearness(vocabulary, "2021", "2021") == 1
