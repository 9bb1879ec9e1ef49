"""The sentences of an answer, in Danish and English. What is quoted stands beside them and is never changed."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Collection, Sequence

from index.models import AgendaItem, Citation, Outcome
from qa.models import Filters, Language, Limit, Question
from qa.outcome_words import DECIDED, OUTCOME_LABELS

_MONTHS = {
    "da": "januar februar marts april maj juni juli august september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_NAMED_PLACES = 4
_WORDS: dict[Language, dict[str, str]] = {
    "da": {
        "item": "punkt {number}, »{title}«,",
        "unnumbered": "punktet »{title}«",
        "who": "{body} i {municipality}",
        "nobody": "forsamlingen",
        "day": "den {date}",
        "undated": "(uden dato)",
        "until": "til og med {date}",
        "from": "fra {date}",
        "cited": "punkt {number}: {title}",
        "case": "sagsnr. {case}",
        "page": "side {page}",
        "fact": "Det fremgår af {item} som {who} behandlede {day}.",
        "one": "Ét punkt svarer til spørgsmålet{limits}.",
        "many": "{count} punkter svarer til spørgsmålet{limits}.",
        "none": "Ingen punkter svarer til spørgsmålet{limits}.",
        "resumed": "genoptaget",
        "not": "ikke {what}",
        "or": " eller ",
        "forwarded": "videre til {body}",
        "nothing": "Det siger referaterne ikke noget om.",
        "no meetings": "Der er ingen referater{limits}.",
        "searched": "Der er søgt i {meetings}{years}{places}, i alt {items}.",
        "places": " fra {names}",
        "other place": "én anden kommune",
        "other places": "{count} andre kommuner",
        "meeting": "ét referat",
        "meetings": "{count} referater",
        "item count": "ét punkt",
        "items count": "{count} punkter",
        "nearest": "Nærmest kommer {citation}.",
        "nearest beyond": "Uden for det, der spørges om, kommer {citation} nærmest.",
        "of the case": "har sagsnummer {case}",
        "history": "Sagen ({case}) har været behandlet {count} gange, ældste først.",
        "no history": "Sagen ({case}) har kun været behandlet denne ene gang.",
        "no case": "Punktet har intet sagsnummer, så sagen kan ikke følges over flere møder.",
        "corrected": "Viser resultater for {words}.",
        "instead": "»{meant}« (skrevet »{written}«)",
        "and": "og",
        "words met": "ord fra spørgsmålet: {words}",
        "near": "indholdet ligner spørgsmålet ({score} af 1)",
        "exact": "har det nummer, der spørges om",
        "limits": "alle punkter inden for det, der spørges om",
    },
    "en": {
        "item": "item {number}, “{title}”,",
        "unnumbered": "the item “{title}”",
        "who": "{body} of {municipality}",
        "nobody": "the assembly",
        "day": "on {date}",
        "undated": "(undated)",
        "until": "until {date}",
        "from": "from {date}",
        "cited": "item {number}: {title}",
        "case": "case no. {case}",
        "page": "page {page}",
        "fact": "It stands in {item} which {who} dealt with {day}.",
        "one": "One item answers the question{limits}.",
        "many": "{count} items answer the question{limits}.",
        "none": "No item answers the question{limits}.",
        "resumed": "resumed",
        "not": "not {what}",
        "or": " or ",
        "forwarded": "on to {body}",
        "nothing": "The minutes do not say.",
        "no meetings": "There are no minutes{limits}.",
        "searched": "Searched were {meetings}{years}{places}, {items} in all.",
        "places": " from {names}",
        "other place": "one other municipality",
        "other places": "{count} other municipalities",
        "meeting": "the minutes of one meeting",
        "meetings": "the minutes of {count} meetings",
        "item count": "one item",
        "items count": "{count} items",
        "nearest": "Nearest is {citation}.",
        "nearest beyond": "Nearest, outside of what was asked for, is {citation}.",
        "of the case": "has case number {case}",
        "history": "The case ({case}) has been dealt with {count} times, oldest first.",
        "no history": "The case ({case}) has been dealt with this once only.",
        "no case": "The item has no case number, so the case cannot be followed over several meetings.",
        "corrected": "Showing results for {words}.",
        "instead": "“{meant}” (written “{written}”)",
        "and": "and",
        "words met": "words of the question: {words}",
        "near": "the content is like the question ({score} of 1)",
        "exact": "bears the number that was asked for",
        "limits": "every item within what was asked for",
    },
}


def phrase(language: Language, name: str, **values: object) -> str:
    return _WORDS[language][name].format(**values)


def written_date(date: dt.date | None, language: Language) -> str:
    """ "12. april 2021" or "12 April 2021"."""
    if date is None:
        return _WORDS[language]["undated"]
    return f"{date.day}{'.' if language == 'da' else ''} {_MONTHS[language][date.month - 1]} {date.year}"


def decided(item: AgendaItem, citation: Citation, language: Language) -> str:
    """The sentence that says what became of an item."""
    return _sentence(DECIDED[language][item.outcome], citation, language)


def stated(citation: Citation, language: Language) -> str:
    """The sentence that leads a quotation from an item's case text."""
    return _sentence(_WORDS[language]["fact"], citation, language)


