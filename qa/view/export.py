"""A conversation -> a file to keep or to send on: every question, answer and quotation with its citation."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

from qa.models import Result, Status
from qa.phrases import cited, written_date
from qa.texts import Texts
from qa.view.answer import Exchange, answer_view
from qa.view.card import Quote
from qa.view.plain import markdown_line, readable


@dataclass(frozen=True, slots=True)
class Told:
    """What a file tells of an exchange: `quoted` are the quotations, each followed by where it stands."""

    asked: str
    sentence: str
    quoted: tuple[tuple[tuple[Quote, ...], str], ...]


def told(exchange: Exchange, texts: Texts) -> Told:
    shown = answer_view(exchange, texts)
    if shown.card:
        quoted = ((*shown.card.fact, *shown.card.decision), cited(shown.card.result.citation, texts.code))
        return Told(exchange.asked, shown.sentence, (quoted,))
    listed = exchange.answer.results if exchange.answer.status is Status.LIST else ()
    return Told(exchange.asked, shown.sentence, tuple(_listed(result, texts) for result in listed))


def markdown_file(exchanges: Sequence[Exchange], today: dt.date, texts: Texts) -> bytes:
    lines = [f"# {texts.conversation_title}", "", texts.exported.format(date=written_date(today, texts.code)), ""]
    for exchange in exchanges:
        tale = told(exchange, texts)
        lines += [f"## {markdown_line(tale.asked)}", "", markdown_line(tale.sentence), ""]
        for quotes, source in tale.quoted:
            for quote in quotes:
                lines += [*(f"> {markdown_line(line)}" for line in readable(quote.text).splitlines()), ""]
            lines += [markdown_line(texts.source.format(citation=source)), ""]
    return "\n".join(lines).encode()


def word_file(exchanges: Sequence[Exchange], today: dt.date, texts: Texts) -> bytes:
    from docx import Document  # only when a Word file is wanted: it takes a while to load

    document = Document()
    document.core_properties.author = "Referat"
    document.add_heading(texts.conversation_title, 1)
    document.add_paragraph(texts.exported.format(date=written_date(today, texts.code)))
    for exchange in exchanges:
        tale = told(exchange, texts)
        document.add_heading(_xml(tale.asked), 2)
        document.add_paragraph(_xml(tale.sentence))
        for quotes, source in tale.quoted:
            for quote in quotes:
                document.add_paragraph(_xml(quote.text), style="Quote")
            document.add_paragraph(_xml(texts.source.format(citation=source)))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _listed(result: Result, texts: Texts) -> tuple[tuple[Quote, ...], str]:
    decision = (result.item.decision or "").strip()
    return (Quote(decision),) if decision else (), cited(result.citation, texts.code)


def _xml(text: str) -> str:
    return "".join(sign for sign in readable(text) if sign.isprintable() or sign in "\n\t")
