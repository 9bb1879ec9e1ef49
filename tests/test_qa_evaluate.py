"""What `referat eval` counts: hand-made answers, the instrument beside the project, the measures, the command."""

import json
import math
import random
import runpy
import subprocess
import sys

import pytest

from index.errors import ExtraMissing, QuestionError
from qa.cli import main
from qa.evaluate import figures
from qa.evaluate.figures import figure, ranking_values
from qa.evaluate.questions import read_known, without_spaces
from qa.evaluate.run import evaluate, figures_of
from qa.evaluate.score import Fault, score_answer
from tests.conftest import CORPUS, SHARED

CITRIX = {"file": "kalundborg-direktionen-2021-04-12.txt", "item": "5"}
MINUTES = {"a.txt": "Punkt 5 Citrix Godkendt. Prisen er 30.000 kr.", "b.txt": "Punkt 1 Budget Udsat."}
needs_instrument = pytest.mark.skipif(not SHARED.is_dir(), reason="the instruments are not beside the project")


def minutes(source):
    return [without_spaces(MINUTES[source])] if source in MINUTES else []


def result(source, item, decision=None, *passages, title="", case_number=None):
    return {
        "source": source, "item": item, "title": title, "decision": decision, "citation": f"{source}, punkt {item}",
        "journal_number": None, "case_number": case_number, "passages": [{"text": text} for text in passages],
    }  # fmt: skip


def answer(status, *results, text="Direktionen godkendte."):
    return {"status": status, "answer": text, "results": list(results)}


@pytest.fixture
def known(tmp_path):
    """Questions as `read_known` gives them for some lines."""

    def known(*lines):
        path = tmp_path / "questions.jsonl"
        path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        return read_known(path)

    return known


@pytest.fixture
def score(known):
    def score(given, relevant, *, category="direct", must_show=(), ungated=()):
        line = {"question": "?", "category": category, "answer_contains": list(must_show)}
        line["relevant"] = [{"file": file, "item": item} for file, item in relevant]
        return score_answer(known(line)[0], given, ungated, minutes)

    return score


def test_right_item_that_shows_all_is_trusted(score):
    given = answer("answered", result("a.txt", "5", "Godkendt.", "Prisen  er\n30.000 kr."), result("b.txt", "1"))
    scored = score(given, [("a.txt", "5")], must_show=["er 30.000", "godkendte"])
    assert (scored.trusted, scored.hit1, scored.hit5, scored.shown, scored.refused) == (True, True, True, True, False)
    assert (scored.quotes, scored.unfaithful, scored.invented, scored.faults) == (2, 0, None, ())


def test_right_item_second_is_a_wrong_item(score):
    given = answer("answered", result("b.txt", "1"), result("a.txt", "5"))
    scored = score(given, [("a.txt", "5")], ungated=[("b.txt", "1"), ("a.txt", "5")])
    assert (scored.trusted, scored.hit1, scored.hit5, scored.rank) == (False, False, True, 2)
    assert scored.faults == (Fault.WRONG_ITEM,)


def test_only_what_a_reader_sees_of_the_first_result_is_shown(score):
    first = result("a.txt", "5", None, "x" * 900 + "30.000 kr.")
    scored = score(
        answer("answered", first, result("b.txt", "1", "30.000 kr.")), [("a.txt", "5")], must_show=["30.000 kr."]
    )
    assert (scored.hit1, scored.shown, scored.trusted) == (True, False, False)
    assert scored.faults == (Fault.NOT_SHOWN, Fault.NOT_VERBATIM) and scored.unshown == ("30.000 kr.",)


def test_refusal_and_invention(score):
    refused = score(answer("not_found"), [("a.txt", "5")], must_show=["x"], ungated=[("a.txt", "5")])
    assert (refused.refused, refused.hit5, refused.shown, refused.trusted) == (True, False, False, False)
    assert (refused.faults, refused.rank) == ((Fault.REFUSED,), 1)
    assert score(answer("not_found"), []).trusted
    invented = score(answer("answered", result("a.txt", "5")), [])
    assert (invented.invented, invented.trusted, invented.faults) == (True, False, (Fault.INVENTED,))


@pytest.mark.parametrize(
    ("items", "f1", "faults"),
    [
        ("56", 1.0, ()),
        ("567", 0.8, ()),
        ("5", 2 / 3, (Fault.LIST_INCOMPLETE,)),
        ("56789", 4 / 7, (Fault.LIST_INCOMPLETE,)),
        ("", 0.0, (Fault.REFUSED,)),
    ],
)
def test_list_is_as_good_as_its_f1(score, items, f1, faults):
    given = answer("list", *(result("a.txt", item) for item in items))
    scored = score(given, [("a.txt", "5"), ("a.txt", "6")], category="outcome")
    assert (scored.list_f1, scored.faults) == (pytest.approx(f1), faults)


