"""An evaluation for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qa.evaluate.figures import RANKING_MEASURES, RESAMPLES, Figure
from qa.evaluate.questions import ItemKey
from qa.evaluate.run import DEPTH, Evaluation, Figures
from qa.evaluate.score import Fault, Score

_ANSWERS = {
    "trusted": "right and fully shown, or rightly refused",
    "hit1": "the right item first",
    "hit5": "the right item among the first five",
    "shown": "what must be shown is shown",
    "list_f1": "lists: right and complete (F1)",
    "refused": "“the minutes do not say”, though they do (fewer is better)",
    "invented": "an answer, though the minutes give none (fewer is better)",
    "verbatim": "quotations that stand in the minutes word for word",
}
_NONE = "–"
_UNNAMED = "(no category)"
_NOTE = f"""\
The interval is where the figure would fall 95 times in 100 if as many questions of the same kind
were drawn again ({RESAMPLES} bootstrap resamples). Where every question went the same way it has no width;
that proves nothing about other questions. Quotations are looked up in the text of the minutes as the
index keeps it, white space aside."""


def evaluation_json(evaluation: Evaluation) -> dict[str, Any]:
    """Figures from 0 to 1, null where no question counts; `ungated` is the ranking before the evidence check."""
    return {
        "confidence": 0.95,
        "resamples": RESAMPLES,
        "verbatim_against": "index",
        "total": _figures_json(evaluation.total),
        "category": {name: _figures_json(figures) for name, figures in evaluation.categories.items()},
        "failures": [_failure_json(score) for score in evaluation.failures],
    }


def _figures_json(figures: Figures) -> dict[str, Any]:
    parts = {"answers": figures.answers, "shown": figures.shown, "ungated": figures.ungated}
    return {"n": figures.n} | {
        name: {of: _figure_json(value) for of, value in part.items()} for name, part in parts.items()
    }


def _figure_json(figure: Figure) -> dict[str, Any]:
    return {"value": figure.value, "low": figure.low, "high": figure.high, "n": figure.n}


def _failure_json(score: Score) -> dict[str, Any]:
    question = score.question
    return {
        "id": question.id,
        "category": question.category,
        "turns": list(question.turns),
        "expected": _keys_json(question.relevant),
        "got": _keys_json(score.got),
        "why": list(score.faults),
        "rank_ungated": score.rank,
        "not_shown": list(score.unshown),
        "not_verbatim": score.unfaithful,
    }


def _keys_json(keys: Sequence[ItemKey]) -> list[dict[str, str]]:
    return [{"file": file, "item": item} for file, item in keys]


def evaluation_text(evaluation: Evaluation) -> str:
    """The figures, the ranking, both by category; then what went wrong, question by question."""
    total = evaluation.total
    answered = total.answers["hit1"].n
    parts = [
        f"{total.n} questions: {answered} that the minutes answer, {total.n - answered} that they do not.",
        _answers_table(total),
        _ranking_table(total),
        _category_table(evaluation.categories),
        _NOTE,
        f"Failures: {len(evaluation.failures)}" if evaluation.failures else "No failures.",
        *map(_failure_text, evaluation.failures),
    ]
    return "\n\n".join(parts)


def _answers_table(figures: Figures) -> str:
    rows = [f"{'Answers':60}{'':>8}  {'95 % interval':>15}  {'questions':>9}"]
    for name, meaning in _ANSWERS.items():
        found = figures.answers[name]
        rows.append(f"  {meaning:58}{_percent(found.value):>8}  {_interval(found):>15}  {found.n:>9}")
    return "\n".join(rows)


def _ranking_table(figures: Figures) -> str:
    """Beside what is shown, what was found before the evidence check: where only the first is low, that check is."""
    rows = [
        _ranking_row("Ranking of the items", "as shown", "95 % interval", "before the evidence check", "95 % interval")
    ]
    for name in RANKING_MEASURES:
        shown, ungated = figures.shown[name], figures.ungated[name]
        cells = (_percent(shown.value), _interval(shown), _percent(ungated.value), _interval(ungated))
        rows.append(_ranking_row(f"  {name}", *cells))
    return "\n".join(rows)


def _ranking_row(name: str, shown: str, shown_within: str, ungated: str, ungated_within: str) -> str:
    return f"{name:28}{shown:>8}  {shown_within:>15}  {ungated:>27}  {ungated_within:>15}"


def _category_table(categories: dict[str, Figures]) -> str:
    width = max(len(name or _UNNAMED) for name in ("By category", *categories)) + 2
    heads = ("questions", "trusted", "95 % interval", "first", "shown", "refused", "invented", "nDCG@10", "unchecked")
    rows = [f"{'By category':{width}}" + _row(heads)]
    for name, figures in categories.items():
        answers = figures.answers
        cells = [str(figures.n), _percent(answers["trusted"].value), _interval(answers["trusted"])]
        cells += [_percent(answers[measure].value) for measure in ("hit1", "shown", "refused", "invented")]
        cells += [_percent(ranking["nDCG@10"].value) for ranking in (figures.shown, figures.ungated)]
        rows.append(f"{name or _UNNAMED:{width}}" + _row(cells))
    return "\n".join([*rows, "(unchecked: nDCG@10 before the evidence check)"])


def _row(cells: Sequence[str]) -> str:
    widths = (9, 9, 15, 8, 8, 8, 9, 8, 10)
    return "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))


def _percent(value: float | None) -> str:
    return _NONE if value is None else f"{100 * value:.1f} %"


def _interval(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return _NONE
    return f"{100 * figure.low:.1f}–{100 * figure.high:.1f} %"


def _failure_text(score: Score) -> str:
    question = score.question
    expected = _items(question.relevant) or "“the minutes do not say”"
    label = f"{question.id} [{question.category}]" if question.category else question.id
    return "\n".join(
        [
            f"{label}: {' / '.join(question.turns)}",
            f"    expected: {expected}",
            f"    got:      {_items(score.got) or '“the minutes do not say”'}",
            f"    why:      {'; '.join(_reason(score, fault) for fault in score.faults)}",
        ]
    )


def _items(keys: Sequence[ItemKey]) -> str:
    return ", ".join(f"{file}:{item}" if item else file for file, item in keys)


def _reason(score: Score, fault: Fault) -> str:
    """The fault, and what helps to find its cause."""
    match fault:
        case Fault.REFUSED | Fault.WRONG_ITEM:
            found = f"no. {score.rank}" if score.rank else f"not among the first {DEPTH}"
            return f"{fault} (before the evidence check the right item was {found})"
        case Fault.LIST_INCOMPLETE:
            relevant = score.question.relevant
            missing = _items([key for key in relevant if key not in score.got]) or "none"
            extra = _items([key for key in score.got if key not in relevant]) or "none"
            return f"{fault} or too long (missing: {missing}; too many: {extra})"
        case Fault.NOT_SHOWN:
            return f"{fault}: " + ", ".join(f"“{text}”" for text in score.unshown)
        case Fault.NOT_VERBATIM:
            return f"{fault}: {score.unfaithful} of {score.quotes} quotations"
        case Fault.INVENTED:
            return str(fault)
