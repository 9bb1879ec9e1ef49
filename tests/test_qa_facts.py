"""Which fact a question asks for, and where a sentence gives one of its kind."""

import pytest

from qa.facts import asked_fact, gives_reason, meaning_in, places_of_its_number, value_in
from qa.models import FactKind


@pytest.mark.parametrize(
    ("text", "kind", "of"),
    [
        ("Hvad koster licensen?", FactKind.MONEY, None),
        ("Hvor mange penge er der i puljen?", FactKind.MONEY, None),
        ("How much will the packages cost?", FactKind.MONEY, None),
        ("Hvor mange procent er sygefraværet?", FactKind.SHARE, None),
        ("Hvor mange elever går der på skolen?", FactKind.COUNT, "elever"),
        ("How many homes does it allow?", FactKind.COUNT, "homes"),
        ("Hvor længe gælder aftalen?", FactKind.DURATION, None),
        ("hvor lang skal kontrakten være?", FactKind.DURATION, None),
        ("Hvad er lønnen for lederen?", FactKind.FIGURE, None),
        ("Hvad er merforbruget på it?", FactKind.FIGURE, None),
        ("Hvornår mødes udvalget?", FactKind.TIME, None),
        ("SCF-seminar: hvornår skal vi vide, hvor mange der kommer?", FactKind.TIME, None),
        ("Hvem står for oplægget?", FactKind.PERSON, None),
        ("Hvilket rekrutteringsfirma blev valgt?", FactKind.NAME, "rekrutteringsfirma"),
        ("hvorfor netop 30 dage?", FactKind.REASON, None),
        ("hvor meget koster det?", FactKind.MONEY, None),
        ("hvordan finansieres det?", FactKind.FUNDING, None),
        ("And how will it be paid for?", FactKind.FUNDING, None),
        ("Hvad betyder SCF?", FactKind.MEANING, "scf"),
        ("What does MED stand for?", FactKind.MEANING, "med"),
    ],
)
def test_fact_that_is_asked_for(text, kind, of):
    fact = asked_fact(text, "da")
    assert (fact.kind, fact.of) == (kind, of)


@pytest.mark.parametrize(
    "text",
    [
        "Hvad blev besluttet om Citrix?",
        "Hvad er besluttet om udmøntning af budget 2021?",
        "sygefravær",
        "Hvilke sager blev udsat?",
        "Hvem godkendte strategien?",
        "Who approved the strategy?",
        "What did Nordfyn's executive board decide on pay, and when is it back?",
        "Hvad blev der besluttet om vejen, og hvem følger op?",
        "",
    ],
)
def test_questions_for_a_decision_ask_for_no_fact(text):
    assert asked_fact(text, "da") is None


def test_a_count_of_nothing_but_small_words_asks_for_any_number():
    assert asked_fact("hvor mange er det?", "da").of is None


@pytest.mark.parametrize(
    ("kind", "sentence", "value"),
    [
        (FactKind.MONEY, "Det svarer til 9,0 mio. kr. om året.", "9,0 mio. kr."),
        (FactKind.MONEY, "TeknikDok    212.000    01.10.2021", "212.000"),
        (FactKind.SHARE, "Fraværet var 4,9 % i marts.", "4,9 %"),
        (FactKind.FIGURE, "I 2021 stiger taksten den 1. august med 90 kr.", "90 kr."),
        (FactKind.FIGURE, "Covid-19 gav et fravær på 8%.", "8%"),
        (FactKind.DURATION, "Hvert modul tager cirka 20 min.", "20 min."),
        (FactKind.TIME, "Næste møde er den 23. maj 2019 kl. 15.00.", "Næste møde"),
        (FactKind.DURATION, "Hun har været leder siden 1. februar 2018.", "siden 1. februar 2018"),
        (FactKind.TIME, "Udsendes i uge 26.", "uge 26"),
        (FactKind.TIME, "Ulla Holm (B) forlod mødet efter behandlingen af dette punkt.", "efter behandlingen af dette"),
        (FactKind.PERSON, "Punktet blev fremlagt af Heidi Schönberg.", "Heidi Schönberg"),
        (FactKind.PERSON, "Mads Toftegaard (A) indstilles.", "Mads Toftegaard"),
        (FactKind.PERSON, "Økonomichefen udarbejder et oplæg.", "Økonomichefen"),
        (FactKind.PERSON, "I stedet for Ulla Holm (B) mødte Line Mørch (B).", "Ulla Holm"),
        (FactKind.FUNDING, "Udgiften afholdes inden for rammen.", "afholdes inden"),
    ],
)
def test_value_of_a_kind(kind, sentence, value):
    start, end = value_in(kind, sentence, None)
    assert sentence[start:end].startswith(value)


