"""Nearest vectors: exact where they are few, nearly all of them where a quick look goes first."""

import numpy as np
import pytest

from index import dense
from index.dense import DenseIndex


@pytest.fixture(scope="module")
def vectors():
    """More than are all measured, in groups, as texts on matters are."""
    chance = np.random.default_rng(1)
    groups = chance.normal(size=(200, 64))
    rows = groups[chance.integers(200, size=8_000)] + 0.7 * chance.normal(size=(8_000, 64))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def index(vectors, tmp_path_factory):
    stem = tmp_path_factory.mktemp("dense") / "vectors"
    DenseIndex.build(vectors, stem)
    return DenseIndex(stem)


def recall(index, vectors, among=None):
    """The share of the nearest 20 that is found, over fifty questions."""
    chosen = np.arange(len(vectors)) if among is None else among
    found = 0
    for query in vectors[::160]:
        nearest = chosen[np.argsort(-(vectors[chosen] @ query))[:20]]
        found += len(set(nearest.tolist()) & set(index.search(query, 20, among)))
    return found / (20 * len(vectors[::160]))


def test_nearest_are_found_at_a_glance(index, vectors):
    assert recall(index, vectors) >= 0.98


def test_each_of_several_finds_what_it_finds_alone(index, vectors):
    together = index.search_each(vectors[:7], 20)
    assert together == [index.search(query, 20) for query in vectors[:7]] and index.search_each(vectors[:0], 20) == []


@pytest.mark.parametrize("step", [100, 1.25])
def test_search_is_limited_to_some_rows_few_or_many(index, vectors, step):
    among = np.arange(0, len(vectors), step).astype(np.int64)
    assert set(index.search(vectors[5], 50, among)) <= set(among.tolist())
    assert recall(index, vectors, among) >= 0.98


def test_scores_are_cosines_nearest_first(index, vectors):
    found = index.search(vectors[7], 10)
    assert list(found)[0] == 7 and list(found.values()) == sorted(found.values(), reverse=True)
    assert np.allclose(list(found.values()), vectors[list(found)] @ vectors[7], atol=2e-3)


def test_vectors_that_are_read_are_those_that_are_mapped(index, vectors, tmp_path, monkeypatch):
    monkeypatch.setattr(dense, "_MOST_MAPPED", 0)
    DenseIndex.build(vectors, tmp_path / "vectors")
    large = DenseIndex(tmp_path / "vectors")
    few = np.arange(0, len(vectors), 9)
    for query in vectors[:40]:
        assert large.search(query, 20) == index.search(query, 20)
        assert large.search(query, 20, few) == index.search(query, 20, few)


def test_few_vectors_need_no_look(tmp_path, vectors):
    DenseIndex.build(vectors[:30], tmp_path / "few")
    few = DenseIndex(tmp_path / "few")
    assert recall(few, vectors[:30]) == 1 and len(few) == 30 and few.dimension == 64


def test_vectors_of_others_are_told_and_so_are_quick_looks_of_others(index, vectors, tmp_path):
    rows = np.arange(0, len(vectors), 50)
    assert not len(index.unlike(rows, vectors[rows]))
    assert len(index.unlike(rows, vectors[rows + 1])) == len(rows)
    DenseIndex.build(vectors[::-1].copy(), tmp_path / "mixed")
    np.save(tmp_path / "mixed.npy", vectors.astype(np.float16))
    assert len(DenseIndex(tmp_path / "mixed").unlike(rows, vectors[rows])) > 0.9 * len(rows)


def test_no_vectors(tmp_path):
    DenseIndex.build(np.zeros((0, 64), np.float32), tmp_path / "none")
    assert DenseIndex(tmp_path / "none").search(np.ones(64, np.float32), 5) == {}


@pytest.fixture
def parted(vectors, tmp_path):
    """The stems of two files, the first with a quick look and the second without."""
    DenseIndex.build(vectors[:7_000], tmp_path / "first")
    DenseIndex.build(vectors[7_000:], tmp_path / "then")
    return tmp_path / "first", tmp_path / "then"


