"""How well parsed minutes agree with what a person read: the places where they do not, each in words."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

ALIKE = 0.9  # share of words from which two texts count as the same


def disagreements(gold: dict[str, Any], got: dict[str, Any]) -> list[str]:
    """What differs between a meeting as a person read it and as `referat parse --json` gives it."""
    found = [
        f"{name}: {got[name]!r}" for name in ("municipality", "body", "date") if _name(got[name]) != _name(gold[name])
    ]
    pairs, invented = _matched(gold["items"], got["items"])
    found += [f"invented: {item['number']} {item['title']}" for item in invented]
    for item, other in pairs:
        place = f"item {item['number']} {item['title'][:30]}"
        found += [f"{place}: {fault}" for fault in (["not found"] if other is None else _faults(item, other))]
    return found


def _faults(gold: dict[str, Any], got: dict[str, Any]) -> list[str]:
    faults = []
    if _likeness(_title(gold["title"]), _title(got["title"])) < ALIKE:
        faults.append(f"title {got['title']!r}")
    if bool(gold["closed"]) != got["closed"]:
        faults.append("closed")
    if (gold["case_number"] or "") != (got["case_number"] or ""):
        faults.append(f"case number {got['case_number']!r}")
    if _likeness(_decision(gold), _decision(got)) < ALIKE:
        faults.append(f"decision {got['decision']!r}")
    if _names(gold["attachments"]) != _names(got["attachments"]):
        faults.append(f"attachments {got['attachments']!r}")
    if "outcome" in gold and gold["outcome"] != got["outcome"]:
        faults.append(f"outcome {got['outcome']}")
    earlier, others = gold.get("earlier_decisions") or [], got["earlier_decisions"]
    told = all(
        any(one["date"] == other["date"] and _likeness(one["text"], other["text"]) >= ALIKE for other in others)
        for one in earlier
    )
    if "earlier_decisions" in gold and (len(earlier) != len(others) or not told):
        faults.append(f"earlier decisions {others!r}")
    if _duties(gold.get("follow_ups")) - _duties(got["follow_ups"]):
        faults.append(f"follow-ups {got['follow_ups']!r}")
    return faults


def _duties(follow_ups: list[dict] | None) -> set[tuple]:
    return {(" ".join(one["text"].split()), one["who"], one["due"]) for one in follow_ups or ()}


def _matched(gold: list[dict], got: list[dict]) -> tuple[list[tuple[dict, dict | None]], list[dict]]:
    """Each item with the parsed one of its number and title, of its number, or of its title; and those left over."""
    left, partner = list(got), {}
    for same in (
        lambda one, other: one["number"] == other["number"] and _title(one["title"]) == _title(other["title"]),
        lambda one, other: one["number"] and one["number"] == other["number"],
        lambda one, other: one["title"] and _title(one["title"]) == _title(other["title"]),
    ):
        for place, item in enumerate(gold):
            if place not in partner and (other := next((other for other in left if same(item, other)), None)):
                partner[place] = other
                left = [one for one in left if one is not other]
    return [(item, partner.get(place)) for place, item in enumerate(gold)], left


def _likeness(one: str, other: str) -> float:
    """The share of words that two texts have in common: F1 over words, in any order."""
    ours, theirs = (Counter(re.findall(r"\w+", text.casefold())) for text in (one, other))
    total = sum(ours.values()) + sum(theirs.values())
    return 2 * sum((ours & theirs).values()) / total if total else 1.0


def _decision(item: dict[str, Any]) -> str:
    return "" if (item["decision"] or "").strip() == "-" else item["decision"] or ""


def _title(title: str) -> str:
    bare = re.sub(r"^(?:lukket|åben|åbent)\b[\s:.–-]*(?:(?:punkt|sag)[\s:.–-]*)?", "", title.casefold().strip())
    return " ".join(re.findall(r"\w+", re.sub(r"\(\w+\)$", "", bare)))


def _name(name: str | None) -> str:
    return re.sub(r"s?\s+kommune$", "", (name or "").casefold()).removesuffix("s")


def _names(attachments: list[str]) -> set[str]:
    return {re.sub(r"\s", "", name).casefold() for name in attachments}
