"""The five minutes in other formats: they must say the same as the text."""

import re
import shutil
from functools import cache

import pypdfium2
import pytest

from index.parse import parse_minutes
from index.read import read_document
from qa.contract import meeting_json
from tests import convert
from tests.conftest import CORPUS

FILES = sorted(path.name for path in CORPUS.glob("*.txt"))
# The columns are narrower than some names of files and numbers, which the layout then cuts without a hyphen; nobody can
# tell that from a space.
CUT_IN_COLUMNS = "attachments"


@cache
def parsed(path):
    document = read_document(path)
    meeting, problems = parse_minutes(document)
    return document, meeting, problems


def plain(value, left_out=()):
    """A value of the contract without what the formats do not carry: the kind of white space, and lines."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return {name: plain(part, left_out) for name, part in value.items() if name not in ("line", *left_out)}
    if isinstance(value, list):
        return [plain(part, left_out) for part in value]
    return value


def assert_says_the_same(name, path, left_out=()):
    expected, found = (plain(meeting_json("", *parsed(one)[1:]), left_out) for one in (CORPUS / name, path))
    assert found == expected


def assert_pages_are_right(path):
    """Each heading and decision stands on the page that its offset says, as the pdf itself tells without our reader."""
    printed = [squeezed(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(path)]
    document, meeting, _ = parsed(path)
    assert len(document.page_starts) == len(printed) > 1
    for item in meeting.items:
        starts = [item.span.start] + [section.body.start for section in item.sections if section.body.of(meeting.text)]
        for start in starts:
            page, words = meeting.page_of(start), squeezed(meeting.text[start : start + 20].splitlines()[0])
            assert words in printed[page - 1], (page, words)


def squeezed(text):
    return re.sub(r"\W", "", text)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("suffix", ["html", "docx"])
def test_html_and_docx(name, suffix, tmp_path):
    path = tmp_path / f"minutes.{suffix}"
    path.write_bytes(getattr(convert, f"to_{suffix}")(parsed(CORPUS / name)[0].text))
    assert_says_the_same(name, path)
    assert parsed(path)[0].page_starts == ()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("columns", [1, 2])
def test_pdf(name, columns, tmp_path):
    path = tmp_path / "minutes.pdf"
    path.write_bytes(convert.to_pdf(parsed(CORPUS / name)[0].text, columns, head="Side ved side"))
    assert_says_the_same(name, path, left_out=(CUT_IN_COLUMNS,) if columns == 2 else ())
    assert_pages_are_right(path)


def test_pdf_that_chromium_prints(tmp_path):
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or pytest.skip("needs the browser chromium")
    with playwright.sync_playwright() as play, play.chromium.launch(executable_path=chromium) as browser:
        for name in FILES:
            page = browser.new_page()
            page.set_content(convert.to_html(parsed(CORPUS / name)[0].text).decode())
            page.pdf(
                path=tmp_path / f"{name}.pdf",
                format="A4",
                display_header_footer=True,
                header_template="<span style='font-size: 8px'>Hoved</span>",
                footer_template="<span style='font-size: 8px'>Side <span class='pageNumber'></span></span>",
                margin=dict.fromkeys(("top", "bottom", "left", "right"), "2cm"),
            )
    for name in FILES:
        assert_says_the_same(name, tmp_path / f"{name}.pdf")
        assert_pages_are_right(tmp_path / f"{name}.pdf")
