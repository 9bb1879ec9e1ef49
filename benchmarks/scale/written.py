"""`python -m benchmarks.scale.written FOLDER --items 10000`: made-up minutes as files, and questions to them."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.scale.minutes import ITEMS_OF_A_MEETING, Collection
from benchmarks.scale.printed import as_read
from benchmarks.scale.questions import Planted, planted


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale.written", description=__doc__)
    parser.add_argument("folder", type=Path, help="gets minutes/ and questions.jsonl")
    parser.add_argument("--items", type=int, default=10_000, help="how many the minutes have in all")
    parser.add_argument("--questions", type=int, default=300, help="how many are planted in them")
    options = parser.parse_args(arguments)
    minutes = options.folder / "minutes"
    minutes.mkdir(parents=True)
    for number in range(options.items // ITEMS_OF_A_MEETING):
        print_meeting(minutes, number)
    asked = planted(Collection.shared(), options.items, options.questions)
    # What is asked of a set has many answers, which are not told.
    lines = [json.dumps(_line(question), ensure_ascii=False) for question in asked if question.kind != "set"]
    (options.folder / "questions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def print_meeting(minutes: Path, number: int) -> int:
    """Write a meeting's file; returns its characters."""
    text = as_read(Collection.shared().meeting(number)).text
    (minutes / f"{number:07}.txt").write_text(text, encoding="utf-8")
    return len(text)


def _line(question: Planted) -> dict[str, object]:
    relevant = [dict(zip(("file", "item"), question.answer, strict=True))] if question.answer else []
    return {"question": question.text, "category": question.kind, "relevant": relevant}


if __name__ == "__main__":
    main()
