"""The contract of the command: fields, streams and exit codes."""

import json
import os
import subprocess
import sys

import pytest

from qa import terminal
from qa.cli import main
from tests.conftest import CORPUS, ROOT

MEETING_FIELDS = {"file", "municipality", "body", "date", "start_time", "place", "participants", "items", "problems"}
ITEM_FIELDS = {
    *("number", "title", "closed", "case_number", "journal_number", "document_number", "case_worker", "case_type"),
    *("recommendation", "decision", "outcome", "outcomes", "earlier_decisions", "follow_ups", "attachments"),
}
ANSWER_FIELDS = {"question", "language", "status", "answer", "filters", "results", "nearest"}
RESULT_FIELDS = {
    *("source", "municipality", "body", "date", "item", "title", "case_number", "journal_number", "closed", "outcome"),
    *("decision", "citation", "passages", "score", "reasons"),
}


@pytest.fixture
def run(capsys):
    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_parse_json(run):
    files = sorted(CORPUS.glob("*.txt"))
    code, out, err = run("parse", *files, "--json")
    meetings = json.loads(out)
    assert (code, err) == (0, "")
    assert [meeting["file"] for meeting in meetings] == [str(path) for path in files]
    for meeting in meetings:
        assert meeting.keys() >= MEETING_FIELDS
        assert all(item.keys() >= ITEM_FIELDS for item in meeting["items"])


def test_parse_for_people(run):
    code, out, _ = run("parse", CORPUS / "nordfyn-direktionen-2021-04-21.txt")
    assert code == 0
    assert "Nordfyn, Direktionen, 2021-04-21" in out and "3  Udbud af Økonomi og Løn system" in out


