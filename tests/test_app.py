"""The screen, as a reader meets it: asked through AppTest with a service whose answers can be foreseen."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import qa.service
from index.errors import IndexMissing, QuestionError
from index.models import AgendaItem, Citation, Outcome, Section, SectionKind, Span
from qa import feedback
from qa.evaluate.questions import read_known
from qa.models import Answer, Conversation, Filters, Intent, Limit, Passage, Question, Result, Status
from qa.service import IndexStatus
from qa.texts import DANISH, ENGLISH

APP = Path(__file__).parents[1] / "app_streamlit.py"
HOSTILE = (
    "![x](http://evil.test/a.png) [klik](http://evil.test) www.evil.test http://evil.test a@evil.test "
    "$x^2$ :red[rød] -> :smile: :material/home: <b>fed</b> # `kode`"
)
MINUTES = """Punkt 5: Udfasning af Citrix

Sagsfremstilling

Citrix koster 2 mio. kr. om året.

Beslutning

Taget til efterretning med den tilføjelse, at der gives en status.
"""


def make_result(title: str = "Udfasning af Citrix", number: str = "5", item_id: int = 1, **fields) -> Result:
    decision = fields.pop("decision", "Taget til efterretning med den tilføjelse, at der gives en status.")
    item = AgendaItem(
        number=number,
        title=title,
        closed=False,
        span=Span(0, len(MINUTES)),
        sections=(
            Section(SectionKind.HEADING, "", Span(0, 30), Span(30, 30)),
            Section(SectionKind.CASE_TEXT, "Sagsfremstilling", Span(30, 83), Span(48, 81)),
            Section(SectionKind.DECISION, "Beslutning", Span(83, len(MINUTES)), Span(95, len(MINUTES))),
        ),
        case_number="326-2021-13238",
        decision=decision,
        outcome=fields.pop("outcome", Outcome.NOTED),
    )
    citation = Citation(
        "Kalundborg", "Direktionen", dt.date(2021, 4, 12), number, title, "326-2021-13238", "direktionen.txt", 3
    )
    passages = (Passage(SectionKind.CASE_TEXT, "Citrix koster 2 mio. kr. om året.", Span(48, 81), 3),)
    return Result(item_id, item, citation, passages, 1.0, ("ord fra spørgsmålet: citrix",))


def make_answer(text: str, status: Status, **fields) -> Answer:
    filters = Filters(municipality="Kalundborg", date_from=dt.date(2021, 4, 1), date_to=dt.date(2021, 4, 30))
    filters = filters.without(fields.pop("lifted", ()))
    question = Question(text, "da", Intent.DECISION, filters, text, ("citrix",))
    return Answer(question, status, fields.pop("sentence", "Direktionen tog punkt 5 til efterretning."), **fields)


class FakeService:
    """Answers by a word in the question, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Conversation]] = []
        self.lifted: list[frozenset[Limit]] = []
        self.suggested: list[int] = []
        self.results = [make_result()]

    def ask(self, text: str, conversation: Conversation, lifted: frozenset[Limit] = frozenset()) -> Answer:
        self.asked.append((text, conversation))
        self.lifted.append(lifted)
        if len(text) > 50:
            raise QuestionError("The question has too many characters.")
        if "fejl" in text:
            raise RuntimeError("secret path /srv")
        if "elefant" in text:
            self.results = [make_result("Dyrepension", "7")]
            sentence = "Det siger referaterne ikke noget om."
            searched = "Der er søgt i 5 referater."
            return make_answer(
                text, Status.NOT_FOUND, sentence=sentence, nearest=tuple(self.results), searched=searched
            )
        if "udsat" in text:
            self.results = [make_result(f"Sag {n}", str(n), n, outcome=Outcome.POSTPONED) for n in range(1, 13)]
            return make_answer(
                text, Status.LIST, sentence="12 punkter svarer til spørgsmålet.", results=tuple(self.results)
            )
        return make_answer(text, Status.ANSWERED, results=tuple(self.results), lifted=lifted)

    def suggestions(self, conversation: Conversation) -> tuple[str, ...]:
        self.suggested.append(len(conversation.answers))
        return (f"Hvad blev besluttet om {HOSTILE}?", "Hvad koster det?") if len(conversation.answers) == 1 else ()

    def status(self) -> IndexStatus:
        places = ("Jammerbugt", "Kalundborg")
        return IndexStatus(5, 56, places, dt.date(2018, 9, 3), dt.date(2021, 4, 21), "bundled", ())

    def examples(self, language: str) -> tuple[str, ...]:
        words = {"da": "Hvad blev besluttet om", "en": "What was decided on"}[language]
        return (f"{words} Citrix?", f"{words} {HOSTILE}?")


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> FakeService:
    fake = FakeService()
    st.cache_resource.clear()
    monkeypatch.setattr(qa.service, "open_service", lambda settings: fake)
    monkeypatch.setattr(qa.service, "index_version", lambda settings: "1")
    return fake


