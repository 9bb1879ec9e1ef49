"""Minutes in text, written in the other formats: what the tests of the readers read."""

from __future__ import annotations

import html
import io
from itertools import groupby

import docx
from docx.shared import Pt

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
