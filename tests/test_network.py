"""Nothing leaves the machine: no socket to anything but loopback while building and asking."""

import subprocess
import sys

from tests.conftest import CORPUS, ROOT

GUARD = f"""
import socket, sys

def allowed(address):
    return not isinstance(address, tuple) or address[0] in ("127.0.0.1", "::1", "localhost")

def guarded(original):
    def call(self, address, *rest):
        if not allowed(address):
            print("REACHED", address)
            raise AssertionError(address)
        return original(self, address, *rest)
    return call

for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, guarded(getattr(socket.socket, name)))

def no_lookup(host, *rest, **more):
    if host not in (None, "127.0.0.1", "::1", "localhost"):
        print("REACHED", host)
        raise AssertionError(host)
    return original_lookup(host, *rest, **more)

original_lookup, socket.getaddrinfo = socket.getaddrinfo, no_lookup
sys.path.insert(0, {str(ROOT)!r})
"""


def run_guarded(program):
    done = subprocess.run([sys.executable, "-c", GUARD + program], capture_output=True, text=True, timeout=240)
    assert "REACHED" not in done.stdout, done.stdout
    return done


def test_building_asking_and_measuring_reach_nothing(tmp_path):
    (tmp_path / "questions.jsonl").write_text('{"question": "Citrix?", "relevant": []}')
    program = f"""
from qa.cli import main
index = {str(tmp_path / "index")!r}
assert main(["build", {str(CORPUS)!r}, "--index", index]) == 0
assert main(["ask", "Se http://example.com/x - hvad blev besluttet om Citrix?", "--index", index]) == 0
assert main(["eval", {str(tmp_path / "questions.jsonl")!r}, "--index", index]) == 0
print("done")
"""
    done = run_guarded(program)
    assert done.returncode == 0 and done.stdout.endswith("done\n"), done.stderr


def test_model_from_a_folder_reaches_nothing(tmp_path):
    program = """
from index.embed import BUNDLED_FOLDER, load_embedder
print(load_embedder(str(BUNDLED_FOLDER)).embed_query("hej").shape)
"""
    done = run_guarded(program)
    assert done.returncode == 0 and "(256,)" in done.stdout, done.stderr


def test_the_guard_guards():
    done = subprocess.run(
        [sys.executable, "-c", GUARD + "import urllib.request; urllib.request.urlopen('http://example.com')"],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert "REACHED example.com" in done.stdout and done.returncode != 0
