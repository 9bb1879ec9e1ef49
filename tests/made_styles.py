"""The ways in which made-up minutes are printed: one choice for each part of the page."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Style:
    """How a municipality prints: one choice for each part of the page."""

    numbers: str  # plain, year, slash, letters, none
    heading: str  # "{n}. {t}", "Punkt {n}: {t}" ...
    contents: str  # dots, tabs, list, none
    case: str  # below, above, none
    label: str  # of a decision, '{body}' and '{date}' filled in
    first: bool  # the decision before the case
    absence: str  # of a line of absence, '' for none
    date: str
    caps: bool
    colon: bool
    feet: str
    case_line: str
    earlier: str
    head: str
    ends: str
    indent: int
    width: int


HEADINGS = (
    "{n}. {t}",
    "{n}.{t}",
    "Punkt {n}: {t}",
    "Pkt. {n} {t}",
    "Pkt. {n}\n{t}",
    "Sag nr. {n}\n{t}",
    "{n}. {t}\n\n{t}",
    "Punkt {n} - {t}",
    "Punkt nr. {n}: {t}",
    "{n}) {t}",
    "PUNKT {n}: {t}",
    "Ad {n}. {t}",
    "Ad pkt. {n} {t}",
    "{n}: {t}",
    "Sag {n}: {t}",
    "Punkt {n}.\n{t}",
    "Nr. {n} {t}",
    "{n}.   {t}",
    "Dagsordenspunkt {n}: {t}",
    "Pkt. {n}: {t}",
    "## {n}. {t}",
    "**{n}. {t}**",
    "Pkt.nr. {n}\n{t}",
    "{n} - {t}",
    "{n}\t{t}",
    "Punkt {n} (åbent): {t}",
    "{t}",
    "• Pkt. {n} {t}\n\nPkt. {n}\n\n{t}",
)
LABELS = (
    "Beslutning",
    "Konklusion",
    "Protokol",
    "Referat",
    "Beslutninger",
    "Beslutning i {body} den {date}",
    "{body} den {date}",
    "{body}, {date}:",
    "{body}s beslutning",
    "Beslutning og opfølgning",
    "Udvalgets beslutning den {date}",
    "Beslutning:",
    "Udvalgets beslutning",
    "Afgørelse",
    "Beslutning den {date}",
    "{date} - {body}",
    "Behandling i {body} den {date}",
    "Referat/beslutning",
    "Beslutningsreferat",
    "Protokol fra {body} den {date}",
    "{body}s beslutning, {date}",
    "Beslutning i {body}",
    "Vedtagelse",
    "Mødets beslutning",
    "**Beslutning**",
    "{body}s møde den {date}:",
    "Beslutning fra {body}, {date} kl. 16:00",
    "Beslutning fra {body}, {date}",
)
CASES = (
    "Sagsnr. {c}",
    "Sagsnr.: {c}",
    "Sagsnummer: {c}",
    "Sag: {c}",
    "Sagsid: {c}",
    "{c}",
    "Sags nr. {c}",
    "Sagsnr.:\t{c}\tSagsbeh.: ABC",
    "Sagsnr.: {c}          J.nr.: 01.02.05-P16",
    "Åbent punkt          Sagsnr. {c}",
    "Sag nr.: {c}",
    "Sagsnr. {c} / Anne Bo",
)
ABSENCES = (
    "",
    "",
    "Fraværende: Per Lund (A)",
    "Afbud:\nPer Lund (A)",
    "Fraværende\nPer Lund (A)",
    "Afbud: Per Lund (A), Ida Vang (V)",
    "Ikke til stede: Per Lund (A)",
    "Fraværende under punktet: Per Lund (A)",
    "Fravær: Per Lund (A)",
    "FRAVÆRENDE:\nPer Lund (A)",
)
HEADS = (
    "{m} Kommune\n\nReferat\n\n{b}\n\nMødedato: {d} kl. 16:00\n",
    "Referat af møde i {b}\n{m} Kommune\n\n{w} den {d} kl. 16.00 i mødelokale 2\n",
    "{M} KOMMUNE\n{B}\nREFERAT\n\nDato: {d}\nTid: kl. 16.00\n",
    "{b} - Referat - {d}\n\n{m} Kommune\nMødested: Rådhuset\n",
    "{m} Kommune · {b}\nProtokol fra mødet {w} den {d}\n\nMedlemmer: Per Lund (A), Ida Vang (V)\n",
    "Referat\nOrgan:\t\t{b}\nMødedato:\t{d}\nSted:\t\t{m} Kommune, rådhuset\nDeltagere:\tPer Lund, Ida Vang\n",
)
ENDS = (
    "",
    "",
    "Mødet hævet kl. 18.15",
    "Underskrifter:\n\nPer Lund          Ida Vang",
    "Mødet sluttede kl. 18.15.",
    "Sundby, den 4. maj 2021",
)
EARLIER = (
    "{body}, {date}:",
    "Beslutning i {body} den {date}",
    "{body} den {date}",
    "{body}, {date}, pkt. 7",
    "{body}s beslutning den {date}",
    "Beslutning fra {body}, {date}",
    "{date} {body}",
    "{body}, den {date}, punkt 12:",
)
FEET = ("", "Side {p} af 9", "{m} Kommune, {body}          {date}          Side {p}", "{body} den {date}     {p}/9")


def some_style(chance: random.Random) -> Style:
    style = _any_style(chance)
    if style.heading == "{t}" and style.contents == "none":  # nothing would tell a title from a line
        return replace(style, contents="list")
    return style


def _any_style(chance: random.Random) -> Style:
    return Style(
        numbers=chance.choice(("plain", "year", "slash", "letters")),
        heading=chance.choice(HEADINGS),
        contents=chance.choice(("dots", "tabs", "list", "none")),
        case=chance.choice(("below", "above", "none")),
        label=chance.choice(LABELS),
        first=chance.random() < 0.3,
        absence=chance.choice(ABSENCES),
        date=chance.choice(("words", "dashes", "dots")),
        caps=chance.random() < 0.2,
        colon=chance.random() < 0.3,
        feet=chance.choice(FEET),
        case_line=chance.choice(CASES),
        earlier=chance.choice(EARLIER),
        head=chance.choice(HEADS),
        ends=chance.choice(ENDS),
        indent=chance.choice((0, 0, 4)),
        width=chance.choice((0, 0, 72)),
    )
