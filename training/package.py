"""The trained student as a sentence-transformers folder, with its card and the run's settings and figures."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from string import Template

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer, processors

from training.settings import Settings
from training.t5 import TEXT_PLACE, t5_config, t5_weights
from training.tokenizer import UNKNOWN

CARD = Path(__file__).parent / "card.md"
_BASE, _SENTENCE = "sentence_transformers.base.modules", "sentence_transformers.sentence_transformer.modules"
_MODULES = {
    "": f"{_BASE}.transformer.Transformer",
    "1_Pooling": f"{_SENTENCE}.pooling.Pooling",
    "2_Dense": f"{_BASE}.dense.Dense",
    "3_Normalize": f"{_BASE}.normalize.Normalize",
}
_TOKENIZER = {
    "tokenizer_class": "PreTrainedTokenizerFast",
    "pad_token": UNKNOWN,
    "unk_token": UNKNOWN,
    "model_input_names": ["input_ids", "attention_mask"],
    "clean_up_tokenization_spaces": False,
}
_CONFIG = {
    "model_type": "SentenceTransformer",
    "prompts": {"query": "", "document": ""},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}


def write_model(folder: Path, tokenizer: Tokenizer, rows: np.ndarray, ask: np.ndarray, always: np.ndarray) -> None:
    """Replace what is in the folder by the model, float16, of the arrays that `Attention` gives."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in _MODULES:
        (folder / name).mkdir(parents=True, exist_ok=True)
    pieces, width = rows.shape
    _write_arrays(folder / "model.safetensors", t5_weights(rows, ask, always))
    _write_json(folder / "config.json", t5_config(pieces, width))
    _with_text_place(tokenizer, pieces).save(str(folder / "tokenizer.json"), pretty=False)
    _write_json(folder / "tokenizer_config.json", _TOKENIZER)
    modules = [
        {"idx": place, "name": str(place), "path": name, "type": kind}
        for place, (name, kind) in enumerate(_MODULES.items())
    ]
    _write_json(folder / "modules.json", modules)
    _write_json(folder / "config_sentence_transformers.json", _CONFIG)
    _write_json(folder / "1_Pooling" / "config.json", {"embedding_dimension": width + 2, "pooling_mode": "cls"})
    _write_meaning_alone(folder / "2_Dense", width - 1, width + 2)
    _write_json(folder / "3_Normalize" / "config.json", {})


def _with_text_place(tokenizer: Tokenizer, place: int) -> Tokenizer:
    """The tokenizer with [TEXT] before each text; no text has it itself, for all are made lower case."""
    described = json.loads(tokenizer.to_str())
    described["model"]["vocab"].append([TEXT_PLACE, -100.0])
    placed = Tokenizer.from_str(json.dumps(described))
    placed.post_processor = processors.TemplateProcessing(
        single=f"{TEXT_PLACE} $A", special_tokens=[(TEXT_PLACE, place)]
    )
    return placed


def _write_meaning_alone(folder: Path, dimension: int, whole: int) -> None:
    """What leaves out the last numbers, which say nothing of the meaning."""
    _write_arrays(folder / "model.safetensors", {"linear.weight": np.eye(dimension, whole, dtype=np.float16)})
    described = {"in_features": whole, "out_features": dimension, "bias": False}
    _write_json(folder / "config.json", described | {"activation_function": "torch.nn.modules.linear.Identity"})


def _write_arrays(path: Path, arrays: dict[str, np.ndarray]) -> None:
    save_file(arrays, path, metadata={"format": "pt"})
    path.chmod(0o644)


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
