"""`python -m training --shared DIR --out DIR`: make the model, measure it beside its peers, write both."""

from __future__ import annotations

import argparse
import json
import logging
from dataclasses import fields, replace
from pathlib import Path

from tokenizers import Tokenizer

from training.clean import Data, read_data
from training.evaluate import all_figures, figures_of_model, summary
from training.make import make_model
from training.measure import cosines
from training.minutes import figures_alone, figures_in_use, read_questions
from training.package import write_card, write_model
from training.peers import bm25, our_model, static_as_ours, teacher_model
from training.settings import Settings
from training.speed import speed_figures

log = logging.getLogger("training")
NEW, OLD, TEACHER, LEXICAL = "new", "v0", "all-MiniLM-L6-v2", "BM25"


def main(arguments: list[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    settings = replace(Settings(), **dict(options.set))
    data = read_data(options.shared / "embedding", validate=settings.validate)
    log.info(
        "data: %d translations, %d concepts, %d items, %d questions",
        *(len(data.translations), len(data.concepts), len(data.items), sum(len(i.questions) for i in data.items)),
    )
    model = options.out / "model"
    if not options.measure_only:
        tokenizer = Tokenizer.from_file(str(options.tokenizer)) if options.tokenizer else None
        write_model(model, *make_model(data, settings, options.out / "cache", tokenizer))
    figures = measure(model, data, options.shared, settings)
    write_card(model, settings, figures)
    (options.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    for name, measured in figures.items():
        log.info("%s: %s", name, summary(measured))


def measure(model: Path, data: Data, shared: Path, settings: Settings) -> dict[str, dict]:
    """All figures of the model and its peers, by the same script."""
    folder, old = shared / "embedding", model.parent / "v0"
    static_as_ours(folder / "model-v0", old)
    embeds = {NEW: our_model(model), OLD: our_model(old), TEACHER: teacher_model()}
    figures = {name: figures_of_model(name, embed, data, folder, settings.seed) for name, embed in embeds.items()}
    figures[LEXICAL] = all_figures(LEXICAL, bm25, None, data, folder, settings.seed)
    questions, corpus = read_questions(shared / "questions" / "dev.jsonl"), shared / "corpus"
    for name, score in {**{name: cosines(embed) for name, embed in embeds.items()}, LEXICAL: bm25}.items():
        figures[name]["minutes, alone"] = figures_alone(score, questions, corpus)
    for name, place in ((NEW, model), (OLD, old)):
        figures[name]["minutes, in use"] = figures_in_use(place, questions, corpus)
        figures[name]["speed"] = speed_figures(place, [item.passage for item in data.items])
    return figures


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="the folder with embedding/, questions/ and corpus/")
    parser.add_argument("--out", type=Path, required=True, help="gets model/, figures.json and the teacher's cache/")
    parser.add_argument("--tokenizer", type=Path, help="an earlier run's tokenizer.json, to repeat that run exactly")
    parser.add_argument("--measure-only", action="store_true", help="measure the model that is in --out already")
    parser.add_argument(
        "--set", type=_setting, action="append", default=[], metavar="NAME=VALUE", help="another value of a setting"
    )
    return parser


def _setting(text: str) -> tuple[str, object]:
    name, _, value = text.partition("=")
    kinds = {field.name: type(field.default) for field in fields(Settings)}
    if name not in kinds:
        raise argparse.ArgumentTypeError(f"there is no setting {name}; there are: {', '.join(kinds)}")
    return name, value.lower() in ("1", "true") if kinds[name] is bool else kinds[name](value)


if __name__ == "__main__":
    main()
