"""The trained student as a T5 encoder of two layers, which `transformers` computes as it is.

A place of the text itself, [TEXT], goes before the pieces; what stands there after the second layer is the text's
vector. Of each row the first numbers are the piece's meaning, then its own weight, then 1 in pieces alone, then a
number in [TEXT] alone. The pieces look only at [TEXT], whose value is nought, and so they stay as they are: one line of
the attention is all that there is to compute. No place is nearer than another, and nothing is fed forward.
"""

from __future__ import annotations

import numpy as np

from training.attention import OWN_WEIGHT

TEXT_PLACE = "[TEXT]"
_AWAY = 6.0  # times about 16: from what a place must not look at
_FIRST_MEAN = 1 / 64  # of the first layer's mean beside the second's, and beside the number in [TEXT]: next to nothing
_BUCKETS, _FARTHEST = 32, 128  # of T5's distances between places; all count nothing


def t5_weights(rows: np.ndarray, ask: np.ndarray, always: np.ndarray) -> dict[str, np.ndarray]:
    """By their names in `T5EncoderModel`, float16.

    Args:
        rows: (pieces, dimension + 1); `ask` and `always` as `Attention.arrays` gives them.
    """
    pieces, width = rows.shape
    whole = width + 2
    piece, text, away = width, width + 1, width  # places of the two marks, and of the looking away among the keys
    size, mark = np.sqrt(whole - 1), np.sqrt(whole)  # so that T5's norm leaves rows as they are
    table = np.zeros((pieces + 1, whole))
    table[:-1, :width] = size * rows / np.linalg.norm(rows, axis=1, keepdims=True)
    table[:-1, piece], table[-1, text] = 1, mark
    same = np.arange(width)
    key, value, first, second = (np.zeros((width + 1, whole)) for _ in range(4))
    key[same, same] = value[same, same] = 1 / size
    key[away, text] = 1
    for query in (first, second):
        query[away, piece], query[away, text] = _AWAY, -_AWAY / mark
        query[width - 1, text] = OWN_WEIGHT / mark
    second[:width, text] += always / mark
    second[:width, :width] = ask / _FIRST_MEAN
    back = value.T * size
    weights = {"shared.weight": table, "encoder.final_layer_norm.weight": np.ones(whole)}
    for layer, (query, out) in enumerate([(first, _FIRST_MEAN * back), (second, back)]):
        block = f"encoder.block.{layer}.layer"
        for name, matrix in {"q": query, "k": key, "v": value, "o": out}.items():
            weights[f"{block}.0.SelfAttention.{name}.weight"] = matrix
        weights[f"{block}.1.DenseReluDense.wi.weight"] = np.zeros((1, whole))
        weights[f"{block}.1.DenseReluDense.wo.weight"] = np.zeros((whole, 1))
        for part in (0, 1):
            weights[f"{block}.{part}.layer_norm.weight"] = np.ones(whole)
    weights["encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight"] = np.zeros((_BUCKETS, 1))
    return {name: np.ascontiguousarray(array, dtype=np.float16) for name, array in weights.items()}


def t5_config(pieces: int, width: int) -> dict[str, object]:
    return {
        "architectures": ["T5EncoderModel"],
        "model_type": "t5",
        "vocab_size": pieces + 1,
        "d_model": width + 2,
        "d_kv": width + 1,
        "d_ff": 1,
        "num_heads": 1,
        "num_layers": 2,
        "num_decoder_layers": 0,
        "relative_attention_num_buckets": _BUCKETS,
        "relative_attention_max_distance": _FARTHEST,
        "dropout_rate": 0.0,
        "layer_norm_epsilon": 1e-6,
        "feed_forward_proj": "relu",
        "is_encoder_decoder": False,
        "use_cache": False,
        "pad_token_id": 0,
        "eos_token_id": 0,
        "dtype": "float32",
    }