@pytest.fixture
def app(service: FakeService) -> AppTest:
    return AppTest.from_file(APP, default_timeout=10).run()


def ask(app: AppTest, question: str) -> AppTest:
    app.chat_input(key="question").set_value(question).run()
    assert not app.exception
    return app


def words(app: AppTest) -> list[str]:
    """All that is drawn as plain text."""
    return [element.value for element in app.text]


def markup(app: AppTest) -> str:
    """All that streamlit reads as markdown or html, and every label."""
    drawn = [element.value for kind in ("markdown", "caption", "title", "header", "html") for element in app.get(kind)]
    labels = [block.label for block in (*app.button, *app.expander)]
    return "\n".join(map(str, [*drawn, *labels]))


def test_first_visit_shows_examples_and_what_is_indexed(app: AppTest) -> None:
    assert not app.exception
    assert app.button(key="example-0").label == "Hvad blev besluttet om Citrix?"
    assert DANISH.tagline in markup(app)
    assert "Der søges i 5 møder med 56 punkter fra Jammerbugt og Kalundborg, 2018–2021." in words(app)


def test_answer_is_the_decision_verbatim_with_outcome_and_citation(app: AppTest) -> None:
    ask(app, "Hvad blev besluttet om Citrix?")
    assert [app.button(key=f"lift-0-{limit}").label for limit in ("municipality", "period")] == [
        "Kalundborg",
        "april 2021",
    ]
    assert "Taget til efterretning med den tilføjelse, at der gives en status." in words(app)
    assert "Taget til efterretning" in markup(app)
    assert "Kalundborg, Direktionen, 12. april 2021" in words(app)
    assert "Punkt 5: Udfasning af Citrix" in words(app)
    assert "Sagsnr. 326-2021-13238 · direktionen.txt · side 3" in words(app)
    assert "• ord fra spørgsmålet: citrix" in words(app)
    assert app.code[0].value.startswith("Taget til efterretning med den tilføjelse")
    assert "direktionen.txt" in app.code[0].value


def test_example_is_asked_when_it_is_clicked(app: AppTest, service: FakeService) -> None:
    app.button(key="example-0").click().run()
    assert [text for text, _ in service.asked] == ["Hvad blev besluttet om Citrix?"]
    assert "Hvad blev besluttet om Citrix?" in words(app)


def test_follow_up_passes_the_conversation_and_keeps_the_first_answer(app: AppTest, service: FakeService) -> None:
    ask(ask(app, "Hvad blev besluttet om Citrix?"), "Hvor mange penge svarer det til?")
    _, conversation = service.asked[1]
    assert [answer.question.text for answer in conversation.answers] == ["Hvad blev besluttet om Citrix?"]
    assert len(app.chat_message) == 4


def test_follow_up_that_is_suggested_is_asked_when_it_is_clicked(app: AppTest, service: FakeService) -> None:
    ask(app, "Hvad blev besluttet om Citrix?").run()
    assert service.suggested == [1]  # not found out anew each time the page is drawn
    assert DANISH.go_on in markup(app) and "evil.test" not in markup(app).replace("evil\u2060\\.test", "")
    app.button(key="suggestion-1").click().run()
    assert [text for text, _ in service.asked] == ["Hvad blev besluttet om Citrix?", "Hvad koster det?"]
    assert "suggestion-0" not in [button.key for button in app.button]


def test_new_conversation_forgets(app: AppTest, service: FakeService) -> None:
    ask(app, "Hvad blev besluttet om Citrix?").button(key="new").click().run()
    assert app.button(key="example-0")
    ask(app, "Og nu?")
    assert service.asked[-1][1] == Conversation()


