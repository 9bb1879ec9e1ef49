"""What stands on the screen, in words."""

from __future__ import annotations

import dataclasses
import datetime as dt
import string
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexDamaged, ModelError, QuestionError, ReferatError
from index.models import AgendaItem, Citation, FollowUp, Meeting, Outcome, Section, SectionKind, Span
from index.stored import StoredMeeting
from qa.models import Answer, Filters, Intent, Limit, Passage, Question, Result, Status
from qa.outcome_words import OUTCOME_LABELS
from qa.phrases import decided
from qa.service import IndexStatus, Record
from qa.texts import DANISH, ENGLISH, TEXTS, Texts
from qa.view import answer as view
from qa.view import card as cards
from qa.view.counts import index_line
from qa.view.failure import failure
from qa.view.item import item_view, spans_of
from qa.view.library import state_lines
from qa.view.plain import LONGEST_TEXT, html_marked, plain_label, readable

CITATION = Citation(
    "Nordfyn", "Direktionen", dt.date(2021, 4, 21), "3", "Udbud", "S2021-5237", "nordfyn.txt", page=5, span=None
)


def make_item(**fields) -> AgendaItem:
    given = {
        "number": "3",
        "title": "Udbud",
        "closed": False,
        "span": Span(0, 0),
        "sections": (),
        "decision": "Godkendt.",
    }
    return AgendaItem(**{**given, "outcome": Outcome.APPROVED, **fields})


def make_result(*passages: Passage, **fields) -> Result:
    return Result(1, make_item(**fields), CITATION, passages, 1.0, ("ord fra spørgsmålet: udbud",))


def quoted(section: SectionKind, text: str, page: int | None = None) -> Passage:
    return Passage(section, text, Span(0, len(text)), page)


def make_question(**fields) -> Question:
    return Question(
        "Hvad?", "da", fields.pop("intent", Intent.DECISION), fields.pop("filters", Filters()), "Hvad?", (), **fields
    )


def make_card(*passages: Passage, intent: Intent = Intent.DECISION, texts: Texts = DANISH, **fields) -> cards.Card:
    return cards.card(make_result(*passages, **fields), intent, texts)


@pytest.mark.parametrize("texts", TEXTS.values(), ids=TEXTS.keys())
def test_every_text_is_written_in_both_languages(texts: Texts) -> None:
    for field in dataclasses.fields(Texts):
        ours, danish = getattr(texts, field.name), getattr(DANISH, field.name)
        assert ours, field.name
        assert placeholders(ours) == placeholders(danish), field.name
    assert texts.failures.keys() == DANISH.failures.keys()
    assert texts.sections.keys() == set(SectionKind)
    assert OUTCOME_LABELS[texts.code].keys() == set(Outcome)


def placeholders(text: object) -> list[str]:
    words = text if isinstance(text, str) else str(list(text))
    return sorted(name for _, name, _, _ in string.Formatter().parse(words) if name)


def test_every_error_of_the_house_is_explained() -> None:
    def below(error: type) -> set[str]:
        return {error.__name__}.union(*map(below, error.__subclasses__()))

    not_met_here = {"ReferatError", "DocumentError", "CorpusError", "IndexUnusable", "ExtraMissing"}
    assert below(ReferatError) - not_met_here <= DANISH.failures.keys()


def test_decision_stands_verbatim_with_all_its_outcomes() -> None:
    decision = "Drøftedes.\n\n  Sagen tages op igen."
    card = make_card(decision=decision, outcome=Outcome.POSTPONED, outcomes=(Outcome.DISCUSSED, Outcome.POSTPONED))
    assert [quote.text for quote in card.decision] == [decision]
    assert [badge.label for badge in card.badges] == ["Udsat", "Drøftet"]


def test_citation_names_meeting_item_and_paper() -> None:
    assert cards.citation_lines(CITATION, DANISH) == (
        "Nordfyn, Direktionen, 21. april 2021",
        "Punkt 3: Udbud",
        "Sagsnr. S2021-5237 · nordfyn.txt · side 5",
    )
    bare = Citation(None, None, None, "", "Udbud", None, "nordfyn.txt")
    assert cards.citation_lines(bare, ENGLISH) == ("nordfyn.txt", "Udbud", "nordfyn.txt")


