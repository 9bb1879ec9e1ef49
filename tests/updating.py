"""One update of an index, alone in a process that may be killed: python -m tests.updating KIND INDEX MINUTES."""

from __future__ import annotations

import hashlib
import shutil
import sys
import zipfile
from pathlib import Path
from unittest import mock

import numpy as np

from index import build, state_writer, store
from index.build import add_documents, build_index, migrate_index, remove_documents
from index.check import check_index
from index.embed import BUNDLED_FOLDER, BundledEmbedder, load_embedder
from index.errors import ReferatError
from index.settings import Settings
from qa.contract import answer_json
from qa.service import open_service

CORPUS = Path(__file__).parent.parent / "corpus"
FORMATS = Path(__file__).parent / "formats"
FIRST, SECOND, THIRD = (
    "jammerbugt-direktionen-2020-09-15.txt",
    "nordfyn-direktionen-2021-04-21.txt",
    "jammerbugt-direktionen-2019-05-07.txt",
)
KINDS = ("build", "add", "add beside", "add again", "change", "remove", "model", "migrate")
FAILED = 3
QUESTIONS = (
    "Hvad blev besluttet om kommunikation?",
    "Hvad blev besluttet om udbud af økonomi- og lønsystem?",
    "Hvilke sager blev godkendt?",
    "Hvad blev besluttet om Rambøll?",
    "hvad med principper for sygefravær?",
)


class Mirrored(BundledEmbedder):
    """Another model that means the same: the bundled one with its numbers in another order."""

    def __init__(self) -> None:
        super().__init__(BUNDLED_FOLDER, name="mirrored")
        self.fingerprint = "of the mirrored model"

    def embed_passages(self, texts):
        return np.ascontiguousarray(super().embed_passages(texts)[:, ::-1])


def _load(model: str | None = None, **options):
    return Mirrored() if model == "mirrored" else load_embedder(model, **options)


build.load_embedder = store.load_embedder = _load


def small_segments():
    """While this lasts, what is added stays in a segment of its own, however much it is."""
    return mock.patch.object(state_writer, "_SMALL", 9)


def stop_at(what, share, error=KeyboardInterrupt):
    """What tells of progress and raises an error once so much of something is done."""

    def progress(now, done, total):
        if now == what and done >= share * total:
            raise error

    return progress


def embedded_now(monkeypatch):
    """The texts that are embedded from now on."""
    embedded, embed = [], BundledEmbedder.embed_passages

    def noted(self, texts):
        embedded.extend(texts)
        return embed(self, texts)

    monkeypatch.setattr(BundledEmbedder, "embed_passages", noted)
    return embedded


def unpack(backup: Path, folder: Path) -> None:
    """Make the index of which another version wrote a backup, as that version had it."""
    with zipfile.ZipFile(backup) as archive:
        for place in sorted({name.rpartition("/")[0] for name in archive.namelist()}):
            members = [name for name in archive.namelist() if name.startswith(place)]
            data = {member.rpartition("/")[2]: archive.read(member) for member in members}
            segment = folder / hashlib.sha256(data["manifest.json"]).hexdigest()[:12]
            segment.mkdir(parents=True)
            for file, content in data.items():
                (segment / file).write_bytes(content)
    (folder / "CURRENT").write_text(segment.name)


def prepare(kind: str, folder: Path, minutes: Path) -> None:
    """The index and the documents as they are before an update of the kind."""
    minutes.mkdir()
    for name in (FIRST, SECOND):
        shutil.copy(CORPUS / name, minutes)
    if kind in ("add again", "remove"):
        build_index(folder, [minutes / FIRST], Settings())
        with small_segments():
            add_documents(folder, [minutes / SECOND], Settings())
    elif kind == "migrate":
        unpack(FORMATS / "6.zip", folder)
    elif kind != "build":
        build_index(folder, [minutes], Settings())
    if kind.startswith("add"):
        shutil.copy(CORPUS / THIRD, minutes)
    if kind == "change":
        path = minutes / FIRST
        path.write_text(path.read_text(encoding="utf-8").replace("Udgået.", "Godkendt."), encoding="utf-8")


def update(kind: str, folder: Path, minutes: Path) -> None:
    if kind == "add":
        add_documents(folder, [minutes / THIRD], Settings())
    elif kind in ("add beside", "add again"):
        with small_segments():
            add_documents(folder, [minutes / THIRD], Settings())
    elif kind == "remove":
        remove_documents(folder, [SECOND], Settings())
    elif kind == "migrate":
        migrate_index(folder, Settings())
    else:
        build_index(folder, [minutes], Settings(model="mirrored" if kind == "model" else None))


def answers(folder: Path) -> list[dict]:
    """What the index answers, after each part of it has been verified."""
    assert check_index(folder).faults == ()
    service = open_service(Settings(index=folder))
    return [answer_json(service.ask(question)) for question in QUESTIONS]


if __name__ == "__main__":
    _load("mirrored")  # what an update loads is loaded before the clock runs
    __import__("faiss")
    print("ready", flush=True)
    try:
        update(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    except ReferatError as error:
        print(error, file=sys.stderr)
        sys.exit(FAILED)
