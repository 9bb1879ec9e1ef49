"""The house as it is drawn: who may import whom, and what a bare import may load."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = ("torch", "faiss", "streamlit", "sentence_transformers", "tokenizers", "pypdfium2", "selectolax")

# Words that both sides speak: the nouns, errors, settings, and the pure functions on Danish text and dates.
COMMON = {"index.models", "index.errors", "index.settings", "index.danish", "index.municipalities"}
COMMON |= {"index.dates", "index.due"}
# What the store hands out: the door itself, the rows and scores that pass through it, and the state that it is in.
DOOR = {
    "index.store",
    "index.build",
    "index.stored",
    "index.meetings",
    "index.register",
    "index.soft",
    "index.vocabulary",
    "index.snapshot",
}
# What the command tells of minutes without asking them.
DOOR |= {"index.report"}
# What the command does with an index without asking it.
DOOR |= {"index.check", "index.backup", "index.watch"}


def imports_of(path: Path) -> set[str]:
    """The modules that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names if node.module in ("index", "qa"))
    return found


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def test_index_knows_nothing_of_questions_and_screens():
    for path in modules("index"):
        assert not {name.split(".")[0] for name in imports_of(path)} & {
            "qa",
            "screens",
            "app_streamlit",
            "streamlit",
        }, path


def test_qa_reaches_the_index_through_its_door():
    for path in modules("qa"):
        reached = {name for name in imports_of(path) if name.startswith("index.")}
        assert reached <= COMMON | DOOR, (path, reached - COMMON - DOOR)
        assert "streamlit" not in {name.split(".")[0] for name in imports_of(path)}, path


def test_models_import_nothing_of_ours():
    assert not [name for name in imports_of(ROOT / "index/models.py") if name.split(".")[0] in ("index", "qa")]


def test_only_the_screens_import_streamlit():
    importers = [path for path in [*ROOT.glob("*.py"), *modules("training")] if "streamlit" in imports_of(path)]
    assert [path.name for path in importers] == ["app_streamlit.py"]
    assert all("streamlit" in imports_of(path) for path in modules("screens") if path.name != "__init__.py")


@pytest.mark.parametrize("statement", ["import index, qa", "import index.store, qa.service", "import qa.cli"])
def test_importing_loads_nothing_heavy(statement):
    check = f"import sys; {statement}; print([name for name in {HEAVY!r} if name in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", check], text=True, cwd=ROOT).strip() == "[]"


def test_asking_with_the_bundled_model_loads_no_torch(corpus_index):
    ask = f"""
import sys
from qa.cli import main
main(["ask", "Hvad blev besluttet om Citrix?", "--index", {str(corpus_index)!r}])
print("torch" in sys.modules, "streamlit" in sys.modules)
"""
    assert subprocess.check_output([sys.executable, "-c", ask], text=True, cwd=ROOT).splitlines()[-1] == "False False"


def test_every_package_is_declared():
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for package in {path.parent for path in [*modules("index"), *modules("qa"), *modules("screens")]}:
        assert f'"{package.relative_to(ROOT).as_posix().replace("/", ".")}"' in declared
