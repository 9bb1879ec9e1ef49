import json
from dataclasses import replace

import pytest

from index.errors import IndexDamaged, QuestionError
from index.settings import Settings
from qa.calibrate import calibrate
from qa.evaluate.questions import read_known
from qa.evidence import BUNDLED, read_calibration
from qa.models import Status
from qa.service import open_service

ANSWERED = {
    "Hvad blev besluttet om Citrix?": ("kalundborg-direktionen-2021-04-12.txt", "5"),
    "Hvad blev besluttet om bosætningsstrategien?": ("kalundborg-direktionen-2021-04-12.txt", "14"),
    "udbud af økonomi og lønsystem": ("nordfyn-direktionen-2021-04-21.txt", "3"),
    "genåbning af rådhusene": ("nordfyn-direktionen-2021-04-21.txt", "5"),
    "ny integrationspolitik": ("kalundborg-direktionen-2018-09-03.txt", "6"),
    "indretning af administrationsbygninger": ("jammerbugt-direktionen-2020-09-15.txt", "2"),
    "fravær og nærvær": ("jammerbugt-direktionen-2019-05-07.txt", "4"),
    "it-udstyr til den nye kommunalbestyrelse": ("kalundborg-direktionen-2021-04-12.txt", "7"),
    "opsætning af Outlook": ("kalundborg-direktionen-2018-09-03.txt", "4"),
    "evaluering af folkemødet": ("kalundborg-direktionen-2018-09-03.txt", "8"),
}
UNANSWERED = [
    "svømmehallens åbningstider", "skaterbane", "kommunal tandpleje", "letbane", "havvindmøller", "ulve i skoven",
    "musikskolens takster", "fjernvarme", "strandrensning", "ridehal", "biblioteksbus", "hundeskov",
]  # fmt: skip


STRICT = replace(BUNDLED, bias=-100.0)


def question_file(path, answered=ANSWERED, unanswered=UNANSWERED):
    lines = [{"question": text, "relevant": [{"file": file, "item": item}]} for text, (file, item) in answered.items()]
    lines += [{"question": text, "relevant": []} for text in unanswered]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return read_known(path)


@pytest.fixture
def service(corpus_copy):
    return open_service(Settings(index=corpus_copy))


def silent(what, done, total):
    pass


def test_fit_answers_what_is_answered_and_refuses_the_rest(service, tmp_path):
    found = calibrate(service, question_file(tmp_path / "known.jsonl"), silent)
    assert found.asked >= 20
    assert found.right_after >= 0.9 * found.asked
    assert found.calibration.dense + found.calibration.near > 0 > found.calibration.missing


def test_fit_is_kept_beside_the_index_and_used(service, corpus_copy):
    assert service.ask("hvordan bliver frivillige forsikret?").status is Status.ANSWERED
    service.calibrated(STRICT)
    again = open_service(Settings(index=corpus_copy))
    assert read_calibration(corpus_copy, again._index.manifest.model_fingerprint) == STRICT
    for asked in (service, again):
        assert asked.ask("hvordan bliver frivillige forsikret?").status is Status.NOT_FOUND


def test_fit_for_another_model_is_not_used(service, corpus_copy):
    service.calibrated(STRICT)
    assert read_calibration(corpus_copy, "another model") == BUNDLED


def test_fit_of_an_earlier_version_is_not_taken_for_one_of_this(service, corpus_copy):
    service.calibrated(STRICT)
    path = corpus_copy / "calibration.json"
    kept = {name: value for name, value in json.loads(path.read_text(encoding="utf-8")).items() if name != "dense"}
    path.write_text(json.dumps(kept), encoding="utf-8")
    with pytest.raises(IndexDamaged, match="calibrate anew"):
        open_service(Settings(index=corpus_copy))


def test_broken_calibration_is_told(corpus_copy):
    (corpus_copy / "calibration.json").write_text("{", encoding="utf-8")
    with pytest.raises(IndexDamaged, match="calibration.json"):
        open_service(Settings(index=corpus_copy))


@pytest.mark.parametrize("unanswered", [[], ["letbane"]])
def test_too_little_to_fit_on_is_told(service, tmp_path, unanswered):
    with pytest.raises(QuestionError, match="at least 20"):
        calibrate(service, question_file(tmp_path / "known.jsonl", unanswered=unanswered), silent)
