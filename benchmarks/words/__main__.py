"""`python -m benchmarks.words [--words 500000]`: time the neighbours of single words in a made-up vocabulary.

The words are those of the training data, and compounds that are made of them at random until there are enough.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
import time
from contextlib import closing
from pathlib import Path

import numpy as np

from index import tables, vocabulary
from index.danish import fold
from index.dense import DenseIndex
from index.embed import load_embedder
from index.postings import Postings, PostingsWriter, write_postings
from index.vocabulary import Vocabulary

DATA = Path(__file__).parents[2] / "training" / "data"
ASKED = """
    fyring sygefravær skole barn budget aplikationsstrategi skolestrategien sickness employees lukkedage normering
    daginstitution udvalget bosætning hjemmehjælp cykelsti ældrepleje formand headhunter licitation
""".split()
_ENDINGS = ("", "en", "er", "erne", "s", "ens", "ne", "ede", "ing")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.words", description=__doc__)
    parser.add_argument("--words", type=int, default=500_000, help="how many words the vocabulary has")
    total = parser.parse_args(arguments).words
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(Path(folder), total), indent=1))  # noqa: T201


def measure(folder: Path, total: int) -> dict[str, float]:
    """Seconds to write, milliseconds of a word, and for each way alone, on one thread."""
    spelled = made_up_words(total)
    words, embedder = sorted(spelled), load_embedder()
    started = time.perf_counter()
    with closing(tables.open_to_write(folder / "words.sqlite")) as connection, connection:
        tables.create(connection)
        vocabulary.fill(connection, ((word, spelled[word]) for word in words))
        tables.create_indexes(connection)
    writer = PostingsWriter()
    writer.add(range(len(words)), [])
    write_postings(folder / "postings", writer.finish())
    vectors = embedder.embed_passages([spelled[word] for word in words])
    DenseIndex.build(vectors, folder / "words")
    written = time.perf_counter() - started
    index = DenseIndex(folder / "words")
    held = Vocabulary(tables.open_to_read(folder / "words.sqlite"), index, Postings(folder / "postings", items=1))
    asked = embedder.embed_passages(ASKED)
    folded = [fold(word) for word in ASKED]
    whole = _times(lambda n: held.near(folded[n : n + 1], asked[n : n + 1]))
    by_vector = _times(lambda n: index.search(asked[n], 300))
    return {
        "words": len(words),
        "write s": round(written, 1),
        "a word, p50 ms": round(float(np.median(whole)), 2),
        "a word, max ms": round(float(np.max(whole)), 2),
        "of which vectors, p50 ms": round(float(np.median(by_vector)), 2),
        "neighbours found of the nearest 20, share": round(_recall(index, vectors, asked), 4),
    }


def made_up_words(total: int) -> dict[str, str]:
    """{folded: spelled}"""
    chance = random.Random(1)
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted(DATA.iterdir()))
    known = sorted(set(re.findall(r"[^\W\d_]{3,}", text.lower())))
    words = {fold(word): word for word in known[:total]}
    parts = [word for word in known if len(word) <= 9]
    while len(words) < total:
        word = chance.choice(parts) + chance.choice(("", "s", "e")) + chance.choice(parts) + chance.choice(_ENDINGS)
        words.setdefault(fold(word), word)
    return words


def _times(ask) -> list[float]:
    """Milliseconds of each word, the second time that it is asked."""
    times = []
    for n in [*range(len(ASKED)), *range(len(ASKED))]:
        started = time.perf_counter()
        ask(n)
        times.append(1000 * (time.perf_counter() - started))
    return times[len(ASKED) :]


def _recall(index: DenseIndex, vectors: np.ndarray, asked: np.ndarray) -> float:
    nearest = np.argsort(-(asked @ vectors.T), axis=1)[:, :20]
    found = [set(index.search(query, 20)) for query in asked]
    return float(np.mean([len(set(map(int, row)) & hits) / 20 for row, hits in zip(nearest, found, strict=True)]))


if __name__ == "__main__":
    main()
