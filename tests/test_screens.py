"""The pages that are browsed, on the five minutes, by the links that lead to them."""

from __future__ import annotations

import shutil

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from index.build import build_index
from index.register import Wish
from index.settings import Settings
from qa.library import Library, Progress
from qa.texts import DANISH
from tests.conftest import CORPUS
from tests.test_app import APP, markup, words
from tests.test_index_versions import AGENDA, HALL, MINUTES, printed


@pytest.fixture
def visit(corpus_index, monkeypatch):
    """Open a page of the app on the five minutes."""
    monkeypatch.setenv("REFERAT_INDEX", str(corpus_index))
    st.cache_resource.clear()

    def open_page(name: str, **parameters: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=20)
        app.query_params.update(parameters)
        app._page_hash = calc_hash(name)  # AppTest can only switch to pages that are files
        app.run()
        assert not app.exception
        return app

    return open_page


def links(app: AppTest) -> list[str]:
    return [link.proto.label.replace("\u2060\\", "") for link in app.get("page_link")]


def html(app: AppTest) -> str:
    return "\n".join(element.value for element in app.get("html"))


def test_meetings_are_filtered(visit):
    app = visit("meetings")
    assert [label for label in links(app) if "Direktionen" in label][0] == "Nordfyn, Direktionen, 21. april 2021"
    app.selectbox(key="municipality").set_value("Kalundborg").run()
    assert len([label for label in links(app) if "Direktionen" in label]) == 2
    assert "5. Udfasning af Citrix" not in links(app)
    app.selectbox(key="outcome").set_value("noted").run()
    assert "5. Udfasning af Citrix" in links(app)
    app.selectbox(key="outcome").set_value(None).run()
    app.checkbox(key="closed").check().run()
    assert "3. Lukket: RPA projekt" in links(app)
    assert "20 punkter · 5 lukkede · kalundborg-direktionen-2021-04-12.txt" in words(app)


def test_meeting_shows_its_agenda(visit, service):
    stored = service.register.meetings(Wish(), 1)[0].meeting
    app = visit("meeting", id=stored.key)
    assert "Nordfyn, Direktionen, 21. april 2021" in html(app)
    assert "3. Udbud af Økonomi og Løn system" in links(app)
    assert "Godkendt" in markup(app)


def test_item_shows_all_sections_and_the_ways_on(visit, service):
    result = service.ask("Hvad blev besluttet om Citrix?").results[0]
    app = visit("item", id=str(result.item_id))
    assert "Punkt 5: Udfasning af Citrix" in html(app)
    assert "<h2 class='theirs'>Økonomiske konsekvenser</h2>" in html(app)
    assert any("Direktionen ønsker en status om ca. 3 måneder." in text for text in words(app))
    assert "Sagsnr.: 326-2021-13238 J.nr.: 85.11.00 Dokumentnr.: 326-2021-83370" not in "".join(words(app))
    assert [DANISH.previous_item, DANISH.next_item, DANISH.back_to_meeting, DANISH.the_case] == links(app)[-4:]


def test_original_text_stands_beside_the_item_on_request(visit, service):
    result = service.ask("Hvad blev besluttet om Citrix?").results[0]
    app = visit("item", id=str(result.item_id))
    app.toggle(key="original").set_value(True).run()
    assert not app.exception
    assert any("Sagsnr.: 326-2021-13238 J.nr.: 85.11.00 Dokumentnr.: 326-2021-83370" in text for text in words(app))


def test_item_shows_its_tables_and_earlier_decisions_on_its_topic(visit, service):
    (budget,) = service.find_items("jammerbugt-direktionen-2019-05-07.txt:2")
    assert "<td>Dagtilbud</td><td class='figure'>127.431</td>" in html(visit("item", id=str(budget.id)))
    (follow_up,) = service.find_items("kalundborg-direktionen-2021-04-12.txt:9")
    app = visit("item", id=str(follow_up.id))
    assert DANISH.precedents in [header.value for header in app.header]
    assert "Budgetopfølgning pr. 31. juli 2018 - Økonomiudvalgets eget område" in links(app)


@pytest.mark.parametrize(
    ("page", "parameters", "says"),
    [
        ("item", {"id": "7"}, DANISH.failures["ItemNotFound"][0]),
        ("item", {"id": "1; DROP TABLE item"}, DANISH.failures["ItemNotFound"][0]),
        ("item", {"id": "9" * 40}, DANISH.failures["ItemNotFound"][0]),
        ("item", {}, DANISH.failures["ItemNotFound"][0]),
        ("meeting", {"id": "../../etc"}, DANISH.no_meeting),
        ("case", {"number": "findes-ikke"}, DANISH.no_case),
        ("case", {}, DANISH.no_case),
    ],
)
def test_link_to_nothing_is_said(visit, page, parameters, says):
    assert says in markup(visit(page, **parameters))


def test_case_is_told_across_meetings(visit):
    app = visit("case", number="326-2017-43896", municipality="Kalundborg")
    assert "Sagsnr. 326-2017-43896" in words(app)
    assert any("på 2 møder" in caption.value for caption in app.caption)
    told = html(app)
    assert told.index("3. september 2018") < told.index("12. april 2021")


def test_cases_that_come_back_are_listed(visit):
    assert any(text.startswith("2 møder, senest 12. april 2021") for text in words(visit("cases")))


