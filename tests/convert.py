"""Minutes in text, written in the other formats: what the tests of the readers read."""

from __future__ import annotations

import html
import io
from itertools import groupby
from xml.sax.saxutils import escape

import docx
from docx.shared import Pt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, Table, TableStyle

MARGIN = 56
GUTTER = 24


def blocks(text: str) -> list[tuple[str, list[str]]]:
    """Runs of lines: tables (lines with tabs), paragraphs (lines without), blanks."""
    kinds = groupby(text.splitlines(), lambda line: "table" if "\t" in line else "text" if line.strip() else "blank")
    return [(kind, list(lines)) for kind, lines in kinds]


def cells(lines: list[str]) -> list[list[str]]:
    rows = [line.split("\t") for line in lines]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def to_html(text: str) -> bytes:
    parts = []
    for kind, lines in blocks(text):
        if kind == "table":
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in cells(lines))
            parts.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
        elif kind == "text":
            parts.append(f"<p>{'<br>'.join(map(html.escape, lines))}</p>")
    style = "body{font:11pt sans-serif} p{margin:1em 0} td{padding:1pt 12pt 1pt 0;vertical-align:top}"
    return f"<!doctype html><html lang=da><meta charset=utf-8><style>{style}</style><body>{''.join(parts)}".encode()


def to_docx(text: str) -> bytes:
    document = docx.Document()
    for kind, lines in blocks(text):
        if kind == "table":
            rows = cells(lines)
            table = document.add_table(len(rows), len(rows[0]))
            for place, row in enumerate(rows):
                for cell, value in zip(table.rows[place].cells, row, strict=True):
                    cell.text = value
        else:
            for line in lines:
                document.add_paragraph(line).paragraph_format.space_after = Pt(0)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def to_pdf(text: str, columns: int = 1, head: str = "", compressed: bool = True) -> bytes:
    """Laid out on A4 pages, each with its number below, in one column or more."""
    written = io.BytesIO()
    document = BaseDocTemplate(written, pagesize=A4, pageCompression=int(compressed), invariant=1)
    width = (A4[0] - 2 * MARGIN - (columns - 1) * GUTTER) / columns
    frames = [
        Frame(MARGIN + place * (width + GUTTER), MARGIN, width, A4[1] - 2 * MARGIN, 0, 0, 0, 0)
        for place in range(columns)
    ]

    def draw_furniture(canvas, document):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(MARGIN, A4[1] - 30, head)
        canvas.drawCentredString(A4[0] / 2, 25, f"Side {document.page}")

    document.addPageTemplates(PageTemplate(frames=frames, onPage=draw_furniture))
    document.build(list(_flowables(text, width)))
    return written.getvalue()


def _flowables(text: str, width: float):
    style = ParagraphStyle("minutes", fontName="Helvetica", fontSize=10, leading=12)
    for kind, lines in blocks(text):
        if kind == "blank":
            yield Spacer(0, 10)
        elif kind == "text":
            yield from (Paragraph(escape(line), style) for line in lines)
        else:
            rows = cells(lines)
            shares = []
            for column in zip(*rows, strict=True):
                longest = max((len(word) for cell in column for word in cell.split()), default=0)
                shares.append(max(longest + 5, min(sum(map(len, column)) / len(rows), 60)))
            widths = [share / sum(shares) * width for share in shares]
            table = [[Paragraph(escape(cell), style) for cell in row] for row in rows]
            yield Table(table, widths, style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")]))
