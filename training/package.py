"""The trained table as a sentence-transformers folder, with its card and the run's settings and figures."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from string import Template

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from training.settings import Settings

CARD = Path(__file__).parent / "card.md"
_STATIC = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"
_NORMALIZE = "sentence_transformers.base.modules.normalize.Normalize"
_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": _STATIC},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": _NORMALIZE},
]
_NORMALIZED = {"module_input_name": "sentence_embedding", "module_output_name": "sentence_embedding"}
_CONFIG = {
    "model_type": "SentenceTransformer",
    "prompts": {"query": "", "document": ""},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}


def write_model(folder: Path, tokenizer: Tokenizer, table: np.ndarray) -> None:
    """Replace what is in the folder by the model, float16."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "1_Normalize").mkdir(parents=True)
    save_file({"embedding.weight": table.astype(np.float16)}, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    _write_json(folder / "modules.json", _MODULES)
    _write_json(folder / "config_sentence_transformers.json", _CONFIG)
    _write_json(folder / "1_Normalize" / "config.json", _NORMALIZED)


def write_card(folder: Path, settings: Settings, figures: dict[str, dict]) -> None:
    """The card, and what it is drawn from: the settings and figures of the run."""
    _write_json(folder / "run.json", {"settings": asdict(settings), "figures": figures})
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    card = Template(CARD.read_text(encoding="utf-8")).substitute(
        pieces=f"{settings.pieces:,}", dimension=settings.dimension, megabytes=f"{size:.1f}", figures=table_of(figures)
    )
    (folder / "README.md").write_text(card, encoding="utf-8")


def table_of(figures: dict[str, dict]) -> str:
    """A markdown table: a line for each measure, a column for each system."""
    rows: dict[str, dict[str, float]] = {}
    for system, measured in figures.items():
        for name, value in _flat(measured):
            rows.setdefault(name, {})[system] = value
    lines = ["| | " + " | ".join(figures) + " |", "|---" * (len(figures) + 1) + "|"]
    for name, values in rows.items():
        cells = [f"{values[system]:.3f}" if system in values else "" for system in figures]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


_SHOWN = ("hit@1", "hit@5", "hit@10", "mrr", "auroc", "unlike p99", "unlike p99.9", "like above p99", "like median")


def _flat(figures: dict, prefix: str = "") -> list[tuple[str, float]]:
    found = []
    for name, value in figures.items():
        if isinstance(value, dict):
            found += _flat(value, f"{prefix}{name}, ")
        elif name in _SHOWN or prefix.startswith(("translation", "speed")):
            found.append((prefix + name, value))
    return found


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
