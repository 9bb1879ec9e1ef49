"""Pdf files: the text as it was before it was laid out, and where on the pages it stands."""

import io

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen import canvas

from index.parse import parse_minutes
from index.read import read_document
from index.read.extract import Unreadable
from index.read.pdf import read_pdf
from index.read.pdf_layout import Page, Piece, Row
from index.read.pdf_text import page_texts
from tests.convert import to_pdf

LEADING = 14


class Paper:
    """A pdf that is written line by line, in Helvetica of 10 points; y is the distance from the top of the page."""

    def __init__(self, **options):
        self._written = io.BytesIO()
        self.canvas = canvas.Canvas(self._written, pagesize=A4, **options)

    def lines(self, *lines: str, x: float = 60, y: float = 100) -> "Paper":
        self.canvas.setFont("Helvetica", 10)
        for place, line in enumerate(lines):
            self.canvas.drawString(x, A4[1] - y - LEADING * place, line)
        return self

    def page(self) -> "Paper":
        self.canvas.showPage()
        return self

    def read(self) -> tuple[str, ...]:
        return read_pdf(self.data()).pages

    def data(self) -> bytes:
        self.canvas.save()
        return self._written.getvalue()


FULL = "Kommunalbestyrelsen drøftede sagen indgående og besluttede derefter enstemmigt, at den skulle"


def test_wrapped_lines_are_one_paragraph_and_short_ones_are_not():
    pages = Paper().lines(FULL, FULL, "godkendes.", "Fraværende:", "Anne Holm").read()
    assert pages == (f"{FULL} {FULL} godkendes.\nFraværende:\nAnne Holm",)


def test_a_gap_is_a_blank_line():
    paper = Paper().lines("Beslutning", y=100).lines("Godkendt.", "Udsat.", y=128)
    assert paper.read() == ("Beslutning\n\nGodkendt.\nUdsat.",)


def test_a_list_keeps_its_entries_apart_even_where_they_fill_the_line():
    entries = [f"1. {FULL}", f"2. {FULL}", "3. kort", f"- {FULL}", "- igen"]
    assert Paper().lines(*entries).read()[0].split("\n") == entries


@pytest.mark.parametrize(
    ("end", "start", "joined"),
    [
        ("beslut-", "ningen", "beslutningen"),
        ("social-", "og sundhedsudvalget", "social- og sundhedsudvalget"),
        ("it-", "systemet", "it-systemet"),
        ("CO2-", "udledningen", "CO2-udledningen"),
        ("DIGIT-", "projektet", "DIGIT-projektet"),
        ("Nord-", "Syd-forbindelsen", "Nord-Syd-forbindelsen"),
        ("2019-", "2020 og", "2019-2020 og"),
        ("ikke", "videre", "ikke videre"),
        ("sagen -", "igen", "sagen - igen"),
        ("klima/", "miljø", "klima/miljø"),
    ],
)
def test_hyphens_at_the_end_of_lines(end, start, joined):
    assert Paper().lines(f"{FULL} {end}", f"{start} blev taget op.").read() == (f"{FULL} {joined} blev taget op.",)


def test_a_word_that_stands_elsewhere_with_its_hyphen_keeps_it():
    pages = Paper().lines(f"{FULL} klima-", "planen med klima-planens mål.", "En klima-planen.").read()
    assert "klima-planen med" in pages[0]


def test_a_table_is_read_row_by_row():
    paper = Paper()
    rows = [("Konto", "Budget", "Rest"), ("Skoler", "12.000", "4,5"), ("Veje og", "2.100", "0,3")]
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            paper.lines(cell, x=60 + 150 * column, y=100 + 30 * place)
            if cell == "Veje og":
                paper.lines("parker", y=100 + 30 * place + LEADING)
    assert paper.read() == ("Konto\tBudget\tRest\nSkoler\t12.000\t4,5\nVeje og parker\t2.100\t0,3",)


def test_columns_are_read_one_after_the_other():
    left, right = ([f"{side} linje {line} med nogle ord i" for line in range(40)] for side in ("Venstre", "Højre"))
    words = " ".join(Paper().lines(*left).lines(*right, x=320).read()[0].split())
    assert words == " ".join(left + right)


def test_a_paragraph_goes_on_over_the_page_and_running_lines_are_left_out():
    paper = Paper()
    for number, name in enumerate(("Ada", "Bo", "Ci", "Dan"), 1):
        paper.lines("Referat af møde i Direktionen", y=30).lines(f"Side {number} af 4", y=810, x=280)
        paper.lines(f"af {name}.", y=100)
        paper.lines(f"{name}: {FULL}", y=780)
        paper.page()
    assert paper.read() == (
        f"Referat af møde i Direktionen\n\naf Ada.\n\nAda: {FULL} ",
        f"af Bo.\n\nBo: {FULL} ",
        f"af Ci.\n\nCi: {FULL} ",
        f"af Dan.\n\nDan: {FULL}",
    )


