import sqlite3

import pytest

from index import tables
from index import vocabulary as words_table
from index.danish import fold
from index.dense import DenseIndex
from index.embed import load_embedder
from index.postings import Postings, PostingsWriter, write_postings
from index.vocabulary import SAME_STEM, Vocabulary

SPELLED = [
    "2021",
    "afskedigelse",
    "applikationsstrategi",
    "arbejdsmarkedspolitisk",
    "bosætningsstrategi",
    "høringssvar",
    "kantine",
    "lejer",
    "leje",
    "strategi",
    "sygefravær",
    "æble",
]


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory):
    return vocabulary_of(SPELLED, tmp_path_factory.mktemp("words") / "words")


def vocabulary_of(spelled, stem):
    spelled = sorted(spelled, key=fold)
    connection = sqlite3.connect(":memory:")
    tables.create(connection)
    words_table.fill(connection, ((fold(word), word) for word in spelled))
    tables.create_indexes(connection)
    DenseIndex.build(load_embedder().embed_passages(spelled), stem)
    writer = PostingsWriter()
    writer.add(range(len(spelled)), [])
    write_postings(stem.with_name("postings"), writer.finish())
    return Vocabulary(connection, DenseIndex(stem), Postings(stem.with_name("postings"), items=1))


def near(vocabulary, *words):
    """{word: nearness} of what is near to the first of the words."""
    vectors = load_embedder().embed_passages([vocabulary.spelling_of(word) for word in words])
    found = vocabulary.near([fold(word) for word in words], vectors)[0]
    spelled = sorted(SPELLED, key=fold)
    return {spelled[place]: value for place, value in zip(found.ids, found.nearness, strict=True)}


def nearness(vocabulary, word, to):
    return near(vocabulary, word).get(to, 0)


def test_same_word_in_any_spelling_is_nearest(vocabulary):
    assert nearness(vocabulary, "hoeringssvar", "høringssvar") == 1


def test_forms_of_a_word_are_near(vocabulary):
    assert nearness(vocabulary, "kantinerne", "kantine") >= 0.9


def test_slip_of_the_pen_is_near(vocabulary):
    assert nearness(vocabulary, "aplikationsstrategi", "applikationsstrategi") >= 0.8


def test_compound_and_its_part_are_near(vocabulary):
    assert nearness(vocabulary, "strategi", "bosætningsstrategi") >= 0.6
    assert 0.4 <= nearness(vocabulary, "skolestrategi", "strategi") < SAME_STEM


def test_translation_is_near(vocabulary):
    assert nearness(vocabulary, "sickness", "sygefravær") > nearness(vocabulary, "sickness", "kantine")


def test_numbers_are_near_only_to_themselves(vocabulary):
    assert near(vocabulary, "2022") == {}
    assert near(vocabulary, "2021") == {"2021": 1}


def test_words_that_belong_together_are_tried_as_one(vocabulary):
    assert near(vocabulary, "arbejdsmarkeds", "politisk")["arbejdsmarkedspolitisk"] >= 0.8


def test_nearest_words_come_first(vocabulary):
    vector = load_embedder().embed_query("strategi")
    found = vocabulary.near(["strategi"], vector[None, :])[0]
    assert list(found.nearness) == sorted(found.nearness, reverse=True)
    assert found.nearness[0] == 1 and len(found.stems) == len(found.ids) == len(found.item_counts)


@pytest.mark.parametrize(
    ("written", "meant", "slips"),
    [("kantien", "kantine", 1), ("katnine", "kantine", 1), ("antine", "kantine", 1), ("kantinee", "kantine", 1)]
    + [("aplikationsstratgi", "applikationsstrategi", 2), ("bosætingstrategi", "bosætningsstrategi", 2)],
)
def test_a_slip_anywhere_is_found(vocabulary, written, meant, slips):
    assert nearness(vocabulary, written, meant) >= 1 - 0.13 * slips


def test_a_slip_in_the_middle_of_a_word_of_any_length_is_found(tmp_path):
    words = ["leje", "lejer", "lejere", "lejerne", "lejernes"]
    vocabulary = vocabulary_of(words, tmp_path / "words")
    for word in words:
        for place in range(len(word) - 1):
            swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
            assert vocabulary.id_of(word) in vocabulary._spelled_like(swapped), swapped


def test_numbers_are_never_joined(tmp_path):
    held = vocabulary_of(["2016", "0000010", "20160000011"], tmp_path / "words")
    vectors = load_embedder().embed_passages(["2016", "0000010"])
    assert [near.words for near in held.near(["2016", "0000010"], vectors)] == [("2016",), ("0000010",)]


def test_a_small_word_is_what_no_other_word_means(tmp_path):
    assert load_embedder().embed_query("herfra") @ load_embedder().embed_query("fra") > 0.4  # of the same pieces
    vocabulary = vocabulary_of(["fra", "dyr"], tmp_path / "words")
    found = vocabulary.near(["herfra"], load_embedder().embed_passages(["herfra"]))[0]
    assert "fra" not in found.words
    assert vocabulary.near(["fra"], load_embedder().embed_passages(["fra"]))[0].words[0] == "fra"


def test_a_letter_missed_or_two_changed_round_is_one_slip_with_rings_too(tmp_path):
    vocabulary = vocabulary_of(["sygefravaer", "michael"], tmp_path / "words")
    for word, meant in (("sygefravr", "sygefravaer"), ("micheal", "michael")):
        found = vocabulary.near([word], load_embedder().embed_passages([word]))[0]
        assert found.words[0] == meant and found.nearness[0] > 0.8


def test_what_is_of_a_place_is_near_to_it(tmp_path):
    vocabulary = vocabulary_of(["fynske", "fynboer"], tmp_path / "words")
    found = vocabulary.near(["fyn"], load_embedder().embed_passages(["fyn"]))[0]
    assert found.words[0] == "fynske" and found.nearness[0] > 0.9