def test_what_is_not_found_is_said_and_the_nearest_is_called_nearest(app: AppTest) -> None:
    ask(app, "Hvad koster en elefant?")
    assert "Det siger referaterne ikke noget om." in words(app)
    assert "Der er søgt i 5 referater." in words(app)
    assert [header.value for header in app.header] == [DANISH.nearest]
    assert "Dyrepension" in [link.proto.label for link in app.get("page_link")]
    assert not app.code  # no card, nothing to quote


def test_list_shows_each_item_and_more_on_request(app: AppTest) -> None:
    ask(app, "Hvilke sager blev udsat?")
    assert "Sag 10" in words(app)
    assert "Sag 11" not in words(app)
    assert "Udsat" in markup(app)
    app.button(key="more-0").click().run()
    assert "Sag 12" in words(app)


def test_limit_is_taken_off_and_put_on_again(app: AppTest, service: FakeService) -> None:
    ask(app, "Hvad blev besluttet om Citrix?").button(key="lift-0-municipality").click().run()
    assert service.lifted == [frozenset(), frozenset({Limit.MUNICIPALITY})]
    assert len(app.chat_message) == 2
    assert [button.label for button in app.button if "-0-" in button.key] == ["april 2021", "uden kommunen"]
    app.button(key="off-0-municipality").click().run()
    assert service.lifted[-1] == frozenset()
    assert app.button(key="lift-0-municipality").label == "Kalundborg"


def test_address_keeps_what_was_taken_off(app: AppTest, service: FakeService) -> None:
    ask(app, "Hvad blev besluttet om Citrix?").button(key="lift-0-period").click().run()
    assert app.query_params["off"] == "0-period"
    colleague = AppTest.from_file(APP, default_timeout=10)
    colleague.query_params.update(app.query_params, off=["0-period", "7-x", "nonsense"])
    colleague.run()
    assert not colleague.exception and service.lifted[-1] == frozenset({Limit.PERIOD})


def test_only_the_last_question_can_be_changed(app: AppTest) -> None:
    ask(ask(app, "Hvad blev besluttet om Citrix?"), "Citrix?")
    assert app.button(key="chip-0-0").disabled
    assert not app.button(key="lift-1-municipality").disabled


def test_address_leads_to_the_conversation(app: AppTest, service: FakeService) -> None:
    ask(ask(app, "Hvad blev besluttet om Citrix?"), "Hvad koster det?")
    assert app.query_params["q"] == ["Hvad blev besluttet om Citrix?", "Hvad koster det?"]
    colleague = AppTest.from_file(APP, default_timeout=10)
    colleague.query_params["q"] = app.query_params["q"]
    colleague.run()
    assert not colleague.exception
    assert [text for text, _ in service.asked[2:]] == ["Hvad blev besluttet om Citrix?", "Hvad koster det?"]
    assert len(colleague.chat_message) == 4


def test_fact_is_marked_inside_its_sentence(app: AppTest, service: FakeService) -> None:
    told = Passage(SectionKind.DECISION, "gives en <b>status</b>.", Span(95, 118), mark=Span(104, 117))
    service.results = [dataclasses.replace(make_result(decision="gives en <b>status</b>."), passages=(told,))]
    ask(app, "Citrix?")
    (drawn,) = [element.value for element in app.get("html") if element.value.startswith("<p")]
    assert drawn == "<p class='quoted'>gives en <mark>&lt;b&gt;status&lt;/b&gt;</mark>.</p>"


def test_list_is_a_table_on_request(app: AppTest) -> None:
    ask(app, "Hvilke sager blev udsat?").segmented_control(key="as-0-da").set_value("Tabel").run()
    assert not app.exception
    table = app.dataframe[0].value
    assert list(table.columns[:3]) == ["Dato", "Kommune", "Udvalg"]
    assert len(table) == 12 and "Sag 10" not in words(app)


def test_thumb_up_is_kept_as_a_question_for_eval(app: AppTest) -> None:
    rate(ask(app, "Hvad blev besluttet om Citrix?"), 1)
    assert DANISH.rated in words(app)
    (known,) = read_known(feedback.feedback_folder() / feedback.QUESTIONS)
    assert known.relevant == (("direktionen.txt", "5"),)
    assert known.turns == ("Hvad blev besluttet om Citrix?",)


