import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.danish import content_words, fold, sentences, terms, words

DANISH = st.text("abcdefgæøåÆØÅ .,-\n0123456789")


@pytest.mark.parametrize(("one", "other"), [("høringssvar", "hoeringssvar"), ("Ågade", "aagade"), ("Ærø", "aeroe")])
def test_spellings_of_a_letter_are_one(one, other):
    assert fold(one) == fold(other)


def test_forms_of_a_word_share_a_stem():
    assert terms("ejendomsskatter") == terms("ejendomsskat")
    assert terms("kantinerne") == terms("kantine")


def test_identifier_stays_whole_and_stands_in_parts():
    assert words("sag 326-2021-13238") == ["sag", "326-2021-13238", "326", "2021", "13238"]


def test_content_words_leave_out_what_only_asks():
    assert content_words("Hvad blev der sagt om en ny kantine til de ansatte?") == ["sagt", "ny", "kantine", "ansatte"]


@given(DANISH)
def test_words_do_not_depend_on_composition(text):
    composed = unicodedata.normalize("NFC", text)
    assert words(composed) == words(unicodedata.normalize("NFC", unicodedata.normalize("NFD", text)))


@given(DANISH)
def test_sentences_hold_every_word_in_order(text):
    found = sentences(text)
    assert all(start < end for start, end in found)
    assert "".join(text[start:end] for start, end in found).split() == text.split() or "".join(
        "".join(text[start:end] for start, end in found).split()
    ) == "".join(text.split())


def test_abbreviation_ends_no_sentence():
    text = "Der afsættes ca. 1,2 mio. kr. til bl.a. skoler. Resten udsættes til d. 3. maj."
    assert [text[start:end] for start, end in sentences(text)] == [
        "Der afsættes ca. 1,2 mio. kr. til bl.a. skoler.",
        "Resten udsættes til d. 3. maj.",
    ]
