"""The accounts of meetings that an index shall hold -> the segment that ends a new state.

What comes is a segment of its own, after those that are there: what is there is neither read nor computed again. Where
documents go or change, the segments that hold them are written without them, as one. The segments after the first are
joined to one, too, and all to one once what came is no longer small beside the first. Only where documents would be
read or embedded otherwise today all is written anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import closing
from itertools import islice
from pathlib import Path

import numpy as np

from index.catalogue import Catalogue
from index.catalogue_writer import write_catalogue
from index.changes import Accounts, all_accounts, changes_to
from index.dense import DenseIndex
from index.embed import load_embedder
from index.item_rows import ItemRows
from index.known_vectors import KnownVectors
from index.manifest import CATALOGUE, ITEMS, VECTORS, WORDS
from index.readings import Progress, Readings
from index.store import MinutesIndex
from index.thinning import write_without

_AT_ONCE = 128
# What has come since the first segment was written is joined to it when it is more than this part of it: every addition
# copies what came before it, and every such joining copies all.
_SMALL = 1 / 32


def write_state(
    work: Path, readings: Readings, vectors: KnownVectors, old: MinutesIndex | None, progress: Progress
) -> tuple[Path, list[Path]]:
    """Write all files of a new segment but its manifest; returns it, and the segments of the old state that stay
    before it.

    Args:
        work: a folder to write in.
        old: the state that is changed; None where all is written anew.
    """
    segment = work / "new"
    segment.mkdir()
    if not old:
        _write_segment(segment, all_accounts(readings), vectors, None, progress)
        return segment, []
    changes = changes_to(old, readings)
    come = [segment] if changes.come else []
    if changes.come:
        _write_segment(segment, changes.come, vectors, old, progress)
    staying = _staying(old, changes.gone, come)
    parts = [*old.segments[len(staying) :], *come]
    if parts == come:
        return segment, staying
    whole = work / "whole"
    whole.mkdir()
    write_without(changes.gone, parts, staying[0] if staying else None, whole, load_embedder(), progress)
    return whole, staying


def _staying(old: MinutesIndex, gone: Set[int], come: Sequence[Path]) -> list[Path]:
    """The first segment, unless something goes from it, or what has come since is no longer small beside it."""
    first = old.segments[0]
    at_first = len(ItemRows(first / ITEMS))
    since = len(old.rows) - at_first + sum(len(ItemRows(segment / ITEMS)) for segment in come)
    with closing(Catalogue(first / CATALOGUE)) as catalogue:
        is_whole = not gone or min(gone) > catalogue.last_account()
    return [first] if is_whole and since <= _SMALL * at_first else []


def _write_segment(
    segment: Path, accounts: Accounts, vectors: KnownVectors, before: MinutesIndex | None, progress: Progress
) -> None:
    """Write accounts, after those of a state if one is given."""
    words, bundled = write_catalogue(segment, *accounts, before), load_embedder()
    with closing(Catalogue(segment / CATALOGUE)) as catalogue:
        shape = catalogue.count("chunk"), vectors.dimension
        DenseIndex.write(_told(catalogue.searchable_texts(), shape[0], vectors, progress), shape, segment / VECTORS)
    of_words = map(bundled.embed_passages, _batches(words))
    DenseIndex.write(of_words, (len(words), bundled.dimension), segment / WORDS)


def _told(texts: Iterable[str], total: int, vectors: KnownVectors, progress: Progress) -> Iterator[np.ndarray]:
    """The vectors of so many texts as they come, while it is told how far they are."""
    done = 0
    for batch in _batches(texts):
        progress("embedding", done, total)
        yield vectors.of(batch)
        done += len(batch)
    progress("embedding", total, total)


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    texts = iter(texts)
    while batch := list(islice(texts, _AT_ONCE)):
        yield batch
