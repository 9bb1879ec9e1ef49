"""The ablation runs, and each part is told on a line of its own."""

import json

import numpy as np

from benchmarks.ablation import __main__ as ablation
from benchmarks.ablation.plain import Bm25, Ngrams

TEXTS = ("Udfasning af Citrix", "Ny skole i byen", "Skolens cykelsti og byens skole")


def test_plain_searches_find_words_and_parts_of_words():
    assert np.argmax(Bm25(TEXTS).scores("hvad med citrix?")) == 0
    assert Bm25(TEXTS).scores("havnen").tolist() == [0, 0, 0]
    by_letters = Ngrams(TEXTS).scores("cykelstier")
    assert np.argmax(by_letters) == 2 and by_letters[2] > 0 == by_letters[0]


def test_table_tells_each_part(tmp_path, monkeypatch):
    monkeypatch.setattr(ablation, "commit", lambda: "0123456789ab")
    citrix = {"file": "kalundborg-direktionen-2021-04-12.txt", "item": "5"}
    lines = [
        {"question": "Hvad blev besluttet om Citrix?", "category": "paraphrase", "relevant": [citrix]},
        {"turns": ["Citrix?", "hvornår skal der være status?"], "category": "conversation", "relevant": [citrix]},
        {"question": "Hvad koster en svømmehal?", "category": "unanswerable", "relevant": []},
    ]
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    ablation.main([str(tmp_path / "questions.jsonl"), "--out", str(tmp_path / "ablation.md")])
    written = (tmp_path / "ablation.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in written if line.startswith("|")][2:]
    assert [row[0] for row in rows] == [
        "BM25 over stems",
        "+ character n-grams",
        "soft words instead",
        "+ meaning of passages",
        "+ meaning of sentences",
        "+ understanding",
        "+ evidence",
        "+ conversation",
    ]
    assert rows[0][2] == "1.000" and rows[0][5] == ""
    assert rows[-1][1:3] == ["1.000", "1.000"] and rows[-1][-1] == "0.000"
