"""Minutes made up at random: what was meant, and how it was printed. For property tests of the parser."""

from __future__ import annotations

import random
import textwrap
from dataclasses import dataclass, field

from tests.made_styles import Style, some_style

BODIES = ("Økonomiudvalget", "Teknik- og Miljøudvalget", "Udvalget for Børn og Unge", "Byrådet", "Kommunalbestyrelsen")
OTHERS = ("Social- og Sundhedsudvalget", "Kulturudvalget", "Udvalget for Natur og Klima")
MONTHS = "januar februar marts april maj juni juli august september oktober november december".split()
TITLES = (
    "Godkendelse af dagsorden",
    "Budgetopfølgning pr. 31. august",
    "Lokalplan 117 for Havnegade",
    "Sygefravær 2021",
    "Anlægsbevilling til ny cykelsti",
    "Høring om skolestruktur",
    "Takster for 2022",
    "Valg af medlem til hegnssynet",
    "Renovering af svømmehal, etape 2",
    "Orientering om affaldsplan",
    "Mødeplan 2022",
    "Ansøgning om tilskud fra Hallen",
    "Revision af vedtægter",
    "Salg af areal ved Møllevej",
    "Strategi for velfærdsteknologi",
    "Nyt fra formanden",
)
DECISIONS = (
    "Godkendt.",
    "Anbefales.",
    "Taget til efterretning.",
    "Udsat til næste møde.",
    "Drøftet.",
    "Sagen blev afvist.",
    "Godkendt, idet beløbet nedsættes til 40.000 kr.",
    "Indstillingen blev tiltrådt.\n\nPer Lund (A) tog forbehold.",
    "Ad 1: Godkendt.\nAd 2: Taget til efterretning.",
    "For stemte 4 (A).\nImod stemte 2 (V).\nForslaget er vedtaget.",
)
PROSE = (
    "Forvaltningen har gennemgået sagen og finder, at udgiften kan holdes inden for rammen.",
    "Der er tre muligheder:\n\n1. Udvidelse af bygningen\n2. Leje af lokaler\n3. Samling på skolen",
    "Udgiften i 1.000 kr.:\n\n1 Lønninger          4.100\n2 Varekøb            1.250\n3 Bygninger          2.300",
    "Arealet består af matr.nr.\n7a Sundby By, Sundby\n12b Sundby By, Sundby",
    "Næste skridt er borgermødet den\n14. maj 2021 på skolen.",
)


@dataclass
class Item:
    number: str
    title: str
    decision: str
    closed: bool = False
    case_number: str = ""
    earlier: list[tuple[str, str, str]] = field(default_factory=list)  # body, ISO date, text


@dataclass
class Minutes:
    municipality: str
    body: str
    date: str
    items: list[Item]
    text: str


def written(date: tuple[int, int, int], style: str) -> str:
    year, month, day = date
    return {
        "words": f"{day}. {MONTHS[month - 1]} {year}",
        "dashes": f"{day:02}-{month:02}-{year}",
        "dots": f"{day:02}.{month:02}.{year}",
    }[style]


def iso(date: tuple[int, int, int]) -> str:
    return "{}-{:02}-{:02}".format(*date)


def some_minutes(chance: random.Random, style: Style | None = None) -> Minutes:
    style = style or some_style(chance)
    municipality, body = chance.choice(("Sundby", "Kildeholm", "Vestermose")), chance.choice(BODIES)
    date = (2021, chance.randint(2, 12), chance.randint(1, 28))
    titles = chance.sample(TITLES, chance.randint(3, 9))
    items = [
        _item(chance, number, title, date, style)
        for number, title in zip(_numbers(chance, style, len(titles)), titles, strict=True)
    ]
    return Minutes(municipality, body, iso(date), items, _printed(chance, style, municipality, body, date, items))


