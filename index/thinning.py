"""Segments that follow each other -> one segment, without the accounts that go.

What stays is copied part by part: no document is read, and but for a few words nothing is embedded; nothing of what
goes is left in a file. Ids of chunks and words, and rows of items, close up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from contextlib import closing
from pathlib import Path

import numpy as np

from index import tables
from index.catalogue import Catalogue
from index.danish import fold, words
from index.dense import DenseIndex
from index.embed import Embedder
from index.item_rows import ItemRows
from index.manifest import CATALOGUE, ITEMS, POSTINGS, VECTORS, WORDS
from index.postings import Postings, joined, load_postings, thinned, write_postings
from index.readings import Progress

_PARTS = 4  # postings, tables, vectors of chunks, vectors of words
_FOLDED = [letter for letter in map(chr, range(0x80, 0x180)) if fold(letter) != letter.casefold()]
"""The letters that folding makes others of."""


def write_without(
    gone: Set[int],
    segments: Sequence[Path],
    before: Path | None,
    target: Path,
    word_embedder: Embedder,
    progress: Progress,
) -> None:
    """Write the files of a segment.

    Args:
        gone: the ids of the accounts that go.
        segments: in their order; `before` is the one that they come after, if there is one.
        word_embedder: for words that are spelled otherwise without what goes.
    """

    progress("copying", 0, _PARTS)

    def files(name: str) -> list[Path]:
        return [segment / name for segment in segments]

    rows, dense_words = ItemRows(*files(ITEMS)), DenseIndex(*files(WORDS))
    first_row, first_word = (len(ItemRows(before / ITEMS)), len(DenseIndex(before / WORDS))) if before else (0, 0)
    item_stays = np.concatenate([_staying(segment, gone) for segment in segments])
    chunk_stays = np.repeat(item_stays, np.diff(rows.ends))
    rows.write_some(item_stays, target / ITEMS)
    row_ids, chunk_ids = _closed_up(item_stays, first_row), _closed_up(chunk_stays, int(rows.ends[0]))
    held, *columns = joined([thinned(load_postings(stem), row_ids) for stem in files(POSTINGS)])
    word_stays = np.isin(np.arange(first_word, first_word + len(dense_words)), held)
    word_ids = _closed_up(word_stays, first_word).astype(np.int32)
    write_postings(target / POSTINGS, (word_ids[held], *columns))
    spelled = _spelled_otherwise(segments, target, first_row, word_ids) if gone else {}
    progress("copying", 1, _PARTS)
    tables.write_some(files(CATALOGUE), target / CATALOGUE, gone, chunk_ids, word_ids, spelled)
    progress("copying", 2, _PARTS)
    DenseIndex(*files(VECTORS)).write_some(chunk_stays, {}, target / VECTORS)
    progress("copying", 3, _PARTS)
    vectors = word_embedder.embed_passages(list(spelled.values())) if spelled else []
    others = {word - first_word: vector for word, vector in zip(spelled, vectors, strict=True)}
    dense_words.write_some(word_stays, others, target / WORDS)
    progress("copying", _PARTS, _PARTS)


def _staying(segment: Path, gone: Set[int]) -> np.ndarray:
    """(items,) bool: whether each item of a segment stays. One that goes may be in a later one again, under its id."""
    with closing(Catalogue(segment / CATALOGUE)) as catalogue:
        return ~np.isin(ItemRows(segment / ITEMS).all_ids, catalogue.items_of(gone))


def _closed_up(stays: np.ndarray, first: int) -> np.ndarray:
    """(first + len(stays),) int64: by its id that which each has once those that go are out; -1 of those.

    Args:
        stays: of those whose ids go on from `first`. Those before that stay as they are.
    """
    return np.concatenate([np.arange(first), np.where(stays, first + np.cumsum(stays) - 1, -1)])


def _spelled_otherwise(segments: Sequence[Path], target: Path, first_row: int, word_ids: np.ndarray) -> dict[int, str]:
    """{word id: how it is spelled in what stays} of words that some of what goes spells otherwise.

    A word is kept in its Danish spelling, if a text has one. Of words in what goes it is looked for anew.
    """
    rows, after = ItemRows(target / ITEMS), Postings(target / POSTINGS, items=0)
    before = Postings(*(segment / POSTINGS for segment in segments), items=0)
    staying = np.flatnonzero(word_ids >= 0)
    fewer = staying[after.item_counts(word_ids[staying]) < before.item_counts(staying)]
    found = {}
    with closing(Catalogue(*(segment / CATALOGUE for segment in segments))) as catalogue:
        for word_id, word, spelled in catalogue.danish_spellings(fewer.tolist()):
            holders = rows.ids(after.rows_of(int(word_ids[word_id])) - first_row)
            now = next(filter(None, (_danish(catalogue.texts_of(item), word) for item in holders)), word)
            if now != spelled:
                found[word_id] = now
    return found


def _danish(texts: Iterable[str], word: str) -> str | None:
    """How texts spell a folded word with letters that folding changes, if they do."""
    letters = [letter for letter in _FOLDED if fold(letter) in word]
    for text in texts:
        if any(letter in text for letter in letters):
            for spelled in words(text):
                if spelled != word == fold(spelled):
                    return spelled
    return None
