"""Word files: what Word would print, and zips that are made to harm."""

import io
import struct
import zipfile

import docx
import pytest
from docx.enum.text import WD_BREAK

from index.read.docx import read_docx
from index.read.extract import Unreadable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def links(**parts: str) -> str:
    found = "".join(f'<Relationship Type="{TYPES}/{kind}" Target="{target}"/>' for kind, target in parts.items())
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{found}</Relationships>'
    )


def word(body: str, numbering: str = "", styles: str = "", before: str = "") -> bytes:
    """A Word file of these parts; the names of the parts are as Word on the web gives them."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("_rels/.rels", links(officeDocument="word/document2.xml"))
        package.writestr("word/_rels/document2.xml.rels", links(numbering="numbering.xml", styles="/word/styles.xml"))
        package.writestr("word/document2.xml", f"{before}<w:document {W} {MC}><w:body>{body}</w:body></w:document>")
        package.writestr("word/numbering.xml", f"<w:numbering {W}>{numbering}</w:numbering>")
        package.writestr("word/styles.xml", f"<w:styles {W}>{styles}</w:styles>")
    return written.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def text_of(body: str, **parts: str) -> str:
    return "|".join(read_docx(word(body, **parts)).pages)


NUMBERING = """
    <w:abstractNum w:abstractNumId="7">
     <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Punkt %1:"/></w:lvl>
     <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
     <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>
    </w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
    <w:num w:numId="2"><w:abstractNumId w:val="7"/>
     <w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>"""


def numbered(text: str, number: int, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_are_printed():
    body = (
        numbered("A", 1)
        + numbered("b", 1, 1)
        + numbered("c", 1, 1)
        + numbered("D", 1)
        + numbered("e", 1, 1)
        + numbered("f", 1, 2)
        + numbered("G", 2)
        + numbered("H", 2)
        + paragraph("uden", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert text_of(body, numbering=NUMBERING).split("\n") == [
        "Punkt 1: A", "1.a) b", "1.b) c", "Punkt 2: D", "2.a) e", "• f", "Punkt 9: G", "Punkt 10: H", "uden",
    ]  # fmt: skip


def test_a_style_numbers_its_headings_and_those_based_on_it():
    styles = """
        <w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="K"><w:basedOn w:val="H"/></w:style>
        <w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>"""
    body = "".join(paragraph("x", f'<w:pStyle w:val="{style}"/>') for style in ("H", "K", "Loop"))
    assert text_of(body, numbering=NUMBERING, styles=styles) == "Punkt 1: x\nPunkt 2: x\nx"


def test_a_gap_on_the_page_is_a_blank_line():
    styles = """
        <w:docDefaults><w:pPrDefault><w:pPr><w:spacing w:after="160"/></w:pPr></w:pPrDefault></w:docDefaults>
        <w:style w:type="paragraph" w:styleId="L"><w:pPr><w:contextualSpacing/></w:pPr></w:style>"""
    body = (
        paragraph("en")
        + paragraph("to", '<w:pStyle w:val="L"/>')
        + paragraph("tre", '<w:pStyle w:val="L"/>')
        + paragraph("fire", '<w:spacing w:after="0"/>')
        + paragraph("fem")
    )
    assert text_of(body, styles=styles) == "en\n\nto\ntre\n\nfire\nfem"


def test_tracked_deletions_hidden_text_and_codes_of_fields_are_left_out():
    body = """
        <w:p><w:r><w:t>Godkendt</w:t></w:r><w:del><w:r><w:delText> ikke</w:delText></w:r></w:del>
         <w:ins><w:r><w:t>, dog</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>skjult</w:t></w:r>
         <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>
         <w:hyperlink><w:r><w:t xml:space="preserve"> se bilag</w:t></w:r></w:hyperlink>
         <w:moveFrom><w:r><w:t>flyttet</w:t></w:r></w:moveFrom></w:p>
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>væk</w:delText></w:r></w:del></w:p>
        <w:sdt><w:sdtContent><w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p></w:sdtContent></w:sdt>
        """
    assert text_of(body) == "Godkendt, dog se bilag\na\tb\nc"


def test_a_text_box_is_read_once():
    box = f"<w:txbxContent>{paragraph('boks')}</w:txbxContent>"
    body = f"""<w:p><w:r><w:t>før</w:t><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>
        <mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>{paragraph("efter")}"""
    assert text_of(body) == "før\n\nboks\n\nefter"


def cell(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(map(paragraph, paragraphs))}</w:tc>"


def test_tables_are_read_row_by_row_or_where_they_only_place_text_cell_by_cell():
    rows = [
        cell("Navn") + cell("Beløb", "i kr."),
        cell("") + cell("2"),
        "<w:trPr><w:del/></w:trPr>" + cell("væk"),
        cell("Beslutning") + cell("Godkendt. " * 20, "Udsat. " * 20),
    ]
    table = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    long = f"{('Godkendt. ' * 20).strip()}\n{('Udsat. ' * 20).strip()}"
    assert text_of(paragraph("a") + table + paragraph("b")) == (f"a\n\nNavn\tBeløb i kr.\n2\nBeslutning\n{long}\n\nb")


RENDERED = "<w:lastRenderedPageBreak/>"


def test_pages_are_those_that_word_wrote():
    body = f"""
        <w:p><w:r><w:t xml:space="preserve">Sætningen går </w:t>{RENDERED}<w:t>videre.</w:t></w:r></w:p>
        <w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p><w:r>{RENDERED}<w:t>Tre</w:t></w:r></w:p>
        <w:tbl><w:tr><w:tc><w:p><w:r>{RENDERED}<w:t>a</w:t></w:r></w:p></w:tc>
         <w:tc><w:p><w:r>{RENDERED}<w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
        {paragraph("Fem", "<w:pageBreakBefore/>")}"""
    assert read_docx(word(body)).pages == ("Sætningen går ", "videre.\n", "\nTre\n\n", "a\tb\n\n", "Fem")


def test_without_breaks_there_are_no_pages():
    assert not read_docx(word(paragraph("a"))).paged


def test_what_python_docx_writes_is_read():
    document = docx.Document()
    document.add_heading("Referat", 1)
    document.add_paragraph("Et", style="List Number")
    document.add_paragraph("To", style="List Number").add_run().add_break(WD_BREAK.PAGE)
    document.sections[0].header.paragraphs[0].text = "Sidehoved"
    written = io.BytesIO()
    document.save(written)
    assert read_docx(written.getvalue()).pages == ("Referat\n\n1. Et\n2. To", "")


def bomb(declared: int | None = None) -> bytes:
    """A document of 70 MB in a file of 70 kB; `declared` is what the zip says instead."""
    data = word("<w:p/>" * 12_000_000)
    if declared is not None:
        entry = next(
            entry for entry in zipfile.ZipFile(io.BytesIO(data)).infolist() if "document2.xml" == entry.filename[5:]
        )
        data = data.replace(struct.pack("<I", entry.file_size), struct.pack("<I", declared))
    return data


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (lambda: bomb(), "holds more than"),
        (lambda: bomb(declared=1000), "damaged|holds more than"),
        (lambda: word("&b;", before=ENTITIES), "damaged"),
        (lambda: word("&a;", before=OUTSIDE), "damaged"),
        (lambda: word("<w:p>"), "damaged"),
        (lambda: b"PK\x03\x04" + bytes(100), "damaged or not a Word file"),
        (lambda: b"", "damaged or not a Word file"),
        (lambda: b"\xd0\xcf\x11\xe0" + bytes(100), "password"),
        (lambda: word("")[:-30], "damaged or not a Word file"),
        (lambda: word("")[1:], "damaged or not a Word file"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_the_reason(data, message):
    with pytest.raises(Unreadable, match=message):
        read_docx(data())


def test_other_zips_are_no_word_files():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(Unreadable, match="not a Word file"):
        read_docx(written.getvalue())


def test_a_zip_of_very_many_parts_is_refused():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for number in range(5_001):
            package.writestr(str(number), "")
    with pytest.raises(Unreadable, match="holds more than"):
        read_docx(written.getvalue())