def _numbers(chance: random.Random, style: Style, count: int) -> list[str]:
    if "{n}" not in style.heading:
        return [""] * count
    start = chance.randint(40, 200)
    if (
        style.numbers == "slash"
        and "{n}." in style.heading + "."
        and not style.heading.startswith(("Punkt", "Pkt", "Sag"))
    ):
        return [f"{start + place}" for place in range(count)]
    return {
        "plain": [f"{place}" for place in range(1, count + 1)],
        "year": [f"{start + place}" for place in range(count)],
        "slash": [f"{start + place}/21" for place in range(count)],
        "letters": [
            f"{group}{place}"
            for group, size in (("A", (count + 1) // 2), ("B", count // 2))
            for place in range(1, size + 1)
        ],
    }[style.numbers]


def _item(chance: random.Random, number: str, title: str, date: tuple[int, int, int], style: Style) -> Item:
    if chance.random() < 0.12:
        return Item(number, title, "", closed=True)
    case = f"{chance.randint(18, 21)}/{chance.randint(1000, 30000)}" if style.case != "none" else ""
    item = Item(number, title, chance.choice(DECISIONS), case_number=case)
    if chance.random() < 0.3:
        before = (2021, 1, chance.randint(1, 28))
        item.earlier.append(
            (chance.choice(OTHERS), iso(before), chance.choice(("Anbefales.", "Udsat.", "Indstilles godkendt.")))
        )
    return item


def _printed(chance, style, municipality, body, date, items) -> str:
    head = style.head.format(
        m=municipality, M=municipality.upper(), b=body, B=body.upper(), d=written(date, style.date), w="Onsdag"
    )
    lines = [*head.split("\n"), ""]
    lines += _contents(style, items)
    for page, item in enumerate(items, 2):
        lines += _item_lines(chance, style, body, date, item)
        if style.feet and chance.random() < 0.6:
            foot = style.feet.format(p=page, m=municipality, body=body, date=written(date, style.date))
            lines[-1:] = ["", foot, ""]
    lines += ["", *style.ends.split("\n")]
    if style.width:
        lines = [part for line in lines for part in _wrapped(line, style.width)]
    return "\n".join(" " * style.indent + line if line else line for line in lines) + "\n"


def _wrapped(line: str, width: int) -> list[str]:
    return textwrap.wrap(line, width) if len(line) > width and "   " not in line and "..." not in line else [line]


def _contents(style: Style, items: list[Item]) -> list[str]:
    if style.contents == "none":
        return []
    unnumbered = "{n}" not in style.heading
    end = {"dots": " ......... {p}", "tabs": "\t{p}", "list": ""}[style.contents]
    entries = [
        f"{'' if unnumbered else item.number + '. '}{'Lukket: ' if item.closed else ''}{item.title}{end.format(p=page)}"
        for page, item in enumerate(items, 2)
    ]
    return ["Dagsorden", "", *entries, "", ""]


def _item_lines(chance, style, body, date, item: Item) -> list[str]:
    title = f"Lukket: {item.title}" if item.closed else item.title
    case_line = style.case_line.format(c=item.case_number)
    above = [case_line] if item.case_number and style.case == "above" else []
    below = [case_line, ""] if item.case_number and style.case == "below" else []
    lines = ["", *above, *style.heading.format(n=item.number, t=title).split("\n"), "", *below]
    if item.closed:
        return lines
    case = [
        _label("Sagsfremstilling", style),
        chance.choice(PROSE),
        "",
        _label("Indstilling", style),
        "Forvaltningen indstiller, at forslaget godkendes.",
        "",
    ]
    for other, day, text in item.earlier:
        when = written(tuple(int(part) for part in day.split("-")), style.date)
        case += [style.earlier.format(body=other, date=when), text, ""]
    heading = style.label.format(body=body, date=written(date, style.date))
    decision = [_label(heading, style) if "{" not in style.label else heading, item.decision, ""]
    decision += [*style.absence.split("\n"), ""] if style.absence and chance.random() < 0.7 else []
    return lines + (decision + case if style.first else case + decision)


def _label(words: str, style: Style) -> str:
    return (words.upper() if style.caps else words) + (":" if style.colon else "")