def test_copied_text_carries_its_source() -> None:
    copy = make_card(decision="Godkendt.").copy
    assert copy.startswith("Godkendt.\n\nKilde: ")
    for part in ("Nordfyn", "Direktionen", "21. april 2021", "punkt 3: Udbud", "S2021-5237", "side 5", "nordfyn.txt"):
        assert part in copy


def test_fact_leads_with_the_passage_it_stands_in() -> None:
    card = make_card(quoted(SectionKind.ECONOMY, "Det koster 2 mio. kr.", 4), intent=Intent.FACT)
    assert card.fact == (cards.Quote("Det koster 2 mio. kr.", "Økonomi · side 4"),)
    assert card.copy.startswith("Det koster 2 mio. kr.")
    assert not card.more


def test_nothing_is_quoted_twice() -> None:
    passages = (quoted(SectionKind.DECISION, "Godkendt."), quoted(SectionKind.RECOMMENDATION, "at udbuddet godkendes"))
    card = make_card(
        *passages, quoted(SectionKind.CASE_TEXT, "Der er en fælles vision."), recommendation="at udbuddet godkendes"
    )
    told = [(title, [quote.text for quote in quotes]) for title, quotes in card.more]
    assert told == [(DANISH.proposal, ["at udbuddet godkendes"]), (DANISH.context, ["Der er en fælles vision."])]
    fact = make_card(*passages, intent=Intent.FACT, recommendation="at udbuddet godkendes")
    assert [quote.text for quote in fact.fact] == ["at udbuddet godkendes"]
    assert not fact.more


def test_what_was_proposed_is_shown_at_once_where_the_decision_says_no_more_than_its_outcome() -> None:
    assert make_card(decision="Anbefales.", recommendation="at udbuddet godkendes").is_unfolded
    assert not make_card(decision="Anbefales.").is_unfolded
    told = "Direktionen godkendte deltagelse i det fælles udbud af et økonomi- og lønsystem."
    assert not make_card(decision=told, recommendation="at udbuddet godkendes").is_unfolded
    assert not make_card(decision=None, recommendation="at udbuddet godkendes").is_unfolded


@pytest.mark.parametrize(("closed", "says"), [(True, DANISH.closed_text), (False, DANISH.no_decision_text)])
def test_missing_decision_is_said_and_not_made_up(closed: bool, says: str) -> None:
    card = make_card(decision=None, closed=closed, outcome=Outcome.CLOSED if closed else Outcome.NO_DECISION)
    assert card.decision == ()
    assert card.no_decision == says


def test_follow_up_says_who_and_when() -> None:
    told = FollowUp("SCF følger op.", "SCF", "2021-05-01")
    reckoned = FollowUp("Der gives en status.", None, "om ca. 3 måneder")
    said = FollowUp("Der følges op.", None, "løbende")
    assert make_card(follow_ups=(told,)).duties == ("Ansvarlig: SCF · Frist 1. maj 2021",)
    assert make_card(follow_ups=(reckoned, said, FollowUp("Drøftes.", None, None))).duties == (
        "Der gives en status. – Frist 21. juli 2021 (»om ca. 3 måneder«)",
        "Der følges op. – Frist: løbende",
    )


def chips_of(question: Question, *lifted: Limit) -> list[tuple[str, Limit | None, bool]]:
    exchange = view.Exchange("Hvad?", Answer(question, Status.NOT_FOUND, "Nej."), frozenset(lifted))
    return [(chip.words, chip.limit, chip.lifted) for chip in view.chips(exchange, DANISH)]


