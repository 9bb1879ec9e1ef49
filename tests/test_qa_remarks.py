"""What the readers of documents say, in the language of the screen."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from index.versions import Standing, Verdict, Version
from qa.texts.remarks import remark
from tests.conftest import ROOT

CALLS = {"Unreadable": 0, "DocumentError": 1, "Problem": 2}


def said(path: Path) -> set[str]:
    """All that a module gives as the reason for a refusal, as a problem, or as a sign; "7" stands for what varies."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        node.targets[0].id: node.value
        for node in module.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    found = []
    for node in ast.walk(module):
        name = getattr(getattr(node, "func", None), "id", "")
        if name in CALLS and len(node.args) > CALLS[name]:
            found.append(node.args[CALLS[name]])
        if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            found.append(node.value.elts[1])
        if isinstance(node, ast.Dict):
            found += [value for key, value in zip(node.keys, node.values, strict=True) if is_reason(key)]
    either = [part for value in found for part in alternatives(value)]
    return {words for value in either if (words := written(value, names))}


def alternatives(value: ast.expr) -> list[ast.expr]:
    return [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]


def is_reason(key: ast.expr | None) -> bool:
    return isinstance(key, ast.Constant) and key.value == "refused"


def written(value: ast.expr, names: dict[str, ast.expr]) -> str:
    if isinstance(value, ast.Name) and value.id in names:
        return written(names[value.id], names)
    if isinstance(value, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "7" for part in value.values)
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


READERS = [*sorted((ROOT / "index/read").glob("*.py")), ROOT / "index/parse/__init__.py", ROOT / "index/report.py"]


@pytest.mark.parametrize("path", READERS, ids=lambda path: path.stem)
def test_every_remark_is_said_in_danish(path: Path) -> None:
    sentences = {words for words in said(path) if " " in words and "7 of the meeting" not in words}
    assert {words for words in sentences if remark(words, "da") == words} == set()


def test_remarks_are_found_at_all() -> None:
    assert sum(len(said(path)) for path in READERS) > 25


def test_what_varies_is_kept() -> None:
    assert remark("cannot be read (Permission denied). Check that you may open it.", "da") == (
        "Filen kan ikke læses (Permission denied). Undersøg, om du må åbne den."
    )
    said = 'line 7: The date of the meeting was not found. Add it above the first item, as in "Mødedato: 4. maj 2021".'
    assert remark(said, "da") == (
        "linje 7: Mødets dato blev ikke fundet. Skriv den over det første punkt, som »Mødedato: 4. maj 2021«."
    )
    said = '"Punkt {0}" stands in the contents, but no such item was found. See whether the file has it.'
    assert remark(said, "da").startswith("»Punkt {0}«")


@pytest.mark.parametrize("standing", [Standing.SAME, Standing.OLDER, Standing.CONFLICT])
def test_what_is_kept_aside_is_said_in_danish(standing: Standing) -> None:
    said = Verdict(standing, 0, ("3", "5")).told(Version.AGENDA, "/minutes/b.txt")
    assert "/minutes/b.txt, der bruges" in remark(said, "da")


def test_english_and_the_unknown_stay_as_they_were_said() -> None:
    assert remark("damaged: reading it fails.", "en") == "damaged: reading it fails."
    assert remark("Something new.", "da") == "Something new."
