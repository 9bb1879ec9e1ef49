"""The names of bodies and authorities, as minutes write them."""

from __future__ import annotations

import re

from index.danish import fold

_KIND = (
    r"(?i:udvalg(?:et)?|direktion(?:en)?|byråd(?:et)?|byraad(?:et)?|kommunalbestyrelse(?:n)?|borgerrepræsentation(?:en)?|"
    r"bestyrelse(?:n)?|råd(?:et)?|raad(?:et)?|forum(?:met)?|nævn(?:et)?|naevn(?:et)?|kommission(?:en)?|komit[eé](?:en)?|"
    r"styregruppe(?:n)?|chefgruppe(?:n)?|ledelse(?:n)?|magistrat(?:en)?)"
)
BODY_WORD = rf"(?:[\w-]*{_KIND}|(?:[\w-]+-)?MED(?:[- ](?i:udvalg(?:et)?))?)"
NAME_BEFORE = r"(?=[A-ZÆØÅ])(?:[A-ZÆØÅ][\w-]*,? (?:(?:(?i:og|for)|&) )?){0,5}?"
NAME = (
    rf"{NAME_BEFORE}{BODY_WORD}(?:(?<=MED) (?!Kommune)[A-ZÆØÅ][\w-]+| (?i:for) [A-ZÆØÅ][\w-]+"
    r"(?:(?:,|(?i: og)|, og) [A-ZÆØÅ][\w-]+)*)?"
)
BODY = rf"(?P<body>{NAME_BEFORE}{BODY_WORD}(?![a-zæøå]){NAME.removeprefix(NAME_BEFORE + BODY_WORD)})"
_BEGINS_WITH_BODY = re.compile(BODY)
MUNICIPALITY = r"(?P<name>[A-ZÆØÅ][\wæøåÆØÅ-]*(?:-[A-ZÆØÅ][\wæøåÆØÅ]*)*) (?:Kommune|KOMMUNE)(?:s|r)?\b"
REGION = r"\b(?P<region>(?:Region|REGION) [A-ZÆØÅ][\wæøåÆØÅ]+)"
NAMED_AUTHORITY = re.compile(f"{MUNICIPALITY}|{REGION}")


def body_key(body: str) -> frozenset[str]:
    """What two names of a body share: "Udvalget for Teknik og Miljø" and "Teknik- og Miljøudvalget" are one."""
    words = re.findall(r"\w+", fold(body))
    bare = (re.sub(r"(?:udvalget|udvalg)s?$", "", word).removesuffix("s") for word in words)
    return frozenset(word for word in bare if word not in ("", "og", "for", "i", "af", "det")) or frozenset(words)


def names_a_body(words: str) -> bool:
    """Whether a line begins with the name of a body: "Økonomiudvalget indstiller ..."."""
    return bool(_BEGINS_WITH_BODY.match(words))