def cited(citation: Citation, language: Language) -> str:
    """The citation line: municipality, body, date, item, case number, page and source."""
    words = _WORDS[language]
    parts = [citation.municipality, citation.body, written_date(citation.date, language)]
    parts.append(words["cited"].format(number=citation.item, title=citation.title) if citation.item else citation.title)
    parts.append(words["case"].format(case=citation.case_number) if citation.case_number else None)
    parts.append(words["page"].format(page=citation.page) if citation.page else None)
    parts.append(citation.source)
    return ", ".join(part for part in parts if part)


def limits(filters: Filters, language: Language) -> list[tuple[Limit, str]]:
    """What a question was limited to, with a short phrase for each limit."""
    item = phrase(language, "cited", number=filters.item, title="").rstrip(": ") if filters.item else None
    forwarded = phrase(language, "forwarded", body=filters.forwarded_to) if filters.forwarded_to else None
    said = (
        (Limit.MUNICIPALITY, filters.municipality),
        (Limit.BODY, filters.body),
        (Limit.PERIOD, _period(filters, language)),
        (Limit.OUTCOME, _outcomes(filters.outcomes, language)),
        (Limit.CLOSED, OUTCOME_LABELS[language][Outcome.CLOSED] if filters.closed else None),
        (Limit.ITEM, item),
        (Limit.RESUMED, phrase(language, "resumed") if filters.resumed else None),
        (Limit.FORWARDED, forwarded),
    )
    return [(limit, words) for limit, words in said if words]


def _outcomes(outcomes: Collection[Outcome], language: Language) -> str:
    """ "udsat", or where most of all are meant, those that are not: "ikke godkendt"."""
    left_out = [outcome for outcome in Outcome if outcome not in outcomes]
    told = sorted(left_out if len(left_out) < len(outcomes) else outcomes)
    labels = [OUTCOME_LABELS[language][outcome] for outcome in told]
    if len(left_out) < len(outcomes):
        return phrase(language, "not", what=phrase(language, "or").join(labels))
    return ", ".join(labels)


def respelling(question: Question, language: Language) -> str:
    """The sentence that says which words were taken for others; empty if none was."""
    words = [phrase(language, "instead", meant=meant, written=written) for written, meant in question.corrected]
    return phrase(language, "corrected", words=joined(words, language)) if words else ""


def joined(parts: list[str], language: Language) -> str:
    """ "Jammerbugt, Kalundborg og Nordfyn"."""
    return f" {_WORDS[language]['and']} ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def places(municipalities: Sequence[str], language: Language) -> str:
    """ " fra Jammerbugt og Nordfyn"; of many the first, and how many others."""
    names, more = list(municipalities[:_NAMED_PLACES]), len(municipalities) - _NAMED_PLACES
    if more > 0:
        names.append(phrase(language, "other place" if more == 1 else "other places", count=more))
    return phrase(language, "places", names=joined(names, language)) if names else ""


def _period(filters: Filters, language: Language) -> str | None:
    first, last = filters.date_from, filters.date_to
    if first is None and last is None:
        return None
    if first is None or last is None:
        name, date = ("until", last) if first is None else ("from", first)
        return phrase(language, name, date=written_date(date, language))
    if first == last:
        return written_date(first, language)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if first.day == 1 and last == first.replace(day=calendar.monthrange(first.year, first.month)[1]):
        return f"{_MONTHS[language][first.month - 1]} {first.year}"
    return f"{written_date(first, language)} – {written_date(last, language)}"


def _sentence(template: str, citation: Citation, language: Language) -> str:
    words = _WORDS[language]
    item = words["item" if citation.item else "unnumbered"].format(number=citation.item, title=citation.title)
    body = citation.body or words["nobody"]
    who = words["who"].format(body=body, municipality=citation.municipality) if citation.municipality else body
    date = written_date(citation.date, language)
    day = words["day"].format(date=date) if citation.date else date
    sentence = template.format(who=who, item=item, day=day)
    return sentence[0].upper() + sentence[1:]
