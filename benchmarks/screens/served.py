"""The app in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.stamp import ROOT


@contextmanager
def served(index: Path) -> Iterator[tuple[str, int]]:
    """The address of the app on an index, as `make app` serves it, and the id of its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "screens/server.py", "--server.headless=true"]
    environment = {**os.environ, "REFERAT_INDEX": str(index), "XDG_DATA_HOME": str(index.parent)}
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(
        [*command, f"--server.port={port}"], cwd=ROOT, env=environment, stdout=quiet, stderr=quiet
    )
    try:
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait()
