"""Documents with something changed in them: each is read, or refused with a reason; nothing else happens.

`pytest tests/test_index_read_fuzz.py --hypothesis-profile=fuzz` tries many thousands.
"""

import io
import zipfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import DocumentError
from index.parse import parse_minutes
from index.read import _document, worker
from index.read.docx import read_docx
from index.read.extract import Unreadable
from index.read.html import read_html
from index.read.text import read_text
from tests import convert
from tests.test_index_read_docx import NUMBERING, RENDERED, links, numbered, paragraph

MINUTES = """Referat af møde i Direktionen
Prøveby Kommune den 4. marts 2025 kl. 10:00

1. Budget 2026

Sagsnr. 25/118

Indstilling

Det indstilles, at budgettet godkendes.

Konto\tBudget\tRest
Skoler\t12.000\t4,5
Veje\t2.100\t0,3

Beslutning

Godkendt.

2. Lukket: Salg af grund

Udsat til næste møde, idet der mangler oplysninger om ejendommens tilstand, servitutter og den skete udstykning.
"""
HTML = b"""<!doctype html><html><head><meta charset="utf-8"><title>Referat</title></head><body><nav>Menu</nav><main>
<header>H</header><ol start="3" type="i"><li>a<li value="9">b<ul><li>c</ul></ol><pre>x\ty
z</pre><table><tr><td><table><tr><td>i<td>j</table><td hidden>k</table><h3><button aria-controls="p">Q</button></h3>
<div id="p" style="display:none">&aelig;</div><details><summary>s</summary>t</details></main>"""
DOCX_BODY = f"""{paragraph("Referat af møde")}{numbered("Budget", 1)}{numbered("a", 1, 1)}{numbered("b", 2)}
<w:tbl><w:tr><w:tc>{paragraph("x")}</w:tc><w:tc>{paragraph("y")}<w:tbl><w:tr><w:tc/></w:tr></w:tbl></w:tc></w:tr></w:tbl>
<w:p><w:pPr><w:pStyle w:val="H"/><w:spacing w:after="160"/><w:sectPr><w:type w:val="nextPage"/></w:sectPr></w:pPr>
<w:r>{RENDERED}<w:t>c</w:t><w:br w:type="page"/><w:sym w:char="F0B7"/></w:r></w:p><w:sdt><w:sdtContent/></w:sdt>"""
STYLES = """<w:style w:type="paragraph" w:default="1" w:styleId="N"/><w:style w:styleId="H"><w:basedOn w:val="N"/>
<w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"""

TOKENS = {
    "txt": ["\t", "\n", "\f", "1. ", "Punkt 2: ", "Beslutning\n", "Ø", "\u2028", "\x00", "-", "\ufeff", "010190-1234"],
    "html": ["<table>", "</td>", "<tr>", "<td>", "</table>", "<pre>", "<template>", "<svg>", "<ol start='-1'>", "<li>",
             "<li value=999999999999>", "<!--", "&#0;", "&#xD800;", "<button>", "<plaintext>", "<title>", "hidden ",
             "<frameset>", "<select>", "</body>", "<math>", "charset=utf-16", "charset=hex", "\x00", "</ol>"],
    "docx": ["<w:tbl>", "</w:tbl>", "<w:tr>", "<w:tc/>", "<w:p>", "</w:p>", 'w:val="-1"', 'w:val="9999999999999"',
             'w:val=""', 'w:val="½"', "<w:numPr/>", '<w:numId w:val="1"/>', "<w:lvlOverride/>", "<w:start/>", "&#x1C;",
             '<w:lvlText w:val="%1%9%0"/>', '<w:basedOn w:val="H"/>', "<w:del/>", "<w:r>", "</w:r>", RENDERED],
    "pdf": [" 0 ", " -1 ", " 1e38 ", " 99999999999 ", "/Rotate 90", " 0 -1 1 0 9 9 cm ", " Tj ", " BT ", " ET ", " q ",
            "/Count -1", "/Length 0", "endobj", "endstream", "R", "<<", ">>", "[", "]", "(", ")", "\\377", " Tz ",
            "/Kids", "/Type/Page", "stream\n", "xref", "/Filter/FlateDecode", "/MediaBox[0 0 0 0]", " Tf ", " Td "],
}  # fmt: skip

position = st.floats(0, 1, exclude_max=True)


def edits(kind):
    size = st.integers(1, 60)
    change = st.one_of(
        st.tuples(st.just("put"), position, st.sampled_from(TOKENS[kind]).map(lambda token: token.encode("utf-8"))),
        st.tuples(st.just("put"), position, st.binary(min_size=1, max_size=4)),
        st.tuples(st.just("cut"), position, size),
        st.tuples(st.just("again"), position, size),
        st.tuples(st.just("over"), position, st.binary(min_size=1, max_size=4)),
        st.tuples(st.just("end"), position, size),
    )
    return st.lists(change, min_size=1, max_size=6)


def changed(data: bytes, changes) -> bytes:
    for kind, where, what in changes:
        at = int(where * len(data))
        if kind == "put":
            data = data[:at] + what + data[at:]
        elif kind == "over":
            data = data[:at] + what + data[at + len(what) :]
        elif kind == "cut":
            data = data[:at] + data[at + what :]
        elif kind == "again":
            data = data[: at + what] + data[at : at + what] * (what % 7 + 1) + data[at + what :]
        else:
            data = data[: max(at, 1)]
    return data


def check(read, data):
    """Read, normalise and parse; what is refused must be refused for a reason that we wrote."""
    try:
        extract = read(data)
        document = _document(Path("a.txt"), data, extract)
        assert list(document.page_starts) == sorted(document.page_starts)
        document.text.encode("utf-8")
        parse_minutes(document)
    except Unreadable as reason:
        assert "(" not in str(reason).replace("(.docx)", ""), reason
    except DocumentError:
        pass


fuzz = settings(deadline=None, suppress_health_check=list(HealthCheck))


@fuzz
@given(edits("txt"), st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_changed_text(changes, encoding):
    check(read_text, changed(MINUTES.encode(encoding), changes))


@fuzz
@given(edits("html"), st.sampled_from([convert.to_html(MINUTES), HTML]))
def test_changed_html(changes, data):
    check(read_html, changed(data, changes))


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PARTS = {
    "word/document.xml": f"<w:document {W}><w:body>{DOCX_BODY}</w:body></w:document>",
    "word/styles.xml": f"<w:styles {W}>{STYLES}</w:styles>",
    "word/numbering.xml": f"<w:numbering {W}>{NUMBERING}</w:numbering>",
    "_rels/.rels": links(officeDocument="word/document.xml"),
    "word/_rels/document.xml.rels": links(styles="styles.xml", numbering="numbering.xml"),
}
PLACES = ["word/document.xml"] * 4 + ["word/styles.xml", "word/numbering.xml", "_rels/.rels", "the zip"]


@fuzz
@given(edits("docx"), st.sampled_from(PLACES))
def test_changed_docx(changes, place):
    """Changed inside a part, before it is packed, or in the zip."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in PARTS.items():
            package.writestr(name, changed(part.encode(), changes) if name == place else part)
    check(read_docx, changed(written.getvalue(), changes) if place == "the zip" else written.getvalue())


PDFS = [convert.to_pdf(MINUTES, columns, "Prøveby", compressed=False) for columns in (1, 2)]


@fuzz
@given(edits("pdf"), st.sampled_from(PDFS))
def test_changed_pdf(changes, data):
    check(lambda data: worker.read_apart(".pdf", data), changed(data, changes))
