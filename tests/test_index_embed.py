import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from index import embed
from index.embed import BUNDLED_FOLDER, BundledEmbedder, SentenceTransformerEmbedder, knows_danish, load_embedder
from index.errors import ModelError

CORPUS = Path(__file__).parent.parent / "corpus"
TEXTS = [
    "Udfasning af Citrix",
    "Direktionen godkendte sygefraværspolitikken.",
    "What was decided?",
    "",
    "🦆",
    "00.30.02-S00-21-19",
]


def test_both_loaders_give_the_same_vectors():
    text = (CORPUS / "nordfyn-direktionen-2021-04-21.txt").read_text(encoding="utf-8")
    texts = [*TEXTS, *(text[start : start + 700] for start in range(0, len(text), 700))]
    ours = load_embedder().embed_passages(texts)
    theirs = SentenceTransformerEmbedder(str(BUNDLED_FOLDER)).embed_passages(texts)
    told = np.linalg.norm(ours, axis=1) > 0
    assert told.sum() >= len(texts) - 2
    assert (ours * theirs).sum(axis=1)[told].min() > 0.999
    assert np.array_equal(ours[~told], theirs[~told])


def test_the_folder_needs_no_code_of_its_own():
    modules = json.loads((BUNDLED_FOLDER / "modules.json").read_text(encoding="utf-8"))
    assert modules
    assert all(module["type"].startswith("sentence_transformers.") for module in modules)
    assert not list(BUNDLED_FOLDER.rglob("*.py"))


def test_the_model_is_small():
    assert sum(path.stat().st_size for path in BUNDLED_FOLDER.rglob("*") if path.is_file()) <= 16e6


def test_a_text_decides_what_its_pieces_count():
    embedder = load_embedder()
    one, other, both = embedder.embed_passages(["skole", "kloak", "skole kloak"])
    # In a plain weighted mean, what two pieces count beside each other is the same in every text.
    again = embedder.embed_passages(["skole kloak budget", "budget"])
    weights, *_ = np.linalg.lstsq(np.stack([one, other]).T, both, rcond=None)
    beside, *_ = np.linalg.lstsq(np.stack([one, other, again[1]]).T, again[0], rcond=None)
    assert weights.min() > 0 and beside.min() > 0
    assert not np.isclose(weights[0] / weights[1], beside[0] / beside[1], rtol=0.01)


def test_words_fall_into_the_pieces_that_they_fall_into_in_their_text(monkeypatch):
    monkeypatch.setattr(embed, "_MOST_KNOWN", 3)
    embedder, whole = load_embedder(), Tokenizer.from_file(str(BUNDLED_FOLDER / "tokenizer.json"))
    odd = "Sagsnr. 00.30.02-S00-21-19:\n\n1,5 mio. kr.\tÅ\u030a ﬁn\u00a0½ “Ærø”; (§ 12)  👩‍👩‍👧 e\u0301t"
    texts = [*TEXTS, odd, *TEXTS]
    for text in texts:
        expected = whole.encode(text, add_special_tokens=False).ids
        assert embedder._pieces_of([text]) == [expected]


def test_vectors_are_rows_of_unit_length():
    embedder = load_embedder()
    vectors = embedder.embed_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimension) and vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.all(np.isclose(lengths, 1, atol=1e-5) | (lengths == 0))
    assert lengths[3] == 0


def test_other_models_compute_where_they_are_told():
    embedder = load_embedder(str(BUNDLED_FOLDER), device="cpu")
    assert embedder.embed_query("hej").shape == (embedder.dimension,)
    with pytest.raises(ModelError, match="no-such-device"):
        load_embedder(str(BUNDLED_FOLDER), device="no-such-device")


def test_query_and_passage_share_a_space():
    embedder = load_embedder()
    question = embedder.embed_query("sickness absence")
    near, far = embedder.embed_passages(["sygefravær", "kunstgræsbane"])
    assert question @ near > question @ far + 0.3


class FirstLetters:
    """Knows words by their first letter alone."""

    def embed_passages(self, texts):
        return np.stack([np.eye(256, dtype=np.float32)[ord(text[0]) % 256] for text in texts])


def test_model_without_danish_is_told_from_one_with_it():
    assert knows_danish(load_embedder())
    assert not knows_danish(FirstLetters())


def test_model_that_is_not_there(monkeypatch):
    with pytest.raises(ModelError, match="no/such-model"):
        load_embedder("no/such-model")


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_broken_model_is_refused(tmp_path, name):
    shutil.copytree(BUNDLED_FOLDER, tmp_path / "model")
    (tmp_path / "model" / name).write_bytes(b"{broken")
    with pytest.raises(ModelError, match="cannot be loaded"):
        BundledEmbedder(tmp_path / "model", name="broken")


def test_fingerprint_tells_models_apart(tmp_path):
    shutil.copytree(BUNDLED_FOLDER, tmp_path / "model")
    tokenizer = tmp_path / "model" / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text() + "\n")
    assert BundledEmbedder(tmp_path / "model", name="bundled").fingerprint != load_embedder().fingerprint
