"""What is counted of each document, and which are named to be looked at first."""

import json

import pytest

from index.errors import CorpusError
from index.report import Counts, report_files, report_index
from index.settings import Settings
from qa.cli import main
from tests.conftest import CORPUS, ROOT

HEAD = "Sundby Kommune\nReferat\nByrådet\n\nMødedato: 4. maj 2021 kl. 16:00\n\n"


def quiet(what, done, total):
    pass


def reported(tmp_path, text):
    (tmp_path / "minutes.txt").write_text(HEAD + text, encoding="utf-8")
    return report_files([tmp_path / "minutes.txt"], Settings(), quiet).documents[0]


@pytest.fixture(scope="module")
def layouts():
    return report_files([CORPUS, ROOT / "tests" / "layouts"], Settings(), quiet)


def test_every_character_of_the_corpus_and_the_layouts_belongs_somewhere(layouts):
    assert len(layouts.documents) == 5 + len(list((ROOT / "tests" / "layouts").glob("*.txt")))
    assert all(document.counts.unassigned == 0 for document in layouts.documents)
    assert all(document.counts.outside > 0 for document in layouts.documents)


def test_counts_are_those_of_the_gold(layouts):
    for document in layouts.documents[5:]:
        with open(document.path.removesuffix("txt") + "json", encoding="utf-8") as file:
            items = json.load(file)["items"]
        assert document.counts.items == len(items), document.path
        assert document.counts.numbered == sum(bool(item["number"]) for item in items), document.path
        assert document.counts.with_case_number == sum(bool(item["case_number"]) for item in items), document.path
        assert document.counts.known + document.counts.other == document.counts.decided, document.path


def test_total_adds_up(layouts):
    corpus = report_files([CORPUS], Settings(), quiet)
    assert corpus.total.items == 56
    others = sum((document.counts for document in layouts.documents[5:]), Counts())
    assert corpus.total + others == layouts.total


def test_index_tells_what_the_files_tell(corpus_index):
    told, expected = report_index(corpus_index), report_files([CORPUS], Settings(), quiet)
    counts = {document.path: document.counts for document in expected.documents}
    assert {document.path: document.counts for document in told.documents} == counts


def test_document_without_fault_gives_no_reason(tmp_path):
    told = reported(tmp_path, "1. Budget\n\nBeslutning\nGodkendt.\n\n2. Regnskab\n\nBeslutning\nGodkendt.\n")
    assert (told.reasons, told.concern) == ((), 0)


def test_what_the_front_hides_is_counted(tmp_path):
    told = reported(tmp_path, "Velkommen til mødet. " * 20 + "\n\n1. Budget\n\nBeslutning\nGodkendt.\n")
    assert told.counts.outside > 300
    assert "of the text stands in no item" in told.reasons[-1]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "1. Budget\n\nSagsfremstilling\nTekst.\n\n2. Regnskab\n\nSagsfremstilling\nTekst.\n",
            "no item has a decision",
        ),
        (
            "1. Budget\n\nBeslutning\nGodkendt.\n\n2. Regnskab\n\nSagsfremstilling\nTekst.\n\n"
            "3. Plan\n\nSagsfremstilling\nTekst.\n",
            "2 of 3 open items have no decision (2, 3)",
        ),
        ("1. Budget\n\nBeslutning\nGodkendt.\n\n3. Plan\n\nBeslutning\nGodkendt.\n", "there is no item 2"),
        ("1. Budget\n\nBeslutning\nFormanden ringer.\n", "1 of 1 outcomes are not understood (1)"),
    ],
)
def test_reasons(tmp_path, text, reason):
    assert any(told.startswith(reason) for told in reported(tmp_path, text).reasons)


@pytest.fixture
def mixed(tmp_path):
    """A folder with sound minutes, an agenda, and what cannot be read."""
    good = "1. Budget\n\nBeslutning\nGodkendt.\n\n2. Regnskab\n\nBeslutning\nGodkendt.\n"
    (tmp_path / "a.txt").write_text(HEAD + good, encoding="utf-8")
    agenda = HEAD.replace("4. maj", "1. juni") + good.replace("Beslutning\nGodkendt.", "Tekst.")
    (tmp_path / "b.txt").write_text(agenda, encoding="utf-8")
    (tmp_path / "c.txt").write_text("", encoding="utf-8")
    return tmp_path


def test_worst_comes_first_and_what_cannot_be_read_is_a_line(mixed, capsys):
    assert main(["report", str(mixed)]) == 0
    told = capsys.readouterr().out
    assert told.index("c.txt\n    the file is empty") < told.index("b.txt\n    no item has a decision")
    assert "c.txt   cannot be read" in told
    assert told.count("a.txt") == 1


def test_json(mixed, capsys):
    assert main(["report", str(mixed), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [document["items"] for document in told["documents"]] == [2, 2, 0]
    assert [document["decided"] for document in told["documents"]] == [2, 0, 0]
    assert [first["file"].rpartition("/")[2] for first in told["look_first"]] == ["c.txt", "b.txt"]
    assert (told["total"]["documents"], told["total"]["refused"], told["total"]["items"]) == (3, 1, 4)


def test_report_on_the_index(corpus_index, capsys):
    assert main(["report", "--index", str(corpus_index), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"]["items"] == 56


def test_path_that_is_not_there(tmp_path):
    with pytest.raises(CorpusError):
        report_files([tmp_path / "none"], Settings(), quiet)
