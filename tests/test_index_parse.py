"""Parsing in small: each test's docstring is the minutes that it is about."""

import datetime as dt

import pytest

from index.errors import DocumentError
from index.models import Outcome, SectionKind
from index.parse import parse_minutes
from index.read import read_document


def test_numbered_list_in_a_case_is_no_row_of_items(parsed):
    """
    Referat
    Direktionen
    7. maj 2019 kl. 10:00
    Sundby Kommune

    1	Budget	3
    2	Plan for rådhuset	4
    3	Lys i mørket	6

    1. Budget
    00.30.02-S00-1-19/ Anne Bo
    Direktionen, den 7. maj 2019
    Godkendt.

    2. Plan for rådhuset
    00.30.02-S00-2-19/ Anne Bo

    Sagsbeskrivelse

    Rækkefølgen er:

    1. Sikring
    2. Venteområder
    3. Lysning

    3. Lysning

    Vægge males hvide.

    Direktionen, den 7. maj 2019
    Drøftet.

    3. Lys i mørket
    00.30.02-S00-3-19/ Anne Bo
    Direktionen, den 7. maj 2019
    Udsat.
    """
    meeting, problems = parsed
    assert [(item.number, item.title) for item in meeting.items] == [
        ("1", "Budget"),
        ("2", "Plan for rådhuset"),
        ("3", "Lys i mørket"),
    ]
    assert [item.decision for item in meeting.items] == ["Godkendt.", "Drøftet.", "Udsat."]
    assert meeting.items[0].case_worker == "Anne Bo"
    assert problems == ()


def test_decision_of_an_earlier_meeting_is_not_the_decision(parsed):
    """
    Referat
    Økonomiudvalget
    15. september 2020 kl. 08:30
    Sundby Kommune

    Punkt 1: Tagrenovering

    Indstilling

    Det indstilles, at taget renoveres.

    Økonomiudvalget, 8. september 2020, pkt. 2:

    Udsat til næste møde.

    GENOPTAGELSE 15. SEPTEMBER 2020

    Der er indhentet nye tilbud.

    Økonomiudvalget, den 15. september 2020

    Godkendt.

    Punkt 2: Eventuelt

    Økonomiudvalget, den 15. september 2020

    -
    """
    meeting, _ = parsed
    roof, other = meeting.items
    assert (roof.decision, roof.outcome) == ("Godkendt.", Outcome.APPROVED)
    earlier = roof.earlier_decisions[0]
    assert (earlier.body, earlier.date, earlier.item) == ("Økonomiudvalget", dt.date(2020, 9, 8), "2")
    assert earlier.text == "Udsat til næste møde."
    assert (other.decision, other.outcome) == ("-", Outcome.NO_DECISION)


def test_beslutning_as_a_value_is_no_decision_heading(parsed):
    """
    REFERAT Direktionen d. 03-09-2018
    Mødedato Mandag d. 03. september 2018 kl. 12:30

    Punkt 1: Udbud
    Sagsfremstilling
    1. Udbud
    Åbent
    Sagsnr.: 326-2018-23759 J.nr.: 00.01.00 Dokumentnr.: 326-2018-200916
    Sagstype
    Beslutning
    Resume og sagens baggrund
    Retningslinjer for udbud i Kalundborg Kommune.
    Direktionens møde den 3. september 2018:
    Godkendt.

    Punkt 2: Lukket: Personalesag
    """
    meeting, _ = parsed
    tender, closed = meeting.items
    assert (tender.case_type, tender.decision) == ("Beslutning", "Godkendt.")
    assert (tender.case_number, tender.journal_number, tender.document_number) == (
        "326-2018-23759",
        "00.01.00",
        "326-2018-200916",
    )
    assert (closed.closed, closed.outcome, closed.decision) == (True, Outcome.CLOSED, None)
    assert meeting.municipality == "Kalundborg"


def test_decision_that_begins_with_the_word_of_a_heading(parsed):
    """
    Referat af møde i Økonomiudvalget
    Den 15.06.2021 kl. 08:30 i Byrådsstuen

    Punkt 1: Budgetaftale

    Beslutning

    Bilag godkendt som redskab til opfølgning.

    Bilag

    - [Budgetaftale 2021](#)
    - [Tidsplan \\(version 2\\).pdf](#)
    """
    meeting, _ = parsed
    assert meeting.items[0].decision == "Bilag godkendt som redskab til opfølgning."
    assert [attachment.name for attachment in meeting.items[0].attachments] == [
        "Budgetaftale 2021",
        "Tidsplan \\(version 2\\).pdf",
    ]