def test_limits_are_chips_as_they_were_understood() -> None:
    filters = Filters("Kalundborg", None, dt.date(2021, 4, 1), dt.date(2021, 4, 30))
    assert chips_of(make_question(filters=filters), Limit.BODY) == [
        ("Kalundborg", Limit.MUNICIPALITY, False),
        ("april 2021", Limit.PERIOD, False),
        ("udvalget", Limit.BODY, True),
    ]
    numbered = make_question(identifiers=("S2021-5237",), about=1, corrected=(("citrx", "citrix"),))
    assert chips_of(numbered) == [
        ("S2021-5237", None, False),
        ("Viser resultater for »citrix« (skrevet »citrx«).", Limit.SPELLING, False),
        ("om det forrige svar", Limit.ITEM_BEFORE, False),
    ]
    assert chips_of(make_question()) == []


def test_part_of_a_month_is_not_told_as_the_month() -> None:
    weeks = Filters(date_from=dt.date(2021, 4, 1), date_to=dt.date(2021, 4, 15))
    assert chips_of(make_question(filters=weeks)) == [("1. april 2021 – 15. april 2021", Limit.PERIOD, False)]


def test_decision_of_a_meeting_that_is_not_known_is_told() -> None:
    unknown = Citation(None, None, None, "", "Udbud", None, "a.txt")
    withdrawn = make_item(outcome=Outcome.WITHDRAWN)
    assert decided(withdrawn, unknown, "da") == "Punktet »Udbud« udgik af mødet i forsamlingen (uden dato)."
    assert decided(withdrawn, unknown, "en") == (
        "The item “Udbud” was withdrawn from the meeting of the assembly (undated)."
    )


def test_every_limit_has_a_name() -> None:
    assert all(texts.limits.keys() == set(Limit) for texts in TEXTS.values())


def test_fact_is_marked_where_it_stands() -> None:
    passage = Passage(SectionKind.ECONOMY, "Det koster 2 mio. kr.", Span(50, 71), 4, Span(61, 71))
    card = make_card(passage, intent=Intent.FACT)
    assert [mark.of(card.fact[0].text) for mark in card.fact[0].marks] == ["2 mio. kr."]
    decision = Passage(SectionKind.DECISION, "Det koster 2 mio. kr.", Span(50, 71), 4, Span(61, 71))
    card = make_card(decision, intent=Intent.FACT, decision="Godkendt. Det koster 2 mio. kr.")
    assert [mark.of(card.decision[0].text) for mark in card.decision[0].marks] == ["2 mio. kr."]


def test_rows_are_the_list_or_the_other_or_the_nearest_items() -> None:
    results = tuple(make_result(number=str(number)) for number in range(6))

    def shown(status: Status, **found) -> view.AnswerView:
        return view.answer_view(view.Exchange("Hvad?", Answer(make_question(), status, "Svar.", **found)), DANISH)

    answered = shown(Status.ANSWERED, results=results)
    assert answered.card.result is results[0]
    assert [row.result for row in answered.rows] == list(results[1:4])
    listed = shown(Status.LIST, results=results)
    assert (listed.card, len(listed.rows), listed.rows_title) == (None, 6, "")
    missing = shown(Status.NOT_FOUND, nearest=results[:2])
    assert (missing.card, len(missing.rows), missing.rows_title) == (None, 2, DANISH.nearest)


def test_row_shortens_a_long_decision_and_says_so() -> None:
    row = cards.row(make_result(decision="Direktionen godkendte planen. " * 20), DANISH)
    assert row.excerpt.endswith(" …")
    assert len(row.excerpt) < 245
    assert "Punkt 3" in row.citation


def test_full_item_holds_every_section_as_printed_with_the_quoted_words_marked() -> None:
    text = "Punkt 3: Udbud\n\nBeslutning\n\nGodkendt. Og mere.\n"
    sections = (
        Section(SectionKind.HEADING, "", Span(0, 16), Span(16, 16)),
        Section(SectionKind.DECISION, "Beslutning", Span(16, len(text)), Span(28, 46)),
    )
    item = make_item(sections=sections, span=Span(0, len(text)))
    meeting = Meeting("nordfyn.txt", text, "Nordfyn", "Direktionen", None, None, None, (), (item,))
    stored = StoredMeeting(1, "/minutes/nordfyn.txt", "ab" * 32, "Nordfyn", "Direktionen", None)
    shown = item_view(Record(1, item, meeting, stored), [Span(28, 37), Span(40, 900)], DANISH)
    assert [(section.heading, [block.text for block in section.blocks]) for section in shown.sections] == [
        ("Beslutning", ["Godkendt. Og mere."])
    ]
    (decision,) = shown.sections[0].blocks
    assert [mark.of(decision.text) for mark in decision.marks] == ["Godkendt."] and shown.is_marked
    assert (shown.title, shown.original) == ("Punkt 3: Udbud", text.strip())
    quoted = item_view(Record(1, item, meeting, stored), [Span(9, 14)], DANISH)
    assert [section.heading for section in quoted.sections] == ["", "Beslutning"]