def test_follow_ups_are_due_overdue_and_filtered(visit):
    app = visit("follow-up")
    assert "Overskredet" in markup(app)
    assert any("Frist 12. juli 2021 (»om ca. 3 måneder«)" in text for text in words(app))
    app.selectbox(key="who").set_value("Staben").run()
    assert any(text.startswith("Ansvarlig: Staben") for text in words(app))
    app.segmented_control(key="view").set_value("undecided").run()
    assert DANISH.undecided_tagline in markup(app)
    assert len([text for text in words(app) if text.startswith("Kalundborg, Direktionen")]) == 10


def test_what_does_not_go_into_a_file_is_said(visit, monkeypatch):
    monkeypatch.setattr("screens.table.MOST_TAKEN_HOME", 30)
    monkeypatch.setattr("screens.overview.OVERVIEW_ITEMS", 30)
    cut = DANISH.taken_home.format(most=30, held=56)
    app = visit("meetings")
    assert cut in [caption.value for caption in app.caption]
    app.selectbox(key="municipality").set_value("Nordfyn").run()
    assert cut.partition(" af ")[0] not in "".join(caption.value for caption in app.caption)
    assert DANISH.of_the_newest.format(count=30) in [caption.value for caption in visit("overview").caption]


def test_overview_has_a_table_for_each_picture(visit):
    app = visit("overview")
    tables = [frame.value for frame in app.dataframe]
    assert list(tables[0].columns)[0] == "Måned" and tables[0]["godkendt"].sum() == 9
    assert list(tables[1]["Møder"]) == [2, 2, 1]


def test_library_shows_what_is_held_and_the_model(visit):
    app = visit("library")
    assert any("Model: den medfølgende\n" in text for text in words(app))
    assert len([button for button in app.button if button.label == DANISH.remove]) == 5


def test_work_on_the_index_can_be_stopped(visit, monkeypatch):
    monkeypatch.setattr(Library, "working", True)
    monkeypatch.setattr(Library, "progress", Progress("embedding", 20, 100, 400.0))
    stopped = []
    monkeypatch.setattr(Library, "cancel", lambda library: stopped.append(library))
    app = visit("library")
    assert app.get("progress")[0].proto.text == "Beregner indekset: 20 af 100, ca. 7 minutter tilbage"
    app.button(key="cancel").click().run()
    assert stopped and not app.exception


def test_library_says_what_a_removal_means_before_it_is_made(visit, service):
    app = visit("library")
    (first, *_) = [button for button in app.button if button.label == DANISH.remove]
    first.click().run()
    assert any("Filen selv bliver liggende" in text for text in words(app))
    app.button(key="keep").click().run()
    assert not app.exception and service.status().meetings == 5


def test_rebuild_that_would_lose_minutes_is_asked_about(visit, tmp_path, monkeypatch):
    shutil.copytree(CORPUS, tmp_path / "minutes")
    build_index(tmp_path / "index", [tmp_path / "minutes"], Settings())
    monkeypatch.setenv("REFERAT_INDEX", str(tmp_path / "index"))
    rebuilt = []
    monkeypatch.setattr(Library, "update", lambda library, paths: rebuilt.append(len(paths)))
    app = visit("library")
    app.button(key="rebuild").click().run()
    (away,) = (tmp_path / "minutes").glob("nordfyn*")
    away.rename(tmp_path / away.name)
    app.button(key="rebuild").click().run()
    assert rebuilt == [5] and any("1 fil kan ikke findes lige nu" in text and str(away) in text for text in words(app))
    app.button(key="do-it").click().run()
    assert rebuilt == [5, 4] and not app.exception


def test_file_with_several_meetings_goes_whole_and_the_library_says_so(visit, tmp_path, monkeypatch):
    two = MINUTES + printed((*HALL, "Anbefales."), body="Byrådet")
    (tmp_path / "maj-og-juni.txt").write_text(two, encoding="utf-8")
    build_index(tmp_path / "index", [tmp_path, CORPUS], Settings())
    monkeypatch.setenv("REFERAT_INDEX", str(tmp_path / "index"))
    app = visit("library")
    (first, *_) = [button for button in app.button if button.label == DANISH.remove]
    first.click().run()
    assert any("Filen rummer 2 møder; de fjernes alle." in text for text in words(app))


def test_library_tells_how_well_each_document_was_understood(visit):
    app = visit("library").toggle(key="report").set_value(True).run()
    assert not app.exception
    told = app.dataframe[0].value
    assert list(told[DANISH.column_lost]) == [0] * 5 and told[DANISH.column_items].sum() == 56
    assert any("udfald er ikke forstået" in reason for reason in told[DANISH.column_look])


def test_library_tells_what_is_kept_aside_and_why(visit, tmp_path, monkeypatch):
    for name, text in (("a.txt", AGENDA), ("b.txt", MINUTES), ("c.txt", MINUTES.replace("Udsat.", "Godkendt."))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    build_index(tmp_path / "index", [tmp_path], Settings())
    monkeypatch.setenv("REFERAT_INDEX", str(tmp_path / "index"))
    app = visit("library")
    told = words(app)
    conflict = "Har en anden beslutning end c.txt, der bruges: punkt 2. Se efter, og fjern den forkerte."
    assert told.index(conflict) < told.index("Ældre udgave (dagsorden). c.txt bruges.")
    assert len([button for button in app.button if button.label == DANISH.remove]) == 3
