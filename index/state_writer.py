"""The accounts of meetings that an index shall hold -> the segment that ends a new state.

Where documents have only come, and bear on none that is there, they are a segment of their own, after those that are
there: what is there is neither read nor computed again. The segments after the first are joined to one, and all to one
once what came is no longer small beside the first. Else, so that nothing of what went is left in any file, all is
written anew; vectors are taken over even so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from index import tables
from index.catalogue import Catalogue
from index.catalogue_writer import IndexedMeeting, write_catalogue
from index.dense import DenseIndex
from index.embed import Embedder, load_embedder
from index.item_rows import ItemRows
from index.manifest import CATALOGUE, ITEMS, POSTINGS, VECTORS, WORDS
from index.postings import joined, load_postings, write_postings
from index.readings import Progress, Readings
from index.store import MinutesIndex
from index.versions import Verdict, account_of, sort_out

_EMBED_BATCH = 128
# What has come since the first segment was written is joined to it when it is more than this part of it: every addition
# copies what came before it, and every such joining copies all.
_SMALL = 1 / 32
Accounts = tuple[Iterable[tuple[int, IndexedMeeting]], dict[int, Verdict]]
"""Accounts with their ids, to be gone through once; and what becomes of accounts beside others, by ids."""


def write_state(
    work: Path, readings: Readings, embedder: Embedder, old: MinutesIndex | None, alike: bool, progress: Progress
) -> tuple[Path, list[Path]]:
    """Write all files of a new segment but its manifest; returns it, and the segments of the old state that stay
    before it.

    Args:
        work: a folder to write in.
        old: the state before; `alike` where its documents would be read and embedded today as they were.
    """
    more = _that_come(old, readings) if alike else None
    segment = work / "new"
    segment.mkdir()
    _write_segment(segment, more or _all(readings), embedder, old, bool(more), progress)
    if not more:
        return segment, []
    first, *later = old.segments
    at_first = len(ItemRows(first / ITEMS))
    come = len(old.rows) - at_first + len(ItemRows(segment / ITEMS))
    staying = [first] if come <= _SMALL * at_first else []
    to_join = [*(later if staying else old.segments), segment]
    if len(to_join) > 1:
        segment = work / "joined"
        segment.mkdir()
        _join(to_join, segment)
    return segment, staying


def _write_segment(
    segment: Path, accounts: Accounts, embedder: Embedder, old: MinutesIndex | None, after_old: bool, progress: Progress
) -> None:
    words = write_catalogue(segment, *accounts, old if after_old else None)
    bundled = load_embedder()
    of_texts = of_words = None
    if old and not after_old and old.manifest.model_fingerprint == embedder.fingerprint:
        of_texts = old.catalogue.searchable_texts(), old.dense.vectors()
    if old and not after_old and old.manifest.word_model_fingerprint == bundled.fingerprint:
        of_words = old.vocabulary.spellings(), old.dense_words.vectors()
    with closing(Catalogue(segment / CATALOGUE)) as catalogue:
        shape = catalogue.count("chunk"), embedder.dimension
        vectors = _vectors(catalogue.searchable_texts(), shape[0], embedder, of_texts, progress)
        DenseIndex.write(vectors, shape, segment / VECTORS)
    vectors = _vectors(words, len(words), bundled, of_words, lambda what, done, total: None)
    DenseIndex.write(vectors, (len(words), bundled.dimension), segment / WORDS)


def _join(segments: Sequence[Path], target: Path) -> None:
    """Write the files of segments that follow each other as those of one."""
    tables.join([segment / CATALOGUE for segment in segments], target / CATALOGUE)
    write_postings(target / POSTINGS, joined([load_postings(segment / POSTINGS) for segment in segments]))
    rows = ItemRows(*(segment / ITEMS for segment in segments))
    ItemRows.write(target / ITEMS, rows.all_ids, rows.ends)
    for stem in (VECTORS, WORDS):
        DenseIndex.join([segment / stem for segment in segments], target / stem)


def _that_come(old: MinutesIndex, readings: Readings) -> Accounts | None:
    """The accounts that come to those of the old state; None where one of those goes, or another becomes of it."""
    if not old.catalogue.documents().items() <= readings.documents.items():
        return None
    paths = sorted(readings.read.checksums)
    beside = old.catalogue.accounts_on({meeting.date for meeting in readings.meetings(paths)})
    come = [account_of(meeting) for meeting in readings.meetings(paths)]
    first = old.catalogue.last_account() + 1
    ids = [*beside, *range(first, first + len(come))]
    verdicts = _by_id(sort_out([*(account_of(meeting) for meeting, _ in beside.values()), *come]), ids)
    if any(verdicts.get(account) != verdict for account, (_, verdict) in beside.items()):
        return None
    return enumerate(readings.indexed(paths), first), verdicts


def _all(readings: Readings) -> Accounts:
    paths = sorted(readings.documents)
    accounts = [account_of(meeting) for meeting in readings.meetings(paths)]
    return enumerate(readings.indexed(paths), 1), _by_id(sort_out(accounts), range(1, len(accounts) + 1))


def _by_id(verdicts: dict[int, Verdict], ids: list[int] | range) -> dict[int, Verdict]:
    """Verdicts on places as verdicts on the ids of the accounts at those places."""
    return {ids[place]: replace(verdict, beside=ids[verdict.beside]) for place, verdict in verdicts.items()}


def _vectors(
    texts: Iterable[str],
    total: int,
    embedder: Embedder,
    held: tuple[Iterable[str], np.ndarray] | None,
    progress: Progress,
) -> Iterator[np.ndarray]:
    """(n, dimension) of so many texts at a time: taken over for those that are held already, with their vectors."""
    known = {text: row for row, text in enumerate(held[0])} if held else {}
    texts, done = iter(texts), 0
    while batch := list(islice(texts, _EMBED_BATCH)):
        progress("embedding", done, total)
        vectors = np.empty((len(batch), embedder.dimension), np.float16)
        new = [place for place, text in enumerate(batch) if text not in known]
        kept = [place for place, text in enumerate(batch) if text in known]
        if kept:
            vectors[kept] = held[1][[known[batch[place]] for place in kept]]
        if new:
            vectors[new] = embedder.embed_passages([batch[place] for place in new])
        yield vectors
        done += len(batch)
    progress("embedding", total, total)