def test_times_of_an_agenda_are_no_figures():
    assert value_in(FactKind.FIGURE, "Kl. 09.00 - 09.20\tØkonomioversigt", None) is None


def test_number_at_the_head_of_a_list_counts_nothing():
    assert value_in(FactKind.COUNT, "2. der ansættes medarbejdere", [(16, 28)]) is None


def test_a_number_must_stand_by_what_it_counts():
    sentence = "Uge 17: oplysninger om ansatte i dag; 640 lønsedler sendes på papir."
    assert value_in(FactKind.COUNT, sentence, [(23, 30)]) is None
    start, end = value_in(FactKind.COUNT, sentence, [(42, 51)])
    assert sentence[start:end] == "640"


@pytest.mark.parametrize(
    ("sentence", "meaning"),
    [
        ("Det drøftes i Strategisk Chefforum (SCF) i maj.", "Strategisk Chefforum"),
        ("SCF (Strategisk Chefforum) mødes i maj.", "Strategisk Chefforum"),
        ("Det drøftes i SCF (jf. SCFs plan).", None),
        ("Det drøftes i SCF.", None),
    ],
)
def test_meaning_of_an_abbreviation(sentence, meaning):
    found = meaning_in(sentence, "scf")
    assert (found and sentence[slice(*found)]) == meaning


def test_what_the_question_itself_names_is_no_answer():
    sentence = "Ulla Holm (B) - Line Mørch (B) mødte som stedfortræder."
    start, end = value_in(FactKind.PERSON, sentence, None, ("stedfortræder", "ulla", "holm"))
    assert sentence[start:end] == "Line Mørch"


def test_no_small_word_is_an_abbreviation_of_a_department():
    assert value_in(FactKind.PERSON, "Emner, der drøftes med borgeren.", None) is None


@pytest.mark.parametrize(
    ("sentence", "gives"),
    [
        ("Merforbruget skyldes, at systemet blev forsinket.", True),
        ("Høringen udsættes af hensyn til ferien.", True),
        ("Prisen stiger, da der er kommet flere brugere.", True),
        ("Prisen var lavere, da sagen sidst blev behandlet.", False),
        ("Merforbruget er på 2 mio. kr.", False),
    ],
)
def test_sentence_that_gives_a_reason(sentence, gives):
    assert gives_reason(sentence) is gives


@pytest.mark.parametrize(
    ("head", "sentence", "number"),
    [
        ("elever", "Elevtallet er 312 i år.", "312"),
        ("indbyggere", "Der er en stigning, hvor befolkningstallet er 7.211.", "7.211"),
        ("residents", "Folketallet var 7.211.", "7.211"),
        ("ansatte", "Befolkningstallet er 7.211.", None),
        ("elever", "Elevtallet er 5 % højere.", None),
        ("elever", "Elevtallet er 12 færre end i fjor.", None),
        ("elever", "Elevtalenter er 4 i år.", None),
    ],
)
def test_what_is_counted_by_a_word_for_its_number(head, sentence, number):
    place = value_in(FactKind.COUNT, sentence, places_of_its_number(head, sentence), ())
    assert (place and sentence[slice(*place)]) == number
