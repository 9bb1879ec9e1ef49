"""The benchmark of quality and time runs, and stamps what it writes."""

import json

from benchmarks.quality import __main__ as benchmark
from benchmarks.quality.timing import summary


def test_times_are_summed_up_in_milliseconds():
    assert summary([0.001 * n for n in range(1, 102)]) == {"n": 101, "p50_ms": 51.0, "p95_ms": 96.0, "max_ms": 101.0}


def test_benchmark_writes_figures_with_their_commit(tmp_path, monkeypatch):
    monkeypatch.setattr(benchmark, "_COLD_RUNS", 1)
    monkeypatch.setattr(benchmark, "commit", lambda: "0123456789ab")
    citrix = {"file": "kalundborg-direktionen-2021-04-12.txt", "item": "5"}
    lines = [{"question": "Citrix?", "relevant": [citrix]}, {"turns": ["Citrix?", ""], "relevant": []}]
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    benchmark.main([str(tmp_path / "questions.jsonl"), "--out", str(tmp_path / "results/quality.json")])
    written = json.loads((tmp_path / "results/quality.json").read_text(encoding="utf-8"))
    assert (written["commit"], written["meetings"], written["items"]) == ("0123456789ab", 5, 56)
    assert (written["warm"]["n"], written["cold"]["n"]) == (2, 1)
    assert 0 < written["warm"]["p50_ms"] <= written["warm"]["max_ms"] < written["cold"]["max_ms"]
    assert written["quality"]["total"]["answers"]["trusted"]["value"] == 1
