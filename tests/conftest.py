"""What the tests share: the corpus, an index of it, and a document written in a test's docstring."""

from __future__ import annotations

import json
import shutil
import textwrap
from pathlib import Path

import pytest

from index.build import build_index
from index.parse import parse_minutes
from index.read import read_document
from index.settings import Settings
from qa.service import open_service

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
SHARED = ROOT.parent / "shared"


def pytest_addoption(parser):
    parser.addoption("--update-snapshots", action="store_true", help="accept what is parsed now as what is right")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory, monkeypatch):
    """No test reads the user's settings or writes into the user's folders."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    for name in ("INDEX", "MODEL", "DEVICE", "CLOSED_TEXT"):
        monkeypatch.delenv(f"REFERAT_{name}", raising=False)


@pytest.fixture(scope="session")
def corpus_index(tmp_path_factory) -> Path:
    """The folder of an index of the five minutes; tests only read it."""
    folder = tmp_path_factory.mktemp("corpus") / "index"
    build_index(folder, [CORPUS], Settings(index=folder))
    return folder


@pytest.fixture
def corpus_copy(corpus_index, tmp_path) -> Path:
    """The folder of a copy of that index, which a test may write to."""
    return shutil.copytree(corpus_index, tmp_path / "copy")


@pytest.fixture(scope="session")
def service(corpus_index):
    return open_service(Settings(index=corpus_index))


@pytest.fixture
def document(request, tmp_path) -> Path:
    """A file with the text of the test's docstring."""
    path = tmp_path / "minutes.txt"
    path.write_text(textwrap.dedent(request.function.__doc__).strip("\n") + "\n", encoding="utf-8")
    return path


@pytest.fixture
def parsed(document):
    """(meeting, problems) of the minutes in the test's docstring."""
    return parse_minutes(read_document(document))


@pytest.fixture
def snapshot(request):
    """Compare a value with the one that was accepted under a name; `--update-snapshots` accepts it."""

    def compare(name: str, value: object) -> None:
        path = Path(__file__).parent / "snapshots" / f"{name}.json"
        text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
        if request.config.getoption("--update-snapshots"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"no snapshot {path.name}; run pytest --update-snapshots, and read the diff"
        assert text == path.read_text(encoding="utf-8")

    return compare
