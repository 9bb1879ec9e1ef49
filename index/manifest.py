"""The manifest of a segment: what it was made with, and what each of its files must be."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from index import dense, postings

# To be raised whenever the files or their tables change, so that an earlier index is refused, and taken over anew (see
# `index.earlier`).
FORMAT_VERSION = 7
_FIRST_KNOWN = 5
_LACKING = {"ocr": False, "after": None}  # what manifests of earlier formats do not say

CATALOGUE, ITEMS, POSTINGS, VECTORS, WORDS = "catalogue.sqlite", "items.npy", "postings", "vectors", "words"
FILES = (
    CATALOGUE,
    ITEMS,
    *(POSTINGS + suffix for suffix in postings.SUFFIXES),
    *(stem + suffix for stem in (VECTORS, WORDS) for suffix in dense.SUFFIXES),
)
TAKEN_OVER = {CATALOGUE, f"{VECTORS}.npy"}
"""The files that every format has, and that are read of a segment of an earlier one."""
MANIFEST = "manifest.json"
MAX_MANIFEST_BYTES = 100_000
_KIND = "referat-index"
_FILE_NAME = re.compile(r"\w+(?:\.\w+)+")

Fingerprint = dict[str, int | str]
"""{"bytes": size, "sha256": checksum} of a file."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a segment was made with; and what is to be found in it together with those before it.

    Attributes:
        word_model_fingerprint: of the bundled model, whose space the words are in.
        reading: the fingerprint of the code that read the minutes.
    """

    model: str
    model_fingerprint: str
    word_model_fingerprint: str
    dimension: int
    closed_text: bool
    ocr: bool
    reading: str
    meetings: int
    items: int
    chunks: int
    words: int


@dataclass(frozen=True, slots=True)
class Manifest(Facts):
    """
    Attributes:
        created: when, in UTC, as ISO 8601.
        after: the name of the segment that this one comes after; None of the first.
        files: by their names.
    """

    kind: str
    format_version: int
    created: str
    after: str | None
    files: dict[str, Fingerprint]

    @property
    def facts(self) -> Facts:
        return Facts(**{name: getattr(self, name) for name in Facts.__dataclass_fields__})


def write_manifest(segment: Path, facts: Facts, created: str, after: str | None, files: dict[str, Fingerprint]) -> str:
    """Returns the name that the segment is to have: of the manifest's checksum."""
    manifest = Manifest(
        **asdict(facts), kind=_KIND, format_version=FORMAT_VERSION, created=created, after=after, files=files
    )
    data = json.dumps(asdict(manifest), indent=1).encode()
    (segment / MANIFEST).write_bytes(data)
    return name_of(data)


def load_manifest(segment: Path) -> tuple[int, Manifest | None, str]:
    """As `parse_manifest`, of a segment's file; and the name that a segment with this manifest has.

    Raises:
        OSError, ValueError: there is none.
    """
    path = segment / MANIFEST
    if not path.is_file() or path.stat().st_size > MAX_MANIFEST_BYTES:
        raise ValueError("not a file of ours")
    data = path.read_bytes()
    return *parse_manifest(data), name_of(data)


def parse_manifest(data: bytes) -> tuple[int, Manifest | None]:
    """The format that a manifest tells of, and the manifest if that is known: this version's or an earlier one.

    Raises:
        ValueError: it is not a manifest.
    """
    try:
        read = json.loads(data)
        if read["kind"] != _KIND:
            raise ValueError("of something else")
        version = read["format_version"]
        if not _FIRST_KNOWN <= version <= FORMAT_VERSION:
            return version, None
        manifest = Manifest(**_LACKING | read)
        sizes = {name: expected["bytes"] for name, expected in manifest.files.items()}
        if not _has_files(version, set(sizes)) or not all(isinstance(size, int) for size in sizes.values()):
            raise ValueError("other files than a segment has")
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not a manifest") from error
    return version, manifest


def _has_files(version: int, names: set[str]) -> bool:
    if version == FORMAT_VERSION:
        return names == set(FILES)
    return names >= TAKEN_OVER and all(map(_FILE_NAME.fullmatch, names))


def name_of(manifest: bytes) -> str:
    return hashlib.sha256(manifest).hexdigest()[:12]