def test_rows_of_several_files_stand_one_after_the_other(parted, vectors):
    index, rows = DenseIndex(*parted), np.arange(0, len(vectors), 50)
    assert len(index) == len(vectors) and recall(index, vectors) >= 0.98
    assert recall(index, vectors, np.arange(0, len(vectors), 3)) >= 0.98
    assert list(index.search(vectors[7_100], 3))[0] == 7_100
    assert not len(index.unlike(rows, vectors[rows])) and len(index.unlike(rows, vectors[rows - 1])) == len(rows)
    assert np.array_equal(index.vectors(), vectors.astype(np.float16))


def test_joined_files_are_as_one(parted, vectors, tmp_path):
    DenseIndex(*parted).write_some(np.ones(len(vectors), bool), {}, tmp_path / "whole")
    whole, rows = DenseIndex(tmp_path / "whole"), np.arange(0, len(vectors), 50)
    assert recall(whole, vectors) >= 0.98 and not len(whole.unlike(rows, vectors[rows]))


def test_quick_look_begins_once_there_are_many(vectors, tmp_path):
    for name, rows in (("few", vectors[:30]), ("more", vectors[30:])):
        DenseIndex.build(rows, tmp_path / name)
    both = DenseIndex(tmp_path / "few", tmp_path / "more")
    both.write_some(np.ones(len(vectors), bool), {}, tmp_path / "many")
    assert recall(DenseIndex(tmp_path / "many"), vectors) >= 0.98


def codes(stem):
    """All that a quick look remembers of vectors, and what it learnt of them."""
    import faiss

    look = faiss.read_index(str(stem.with_suffix(".faiss")))
    packed = faiss.rev_swig_ptr(look.codes.get(), look.codes.size()).copy()
    return look.ntotal, packed.tolist(), faiss.vector_to_array(look.pq.centroids).tolist()


@pytest.mark.parametrize("others", [{}, {40: 41, 7_500: 7_501}, {7_500: 7_501}])
def test_rows_that_stay_are_as_if_the_others_had_never_been(parted, vectors, tmp_path, others):
    stays = np.ones(len(vectors), bool)
    stays[[0, 3, *range(500, 540), 6_999, 7_000, 7_998, 7_999]] = False
    changed = np.array(vectors)
    changed[list(others)] = vectors[list(others.values())]
    DenseIndex(*parted).write_some(stays, {row: changed[row] for row in others}, tmp_path / "some")
    some, left = DenseIndex(tmp_path / "some"), changed[stays]
    assert np.array_equal(some.vectors(), left.astype(np.float16)) and recall(some, left) >= 0.98
    assert not len(some.unlike(np.arange(len(left)), left))
    total, remembered, learnt = codes(tmp_path / "some")
    assert total == len(left) and learnt == codes(parted[0])[2]
    import faiss

    look = faiss.read_index(str((tmp_path / "some").with_suffix(".faiss")))
    look.reset()
    look.add(left.astype(np.float16).astype(np.float32))
    assert remembered == faiss.rev_swig_ptr(look.codes.get(), look.codes.size()).tolist()


def test_how_to_look_is_learnt_anew_where_most_is_gone_and_few_need_no_look(vectors, tmp_path):
    many = np.concatenate([vectors, vectors[:4_000]])
    DenseIndex.build(many, tmp_path / "many")
    for rows, looked_at in ((5_500, 5_500), (30, 0), (0, 0)):
        stays = np.arange(len(many)) < rows
        DenseIndex(tmp_path / "many").write_some(stays, {}, tmp_path / "some")
        assert len(DenseIndex(tmp_path / "some")) == rows
        total, _, learnt = codes(tmp_path / "some")
        assert total == looked_at and learnt != codes(tmp_path / "many")[2]
    DenseIndex(tmp_path / "many").write_some(np.arange(len(many)) < 6_500, {}, tmp_path / "most")
    assert codes(tmp_path / "most")[2] == codes(tmp_path / "many")[2]
