"""Documents that are made to harm: each costs a refusal that names it, within the limits, and nothing else."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.build import build_index
from index.errors import DocumentError
from index.read import read_document, worker
from index.read.child import MEMORY_BYTES
from index.read.extract import Unreadable
from index.settings import Settings
from qa.cli import main
from tests import convert
from tests.conftest import CORPUS, ROOT
from tests.test_index_read_docx import word

SECONDS = 20
PAGE = b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj
4 0 obj<</Length %d/Filter[%s]>>stream
%s
endstream endobj
trailer<</Root 1 0 R>>
%%%%EOF"""


def deflated_zeros(megabytes: int) -> bytes:
    """What zlib makes of so many zeros, put together from the same block again and again."""
    packer = zlib.compressobj(9)
    block = packer.compress(bytes(10_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(10_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block + again * (megabytes // 10 - 1) + packer.flush()


def nested_flate() -> bytes:
    data = zlib.compress(zlib.compress(deflated_zeros(4_000), 9), 9)
    return PAGE % (len(data), b"/FlateDecode " * 3, data)


def zip_with_forged_size(data: bytes, size: int) -> bytes:
    """A zip whose largest part says, at both of its places, that it holds so many bytes."""
    entry = max(zipfile.ZipFile(io.BytesIO(data)).infolist(), key=lambda entry: entry.file_size)
    return data.replace(entry.file_size.to_bytes(4, "little"), size.to_bytes(4, "little"))


ENTITIES = "<!DOCTYPE x [<!ENTITY a 'x'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 20}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
BROKEN_XREF = PAGE.replace(b"trailer", b"startxref\n999\nxref\n" + b"9" * 99)
BOMBS = {
    "flate.pdf": (nested_flate, "memory"),
    "xref.pdf": (lambda: BROKEN_XREF % (0, b"", b""), "no text|damaged"),
    "arrays.pdf": (lambda: PAGE.replace(b"/MediaBox", b"/A" + b"[" * 500_000) % (0, b"", b""), "no text|damaged"),
    "tree.pdf": (lambda: PAGE.replace(b"/Count 1", b"/Count 99999") % (0, b"", b""), "more pages|damaged"),
    "declared.docx": (lambda: zip_with_forged_size(word("<w:p/>" * 99_999), 1_500_000_000), "holds more"),
    "undeclared.docx": (lambda: word("<w:p/>" * 11_000_000), "holds more"),
    "forged.docx": (lambda: zip_with_forged_size(word("<w:p/>" * 11_000_000), 5_000_000), "damaged|holds more"),
    "entities.docx": (lambda: word("&i;", before=f"{ENTITIES}]>"), "damaged"),
    "deep.docx": (lambda: word("<w:sdt><w:sdtContent>" * 99_999 + "</w:sdtContent></w:sdt>" * 99_999), "nested"),
    "tags.html": (lambda: b"<b>" * 6_600_000, "memory|seconds"),
    "more.html": (lambda: b"<b>" * 10_000_000, "larger than"),
    "words.html": (lambda: b"a " * 5_000_000, "more text"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_with_the_reason(name, tmp_path):
    make, message = BOMBS[name]
    path = tmp_path / name
    path.write_bytes(make())
    started = time.monotonic()
    with pytest.raises(DocumentError, match=message) as refused:
        read_document(path)
    assert time.monotonic() - started < SECONDS
    assert name in str(refused.value)


@pytest.mark.parametrize("suffix", ["txt", "html", "docx", "pdf"])
def test_a_gigabyte_of_zeros_is_refused_unread(suffix, tmp_path):
    path = tmp_path / f"zeros.{suffix}"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)
    with pytest.raises(DocumentError, match="larger than"):
        read_document(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_the_limits_hold():
    program = """
import sys
from index.read import child
child.CPU_SECONDS = 1
child._limit_process()
if sys.argv[1] == "time":
    child._limit_time()
    while True: pass
try:
    if sys.argv[1] == "memory": bytearray(child.MEMORY_BYTES)
    if sys.argv[1] == "disk": open("/dev/shm/referat-test", "wb", buffering=0).write(b"x")
except (MemoryError, OSError) as error:
    print(type(error).__name__)
"""
    ended = {}
    for limit in ("time", "memory", "disk"):
        ended[limit] = subprocess.run([sys.executable, "-c", program, limit], cwd=ROOT, capture_output=True, text=True)
    assert ended["time"].returncode == -signal.SIGXCPU
    assert ended["memory"].stdout == "MemoryError\n"
    assert ended["disk"].returncode == -signal.SIGXFSZ or ended["disk"].stdout == "OSError\n"
    assert MEMORY_BYTES <= 1_500_000_000


def test_one_process_reads_many_documents_and_is_replaced_after_a_bad_one():
    good = convert.to_html("Referat")
    worker.read_apart(".html", good)
    first = worker._idle[-1]
    worker.read_apart(".html", good)
    assert worker._idle[-1] is first
    with pytest.raises(Unreadable):
        worker.read_apart(".pdf", b"nothing")
    assert worker.read_apart(".html", good).pages == ("Referat",)
    assert worker._idle[-1] is not first


def test_a_process_that_dies_costs_one_refusal():
    worker.read_apart(".html", b"a")
    worker._idle[-1]._process.kill()
    with pytest.raises(Unreadable, match="damaged: reading it fails"):
        worker.read_apart(".html", b"a")
    assert worker.read_apart(".html", b"a").pages == ("a",)


def test_a_document_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(worker, "WALL_SECONDS", 0.5)
    with pytest.raises(Unreadable, match="takes longer"):
        worker.read_apart(".html", b"<div>" * 3_000_000)


def test_threads_read_at_once_and_each_gets_its_own():
    texts = [f"Møde {number}" for number in range(12)]
    gate = threading.Barrier(4)

    def read(text):
        gate.wait()
        return worker.read_apart(".html", convert.to_html(text)).pages[0]

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(read, texts)) == texts


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_forked_process_starts_its_own():
    worker.read_apart(".html", b"a")
    child = os.fork()
    if child == 0:
        os._exit(0 if worker.read_apart(".html", b"b").pages == ("b",) and worker._stop_idle() is None else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert worker.read_apart(".html", b"c").pages == ("c",)


@pytest.mark.parametrize("suffix", ["html", "docx", "pdf"])
def test_a_reader_has_nothing_to_reach_the_network_with(suffix, tmp_path):
    path = tmp_path / "a"
    path.write_bytes(getattr(convert, f"to_{suffix}")("Se http://example.com/"))
    program = f"""
import sys
from index.read.child import _answer, _reader
assert "example.com" in _answer(_reader({suffix!r}), open({str(path)!r}, "rb").read())["pages"][0]
print({{"socket", "urllib.request", "http.client", "ssl"}} & set(sys.modules))
"""
    assert subprocess.check_output([sys.executable, "-c", program], text=True, cwd=ROOT) == "set()\n"


def test_the_libraries_that_read_are_only_in_the_process_apart(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(convert.to_pdf("Referat"))
    program = f"""
import sys
from pathlib import Path
from index.read import read_document
print(read_document(Path({str(path)!r})).text.split()[0], {{"pypdfium2", "selectolax"}} & set(sys.modules))
"""
    assert subprocess.check_output([sys.executable, "-c", program], text=True, cwd=ROOT) == "Referat set()\n"


def test_a_build_of_all_formats_leaves_out_the_bad_one_with_one_line(tmp_path, capsys):
    minutes = tmp_path / "minutes"
    minutes.mkdir()
    names = sorted(path.name for path in CORPUS.glob("*.txt"))
    for name, suffix in zip(names, ("html", "docx", "pdf", "txt", "md"), strict=True):
        text = (CORPUS / name).read_text(encoding="utf-8")
        data = getattr(convert, f"to_{suffix}", str.encode)(text)
        (minutes / name).with_suffix(f".{suffix}").write_bytes(data)
    (minutes / "bomb.docx").write_bytes(word("<w:p/>" * 11_000_000))
    assert main(["build", str(minutes), "--index", str(tmp_path / "index")]) == 1
    shown = capsys.readouterr()
    assert "5 meetings" in shown.out
    assert [line for line in shown.err.splitlines() if "left out" in line and "bomb.docx" in line]
    assert shown.err.count("left out") == 1
    again = build_index(tmp_path / "index", [minutes], Settings(index=tmp_path / "index"))
    assert not again.changed and again.meetings == 5


def test_pages_of_a_pdf_reach_the_citation(tmp_path, capsys):
    name = "kalundborg-direktionen-2021-04-12"
    text = (CORPUS / f"{name}.txt").read_text(encoding="utf-8")
    (tmp_path / f"{name}.pdf").write_bytes(convert.to_pdf(text))
    assert main(["build", str(tmp_path / f"{name}.pdf"), "--index", str(tmp_path / "index")]) == 0
    capsys.readouterr()
    assert main(["ask", "Hvad blev besluttet om Citrix?", "--index", str(tmp_path / "index"), "--json"]) == 0
    shown = capsys.readouterr().out
    document = read_document(tmp_path / f"{name}.pdf")
    page = document.text.index("Taget til efterretning med den tilføjelse, at det kan være en udfordring")
    number = sum(start <= page for start in document.page_starts)
    assert f"side {number}" in shown and f'"page": {number}' in shown
