import datetime as dt

import pytest

from index.models import Outcome
from qa.models import Holdings, Intent
from qa.understand import understand

HOLDINGS = Holdings(
    municipalities=("Jammerbugt", "Kalundborg", "Nordfyn"),
    bodies=("Direktionen", "Økonomiudvalget"),
    meetings=(
        ("Jammerbugt", dt.date(2020, 9, 15)),
        ("Kalundborg", dt.date(2021, 4, 12)),
        ("Nordfyn", dt.date(2021, 4, 21)),
    ),
)
YEAR_2021 = (dt.date(2021, 1, 1), dt.date(2021, 12, 31))


def limits(text):
    filters = understand(text, HOLDINGS).filters
    return filters.municipality, (filters.date_from, filters.date_to) if filters.date_from else None


@pytest.mark.parametrize(
    ("text", "municipality"),
    [
        ("Hvad blev besluttet om Citrix i Kalundborg?", "Kalundborg"),
        ("Hvad betaler Nordfyns Kommune for lønsystemet?", "Nordfyn"),
        ("it-udstyr kalundborg", "Kalundborg"),
        ("Hvad har Randers besluttet om skoler?", "Randers"),
        ("Hvad har Randers Kommune besluttet om skoler?", "Randers"),
        ("Hvad blev besluttet om vejen til skolen?", None),
        ("Hvem er fra Kalundborg-modellen?", None),
    ],
)
def test_municipality(text, municipality):
    assert limits(text)[0] == municipality


def test_municipality_that_is_not_held_is_known_to_be_missing():
    assert not understand("Hvad besluttede Randers Kommune?", HOLDINGS).known
    assert understand("Hvad besluttede Kalundborg Kommune?", HOLDINGS).known


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Hvad blev vedtaget om Outlook i 2021?", YEAR_2021),
        ("it-udstyr kalundborg 2021", YEAR_2021),
        ("Hvad blev besluttet i april 2021?", (dt.date(2021, 4, 1), dt.date(2021, 4, 30))),
        ("What was decided in February 2024?", (dt.date(2024, 2, 1), dt.date(2024, 2, 29))),
        ("Eventuelt i Jammerbugt den 15. september 2020", (dt.date(2020, 9, 15),) * 2),
        ("alle beslutninger fra mødet den 3/3 2019", (dt.date(2019, 3, 3),) * 2),
        ("Hvad skete der på det seneste møde i Kalundborg?", (dt.date(2021, 4, 12),) * 2),
    ],
)
def test_period_of_the_meeting(text, period):
    assert limits(text)[1] == period


@pytest.mark.parametrize(
    "text",
    [
        "Hvad blev besluttet om Budget 2022?",
        "Hvor stor er puljen til normering i 2021?",
        "Budgetopfølgning pr. 31. juli 2018",
        "Hvor mange penge er der tilbage pr. 9. marts 2021?",
        "Hvad blev besluttet om strategi 2018-2021?",
        "hvor meget steg det fra 2017 til 2018?",
    ],
)
def test_year_of_the_matter_is_no_limit(text):
    assert limits(text)[1] is None


@pytest.mark.parametrize(
    ("text", "identifiers"),
    [
        ("sagsnr 326-2017-43896", ("326-2017-43896",)),
        ("S2021-746", ("S2021-746",)),
        ("82.13.00", ("82.13.00",)),
        ("Hvad er status på 00.30.02-S00-21-19?", ("00.30.02-S00-21-19",)),
        ("hvad skete der den 15-09-2020", ()),
        ("strategi 2018-2021", ()),
    ],
)
def test_identifiers(text, identifiers):
    assert understand(text, HOLDINGS).identifiers == identifiers


@pytest.mark.parametrize(
    ("text", "intent", "outcomes", "closed"),
    [
        ("Hvilke sager blev udsat?", Intent.LIST, {Outcome.POSTPONED}, None),
        ("Hvilke punkter var lukkede i Kalundborg?", Intent.LIST, set(), True),
        ("Which items did the board only discuss?", Intent.LIST, {Outcome.DISCUSSED}, None),
        ("Hvor mange penge er der i puljen?", Intent.FACT, set(), None),
        ("Hvem står for oplægget?", Intent.FACT, set(), None),
        ("Hvad blev besluttet om Citrix?", Intent.DECISION, set(), None),
    ],
)
def test_intent(text, intent, outcomes, closed):
    question = understand(text, HOLDINGS)
    assert (question.intent, set(question.filters.outcomes), question.filters.closed) == (intent, outcomes, closed)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hvad blev besluttet om Citrix?", "da"),
        ("what was decided on Citrix?", "en"),
        ("kantiner", "da"),
        ("What about sygefravær?", "en"),
        ("IT equipment for the council", "en"),
    ],
)
def test_language(text, language):
    assert understand(text, HOLDINGS).language == language


def test_words_leave_out_limits_and_what_only_asks():
    assert understand("Hvad blev besluttet om Citrix i Kalundborg i april 2021?", HOLDINGS).words == ("citrix",)


@pytest.mark.parametrize(
    "text", ["?!", "C++ x:y NEAR \"a\" 'b' OR (c)", "01.02.05-P16", "🦆" * 50, "SELECT * FROM item; --", "\u202e abc"]
)
def test_odd_questions_are_questions(text):
    assert understand(text, HOLDINGS).text == text
