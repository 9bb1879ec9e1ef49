"""All settings on one page. Order: flag > environment > file > default."""

from __future__ import annotations

import dataclasses
import os
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import SettingsError

SETTINGS_FILE = "referat.toml"
BUNDLED = "bundled"
"""What the bundled model is called where a model is named."""


def user_data_folder() -> Path:
    """Where this user's programs keep their data."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "referat"


@dataclass(frozen=True, slots=True)
class Settings:
    """
    Attributes:
        index: the folder of the index.
        model: a sentence-transformers model by folder or hub name; None is the bundled model.
        device: where that model computes: "cpu", "cuda", "mps"; None is the best there is. The bundled needs none.
        closed_text: whether text under closed items is indexed.
        processes: how many read documents at once; None is one for each core.
        ocr: whether tesseract reads the pages of a pdf that are pictures.
    """

    index: Path = dataclasses.field(default_factory=lambda: user_data_folder() / "index")
    model: str | None = None
    device: str | None = None
    closed_text: bool = False
    processes: int | None = None
    ocr: bool = False


def load_settings(**flags: Any) -> Settings:
    """The settings in force; a flag that is None was not given.

    The environment's names are REFERAT_INDEX, REFERAT_MODEL, REFERAT_DEVICE, REFERAT_CLOSED_TEXT,
    REFERAT_PROCESSES and REFERAT_OCR; the file is `referat.toml` in the current folder or in the user's data folder.

    Raises:
        SettingsError: an unknown name, or a value of the wrong kind.
    """
    chosen = _from_file() | _from_environment() | {name: value for name, value in flags.items() if value is not None}
    return Settings(**{name: _checked(name, value) for name, value in chosen.items()})


def _from_environment() -> dict[str, str]:
    named = {field.name: f"REFERAT_{field.name.upper()}" for field in dataclasses.fields(Settings)}
    return {name: os.environ[variable] for name, variable in named.items() if os.environ.get(variable)}


def _from_file() -> dict[str, Any]:
    for path in (Path(SETTINGS_FILE), user_data_folder() / SETTINGS_FILE):
        if path.is_file():
            try:
                return tomllib.loads(path.read_text(encoding="utf-8"))
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
                raise SettingsError(f"{path} cannot be read ({error}). Mend or remove it.") from error
    return {}


def _checked(name: str, value: Any) -> Any:
    if name == "index" and isinstance(value, str | Path) and "\0" not in str(value):
        return Path(os.path.expanduser(value))
    if name in ("model", "device") and isinstance(value, str):
        return value
    if name in ("closed_text", "ocr") and str(value).lower() in ("true", "false", "1", "0"):
        return str(value).lower() in ("true", "1")
    if name == "processes" and str(value).isdecimal() and int(value):
        return int(value)
    known = ", ".join(field.name for field in dataclasses.fields(Settings))
    raise SettingsError(
        f"The setting {name} = {value!r} is not understood. There are: {known}; "
        "closed_text and ocr are true or false, processes a number from 1."
    )
