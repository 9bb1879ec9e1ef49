import shutil

import numpy as np
import pytest
from tokenizers import Tokenizer

from index import embed
from index.embed import BUNDLED_FOLDER, SentenceTransformerEmbedder, StaticEmbedder, knows_danish, load_embedder
from index.errors import ModelError

TEXTS = [
    "Udfasning af Citrix",
    "Direktionen godkendte sygefraværspolitikken.",
    "What was decided?",
    "",
    "🦆",
    "00.30.02-S00-21-19",
]


def test_both_loaders_give_the_same_vectors():
    ours = load_embedder().embed_passages(TEXTS[:3])
    theirs = SentenceTransformerEmbedder(str(BUNDLED_FOLDER)).embed_passages(TEXTS[:3])
    assert (ours * theirs).sum(axis=1).min() > 0.999


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
        StaticEmbedder(tmp_path / "model", name="broken")


def test_fingerprint_tells_models_apart(tmp_path):
    shutil.copytree(BUNDLED_FOLDER, tmp_path / "model")
    tokenizer = tmp_path / "model" / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text() + "\n")
    assert StaticEmbedder(tmp_path / "model", name="bundled").fingerprint != load_embedder().fingerprint
