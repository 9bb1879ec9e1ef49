"""`python -m benchmarks.ablation QUESTIONS.jsonl... --documents PATH...`: one part more a line; writes the table."""

from __future__ import annotations

import argparse
import logging
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.ablation.rankings import Ranked, rankings
from benchmarks.stamp import ROOT, commit
from index.build import build_index
from index.settings import Settings
from index.store import MinutesIndex
from index.stored import StoredItem
from qa.evaluate.questions import KnownQuestion, read_known
from qa.evaluate.run import evaluate
from qa.service import Service, open_service
from qa.terminal import progress_line

log = logging.getLogger("benchmarks")
_CATEGORIES = ("paraphrase", "crosslingual")
_HEAD = ("part", "first", "paraphrases first", "English first", "MRR@10", "trusted", "refused", "invented")


def main(arguments: list[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    log.setLevel(logging.INFO)
    known = [question for path in options.questions for question in read_known(path)]
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(index=Path(folder) / "index")
        build_index(settings.index, options.documents, settings)
        service, index = open_service(settings), MinutesIndex.open(settings.index)
        rows = [_row(name, service, index, known, ranked) for name, ranked in rankings(index).items()]
        alone = [replace(question, turns=question.turns[-1:]) for question in known]
        rows += [_answers("+ evidence", service, alone), _answers("+ conversation", service, known)]
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(_table(rows, options.questions, len(known)), encoding="utf-8")
    log.info("%s", options.out.read_text(encoding="utf-8"))


def _row(name: str, service: Service, index: MinutesIndex, known: Sequence[KnownQuestion], ranked: Ranked) -> list[str]:
    """Of a ranking, by the questions that the minutes answer; the last turn of a conversation by itself."""
    answerable = [question for question in known if question.relevant]
    ranks = []
    for done, question in enumerate(answerable, 1):
        found = index.catalogue.items(ranked(service.understand(question.turns[-1])))
        ranks.append(_rank(question, found))
        progress_line(name, done, len(answerable))
    return [name, *_ranking_figures(answerable, ranks), "", "", ""]


def _rank(question: KnownQuestion, found: Sequence[StoredItem]) -> int | None:
    keys = [question.key_of_item(item.meeting.source, item.item) for item in found]
    return next((place for place, key in enumerate(keys, 1) if key in question.relevant), None)


def _ranking_figures(answerable: Sequence[KnownQuestion], ranks: Sequence[int | None]) -> list[str]:
    def first(category: str | None) -> str:
        of = [
            rank == 1 for question, rank in zip(answerable, ranks, strict=True) if category in (None, question.category)
        ]
        return f"{np.mean(of):.3f}" if of else ""

    mrr = np.mean([1 / rank if rank and rank <= 10 else 0 for rank in ranks])
    return [first(None), *map(first, _CATEGORIES), f"{mrr:.3f}"]


def _answers(part: str, service: Service, known: Sequence[KnownQuestion]) -> list[str]:
    """Of the answers themselves, with what was refused and what was invented."""
    evaluation = evaluate(service, known, progress_line)
    total, by_category = evaluation.total, evaluation.categories
    of = [by_category[name].answers["hit1"] if name in by_category else None for name in _CATEGORIES]
    said = (total.answers[measure] for measure in ("trusted", "refused", "invented"))
    figures = [total.answers["hit1"], *of, total.shown["MRR@10"], *said]
    return [part, *("" if figure is None or figure.value is None else f"{figure.value:.3f}" for figure in figures)]


def _table(rows: Sequence[Sequence[str]], questions: Sequence[Path], count: int) -> str:
    names = ", ".join(path.name for path in questions)
    lines = [_HEAD, ("---", *["--:"] * (len(_HEAD) - 1)), *rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"# What each part is good for\n\nCommit {commit()}; {count} questions of {names}.\n\n{table}\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ablation", description=__doc__)
    parser.add_argument("questions", type=Path, nargs="+", help="JSONL as for `referat eval`")
    parser.add_argument("--documents", type=Path, nargs="+", default=[ROOT / "corpus"], metavar="PATH", help="minutes")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks/results/ablation.md", help="the file to write")
    return parser


if __name__ == "__main__":
    main()
