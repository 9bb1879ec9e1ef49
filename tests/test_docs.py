"""What the documentation says is there."""

import re

import pytest

from index.settings import Settings
from qa.cli import main
from qa.evaluate.questions import read_known
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"`referat ([a-z]+)[ `]", README)))


@pytest.mark.parametrize("command", COMMANDS)
def test_command_of_the_readme_exists_and_has_help(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    assert len(capsys.readouterr().out.splitlines()) > 3


def test_readme_names_every_command():
    assert (
        COMMANDS
        == "add ask backup build calibrate check eval migrate parse remove report restore show status watch".split()
    )


def test_readme_names_every_setting():
    for name in Settings.__slots__:
        assert f"| `{name}` | `REFERAT_{name.upper()}` |" in README


def test_questions_of_the_readme_can_be_measured(tmp_path):
    (lines,) = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
    (tmp_path / "questions.jsonl").write_text(lines, encoding="utf-8")
    first, second = read_known(tmp_path / "questions.jsonl")
    assert first.relevant and first.must_show and len(second.turns) == 2 and not second.relevant


def test_links_of_the_documentation_lead_somewhere():
    for page in (README, (ROOT / "corpus/README.md").read_text(encoding="utf-8")):
        for target in re.findall(r"\]\(([^)#:]+)\)", page):
            assert (ROOT / target).exists(), target