def test_thumb_down_asks_what_is_right(app: AppTest) -> None:
    app = ask(app, "Hvad blev besluttet om Citrix?")
    app.feedback(key="thumb-0").set_value(0).run()
    app.radio(key="right-0-da").set_value(1)
    app.text_input(key="note-0").set_value("Det er et andet år")
    app.button(key="save-0").click().run()
    (line,) = feedback.kept(feedback.QUESTIONS).decode().splitlines()
    assert json.loads(line)["relevant"] == [] and json.loads(line)["note"] == "Det er et andet år"
    rate(ask(app, "Citrix?"), 0, turn=1)
    assert "relevant" not in json.loads(feedback.kept(feedback.REMARKS))


def test_answer_without_a_limit_says_nothing_of_the_question_as_it_reads(app: AppTest) -> None:
    app = ask(app, "Hvad blev besluttet om Citrix?")
    app.button(key=f"lift-0-{Limit.PERIOD}").click().run()
    rate(app, 1)
    assert feedback.kept(feedback.QUESTIONS) == b""
    assert json.loads(feedback.kept(feedback.REMARKS))["lifted"] == ["period"]


def rate(app: AppTest, thumb: int, turn: int = 0) -> None:
    app.feedback(key=f"thumb-{turn}").set_value(thumb).run()
    app.button(key=f"save-{turn}").click().run()
    assert not app.exception


def test_earlier_conversation_is_taken_up_again(app: AppTest) -> None:
    ask(app, "Hvad blev besluttet om Citrix?").button(key="new").click().run()
    app.button(key="earlier-0").click().run()
    assert "Hvad blev besluttet om Citrix?" in words(app)
    assert len(app.chat_message) == 2


def test_switch_to_english(app: AppTest) -> None:
    app.segmented_control(key="language").set_value("en").run()
    assert app.button(key="example-0").label == "What was decided on Citrix?"
    assert "Searching 5 meetings with 56 agenda items from Jammerbugt and Kalundborg, 2018–2021." in words(app)
    ask(app, "What was decided on Citrix?")
    assert "Noted" in markup(app)
    assert "Case no. 326-2021-13238 · direktionen.txt · page 3" in words(app)
    assert ENGLISH.new_conversation == app.button(key="new").label


def test_missing_index_shows_the_command(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(settings: object) -> str:
        raise IndexMissing(Path("/srv/indeks"))

    monkeypatch.setattr(qa.service, "index_version", missing)
    app.run()
    assert not app.exception
    assert DANISH.failures["IndexMissing"][0] in markup(app)
    assert app.code[0].value == "referat build PATH --index /srv/indeks"
    assert not app.chat_input


def test_question_that_cannot_be_asked_is_explained_and_stays(app: AppTest) -> None:
    ask(app, "Hvad" * 20)
    assert "The question has too many characters." in words(app)
    app.run()
    assert "Hvad" * 20 in words(app)
    ask(app, "Hvad blev besluttet om Citrix?")
    assert "The question has too many characters." not in words(app)


def test_error_that_nobody_foresaw_is_calm_and_keeps_its_secret(app: AppTest) -> None:
    ask(app, "fejl")
    assert DANISH.unforeseen[0] in markup(app)
    assert "secret" not in markup(app) + "".join(words(app))
    assert "Udfasning af Citrix" in "".join(words(ask(app, "Citrix?")))


def test_rebuilt_index_is_opened_anew(app: AppTest, service: FakeService, monkeypatch: pytest.MonkeyPatch) -> None:
    rebuilt = FakeService()
    monkeypatch.setattr(qa.service, "open_service", lambda settings: rebuilt)
    ask(app, "Citrix?")
    assert not rebuilt.asked
    monkeypatch.setattr(qa.service, "index_version", lambda settings: "2")
    ask(app, "Citrix?")
    assert len(rebuilt.asked) == 1


def test_hostile_text_is_never_read_as_markup(app: AppTest, service: FakeService) -> None:
    service.results = [make_result(HOSTILE, "[5](http://evil.test)", decision=HOSTILE)] * 2
    ask(app, HOSTILE[:40])
    assert HOSTILE in words(app)
    assert HOSTILE in app.code[0].value
    assert "evil.test" not in markup(app)
