"""Scanned pdf: refused with advice, or read by tesseract where that is asked for and there."""

import io
import shutil
import subprocess

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from index.build import build_index
from index.errors import DocumentError
from index.parse import parse_minutes
from index.read import read_document, worker
from index.settings import Settings, load_settings
from index.store import MinutesIndex
from qa.cli import main
from tests import convert
from tests.test_index_parse_parts import essence
from tests.test_index_versions import BUDGET, HALL, PLAN, printed

LATER = (*PLAN, "Udsat, idet sagen gøres færdig på næste møde.")
MINUTES = printed((*BUDGET, "Godkendt."), LATER, (*HALL, "Anbefales."))


def _languages() -> str:
    if not shutil.which("tesseract"):
        return ""
    return subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True).stdout


needs_tesseract = pytest.mark.skipif("dan" not in _languages().split(), reason="tesseract with Danish is not installed")


def scanned(text: str, *, pages: slice = slice(None)) -> bytes:
    """The pages of a pdf of the text, those of the slice as pictures."""
    printed_pdf = pypdfium2.PdfDocument(convert.to_pdf(text))
    written, places = io.BytesIO(), range(len(printed_pdf))
    canvas = Canvas(written, pagesize=A4, pageCompression=1)
    for page in (printed_pdf[place] for place in places):
        picture = io.BytesIO()
        page.render(scale=200 / 72).to_pil().convert("L").save(picture, "PNG")
        canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    merged = pypdfium2.PdfDocument.new()
    pictures = pypdfium2.PdfDocument(written.getvalue())
    for place in places:
        merged.import_pages(pictures if place in places[pages] else printed_pdf, [place])
    result = io.BytesIO()
    merged.save(result)
    return result.getvalue()


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "minutes" / "scan.pdf"
    path.parent.mkdir()
    path.write_bytes(scanned(MINUTES))
    return path


def test_scan_is_refused_with_what_to_do(scan):
    with pytest.raises(DocumentError, match="scanned.*--ocr.*ocrmypdf -l dan"):
        read_document(scan)


def test_what_is_printed_is_read_without_tesseract_too(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    path = tmp_path / "printed.pdf"
    path.write_bytes(scanned(MINUTES * 3, pages=slice(1)))
    document = read_document(path, ocr=True)
    assert document.unread_pages == (1,) and "Beslutning" in document.text


def test_scan_without_tesseract_is_refused_with_how_to_install_it(scan, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DocumentError, match="apt install tesseract-ocr tesseract-ocr-dan"):
        read_document(scan, ocr=True)


@needs_tesseract
def test_scan_says_what_the_paper_says(scan):
    meeting, problems = parse_minutes(read_document(scan, ocr=True))
    paper, _ = parse_minutes(read_document(_written(scan, "paper.txt", MINUTES.encode())))
    assert essence(meeting) == essence(paper) and problems == ()


def _written(beside, name, data):
    path = beside.with_name(name)
    path.write_bytes(data)
    return path


@needs_tesseract
def test_only_the_pages_that_are_pictures_are_recognised(tmp_path):
    prose = "".join(f"Linje {number} om hallen.\n" for number in range(40))
    text = f"{MINUTES}{prose}4. Mødeplan\n\nBeslutning\nJa.\n"
    path = tmp_path / "a.pdf"
    path.write_bytes(scanned(text, pages=slice(1, 2)))
    whole = read_document(_written(path, "whole.pdf", convert.to_pdf(text)))
    assert read_document(path).unread_pages == (2,)
    document = read_document(path, ocr=True)
    assert document.unread_pages == () and len(document.page_starts) == len(whole.page_starts) > 1
    assert document.text.startswith(whole.text[: whole.page_starts[1]].rstrip())
    assert "Mødeplan" in document.text[document.page_starts[1] :]


@needs_tesseract
def test_page_that_takes_too_long_stays_unread(scan, monkeypatch, tmp_path):
    slow = tmp_path / "bin" / "tesseract"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nkill -9 $$\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}:/bin:/usr/bin")
    worker._stop_idle()  # they have the environment in which they were started
    with pytest.raises(DocumentError, match="scanned"):
        read_document(scan, ocr=True)
    worker._stop_idle()


@needs_tesseract
def test_asking_for_it_later_reads_what_was_left_out(scan, tmp_path, monkeypatch, capsys):
    index = tmp_path / "index"
    _written(scan, "a.txt", printed((*BUDGET, "Godkendt."), date="8. juni 2021").encode())
    assert [refused.path for refused in build_index(index, [scan.parent], Settings()).refused] == [scan]
    assert main(["build", str(scan.parent), "--ocr", "--index", str(index)]) == 0
    assert "2 meetings" in capsys.readouterr().out
    assert not build_index(index, [scan.parent], Settings()).changed
    (stored,) = [stored for stored in MinutesIndex.open(index).catalogue.meetings() if stored.source == "scan.pdf"]
    assert len(MinutesIndex.open(index).catalogue.meeting(stored.id).items) == 3
    monkeypatch.setenv("REFERAT_OCR", "true")
    assert load_settings().ocr is True
