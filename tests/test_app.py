"""The screen, as a reader meets it: asked through AppTest with a service whose answers can be foreseen."""

from __future__ import annotations

import datetime as dt
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import qa.service
from index.errors import IndexMissing, ItemNotFound, QuestionError
from index.models import AgendaItem, Citation, Meeting, Outcome, Section, SectionKind, Span
from qa.models import Answer, Conversation, Filters, Intent, Passage, Question, Result, Status
from qa.service import IndexStatus, Record
from qa.texts import DANISH, ENGLISH

if TYPE_CHECKING:
    from playwright.sync_api import Page

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
    question = Question(text, "da", Intent.DECISION, filters, ("citrix",))
    return Answer(question, status, fields.pop("sentence", "Direktionen tog punkt 5 til efterretning."), **fields)


class FakeService:
    """Answers by a word in the question, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Conversation]] = []
        self.results = [make_result()]

    def ask(self, text: str, conversation: Conversation) -> Answer:
        self.asked.append((text, conversation))
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
        return make_answer(text, Status.ANSWERED, results=tuple(self.results))

    def record(self, item_id: int) -> Record:
        if not self.results:
            raise ItemNotFound("This item is not in the index any more. Ask again.")
        item = next(result.item for result in self.results if result.item_id == item_id)
        meeting = Meeting("direktionen.txt", MINUTES, "Kalundborg", "Direktionen", None, None, None, (), (item,))
        return Record(item, meeting)

    def status(self) -> IndexStatus:
        places = ("Jammerbugt", "Kalundborg")
        return IndexStatus(5, 56, places, dt.date(2018, 9, 3), dt.date(2021, 4, 21), "bundled")

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
    assert "Forstået som: Kalundborg · april 2021" in words(app)
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
    assert "Dyrepension" in words(app)
    assert not app.code  # no card, nothing to quote


def test_list_shows_each_item_and_more_on_request(app: AppTest) -> None:
    ask(app, "Hvilke sager blev udsat?")
    assert "Sag 10" in words(app)
    assert "Sag 11" not in words(app)
    assert "Udsat" in markup(app)
    app.button(key="more-0").click().run()
    assert "Sag 12" in words(app)


def test_full_item_shows_all_sections_in_order(app: AppTest) -> None:
    ask(app, "Hvad blev besluttet om Citrix?").button(key="open-0-card").click().run()
    assert not app.exception
    drawn = words(app)
    places = [drawn.index(heading) for heading in ("Punkt 5: Udfasning af Citrix", "Sagsfremstilling", "Beslutning")]
    assert places == sorted(places)
    assert drawn[-1] == "Taget til efterretning med den tilføjelse, at der gives en status."


def test_full_item_never_shows_another_item_that_took_its_place(app: AppTest, service: FakeService) -> None:
    ask(app, "Hvad blev besluttet om Citrix?")
    service.results = [make_result("Noget helt andet")]
    app.button(key="open-0-card").click().run()
    assert [warning.value for warning in app.warning] == [DANISH.item_changed]
    assert "Sagsfremstilling" not in words(app)


def test_full_item_that_is_gone_is_said(app: AppTest, service: FakeService) -> None:
    ask(ask(app, "Hvad blev besluttet om Citrix?"), "fejl")
    service.results = []
    app.button(key="open-0-card").click().run()
    assert not app.exception
    assert DANISH.failures["ItemNotFound"][1] in words(app)


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
    ask(app, HOSTILE[:40]).button(key="open-0-card").click().run()
    assert HOSTILE in words(app)
    assert HOSTILE in app.code[0].value
    assert "evil.test" not in markup(app)


HOSTILE_APP = """
import importlib.util, sys
sys.path.insert(0, {root!r})
spec = importlib.util.spec_from_file_location("fakes", {tests!r})
fakes = importlib.util.module_from_spec(spec)
sys.modules["fakes"] = fakes
spec.loader.exec_module(fakes)
fake = fakes.FakeService()
fake.results = [fakes.make_result(fakes.HOSTILE, "[5](http://evil.test)", decision=fakes.HOSTILE)] * 2
import qa.service
qa.service.open_service = lambda settings: fake
qa.service.index_version = lambda settings: "1"
import app_streamlit
app_streamlit.main()
"""


@pytest.fixture
def hostile_page(tmp_path: Path) -> Iterator[Page]:
    """The app in a real browser, on an index whose every text is hostile."""
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or pytest.skip("needs the browser chromium")
    script = tmp_path / "hostile_app.py"
    script.write_text(HOSTILE_APP.format(root=str(APP.parent), tests=__file__), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless=true", f"--server.port={port}"]
    with subprocess.Popen(command, cwd=APP.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for_port(port)
            with playwright.sync_playwright() as play, play.chromium.launch(executable_path=chromium) as browser:
                page = browser.new_page()
                page.goto(f"http://127.0.0.1:{port}")
                yield page
        finally:
            server.terminate()


def wait_for_port(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)


def test_browser_makes_nothing_of_hostile_text(hostile_page: Page) -> None:
    requested: list[str] = []
    hostile_page.on("request", lambda request: requested.append(request.url))
    example = hostile_page.get_by_role("button", name="evil")
    assert example.inner_text().replace("\u2060", "").endswith(f"{HOSTILE}?")
    assert not example.locator("a, img, b, code, .katex").count()
    hostile_page.get_by_role("textbox").fill(HOSTILE[:40])
    hostile_page.keyboard.press("Enter")
    hostile_page.get_by_role("button", name=DANISH.show_item).first.click()
    hostile_page.get_by_role("dialog").wait_for()
    main = hostile_page.locator("[data-testid=stMain]")
    assert HOSTILE in main.inner_text()
    assert not main.locator("a, img, form, input, b, .katex").count()
    assert not hostile_page.get_by_role("dialog").locator("a, img, form, input, b, .katex").count()
    assert not [url for url in requested if "127.0.0.1" not in url and not url.startswith("data:")]
    assert hostile_page.title() == "Referat"
    assert hostile_page.locator("html").get_attribute("lang") == "da"
