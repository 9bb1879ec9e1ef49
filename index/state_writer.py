"""The accounts of meetings that an index shall hold -> the segment that ends a new state.

Where documents have only come, and bear on none that is there, they are a segment of their own, after those that are
there: what is there is neither read nor computed again. The segments after the first are joined to one, and all to one
once what came is no longer small beside the first. Else, so that nothing of what went is left in any file, all is
written anew; vectors are taken over even so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from index import tables
from index.catalogue_writer import IndexedMeeting, write_catalogue
from index.dense import DenseIndex
from index.embed import Embedder, load_embedder
from index.item_rows import ItemRows
from index.manifest import CATALOGUE, ITEMS, POSTINGS, VECTORS, WORDS
from index.postings import joined, load_postings, write_postings
from index.readings import Progress, Readings
from index.store import MinutesIndex
from index.versions import Verdict, account_of, answers, sort_out

_EMBED_BATCH = 128
# What has come since the first segment was written is joined to it when it is more than this part of it: every addition
# copies what came before it, and every such joining copies all.
_SMALL = 1 / 32
Accounts = tuple[dict[int, IndexedMeeting], dict[int, Verdict]]
"""Accounts by their ids; and what becomes of those beside others."""


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
    held, verdicts = accounts
    words = write_catalogue(segment, held, verdicts, old if after_old else None)
    answering = [indexed for account, indexed in held.items() if answers(verdicts.get(account))]
    texts = [chunk.searchable for indexed in answering for chunks in indexed.chunks for chunk in chunks]
    bundled = load_embedder()
    of_texts = of_words = None
    if old and not after_old and old.manifest.model_fingerprint == embedder.fingerprint:
        of_texts = old.catalogue.searchable_texts(), old.dense.vectors()
    if old and not after_old and old.manifest.word_model_fingerprint == bundled.fingerprint:
        of_words = old.vocabulary.spellings(), old.dense_words.vectors()
    DenseIndex.build(_vectors(texts, embedder, of_texts, progress), segment / VECTORS)
    DenseIndex.build(_vectors(words, bundled, of_words, lambda what, done, total: None), segment / WORDS)


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
    come = readings.accounts_read()
    beside = old.catalogue.accounts_on({indexed.meeting.date for indexed in come})
    first = old.catalogue.last_account() + 1
    ids = [*beside, *range(first, first + len(come))]
    compared = [meeting for meeting, _ in beside.values()] + [indexed.meeting for indexed in come]
    verdicts = _by_id(sort_out(list(map(account_of, compared))), ids)
    if any(verdicts.get(account) != verdict for account, (_, verdict) in beside.items()):
        return None
    accounts = dict(enumerate(come, first))
    return accounts, {account: verdict for account, verdict in verdicts.items() if account in accounts}


def _all(readings: Readings) -> Accounts:
    accounts = readings.accounts()
    verdicts = sort_out([account_of(indexed.meeting) for indexed in accounts])
    return dict(enumerate(accounts, 1)), _by_id(verdicts, range(1, len(accounts) + 1))


def _by_id(verdicts: dict[int, Verdict], ids: list[int] | range) -> dict[int, Verdict]:
    """Verdicts on places as verdicts on the ids of the accounts at those places."""
    return {ids[place]: replace(verdict, beside=ids[verdict.beside]) for place, verdict in verdicts.items()}


def _vectors(
    texts: list[str], embedder: Embedder, held: tuple[list[str], np.ndarray] | None, progress: Progress
) -> np.ndarray:
    """(len(texts), dimension) float16: taken over for the texts that are held already, with their vectors."""
    vectors = np.zeros((len(texts), embedder.dimension), np.float16)
    known = {text: row for row, text in enumerate(held[0])} if held else {}
    kept = [(place, known[text]) for place, text in enumerate(texts) if text in known]
    if kept:
        places, rows = zip(*kept, strict=True)
        vectors[list(places)] = held[1][list(rows)]
    new = [place for place, text in enumerate(texts) if text not in known]
    for start in range(0, len(new), _EMBED_BATCH):
        progress("embedding", start, len(new))
        batch = new[start : start + _EMBED_BATCH]
        vectors[batch] = embedder.embed_passages([texts[place] for place in batch])
    progress("embedding", len(new), len(new))
    return vectors