def test_parse_goes_on_after_a_file_that_is_refused(run, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    code, out, err = run("parse", tmp_path / "empty.txt", CORPUS / "nordfyn-direktionen-2021-04-21.txt", "--json")
    assert code == 1
    assert len(json.loads(out)) == 1
    assert "empty.txt" in err and "Traceback" not in err


def test_ask_json(run, corpus_index):
    code, out, err = run("ask", "Hvad blev besluttet om Citrix?", "--index", corpus_index, "--json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert answer.keys() >= ANSWER_FIELDS
    assert all(result.keys() >= RESULT_FIELDS for result in answer["results"])
    first = answer["results"][0]
    assert (answer["status"], first["source"], first["item"]) == (
        "answered",
        "kalundborg-direktionen-2021-04-12.txt",
        "5",
    )
    assert (first["outcome"], first["date"], first["case_number"]) == ("noted", "2021-04-12", "326-2021-13238")
    assert first["passages"][0].keys() >= {"section", "text", "start", "end", "page"}


def test_not_found_is_done(run, corpus_index):
    code, out, _ = run("ask", "kunstgræsbane til fodboldklubben", "--index", corpus_index, "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["status"] == "not_found" and answer["results"] == [] and answer["nearest"]


def test_answer_for_people(run, corpus_index):
    code, out, _ = run("ask", "Hvad blev besluttet om Citrix?", "--index", corpus_index)
    assert code == 0
    assert "til efterretning" in out and "status om ca. 3 måneder" in out
    assert "[Kalundborg, Direktionen, 12. april 2021, punkt 5: Udfasning af Citrix, sagsnr. 326-2021-13238" in out


def test_batch_keeps_the_order_and_answers_last_turns(run, corpus_index, tmp_path):
    asked = [
        {"question": "Hvad blev besluttet om Citrix?"},
        {"turns": ["Hvad er reglen om kalenderen i Outlook?", "hvorfor netop 30 dage?"]},
        {"question": ""},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    code, out, _ = run("ask", "--batch", path, "--index", corpus_index)
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [answer["question"] for answer in answers] == [
        "Hvad blev besluttet om Citrix?",
        "hvorfor netop 30 dage?",
        "",
    ]
    assert answers[1]["results"][0]["item"] == "4"
    assert answers[2]["status"] == "not_found" and answers[2].keys() == answers[0].keys()


def test_batch_with_a_broken_line_names_it(run, corpus_index, tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "Citrix"}\n{"query": 3}\n')
    code, out, err = run("ask", "--batch", path, "--index", corpus_index)
    assert (code, out) == (1, "")
    assert "line 2" in err


def test_build_show_and_status(run, tmp_path):
    code, out, _ = run("build", CORPUS, "--index", tmp_path / "index")
    assert code == 0 and "5 meetings, 56 agenda items" in out
    assert "up to date" in run("build", CORPUS, "--index", tmp_path / "index")[1]
    code, out, _ = run("status", "--index", tmp_path / "index")
    assert code == 0 and "Jammerbugt, Kalundborg, Nordfyn" in out and "2018-09-03 to 2021-04-21" in out
    code, out, _ = run("show", "kalundborg-direktionen-2021-04-12.txt:5", "--index", tmp_path / "index")
    assert code == 0 and "5. Udfasning af Citrix" in out and "status om ca. 3 måneder" in out


def test_build_with_a_refused_file_is_not_done(run, tmp_path):
    (tmp_path / "minutes").mkdir()
    (tmp_path / "minutes" / "a.txt").write_bytes((CORPUS / "nordfyn-direktionen-2021-04-21.txt").read_bytes())
    (tmp_path / "minutes" / "b.txt").write_bytes(b"\x00\x01\x02" * 100)
    code, out, err = run("build", tmp_path / "minutes", "--index", tmp_path / "index")
    assert code == 1
    assert "1 meeting," in out and "b.txt" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ask", "hvad?", "--index", "nowhere"], "referat build"),
        (["ask", " ", "--index", "nowhere"], "empty"),
        (["status", "--index", "."], "something else"),
        (["build", "missing-folder", "--index", "new"], "no file or folder"),
        (["build", "empty.txt", "--index", "new"], "empty"),
        (["build", "binary.txt", "--index", "new"], "not a text file"),
        (["build", "prose.txt", "--index", "new"], "no agenda items"),
        (["build", "prose.txt", "--index", "."], "something else"),
        (["build", "prose.txt", "--index", "new", "--model", "no/such"], "no/such"),
        (["parse", "missing.txt"], "cannot be read"),
        (["show", "x:1", "--index", "nowhere"], "referat build"),
        (["ask", "--batch", "missing.jsonl", "--index", "nowhere"], "cannot be read"),
    ],
)
def test_bad_input_gets_one_clear_message(run, tmp_path, monkeypatch, arguments, says):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "binary.txt").write_bytes(bytes(256) * 9)
    (tmp_path / "prose.txt").write_text("Kære Anne. Tak for sidst.")
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert says in err and "Traceback" not in err
    assert not (tmp_path / "new" / "CURRENT").exists()


def test_wrong_usage_exits_with_2(run):
    for arguments in ([], ["ask"], ["nonsense"], ["build"], ["ask", "a", "--batch", "b"]):
        with pytest.raises(SystemExit) as stopped:
            run(*arguments)
        assert stopped.value.code == 2


def test_command_as_a_process(corpus_index, tmp_path):
    environment = os.environ | {"REFERAT_INDEX": str(corpus_index), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "qa.cli", "ask", "what was decided on Citrix?"],
        env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "took note of item 5" in done.stdout


def test_progress_tells_the_time_left(monkeypatch, capsys):
    monkeypatch.setattr(terminal.sys.stderr, "isatty", lambda: True)
    progress = terminal.ProgressLine()
    for done, now in ((0, 0.0), (1, 1.0), (10, 10.0), (100, 60.0)):
        monkeypatch.setattr(terminal.time, "monotonic", lambda now=now: now)
        progress("reading", done, 100)
    lines = [line.removesuffix("\033[K") for line in capsys.readouterr().err.split("\r")[1:]]
    assert lines[:3] == ["reading 0/100", "reading 1/100", "reading 10/100, 1 min 30 s left"]
    assert lines[3].startswith("reading 100/100\033[K\n")


def test_terminal_shows_minutes_in_the_order_they_are_written(tmp_path, capsys):
    text = (CORPUS / "nordfyn-direktionen-2021-04-21.txt").read_text(encoding="utf-8")
    turned = tmp_path / "nordfyn.txt"
    turned.write_text(text.replace("Udbud af", "\u202eUdbud af"), encoding="utf-8")
    assert main(["parse", str(turned)]) == 0
    assert "\u202e" not in capsys.readouterr().out