def test_absence_at_the_head_of_a_decision_is_not_part_of_it(parsed):
    """
    Kulturudvalget – Referat – 3. oktober 2018

    1. Godkendelse af dagsorden

    Sagsnr.: 388-2018-1204    Åbent
    Beslutning i Kulturudvalget den 3. oktober 2018:
    Fraværende: Birthe Holm (V)
    Godkendt.

    2. Kontraktforhold

    Sagsnr.: 388-2018-61190    Lukket
    """
    meeting, _ = parsed
    assert meeting.items[0].decision == "Godkendt."
    assert [section.kind for section in meeting.items[0].sections].count(SectionKind.ATTENDANCE) == 1
    assert [item.closed for item in meeting.items] == [False, True]


def test_attachment_wrapped_over_two_lines_is_one(parsed):
    """
    Referat af møde i Børneudvalget
    Den 12.04.2021 kl. 08:30

    Punkt 1: Takster

    Bilag

    Takster nye pr. 01.08.21 (opd.
    06.04.21)

    326-2021-
    84531

    Beslutning

    Anbefales.

    Bilag

    Takster nye pr. 01.08.21 (opd. 06.04.21)
    """
    meeting, _ = parsed
    attachments = meeting.items[0].attachments
    assert [(attachment.name, attachment.document_number) for attachment in attachments] == [
        ("Takster nye pr. 01.08.21 (opd. 06.04.21)", "326-2021-84531")
    ]


def test_entry_of_the_contents_without_an_item_is_a_problem(parsed):
    """
    REFERAT Direktionen d. 03-09-2018
    Nordfyns Kommune

    Indholdsfortegnelse

    Budget 2019.....3
    Skolernes ferieplan.....4
    Eventuelt.....5

    Punkt 1: Budget 2019

    Beslutning

    Godkendt.

    Punkt 3: Eventuelt

    Beslutning

    Intet.
    """
    meeting, problems = parsed
    assert meeting.municipality == "Nordfyn"
    assert len(meeting.items) == 2
    assert [problem.line for problem in problems] == [4]
    assert "Skolernes ferieplan" in problems[0].message


def test_page_furniture_tears_no_decision(parsed):
    """
    Hovedudvalget
    Torsdag den 3. marts 2016 kl. 13:00
    Hvidemose Kommune

    1. Sygefravær
    16/2750
    Beslutning i Hovedudvalget den 03-03-2016
    Taget til

                                                                                        1
    Hvidemose Kommune
    Hovedudvalget                                                              03-03-2016

    efterretning.

    2. Lønsedler
    15/19904
    Beslutning i Hovedudvalget den 03-03-2016
    Godkendt.

                                                                                        2
    Hvidemose Kommune
    Hovedudvalget                                                              03-03-2016

    3. Eventuelt
    16/112
    Beslutning i Hovedudvalget den 03-03-2016
    Intet.

                                                                                        3
    Hvidemose Kommune
    Hovedudvalget                                                              03-03-2016
    """
    meeting, _ = parsed
    assert [item.decision.split() for item in meeting.items] == [
        ["Taget", "til", "efterretning."],
        ["Godkendt."],
        ["Intet."],
    ]
    assert [item.case_number for item in meeting.items] == ["16/2750", "15/19904", "16/112"]


def test_decision_of_another_body_in_the_same_item_is_an_earlier_one(parsed):
    """
                                   STRANDMØLLE KOMMUNE

    Referat af møde i
    Kommunalbestyrelsen
    Mødetidspunkt 29-08-2016 18:00

    1 (Åben) Lokalplan 188

    Sags ID: EMN-2016-01422

    Beslutninger
    Byplanudvalget den 11-08-2016
    Anbefales til Kommunalbestyrelsen.
    Kommunalbestyrelsen den 29-08-2016
    Vedtaget.

    2 (Lukket) Køb af ejendom
    """
    meeting, _ = parsed
    plan, bought = meeting.items
    assert (meeting.municipality, meeting.body, meeting.start_time) == ("Strandmølle", "Kommunalbestyrelsen", "18:00")
    assert (plan.decision, plan.outcome, plan.case_number) == ("Vedtaget.", Outcome.APPROVED, "EMN-2016-01422")
    assert [earlier.body for earlier in plan.earlier_decisions] == ["Byplanudvalget"]
    assert bought.closed and bought.title == "Køb af ejendom"


