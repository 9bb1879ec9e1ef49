"""The frozen dataclasses of `index.models` as JSON text and back, by their own type hints."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import types
import typing
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def to_json(value: Any) -> str:
    return json.dumps(dataclasses.asdict(value), ensure_ascii=False, default=dt.date.isoformat)


def from_json(cls: type[T], text: str) -> T:
    return _restore(cls, json.loads(text))


def _restore(hint: Any, data: Any) -> Any:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if data is None:
        return None
    if origin is types.UnionType:
        return _restore(next(argument for argument in arguments if argument is not type(None)), data)
    if origin is tuple:
        return tuple(_restore(arguments[0], element) for element in data)
    if dataclasses.is_dataclass(hint):
        hints = _hints(hint)
        return hint(**{name: _restore(hints[name], element) for name, element in data.items()})
    if hint is dt.date:
        return dt.date.fromisoformat(data)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(data)
    return data


@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)