def test_what_returns_at_one_height_by_chance_is_no_running_line():
    paper = Paper()
    for number in range(6):
        lines = [f"{'abcdef'[number]} {line} tekst" for line in range(45)]
        if number % 2:
            lines[-1] = "Bilag"
        paper.lines(*lines).page()
    assert sum("Bilag" in page for page in paper.read()) == 3


def test_headings_that_open_every_page_are_no_running_lines():
    paper = Paper()
    for number in range(4):
        paper.lines(f"Punkt {number * 2 + 1}", "Beslutning", f"Godkendt som {'abcd'[number]}.").page()
    assert all("Punkt" in page and "Beslutning" in page for page in paper.read())


def test_pages_are_where_their_text_is(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(Paper().lines("en").page().page().lines("tre").data())
    document = read_document(path)
    assert document.text.split() == ["en", "tre"]
    assert document.page_starts == (0, 4, 4)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_held(turn):
    paper = Paper()
    paper.canvas.translate(300, 400)
    paper.canvas.rotate(turn)
    paper.canvas.drawString(0, 0, "Første linje.")
    paper.canvas.drawString(0, -LEADING, "Anden linje.")
    paper.canvas.drawString(0, -2 * LEADING, "Tredje linje.")
    assert paper.read() == ("Første linje.\nAnden linje.\nTredje linje.",)


def test_a_stamp_across_the_page_is_left_out():
    paper = Paper().lines("Referat", "Godkendt.")
    paper.canvas.rotate(45)
    paper.canvas.drawString(300, 300, "UDKAST")
    assert paper.read() == ("Referat\nGodkendt.",)


def picture() -> io.BytesIO:
    written = io.BytesIO()
    Image.new("L", (20, 20), 200).save(written, "PNG")
    written.seek(0)
    return written


def scan() -> bytes:
    paper = Paper()
    for _ in range(3):
        paper.canvas.drawImage(ImageReader(picture()), 0, 0, *A4)
        paper.page()
    return paper.data()


def test_a_page_that_is_a_picture_among_others_is_told(tmp_path):
    paper = Paper().lines("Referat", "1. Budget", "Beslutning", "Godkendt.").page().lines("Mere").page()
    paper.canvas.drawImage(ImageReader(picture()), 0, 0, *A4)
    path = tmp_path / "a.pdf"
    path.write_bytes(paper.data())
    document = read_document(path)
    assert document.unread_pages == (3,)
    assert "Page 3 is a picture" in parse_minutes(document)[1][-1].message


def encrypted() -> bytes:
    return Paper(encrypt=StandardEncryption("hemmelig")).lines("Referat").data()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (encrypted, "password"),
        (lambda: b"", "damaged or not a pdf"),
        (lambda: b"%PDF-1.7\n" + bytes(1000), "damaged or not a pdf"),
        (lambda: b"<html>", "damaged or not a pdf"),
        (lambda: Paper().lines("Referat").data().replace(b"/Count 1", b"/Count 99999"), "damaged|more pages"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(data, message):
    with pytest.raises(Unreadable, match=message):
        read_pdf(data())


def test_a_password_only_against_changes_is_no_hindrance():
    assert Paper(encrypt=StandardEncryption("", ownerPassword="x")).lines("Referat").read() == ("Referat",)


def test_a_broken_table_of_objects_is_mended():
    data = Paper().lines("Referat").data()
    assert read_pdf(data.replace(b"startxref\n", b"startxref\n9")).pages == ("Referat",)


def test_ligatures_are_letters():
    piece = Piece("traﬁksikkerhed og aﬀald", 60, 100, 200, 110, 120)
    assert page_texts([Page((Row(((piece,),)),), 595)]) == ["trafiksikkerhed og affald"]


JUSTIFIED = (
    "Sagen blev drøftet med de",
    "øvrige medlemmer af det",
    "stående udvalg og de",
    "berørte parter i kommunen",
    "som ønskede sagen videre",
)


def test_justified_lines_are_no_rows_of_a_table():
    paper = Paper()
    for place, line in enumerate(JUSTIFIED):
        words = line.split()
        widths = [stringWidth(word, "Helvetica", 10) for word in words]
        gap, x = (300 - sum(widths)) / (len(words) - 1), 60
        assert gap > 10
        for word, width in zip(words, widths, strict=True):
            paper.lines(word, x=x, y=100 + LEADING * place)
            x += width + gap
    assert paper.lines("efter sommeren.", y=100 + LEADING * 5).read() == (f"{' '.join(JUSTIFIED)} efter sommeren.",)


def test_what_reportlab_lays_out_is_read(tmp_path):
    text = "Referat\n\n1. Budget\n\nNavn\tBeløb\nSkole\t3\n\nGodkendt.\n"
    path = tmp_path / "a.pdf"
    path.write_bytes(to_pdf(text, head="Direktionen i Prøveby Kommune"))
    assert read_document(path).text.split() == ["Direktionen", "i", "Prøveby", "Kommune", *text.split(), "Side", "1"]