def test_quotation_that_stands_nowhere_is_counted(score):
    scored = score(answer("answered", result("a.txt", "5", "Afvist.", "Godkendt.")), [("a.txt", "5")])
    assert (scored.trusted, scored.quotes, scored.unfaithful, scored.faults) == (True, 2, 1, (Fault.NOT_VERBATIM,))
    assert figures_of([scored]).answers["verbatim"].value == 0.5


def test_item_without_number_goes_by_its_case_number_or_title(known):
    by_case, by_title = known(
        {"question": "?", "relevant": [{"file": "a.txt", "item": "", "case_number": "19/118"}]},
        {"question": "?", "relevant": [{"file": "minutes/a.txt", "title": "Budget 2022"}]},
    )
    found = answer("answered", result("a.txt", "", case_number="19/118"))
    assert score_answer(by_case, found, (), minutes).trusted
    assert score_answer(by_title, answer("answered", result("a.txt", None, title="BUDGET  2022")), (), minutes).trusted
    assert not score_answer(by_title, found, (), minutes).trusted


def test_only_question_and_right_items_are_required_and_other_keys_harm_nothing(known):
    one, other = known(
        {"turns": ["Citrix?", "og prisen?"], "relevant": [{"file": "a.txt", "item": 5, "page": 3}], "thumb": "up"},
        {"id": 7, "question": "?", "relevant": [], "category": None, "answer_contains": None, "list": {}},
    )
    assert (one.id, one.category, one.turns, one.relevant) == (
        "line 1",
        "",
        ("Citrix?", "og prisen?"),
        (("a.txt", "5"),),
    )
    assert (other.id, other.relevant, other.must_show) == ("7", (), ())


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({"query": "?"}, "`question` or `turns`"),
        ({"question": "?"}, "`relevant`"),
        ({"question": "?", "relevant": None}, "`relevant`"),
        ({"question": "?", "relevant": {"file": "a.txt", "item": "5"}}, "`relevant`"),
        ({"question": "?", "relevant": [{"file": "a.txt"}]}, "`relevant`"),
        ({"question": "?", "relevant": [{"item": "5"}]}, "`relevant`"),
        ({"question": "?", "relevant": ["a.txt:5"]}, "`relevant`"),
        ({"question": "?", "relevant": [], "answer_contains": "x"}, "`answer_contains`"),
        ([], "`question` or `turns`"),
    ],
)
def test_line_of_another_form_is_named(known, line, says):
    with pytest.raises(QuestionError, match="line 2") as refused:
        known({"question": "?", "relevant": []}, line)
    assert says in str(refused.value) and "Mend the line" in str(refused.value)


def test_file_without_questions_is_refused(known):
    with pytest.raises(QuestionError, match="no questions"):
        known()


def test_interval_is_that_of_the_binomial_and_always_the_same():
    values = [1.0] * 60 + [0.0] * 40
    found = figure(values)
    half = 1.96 * math.sqrt(0.6 * 0.4 / 100)
    assert (found.value, found.n) == (0.6, 100)
    assert found.low == pytest.approx(0.6 - half, abs=0.02) and found.high == pytest.approx(0.6 + half, abs=0.02)
    assert figure(values) == found


def test_figure_of_nothing_and_of_weights():
    assert figure([]).value is None and figure([1.0, 0.5], weights=[0, 0]).high is None
    weighted = figure([1.0, 0.5], weights=[3, 1])
    assert (weighted.value, weighted.low, weighted.high) == (0.875, 0.5, 1.0)


def test_measures_of_a_ranking():
    values = ranking_values([["x", "y"], ["x"], ["x"]], [["y", "z"], ["z", "x"], []])
    assert values["hit@1"] == [1, 0, 0] and values["hit@5"] == [1, 1, 0]
    assert values["MRR@10"] == [1, 0.5, 0]
    ideal = 1 + 1 / math.log2(3)
    assert values["nDCG@10"] == pytest.approx([1 / ideal, 1 / math.log2(3), 0])


def test_ranking_before_the_evidence_check_shows_what_the_check_took(service, known):
    questions = ("Hvad blev besluttet om Citrix?", "", "kunstgræsbane til fodboldklubben")
    asked = known(*({"question": question, "relevant": [CITRIX]} for question in questions))
    steps = []
    found = evaluate(service, asked, lambda *step: steps.append(step))
    assert steps == [("questions", 1, 3), ("questions", 2, 3), ("questions", 3, 3)]
    assert found.total.answers["hit1"].value == pytest.approx(1 / 3)
    assert [scored.faults for scored in found.failures] == [(Fault.REFUSED,), (Fault.REFUSED,)]
    assert found.failures[0].ungated == () and len(found.failures[1].ungated) >= 20