def test_link_may_hold_anything() -> None:
    assert spans_of(["3-9", "9", "a-b", "-1-2", "1-" + "9" * 30, ""]) == [Span(3, 9)]


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40))))
def test_marked_text_reads_as_it_is_and_holds_no_element_but_marks(text: str, places: list[tuple[int, int]]) -> None:
    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__(convert_charrefs=True)
            self.tags, self.text = set(), ""

        def handle_starttag(self, tag, attributes):
            self.tags.add((tag, *attributes))

        def handle_data(self, data):
            self.text += data

    reader = Reader()
    reader.feed(html_marked(text, [Span(*place) for place in places]))
    reader.close()
    assert reader.tags <= {("mark",)}
    assert reader.text == readable(text)


def test_text_is_drawn_in_the_order_it_is_written_and_never_too_long() -> None:
    assert readable("1.000\u202e kr\u2066.") == "1.000 kr."
    assert len(readable("x" * 10_000_000)) <= LONGEST_TEXT + len(" …")


def test_failure_names_the_command_that_mends_it() -> None:
    damaged = failure(IndexDamaged(Path("/srv/indeks"), "checksum"), DANISH)
    assert damaged.command == "referat build PATH --index /srv/indeks"
    unknown = ModelError("It is not here: `referat build ... --download` fetches it.")
    assert failure(unknown, DANISH).command == "referat build ... --download"
    assert failure(QuestionError("The question is empty."), DANISH).command == ""
    assert failure(RuntimeError("secret"), DANISH).detail == ""


def test_index_is_told_in_a_sentence() -> None:
    status = IndexStatus(1, 2, tuple("ABCDEF"), dt.date(2021, 1, 1), dt.date(2021, 12, 1), "bundled", ())
    assert index_line(status, DANISH) == "Der søges i 1 møde med 2 punkter fra A, B, C, D og 2 andre kommuner, 2021."
    nowhere = IndexStatus(1, 2, (), None, None, "bundled", ())
    assert index_line(nowhere, DANISH) == "Der søges i 1 møde med 2 punkter."
    five = IndexStatus(1, 2, tuple("ABCDE"), None, None, "bundled", ())
    assert index_line(five, DANISH) == "Der søges i 1 møde med 2 punkter fra A, B, C, D og én anden kommune."
    assert index_line(IndexStatus(0, 0, (), None, None, "bundled", ()), DANISH) == DANISH.nothing_indexed


def test_what_an_index_was_made_with_is_told_from_the_index() -> None:
    made_with = IndexStatus(1, 2, (), None, None, "intfloat/multilingual-e5-small", ())
    told = state_lines(Path("/srv/indeks"), made_with, DANISH)
    assert "Model: intfloat/multilingual-e5-small" in told and DANISH.closed_not_searched in told
    other = dataclasses.replace(made_with, model="bundled", closed_text=True)
    told = state_lines(Path("/srv/indeks"), other, DANISH)
    assert "Model: den medfølgende" in told and DANISH.closed_searched in told


def test_label_keeps_plain_words_and_disarms_marks() -> None:
    assert plain_label("Hvad blev besluttet om  Citrix?") == "Hvad blev besluttet om Citrix?"
    assert plain_label("[a](b)") == "\u2060\\[a\u2060\\]\u2060\\(b\u2060\\)"
    assert plain_label("www.a.dk").replace("\u2060\\", "") == "www.a.dk"