def test_chain_with_body_date_and_item_on_lines_of_their_own(parsed):
    """
    Sundby Kommune
    Sundhedsudvalget
    Referat
    25. august 2025 kl. 15:15

    Punkt 1: Plejehjem i Vest
    EMN-2025-010561

    Beslutninger
    Udvalget tiltrådte indstillingen.

    Indstilling
    Det indstilles, at planen godkendes.

    Sagsforløb
    Magistraten
    18-08-2025
    Punkt 4
    Anbefales.

    Byrådet
    20-06-2025
    Udsat.

    Punkt 2: Eventuelt

    Beslutninger
    Intet.
    """
    home, _ = parsed[0].items
    assert home.decision == "Udvalget tiltrådte indstillingen."
    assert [(earlier.body, earlier.date, earlier.item, earlier.text) for earlier in home.earlier_decisions] == [
        ("Magistraten", dt.date(2025, 8, 18), "4", "Anbefales."),
        ("Byrådet", dt.date(2025, 6, 20), None, "Udsat."),
    ]


def test_titles_stand_in_the_agenda_and_the_text_beside_the_number(parsed):
    """
    Referat fra møde i Børneområdets MED-udvalg
    Holbæk Kommune
    Tirsdag den 3. marts 2020 kl. 9-11

    Dagsorden:
    1) Godkendelse af referat
    2) Sygefravær
    3) Budget 2021
    4) Lukket punkt - personalesag
    5) Nyt fra formanden

    Ad 1: Referatet blev godkendt.

    Ad 2: Fraværet er steget. Der er to årsager:
    1) Influenza
    2) Stress

    Udvalget tog orienteringen til efterretning.

    Ad 3: Budgettet blev gennemgået.
    Det blev aftalt, at der indkaldes til et ekstra møde i april.

    Ad 5: Formanden bød velkommen.
    """
    meeting, problems = parsed
    assert [(item.number, item.title, item.closed, item.decision) for item in meeting.items] == [
        ("1", "Godkendelse af referat", False, "Referatet blev godkendt."),
        ("2", "Sygefravær", False, "Udvalget tog orienteringen til efterretning."),
        (
            "3",
            "Budget 2021",
            False,
            "Budgettet blev gennemgået.\nDet blev aftalt, at der indkaldes til et ekstra møde i april.",
        ),
        ("4", "personalesag", True, None),
        ("5", "Nyt fra formanden", False, None),
    ]
    assert problems == ()


def test_numbers_begin_anew_in_the_closed_group(parsed):
    """
    Fredensborg Kommune
    Seniorudvalget
    Tirsdag den 04-12-2012 kl. 17:00

    Åbne sager
    1       Kvalitetsstandarder 2013                                  3
    2       Meddelelser                                               5

    Lukkede sager
    1       Klagesag                                                  6


    Åbne sager

    1  Kvalitetsstandarder 2013
    Sagsnr.  12/22011

    3  standarder er ændret:
    1  Rengøring
    2  Tøjvask

    Beslutning i Ældrerådet den 20-11-2012:
    Ældrerådet støtter forslaget.

    Beslutning i Seniorudvalget den 04-12-2012:
    Ikke til stede: Ulla Holm (L).

    Godkendt.

    2  Meddelelser
    Sagsnr.  12/100

    Beslutning:
    Ingen.

    Lukkede sager

    1  Klagesag
    Sagsnr.  12/4444

    Beslutning:
    Klagen afvist.
    """
    meeting, problems = parsed
    assert [(item.number, item.title, item.closed, item.decision) for item in meeting.items] == [
        ("1", "Kvalitetsstandarder 2013", False, "Godkendt."),
        ("2", "Meddelelser", False, "Ingen."),
        ("1", "Klagesag", True, "Klagen afvist."),
    ]
    assert problems == ()


def test_a_decision_torn_by_a_page_is_quoted_in_its_parts(parsed):
    """
    Faxe Kommune
    Byrådet
    14. marts 2024

    1. Budget
    Sagsnr. 24/100

    Beslutning
    Udsat, fordi tallene for skolerne

    Faxe Kommune · Byrådet · 14-03-2024          Side 1 af 2

    skal regnes efter.

    2. Eventuelt

    Beslutning
    Intet.
    """
    meeting, _ = parsed
    budget = meeting.items[0]
    decision = next(section for section in budget.sections if section.kind is SectionKind.DECISION)
    assert budget.decision == "Udsat, fordi tallene for skolerne\nskal regnes efter."
    assert [part.of(meeting.text).strip() for part in meeting.unbroken(decision.body)] == [
        "Udsat, fordi tallene for skolerne",
        "skal regnes efter.",
    ]
    assert [edit.source.strip() for edit in meeting.edits] == [
        "Faxe Kommune · Byrådet · 14-03-2024          Side 1 af 2"
    ]


def test_prose_is_no_minutes(document):
    """
    Kære Anne

    Tak for sidst. Vi ses på tirsdag.
    """
    with pytest.raises(DocumentError, match="no agenda items were found"):
        parse_minutes(read_document(document))
