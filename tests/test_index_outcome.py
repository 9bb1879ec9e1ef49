"""Outcomes: what Danish decisions say, and what they only seem to say."""

import pytest

from index.models import Outcome
from index.outcome import read_decision


@pytest.mark.parametrize(
    ("decision", "outcome"),
    [
        ("Godkendt.", Outcome.APPROVED),
        ("Vedtaget med 10 stemmer (A, B) mod 2 (Ø).", Outcome.APPROVED),
        ("Godkendt, idet Lars Holm (V) stemte imod.", Outcome.APPROVED),
        ("Godkendt, idet Liste A og Liste B undlod at stemme.", Outcome.APPROVED),
        ("Tiltrådt. Der evalueres i december.", Outcome.APPROVED),
        ("Indstillingen godkendes.", Outcome.APPROVED),
        ("Udvalget drøftede og godkendte planen.", Outcome.APPROVED),
        ("Der holdes lukket mellem jul og nytår.", Outcome.APPROVED),
        ("Godkendt med den tilføjelse, at planen evalueres.", Outcome.APPROVED_WITH_CHANGES),
        ("Godkendt, idet punkt 3 udgår.", Outcome.APPROVED_WITH_CHANGES),
        ("Planen blev godkendt med følgende bemærkninger:\n- Tidsplanen rykkes.", Outcome.APPROVED_WITH_CHANGES),
        ("Dispensation meddeles.", Outcome.APPROVED),
        ("Dispensation meddeles ikke.", Outcome.REJECTED),
        ("Udvalget følger ikke indstillingen.", Outcome.REJECTED),
        ("Sagen trækkes.", Outcome.WITHDRAWN),
        ("Sagen er aflyst.", Outcome.WITHDRAWN),
        ("Anbefales.", Outcome.RECOMMENDED),
        ("Indstillingen anbefales godkendt.", Outcome.RECOMMENDED),
        ("Indstilles godkendt.", Outcome.RECOMMENDED),
        ("Taget til efterretning.", Outcome.NOTED),
        ("Til efterretning.", Outcome.NOTED),
        ("Taget til efterretning med den tilføjelse, at det haster.", Outcome.NOTED),
        ("Orientering foretaget.", Outcome.NOTED),
        ("Der blev givet en status på budgettet.", Outcome.NOTED),
        ("Chefen gennemgik strategien, som blev godkendt i maj.", Outcome.NOTED),
        ("Drøftedes.", Outcome.DISCUSSED),
        ("Direktionen drøftede planen, som senere godkendes i byrådet.", Outcome.DISCUSSED),
        ("Drøftedes. Sagen tages op igen.", Outcome.POSTPONED),
        ("Sagen udsat til næste møde.", Outcome.POSTPONED),
        ("Udsat.", Outcome.POSTPONED),
        ("Oversendt til Økonomiudvalget.", Outcome.REFERRED),
        ("Sendes i høring i otte uger.", Outcome.HEARING),
        ("Ikke godkendt.", Outcome.REJECTED),
        ("Forslaget blev forkastet.", Outcome.REJECTED),
        ("Udgået.", Outcome.WITHDRAWN),
        ("Byrådet godkender indstillingen.", Outcome.APPROVED),
        ("Ændringsforslaget blev forkastet. Indstillingen blev herefter godkendt.", Outcome.APPROVED),
        ("Godkendt. Pkt. 4 udsættes.", Outcome.APPROVED),
        ("Godkendt. Punktet vender tilbage i maj.", Outcome.APPROVED),
        ("Godkendt, idet det bemærkes, at Lone Hansen var inhabil.", Outcome.APPROVED),
        ("Godkendt, idet Ø undlod at stemme.", Outcome.APPROVED),
        ("Tiltrædes indstillet.", Outcome.RECOMMENDED),
        ("Økonomiudvalget indstiller til Byrådet, at planen godkendes.", Outcome.RECOMMENDED),
        ("Udvalget udsatte sagen.", Outcome.POSTPONED),
        ("Direktionen besluttede at udsætte sagen.", Outcome.POSTPONED),
        ("Udvalget besluttede at sende sagen tilbage til forvaltningen.", Outcome.REFERRED),
        ("Udvalget besluttede at sende forslaget i høring.", Outcome.HEARING),
        ("Udvalget besluttede at godkende planen.", Outcome.APPROVED),
        ("Udvalget besluttede ikke at godkende planen.", Outcome.OTHER),
        ("Godkendt, idet det blev besluttet at evaluere ordningen.", Outcome.APPROVED_WITH_CHANGES),
        ("Godkendt, idet det besluttedes at udskyde ikrafttrædelsen.", Outcome.APPROVED_WITH_CHANGES),
        ("Sagen blev drøftet, og udvalget besluttede at godkende planen.", Outcome.APPROVED),
        ("Det anbefales, at Byrådet beslutter at godkende planen.", Outcome.RECOMMENDED),
        ("Planen blev godkendt og ikke udsat.", Outcome.APPROVED),
        ("Godkendt dog ikke punkt 3.", Outcome.APPROVED_WITH_CHANGES),
        ("Planen godkendtes dog ikke.", Outcome.REJECTED),
        ("Udvalget afviser forslaget.", Outcome.REJECTED),
        ("Afslag.", Outcome.REJECTED),
        ("Der gives afslag på ansøgningen.", Outcome.REJECTED),
        ("Anbefales ikke.", Outcome.REJECTED),
        ("Udvalget kan ikke godkende planen.", Outcome.REJECTED),
        ("Ansøgningen kan ikke imødekommes.", Outcome.REJECTED),
        ("Forvaltningen orienterede. Regionen har afvist ansøgningen.", Outcome.NOTED),
        ("Orientering om den af Byrådet godkendte plan.", Outcome.NOTED),
        ("Drøftedes. Direktionen besluttede ikke noget.", Outcome.DISCUSSED),
        ("Forslaget afvises ikke.", Outcome.OTHER),
        ("Der ydes ikke tilskud.", Outcome.OTHER),
        ("Der afsættes ingen midler.", Outcome.OTHER),
        ("Taget til orientering.", Outcome.NOTED),
        ("Sagen trækkes tilbage.", Outcome.WITHDRAWN),
        ("Intet.", Outcome.NO_DECISION),
        ("-", Outcome.NO_DECISION),
        ("", Outcome.NO_DECISION),
        ("Borgmesteren taler med naboerne.", Outcome.OTHER),
        ("Der arbejdes ud fra en fælles linje.", Outcome.OTHER),
    ],
)
def test_outcome(decision, outcome):
    assert read_decision(decision).outcome is outcome


