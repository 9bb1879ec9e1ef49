"""The accounts of meetings that an index shall hold -> the segment that ends a new state.

What comes is a segment of its own, after those that are there: what is there is neither read nor computed again. Where
documents go or change, the segments that hold them are written without them, as one. The segments after the first are
joined to one, too, and all to one once what came is no longer small beside the first. Only where documents would be
read or embedded otherwise today all is written anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import closing
from itertools import islice
from pathlib import Path

import numpy as np

from index.catalogue import Catalogue
from index.catalogue_writer import write_catalogue
from index.changes import Accounts, all_accounts, changes_to
from index.dense import DenseIndex
from index.embed import Embedder, load_embedder
from index.item_rows import ItemRows
from index.manifest import CATALOGUE, ITEMS, VECTORS, WORDS
from index.readings import Progress, Readings
from index.store import MinutesIndex
from index.thinning import write_without

_EMBED_BATCH = 128
# What has come since the first segment was written is joined to it when it is more than this part of it: every addition
# copies what came before it, and every such joining copies all.
_SMALL = 1 / 32


def write_state(
    work: Path, readings: Readings, embedder: Embedder, old: MinutesIndex | None, alike: bool, progress: Progress
) -> tuple[Path, list[Path]]:
    """Write all files of a new segment but its manifest; returns it, and the segments of the old state that stay
    before it.

    Args:
        work: a folder to write in.
        old: the state before; `alike` where its documents would be read and embedded today as they were.
    """
    segment = work / "new"
    segment.mkdir()
    if not old or not alike:
        _write_segment(segment, all_accounts(readings), embedder, None, old, progress)
        return segment, []
    changes = changes_to(old, readings)
    come = [segment] if changes.come else []
    if changes.come:
        _write_segment(segment, changes.come, embedder, old, None, progress)
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
    segment: Path,
    accounts: Accounts,
    embedder: Embedder,
    before: MinutesIndex | None,
    replaced: MinutesIndex | None,
    progress: Progress,
) -> None:
    """Write accounts after a state, or alone in place of one."""
    words, bundled = write_catalogue(segment, *accounts, before), load_embedder()
    held = replaced if replaced and replaced.manifest.model_fingerprint == embedder.fingerprint else None
    with closing(Catalogue(segment / CATALOGUE)) as catalogue:
        shape = catalogue.count("chunk"), embedder.dimension
        vectors = _vectors(catalogue.searchable_texts(), shape[0], embedder, held, progress)
        DenseIndex.write(vectors, shape, segment / VECTORS)
    vectors = _vectors(words, len(words), bundled, None, lambda what, done, total: None)
    DenseIndex.write(vectors, (len(words), bundled.dimension), segment / WORDS)


def _vectors(
    texts: Iterable[str], total: int, embedder: Embedder, held: MinutesIndex | None, progress: Progress
) -> Iterator[np.ndarray]:
    """(n, dimension) of so many texts at a time: taken over for those that a state holds already."""
    known = {_digest(text): row for row, text in enumerate(held.catalogue.searchable_texts())} if held else {}
    held_vectors = held.dense.vectors() if held else None
    texts, done = iter(texts), 0
    while batch := list(islice(texts, _EMBED_BATCH)):
        progress("embedding", done, total)
        vectors = np.empty((len(batch), embedder.dimension), np.float16)
        rows = [known.get(_digest(text)) if known else None for text in batch]
        new = [place for place, row in enumerate(rows) if row is None]
        kept = [place for place, row in enumerate(rows) if row is not None]
        if kept:
            vectors[kept] = held_vectors[[rows[place] for place in kept]]
        if new:
            vectors[new] = embedder.embed_passages([batch[place] for place in new])
        yield vectors
        done += len(batch)
    progress("embedding", total, total)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
