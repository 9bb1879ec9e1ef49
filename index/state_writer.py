"""The accounts of meetings that an index shall hold -> the files of a new state.

Where documents have only come, and bear on none that is there, the new state is the old one's files with more at their
ends: what is there is neither read nor computed again. Else, so that nothing of what went is left in any file, all is
written anew; vectors are taken over even so.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from index import snapshot
from index.catalogue_writer import IndexedMeeting, write_catalogue
from index.dense import DenseIndex
from index.embed import Embedder, load_embedder
from index.readings import Progress, Readings
from index.store import MinutesIndex
from index.versions import Verdict, account_of, answers, sort_out

_EMBED_BATCH = 128
Accounts = tuple[dict[int, IndexedMeeting], dict[int, Verdict]]
"""Accounts by their ids; and what becomes of those beside others."""


def write_state(
    state: Path, readings: Readings, embedder: Embedder, old: MinutesIndex | None, alike: bool, progress: Progress
) -> None:
    """Write all files of a state but its manifest.

    Args:
        old: the state before; `alike` where its documents would be read and embedded today as they were.
    """
    more = _that_come(old, readings) if alike else None
    held = old if more else None
    accounts, verdicts = more or _all(readings)
    words = write_catalogue(state, accounts, verdicts, held)
    answering = [indexed for account, indexed in accounts.items() if answers(verdicts.get(account))]
    texts = [chunk.searchable for indexed in answering for chunks in indexed.chunks for chunk in chunks]
    bundled = load_embedder()
    of_texts = of_words = None
    if old and not held and old.manifest.model_fingerprint == embedder.fingerprint:
        of_texts = old.catalogue.searchable_texts(), old.dense.vectors()
    if old and not held and old.manifest.word_model_fingerprint == bundled.fingerprint:
        of_words = old.vocabulary.spellings(), old.dense_words.vectors()
    vectors = _vectors(texts, embedder, of_texts, progress)
    DenseIndex.build(vectors, state / snapshot.VECTORS, held and held.dense)
    vectors = _vectors(words, bundled, of_words, lambda what, done, total: None)
    DenseIndex.build(vectors, state / snapshot.WORDS, held and held.dense_words)


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
