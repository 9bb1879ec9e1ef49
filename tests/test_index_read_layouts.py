"""The invented layouts in other formats: what is printed decides, not the format it came in."""

import html

import pytest

from index.errors import DocumentError
from index.parse import parse_minutes
from index.read import read_document
from qa.contract import meeting_json
from tests import convert
from tests.conftest import ROOT
from tests.test_index_read_corpus import plain

LAYOUTS = sorted((ROOT / "tests" / "layouts").glob("*.txt"))


def parsed(path):
    return plain(meeting_json("", *parse_minutes(read_document(path))))


def to_pre(text: str) -> bytes:
    """A page that keeps the spaces and lines that the text is laid out with."""
    return f"<!doctype html><meta charset=utf-8><body><pre>{html.escape(text)}</pre>".encode()


@pytest.mark.parametrize("suffix", ["html", "docx"])
def test_word_files_and_web_pages_say_what_the_text_says(suffix, tmp_path):
    written = {"html": to_pre, "docx": convert.to_docx}[suffix]
    for layout in LAYOUTS:
        path = tmp_path / f"minutes.{suffix}"
        path.write_bytes(written(read_document(layout).text))
        assert parsed(path) == parsed(layout), layout.name


def test_pdf_says_nearly_always_what_the_text_says(tmp_path):
    """Not where spaces alone lay a page out: letters set apart, columns, feet; the paper has them otherwise."""
    items, found, decided = 0, 0, 0
    for layout in LAYOUTS:
        path = tmp_path / "minutes.pdf"
        path.write_bytes(convert.to_pdf(read_document(layout).text))
        expected = {item["number"] + item["title"]: item["decision"] for item in parsed(layout)["items"]}
        got = {item["number"] + item["title"]: item["decision"] for item in _items(path)}
        items += len(expected)
        found += len(expected.keys() & got.keys())
        decided += sum(got.get(name, "-") == decision for name, decision in expected.items())
    assert found >= 0.96 * items and decided >= 0.95 * items


def _items(path):
    try:
        return parsed(path)["items"]
    except DocumentError:
        return []