def test_what_is_missing_says_how_to_get_it(service, known, monkeypatch):
    monkeypatch.setattr(figures, "find_spec", lambda name: None)
    with pytest.raises(ExtraMissing, match=r"pip install 'referat\[eval\]'"):
        evaluate(service, known({"question": "Citrix?", "relevant": []}), lambda *step: None)


@pytest.fixture
def file(tmp_path):
    lines = [
        {
            "id": "q1",
            "question": "Citrix?",
            "category": "direct",
            "answer_contains": ["3 måneder"],
            "relevant": [CITRIX],
        },
        {"id": "q2", "question": "Citrix?", "relevant": [{"file": "missing.txt", "item": "9"}]},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def test_eval_for_people(file, corpus_index, capsys):
    assert main(["eval", str(file), "--index", str(corpus_index)]) == 0
    out, err = capsys.readouterr()
    assert err == "referat: q2: the index holds no item 9 of missing.txt.\n"
    assert "2 questions: 2 that the minutes answer, 0 that they do not." in out
    assert "50.0 %      0.0–100.0 %          2" in out
    assert "expected: missing.txt:9" in out and "why:      wrong item" in out
    assert all(len(line) <= 104 for line in out.split("Failures")[0].splitlines())


def test_eval_for_programs(file, corpus_index, capsys):
    assert main(["eval", str(file), "--index", str(corpus_index), "--json"]) == 0
    found = json.loads(capsys.readouterr().out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert found["total"]["answers"]["trusted"] == {"value": 0.5, "low": 0.0, "high": 1.0, "n": 2}
    assert found["total"]["answers"]["invented"] == {"value": None, "low": None, "high": None, "n": 0}
    assert found["category"].keys() == {"direct", ""}
    assert found["category"]["direct"]["ungated"]["MRR@10"]["value"] == 1
    (failure,) = found["failures"]
    assert (failure["id"], failure["why"], failure["rank_ungated"]) == ("q2", ["wrong item"], None)


@needs_instrument
def test_figures_are_those_of_the_instrument_on_the_development_questions(corpus_index, service, tmp_path, capsys):
    path = SHARED / "questions/dev.jsonl"
    assert main(["ask", "--batch", str(path), "--index", str(corpus_index)]) == 0
    (tmp_path / "answers.jsonl").write_text(capsys.readouterr().out, encoding="utf-8")
    command = [sys.executable, SHARED / "score/score_qa.py", path, tmp_path / "answers.jsonl", CORPUS, "--json"]
    expected = json.loads(subprocess.check_output(command, text=True))
    found = evaluate(service, read_known(path), lambda *step: None)
    assert found.total.n == expected["total"].pop("n")
    assert {name: found.total.answers[name].value for name in expected["total"]} == pytest.approx(
        expected["total"], abs=5e-4
    )
    trusted = {name: category.answers["trusted"].value for name, category in found.categories.items()}
    assert trusted == pytest.approx(expected["category"], abs=5e-4)


@needs_instrument
def test_scores_are_those_of_the_instrument_on_answers_of_all_sorts(known):
    instrument = runpy.run_path(str(SHARED / "score/score_qa.py"))
    sources = {name: without_spaces(text) for name, text in MINUTES.items()}
    draw = random.Random(0)
    texts = ["Godkendt.", "Prisen er", "Udsat.", "Afvist.", "", None]
    for _ in range(500):
        items = [(draw.choice("ab") + ".txt", draw.choice(["", "1", "5", "7"])) for _ in range(draw.randrange(7))]
        results = [
            result(
                *item,
                draw.choice(texts),
                *draw.choices(texts[:4], k=2),
                title=draw.choice("XYx"),
                case_number=draw.choice(["1/2", None]),
            )
            for item in items
        ]
        given = answer(draw.choice(["answered", "list", "not_found"]), *results, text="Prisen er 30")
        question = {"id": "q", "question": "?", "category": draw.choice(["outcome", "entity", "fact"])}
        question["answer_contains"] = draw.sample(["Godkendt", "er30", "1/2"], draw.randrange(3))
        question["relevant"] = [
            {"file": draw.choice("ab") + ".txt", "item": draw.choice(["", "1", "5"]), "title": draw.choice("XY")}
            for _ in range(draw.randrange(4))
        ]
        expected = instrument["score_one"](question, given, sources)
        scored = score_answer(known(question)[0], given, (), minutes)
        fields = {"hit1", "hit5", "shown", "refused", "invented", "trusted", "quotes", "unfaithful"} & expected.keys()
        assert {name: getattr(scored, name) for name in fields} == {name: expected[name] for name in fields}
        assert scored.list_f1 == pytest.approx(expected.get("f1"))
        assert scored.got[:5] == tuple(expected["got"]) or not question["relevant"]