def test_postponed_is_also_discussed():
    assert read_decision("Drøftedes. Sagen tages op igen.").outcomes == (Outcome.POSTPONED, Outcome.DISCUSSED)


def test_condition_travels_with_the_outcome():
    reading = read_decision("Taget til efterretning med den tilføjelse, at det haster.")
    assert reading.conditions == ("med den tilføjelse, at det haster.",)


def test_remarks_in_a_list_are_the_conditions():
    reading = read_decision("Godkendt med følgende bemærkninger:\n\n- Formål skal uddybes.\n- Uge 26 ønskes.\n\nSlut.")
    assert reading.conditions == ("- Formål skal uddybes.", "- Uge 26 ønskes.")


def test_closed_item_without_decision_is_closed():
    assert read_decision("", closed=True).outcome is Outcome.CLOSED


def test_what_was_asked_for_is_heard_only_where_the_decision_says_nothing():
    asked = "Sekretariatet indstiller, at sagen drøftes."
    assert read_decision("Der følges op på indsatsen.", recommendation=asked).outcome is Outcome.DISCUSSED
    assert read_decision("Godkendt.", recommendation=asked).outcome is Outcome.APPROVED


@pytest.mark.parametrize(
    "decision",
    [
        "Anbefales. Sarah Lind (Ø) tager forbehold.",
        "Godkendt. Per Hørby (L) ønsker tilføjet, at prisen er for høj.",
        "Godkendt med den bemærkning, at taget skal være sort.",
        "Anbefales med 3 stemmer mod 1, idet Marie Hatt ønsker, at hallen bygges ny.",
    ],
)
def test_views_and_conditions_oblige_nobody(decision):
    assert read_decision(decision).follow_ups == ()


@pytest.mark.parametrize(
    ("decision", "who", "due"),
    [
        ("Godkendt. Staben udsender besked senest 24. september.", "Staben", "2020-09-24"),
        ("Taget til efterretning. Direktionen ønsker en status om ca. 3 måneder.", None, "om ca. 3 måneder"),
        ("Drøftedes. Økonomi og Løn udarbejder et notat til næste møde.", "Økonomi og Løn", "til næste møde"),
        ("Godkendt. HR inddrages i processen.", None, None),
        ("Drøftet. Lars skriver udkastet om.", "Lars", None),
        ("Vedtaget. Første opfølgning sker i oktober 2021.", None, "i oktober 2021"),
        ("Sendes tilbage til forvaltningen med henblik på en ny beregning.", "forvaltningen", None),
        ("Godkendt, idet ordningen evalueres efter et år.", None, "efter et år"),
    ],
)
def test_follow_up(decision, who, due):
    (follow_up,) = read_decision(decision, year=2020).follow_ups
    assert (follow_up.who, follow_up.due) == (who, due)
    assert follow_up.text in decision
