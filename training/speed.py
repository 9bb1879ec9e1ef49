"""What the model costs: loading, passages a second, memory; in a process of its own, in seconds of the processor."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

_ONE_CORE = {"TOKENIZERS_PARALLELISM": "false", "RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_PROBE = """
import json, re, sys, time
from pathlib import Path
from index.embed import BundledEmbedder
import safetensors.numpy, tokenizers
texts = json.loads(sys.stdin.read())
start = time.process_time()
model = BundledEmbedder(Path(sys.argv[1]), name="probe")
loaded = time.process_time()
model.embed_passages(texts)
done = time.process_time()
# Not getrusage: its peak is inherited from the process that started this one.
memory = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps({"load s": loaded - start, "passages/s": len(texts) / (done - loaded), "memory MB": memory}))
"""
_PASSAGES, _WORDS = 8_000, 90


def speed_figures(model: Path, texts: list[str]) -> dict[str, float]:
    """Processor seconds to load, passages of 90 words in one of them, and the most memory the process held."""
    words = " ".join(texts).split()
    passages = [" ".join(words[(n * 37) % (len(words) - _WORDS) :][:_WORDS]) for n in range(_PASSAGES)]
    told = subprocess.run(
        [sys.executable, "-c", _PROBE, str(model)],
        input=json.dumps(passages),
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | _ONE_CORE,
        cwd=Path(__file__).parent.parent,
    )
    return {name: round(value, 3) for name, value in json.loads(told.stdout).items()}
