"""Forms that minutes take, in small: each test's docstring is the minutes that it is about."""

from index.models import SectionKind


def decisions(parsed) -> list[tuple[str, str, str | None]]:
    return [(item.number, item.title, item.decision) for item in parsed[0].items]


def test_table_of_items_is_read_by_its_columns(parsed):
    """
    Sundby Skole
    Skolebestyrelsen
    Referat 22. januar 2019

    Pkt.	Emne	Drøftelse	Referat
    1.	Godkendelse af dagsorden	Udsendt i går	Godkendt.
    2.	Nye regler for brug af det store lokale på første sal i bygning B	Vi så på støj	Lis undersøger priser.
    3.	Eventuelt
    """
    assert decisions(parsed) == [
        ("1", "Godkendelse af dagsorden", "Godkendt."),
        ("2", "Nye regler for brug af det store lokale på første sal i bygning B", "Lis undersøger priser."),
        ("3", "Eventuelt", None),
    ]


def test_table_of_what_was_done_within_an_item_is_no_table_of_items(parsed):
    """
    Sundby Kommune
    Direktionen
    4. maj 2021

    Punkt 1: Opfølgning

    Nr.	Sag	Beslutning
    1	Citrix	Godkendt
    2	Biler	Udsat
    3	Huse	Godkendt

    Beslutning
    Taget til efterretning.

    Punkt 2: Eventuelt

    Beslutning
    Intet.
    """
    assert [number for number, _, _ in decisions(parsed)] == ["1", "2"]
    assert parsed[0].items[0].decision == "Taget til efterretning."


def test_chain_in_lines_ends_in_the_decision_on_top(parsed):
    """
    Sundby Kommune
    Byrådet
    13-11-2024

    Punkt 7: Skolegård

    Beslutninger
    Vedtaget.

    Sagsforløb
    Byrådet
    13-11-2024
    Punkt 7
    Vedtaget.
    Magistraten
    04-11-2024
    Punkt 8
    Fremsendes til byrådet.

    Punkt 8: Eventuelt

    Beslutninger
    Intet.
    """
    school = parsed[0].items[0]
    assert school.decision == "Vedtaget."
    assert [(earlier.body, earlier.item, earlier.text) for earlier in school.earlier_decisions] == [
        ("Magistraten", "8", "Fremsendes til byrådet.")
    ]


def test_quotation_ends_where_its_marks_end(parsed):
    """
    Sundby Kommune
    Byrådet
    13. november 2024

    ## Punkt 1: Skolegård

    **Sagsfremstilling**

    > **Beslutning i Økonomiudvalget den 4. november 2024:** Udsat.

    Prisen er nu kendt.

    **Beslutning**
    Godkendt.

    ---

    ## Punkt 2: Eventuelt

    **Beslutning**
    Intet.
    """
    meeting, _ = parsed
    school = meeting.items[0]
    assert [earlier.text for earlier in school.earlier_decisions] == ["Udsat."]
    assert school.decision == "Godkendt."
    case = [part.body.of(meeting.text) for part in school.sections if part.kind is SectionKind.CASE_TEXT]
    assert case[-1] == "Prisen er nu kendt."


def test_list_of_all_attachments_at_the_end_is_no_item_s(parsed):
    """
    Sundby Kommune
    Byrådet
    13. november 2024

    Punkt 1: Mål for sprog

    Bilag
    Mål 2017.docx

    Beslutning
    Godkendt.

    Punkt 2: Leje af kantine

    Beslutning
    Godkendt.

    Bilagsliste

    1. Mål for sprog
    Mål 2017.docx
    """
    assert [[a.name for a in item.attachments] for item in parsed[0].items] == [["Mål 2017.docx"], []]


def test_labels_that_are_numbered_in_every_item_are_labels(parsed):
    """
    Sundby Kommune
    Byrådet
    13. november 2024

    Punkt 1: Mål for sprog
    1. Resumé
    Målene er nye.
    2. Indstilling
    At målene godkendes.
    3. Beslutning
    Godkendt.

    Punkt 2: Leje af kantine
    1. Resumé
    Kantinen lejes ud.
    2. Indstilling
    At aftalen godkendes.
    3. Beslutning
    Udsat.

    Punkt 3: Biler
    1. Resumé
    Der er tre:
    1. Økonomi
    2. Turbo
    2. Indstilling
    At de sælges.
    3. Beslutning
    Godkendt.
    """
    assert [item.decision for item in parsed[0].items] == ["Godkendt.", "Udsat.", "Godkendt."]
    assert [item.recommendation for item in parsed[0].items][1] == "At aftalen godkendes."


def test_title_and_status_may_have_labels(parsed):
    """
    Nørre Sundby Kommune
    Udvalg: Teknisk Udvalg
    13. november 1998

    Punkt: 1
    Overskrift: Vejsyn
    Status: Åben
    Beslutning: Godkendt.

    Punkt: 2
    Overskrift: Klage
    Status: Lukket
    """
    meeting, _ = parsed
    assert (meeting.municipality, meeting.body) == ("Nørre Sundby", "Teknisk Udvalg")
    assert [(item.title, item.closed, item.decision) for item in meeting.items] == [
        ("Vejsyn", False, "Godkendt."),
        ("Klage", True, None),
    ]


def test_word_that_decides_is_no_label_without_a_colon(parsed):
    """
    Sundby Kommune
    Byrådet
    13. november 2024

    Punkt 1: Takster

    Beslutning
    Vedtaget

    Punkt 2: Biler

    Vedtaget:
    Bilerne sælges.
    """
    assert [item.decision for item in parsed[0].items] == ["Vedtaget", "Bilerne sælges."]


def test_chapters_of_numbers_with_points_are_no_items(parsed):
    """
    Sundby Kommune
    Byrådet
    13. november 2024

    Dagsorden
    1 Indledning
    1.1 Dagsorden
    2 Sager
    2.1 Takster
    2.2 Biler

    1 Indledning

    1.1 Dagsorden

    Beslutning
    Godkendt.

    2 Sager

    2.1 Takster

    Beslutning
    Udsat.

    2.2 Biler

    Beslutning
    Godkendt.
    """
    assert decisions(parsed) == [
        ("1.1", "Dagsorden", "Godkendt."),
        ("2.1", "Takster", "Udsat."),
        ("2.2", "Biler", "Godkendt."),
    ]


def test_label_may_name_its_item_and_repeat_its_title(parsed):
    """
    Sundby Kommune
    Byrådet
    13. november 2024

    Punkt 1: Takster
    Sundby Kommune · 13.02.06-S29-1-20

    Resumé for Punkt 1
    Taksterne er uændrede.

    Beslutning for Punkt 1: Takster
    Godkendt.

    Punkt 2: Biler

    Beslutning for Punkt 2: Biler
    Udsat.
    """
    meeting, _ = parsed
    assert [item.decision for item in meeting.items] == ["Godkendt.", "Udsat."]
    assert meeting.items[0].case_number == "13.02.06-S29-1-20"
