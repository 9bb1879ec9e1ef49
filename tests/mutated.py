"""Documents with something changed in them, each from a number, and what the readers and the parser owe to any of them.

`python -m benchmarks.fuzz` tries many.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from functools import cache
from pathlib import Path

from index.chunk import chunk_item
from index.errors import DocumentError
from index.models import Minutes
from index.parse.parts import parse_meetings
from index.parse.reading import restored
from index.privacy import withhold_closed_text
from index.read import _document
from index.read.docx import read_docx
from index.read.extract import Unreadable
from index.read.html import read_html
from index.read.text import read_text
from index.read.worker import read_apart
from index.report import report_meeting
from index.versions import account_of
from tests import convert
from tests.conftest import CORPUS, ROOT
from tests.made_minutes import some_minutes
from tests.test_index_read_docx import NUMBERING, RENDERED, links, numbered, paragraph

FORMATS = ("txt", "html", "docx", "pdf")
_READERS = {"txt": read_text, "html": read_html, "docx": read_docx}
_SOURCES = 12  # documents of each format that are changed
_LONGEST = 3_000  # characters of a text that is changed
_LENGTHS = (400, 800, 1_600, 6_000)  # bytes of one that is cut first
HTML = b"""<!doctype html><html><head><meta charset="utf-8"><title>Referat</title></head><body><nav>Menu</nav><main>
<header>H</header><ol start="3" type="i"><li>a<li value="9">b<ul><li>c</ul></ol><pre>x\ty
z</pre><table><tr><td><table><tr><td>i<td>j</table><td hidden>k</table><h3><button aria-controls="p">Q</button></h3>
<div id="p" style="display:none">&aelig;</div><details><summary>s</summary>t</details></main>"""
_DOCX_BODY = f"""{paragraph("Referat af møde")}{numbered("Budget", 1)}{numbered("a", 1, 1)}{numbered("b", 2)}
<w:tbl><w:tr><w:tc>{paragraph("x")}</w:tc><w:tc>{paragraph("y")}<w:tbl><w:tr><w:tc/></w:tr></w:tbl></w:tc></w:tr></w:tbl>
<w:p><w:pPr><w:pStyle w:val="H"/><w:spacing w:after="160"/><w:sectPr><w:type w:val="nextPage"/></w:sectPr></w:pPr>
<w:r>{RENDERED}<w:t>c</w:t><w:br w:type="page"/><w:sym w:char="F0B7"/></w:r></w:p><w:sdt><w:sdtContent/></w:sdt>"""
_STYLES = """<w:style w:type="paragraph" w:default="1" w:styleId="N"/><w:style w:styleId="H"><w:basedOn w:val="N"/>
<w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"""
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PARTS = {
    "word/document.xml": f"<w:document {_W}><w:body>{_DOCX_BODY}</w:body></w:document>",
    "word/styles.xml": f"<w:styles {_W}>{_STYLES}</w:styles>",
    "word/numbering.xml": f"<w:numbering {_W}>{NUMBERING}</w:numbering>",
    "_rels/.rels": links(officeDocument="word/document.xml"),
    "word/_rels/document.xml.rels": links(styles="styles.xml", numbering="numbering.xml"),
}

_TOKENS = {
    "txt": ["\t", "\n", "\f", "1. ", "Punkt 2: ", "Beslutning\n", "Ø", "\u2028", "\x00", "-", "\ufeff", "010190-1234",
            "Lukket: ", "Ad 1", "Sagsnr.: 21/1", "4. maj 2021", "Referat\n", "......... 7\n", "&nbsp;", "<b>", "|",
            "Bilag:\n", " " * 40, "Pkt. 188 ", "\n\n\n", "Indholdsfortegnelse\n", "Tidligere beslutning:\n", "*", "# "],
    "html": ["<table>", "</td>", "<tr>", "<td>", "</table>", "<pre>", "<template>", "<svg>", "<ol start='-1'>", "<li>",
             "<li value=999999999999>", "<!--", "&#0;", "&#xD800;", "<button>", "<plaintext>", "<title>", "hidden ",
             "<frameset>", "<select>", "</body>", "<math>", "charset=utf-16", "charset=hex", "\x00", "</ol>"],
    "docx": ["<w:tbl>", "</w:tbl>", "<w:p>", "</w:p>", "&#x1C;", "<w:r>", "</w:r>", "<", "&", '"', "]]>", "<!--"],
    "pdf": [" 0 ", " -1 ", " 1e38 ", " 99999999999 ", "/Rotate 90", " 0 -1 1 0 9 9 cm ", " Tj ", " BT ", " ET ", " q ",
            "/Count -1", "/Length 0", "endobj", "endstream", "R", "<<", ">>", "[", "]", "(", ")", "\\377", " Tz ",
            "/Kids", "/Type/Page", "stream\n", "xref", "/Filter/FlateDecode", "/MediaBox[0 0 0 0]", " Tf ", " Td "],
}  # fmt: skip


def mutated(kind: str, number: int) -> bytes:
    """The document of a format that belongs to a number."""
    chance = random.Random(f"{kind}{number}")
    sources = _sources(kind)
    source = chance.choice(sources)
    if kind == "docx":
        return _mutated_docx(chance, source)
    source = source if kind == "pdf" else source[: chance.choice(_LENGTHS)]
    return _changed(chance, kind, source, chance.choice(sources))


@cache
def _sources(kind: str) -> list:
    """The sound documents of a format; of docx the parts."""
    layouts = sorted((ROOT / "tests" / "layouts").glob("*.txt"))
    written = [path.read_text(encoding="utf-8") for path in (*layouts, *sorted(CORPUS.glob("*.txt")))]
    made = [some_minutes(random.Random(number)).text for number in range(_SOURCES)]
    texts = [text[:_LONGEST] for text in (*written, *made)]
    if kind == "txt":
        encodings = ("utf-8", "cp1252", "utf-16")
        return [text.encode(encodings[place % 3], "replace") for place, text in enumerate(texts)]
    texts = [text[: _LONGEST // 2] for text in made]
    if kind == "html":
        return [HTML, *map(convert.to_html, texts)]
    if kind == "docx":
        return [_PARTS, *(_parts_of(convert.to_docx(text)) for text in texts)]
    return [convert.to_pdf(text, 1 + place % 2, "Prøveby", compressed=False) for place, text in enumerate(texts)]


def _parts_of(package: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(package)) as file:
        return {name: file.read(name).decode() for name in file.namelist() if name.endswith((".xml", ".rels"))}


_ELEMENT = re.compile(
    r"(?=(?P<whole><w:(?P<name>p|r|t|tbl|tr|tc|pPr|numPr|lvl|num|style)\b[^>]*?(?:/>|>.*?</w:(?P=name)>)))", re.DOTALL
)
_VALUE = re.compile(r'(?<=w:val=")[^"]*')
_VALUES = ["-1", "9999999999999", "", "½", "0", "1", "H", "N", "bullet", "%1%9%0", "upperRoman", "x" * 999, "&#xd;"]
_ELEMENTS = ["<w:tbl/>", "<w:tr/>", "<w:tc/>", "<w:numPr/>", '<w:numId w:val="1"/>', "<w:lvlOverride/>", "<w:start/>",
             '<w:lvlText w:val="%1%9%0"/>', '<w:basedOn w:val="H"/>', "<w:del/>", "<w:br/>", "<w:tab/>",
             "<w:t>1.</w:t>",
             '<w:ilvl w:val="9"/>', "<w:p><w:pPr><w:numPr/></w:pPr></w:p>", RENDERED]  # fmt: skip


def _changed_elements(chance: random.Random, part: str) -> str:
    """A part whose elements have been changed, so that it is still XML."""
    for _ in range(chance.randint(1, 6)):
        elements, values = list(_ELEMENT.finditer(part)), list(_VALUE.finditer(part))
        do = chance.choice(("remove", "again", "move", "put", "value"))
        if do == "value" and values:
            start, end = chance.choice(values).span()
            part = part[:start] + chance.choice(_VALUES) + part[end:]
        elif elements:
            start, end = chance.choice(elements).span("whole")
            element, elsewhere = part[start:end], chance.choice(elements).start()
            if do == "put":
                part = part[:start] + chance.choice(_ELEMENTS) + part[start:]
            elif do == "again":
                part = part[:start] + element * chance.randint(2, 9) + part[end:]
            elif do == "remove":
                part = part[:start] + part[end:]
            elif elsewhere < start:
                part = part[:elsewhere] + element + part[elsewhere:start] + part[end:]
    return part


def _mutated_docx(chance: random.Random, parts: dict[str, str]) -> bytes:
    """Changed inside a part, before it is packed, or in the zip."""
    places = ["word/document.xml"] * 4 + ["word/styles.xml", "word/numbering.xml", "_rels/.rels", ""]
    place, written = chance.choice(places), io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            if name == place:
                safely = chance.random() < 0.8
                data = part.encode()
                part = _changed_elements(chance, part) if safely else _changed(chance, "docx", data, data)
            package.writestr(name, part)
    return written.getvalue() if place else _changed(chance, "docx", written.getvalue(), b"PK\x03\x04")


def _changed(chance: random.Random, kind: str, data: bytes, other: bytes) -> bytes:
    for _ in range(chance.randint(1, 6)):
        at, size = chance.randrange(len(data) + 1), chance.randint(1, 60)
        do = chance.choice(("token", "bytes", "cut", "again", "over", "end", "splice"))
        few = chance.randbytes(chance.randint(1, 4))
        if do == "token":
            data = data[:at] + chance.choice(_TOKENS[kind]).encode() + data[at:]
        elif do == "bytes":
            data = data[:at] + few + data[at:]
        elif do == "over":
            data = data[:at] + few + data[at + len(few) :]
        elif do == "cut":
            data = data[:at] + data[at + size :]
        elif do == "again":
            data = data[: at + size] + data[at : at + size] * chance.randint(1, 7) + data[at + size :]
        elif do == "splice":
            start = chance.randrange(len(other))
            data = data[:at] + other[start : start + 20 * size] + data[at:]
        elif chance.random() < 0.2:
            data = data[: max(at, 1)]
    return data


def check(kind: str, data: bytes) -> bool:
    """Read and parse; True where it was read, False where it was refused for a reason that we wrote.

    Raises:
        AssertionError: something else than that happened.
    """
    try:
        extract = read_apart(".pdf", data) if kind == "pdf" else _READERS[kind](data)
        document = _document(Path(f"a.{kind}"), data, extract)
        meetings = parse_meetings(document)
    except Unreadable as reason:
        assert "(" not in str(reason).replace("(.docx)", ""), reason
        return False
    except DocumentError:
        return False
    assert list(document.page_starts) == sorted(document.page_starts)
    document.text.encode("utf-8")
    assert "".join(restored(one.meeting.text, one.meeting.edits) for one in meetings) == document.text
    for minutes in meetings:
        _check_meeting(minutes)
    return True


def _check_meeting(minutes: Minutes) -> None:
    """Whatever was parsed: no character is lost, sections tile their item, and what comes after can go on with it."""
    meeting = minutes.meeting
    for item in meeting.items:
        ends = [item.span.start, *(section.span.end for section in item.sections)]
        assert [section.span.start for section in item.sections] == ends[:-1] and ends[-1] == item.span.end
        assert item.decision is None or item.decision.strip()
        assert all(meeting.text[chunk.span.start : chunk.span.end] == chunk.text for chunk in chunk_item(meeting, item))
    assert report_meeting("", meeting, minutes.problems).counts.unassigned == 0
    assert all(problem.line >= 1 for problem in minutes.problems)
    account_of(withhold_closed_text(meeting))
