"""The command `referat`: results on stdout, all else on stderr; exit code 0 done, 2 wrong usage, 1 anything else."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

from index.build import read_meetings
from index.errors import QuestionError, ReferatError
from index.report import report_files, report_index
from index.settings import Settings, load_settings
from index.snapshot import is_unfinished
from qa import upkeep
from qa.batch import last_answer, read_batch
from qa.calibrate import calibrate
from qa.contract import answer_json, meeting_json, unasked_json
from qa.evaluate.questions import read_known, unknown_items
from qa.evaluate.report import evaluation_json, evaluation_text
from qa.evaluate.run import evaluate
from qa.report import report_json, report_text
from qa.service import Service, open_service
from qa.terminal import answer_text, item_text, meeting_text, progress_line, status_text
from qa.view.plain import in_written_order


def main(arguments: list[str] | None = None) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    given = _parser().parse_args(arguments)
    settings = Settings()
    try:
        flags = {name: getattr(given, name, None) for name in ("index", "model", "device", "ocr")}
        settings = load_settings(**flags)
        return given.run(given, settings)
    except ReferatError as error:
        print(f"referat: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        if isinstance(error, BrokenPipeError):  # the reader of our output has gone, as `head` does
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
        print(f"referat: {error.filename or 'the disk'}: {error.strerror}. Nothing was changed.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        kept = " What was read is kept, and the next update goes on from it." if is_unfinished(settings.index) else ""
        print(f"referat: stopped. Nothing was changed.{kept}", file=sys.stderr)
        return 1
    except Exception as error:
        print(
            f"referat: a fault in the program ({type(error).__name__}: {error}). Nothing was changed.", file=sys.stderr
        )
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="referat",
        description="Ask the minutes of Danish municipal meetings; get the decision, word for word, with its citation.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--index", metavar="DIR", help="the folder of the index (default: REFERAT_INDEX, else your user data folder)"
    )

    scanned = argparse.ArgumentParser(add_help=False)
    scanned.add_argument(
        "--ocr", action="store_true", default=None, help="read scanned pages, too, with tesseract (to be installed)"
    )
    upkeep.add_commands(commands, common, scanned)

    ask = commands.add_parser("ask", parents=[common], help="ask the minutes a question, in Danish or English")
    asked = ask.add_mutually_exclusive_group(required=True)
    asked.add_argument("question", nargs="?", metavar="QUESTION")
    asked.add_argument(
        "--batch",
        type=Path,
        metavar="FILE",
        help="answer each line of a JSONL file: an object with `question`, or with `turns` for a conversation",
    )
    ask.add_argument("--json", action="store_true", help="write the answer as JSON")
    ask.set_defaults(run=_ask)

    measure = commands.add_parser("eval", parents=[common], help="measure the answers to questions with known answers")
    measure.add_argument(
        "questions",
        metavar="QUESTIONS",
        type=Path,
        help="a JSONL file as for `ask --batch`, with the right items of each question (see the README)",
    )
    measure.add_argument("--json", action="store_true", help="write the figures and the failures as JSON")
    measure.set_defaults(run=_eval)

    fit = commands.add_parser(
        "calibrate", parents=[common], help="fit the evidence that an answer needs on questions with known answers"
    )
    fit.add_argument("questions", metavar="QUESTIONS", type=Path, help="a file as for `eval`")
    fit.set_defaults(run=_calibrate)

    show = commands.add_parser("show", parents=[common], help="show a whole agenda item")
    show.add_argument(
        "item", metavar="ITEM", help="SOURCE:NUMBER, as in kalundborg-direktionen-2021-04-12.txt:5, or a case number"
    )
    show.set_defaults(run=_show)

    parse = commands.add_parser(
        "parse", parents=[common, scanned], help="show what is understood of files, without an index"
    )
    parse.add_argument("files", metavar="FILE", nargs="+", type=Path)
    parse.add_argument("--json", action="store_true", help="write a JSON list of meetings")
    parse.set_defaults(run=_parse)

    report = commands.add_parser(
        "report", parents=[common, scanned], help="count what was understood, and say which documents to look at first"
    )
    report.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=Path,
        help="files or folders of minutes (default: what the index holds)",
    )
    report.add_argument("--json", action="store_true", help="write the counts and the reasons as JSON")
    report.set_defaults(run=_report)

    status = commands.add_parser("status", parents=[common], help="say what the index holds")
    status.set_defaults(run=_status)
    return parser


def _ask(given: argparse.Namespace, settings: Settings) -> int:
    if given.batch is None and not given.question.strip():
        raise QuestionError("The question is empty. Write what you want to know.")
    batch = read_batch(given.batch) if given.batch else []
    service = open_service(settings)
    for line in batch:
        print(json.dumps(_answer_line(service, line.turns), ensure_ascii=False), flush=True)
    if given.batch is None:
        answer = service.ask(given.question)
        if given.json:
            print(json.dumps(answer_json(answer), ensure_ascii=False, indent=1))
        else:
            print(in_written_order(answer_text(answer)))
    return 0


def _answer_line(service: Service, turns: tuple[str, ...]) -> dict[str, Any]:
    try:
        return answer_json(last_answer(service, turns))
    except QuestionError as error:
        return unasked_json(turns[-1], error)


def _calibrate(given: argparse.Namespace, settings: Settings) -> int:
    service = open_service(settings)
    found = calibrate(service, read_known(given.questions), progress_line)
    if found.right_after < found.right_before:
        print(
            f"Nothing was changed: of {found.asked} questions for a decision the bundled fit decides "
            f"{found.right_before} rightly, and a fit on these questions {found.right_after}. Give more of them."
        )
        return 0
    service.calibrated(found.calibration)
    print(
        f"The evidence that an answer needs has been fitted. Of {found.asked} questions for a decision, "
        f"{found.right_after} are decided rightly now, {found.right_before} were with the bundled fit."
    )
    return 0


def _eval(given: argparse.Namespace, settings: Settings) -> int:
    known = read_known(given.questions)
    service = open_service(settings)
    for question, (source, item) in unknown_items(service, known):
        print(f"referat: {question.id}: the index holds no item {item} of {source}.", file=sys.stderr)
    evaluation = evaluate(service, known, progress_line)
    if given.json:
        print(json.dumps(evaluation_json(evaluation), ensure_ascii=False, indent=1))
    else:
        print(evaluation_text(evaluation))
    return 0


def _show(given: argparse.Namespace, settings: Settings) -> int:
    records = open_service(settings).find_items(given.item)
    print(in_written_order("\n\n".join(item_text(record) for record in records)))
    return 0


def _parse(given: argparse.Namespace, settings: Settings) -> int:
    meetings, refused = [], []
    for file in given.files:
        try:
            for minutes in read_meetings(file, ocr=settings.ocr):
                meetings.append((str(file), minutes.meeting, minutes.problems))
        except ReferatError as error:
            refused.append(error)
    if given.json:
        print(json.dumps([meeting_json(*parsed) for parsed in meetings], ensure_ascii=False, indent=1))
    elif meetings:
        print(in_written_order("\n\n".join(meeting_text(meeting, problems) for _, meeting, problems in meetings)))
    for error in refused:
        print(f"referat: {error}", file=sys.stderr)
    return 1 if refused else 0


def _report(given: argparse.Namespace, settings: Settings) -> int:
    report = report_files(given.paths, settings, progress_line) if given.paths else report_index(settings.index)
    print(json.dumps(report_json(report), ensure_ascii=False, indent=1) if given.json else report_text(report))
    return 0


def _status(given: argparse.Namespace, settings: Settings) -> int:
    print(status_text(settings, open_service(settings).status()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
