import datetime as dt

import pytest

from index.meetings import MeetingColumns
from index.models import Outcome
from qa.models import Filters, Holdings, Intent, Limit
from qa.understand import understand

HOLDINGS = Holdings(
    municipalities=("Jammerbugt", "Kalundborg", "Nordfyn"),
    bodies=("Direktionen", "Økonomiudvalget"),
    meetings=MeetingColumns(
        [
            ("Kalundborg", "Økonomiudvalget", "2020-03-02", 1, 1),
            ("Jammerbugt", "Direktionen", "2020-09-15", 2, 1),
            ("Kalundborg", "Direktionen", "2021-04-12", 3, 1),
            ("Nordfyn", "Direktionen", "2021-04-21", 4, 1),
        ]
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
        ("sygefravær i kalundbrog", "Kalundborg"),
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
        ("Hvad blev besluttet på det seneste møde i Økonomiudvalget?", (dt.date(2020, 3, 2),) * 2),
        ("What did the finance committee decide at its latest meeting?", (dt.date(2020, 3, 2),) * 2),
        ("Hvad stod der på ledermødet den 3. maj 2018?", (dt.date(2018, 5, 3),) * 2),
        ("budgetopfølgning i Kalundborg efter 2020", (dt.date(2021, 1, 1), None)),
        ("Hvordan var vi med på folkemødet i 2016?", None),
        ("Hvad koster temamødet den 3. maj 2018?", None),
        ("hvad skete der på sidste folkemøde", None),
    ],
)
def test_period_of_the_meeting(text, period):
    assert limits(text)[1] == period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Hvilke sager blev udsat før 2020?", (None, dt.date(2019, 12, 31))),
        ("What was decided after April 2021?", (dt.date(2021, 5, 1), None)),
        ("beslutninger mellem maj 2019 og marts 2020", (dt.date(2019, 5, 1), dt.date(2020, 3, 31))),
        ("Hvad blev besluttet mellem marts og maj 2020?", (dt.date(2020, 3, 1), dt.date(2020, 5, 31))),
        ("Hvad blev der sagt fra marts til maj 2020?", (dt.date(2020, 3, 1), dt.date(2020, 5, 31))),
        ("Hvad blev besluttet i 3. kvartal 2020?", (dt.date(2020, 7, 1), dt.date(2020, 9, 30))),
        ("What was decided in Q2 2021?", (dt.date(2021, 4, 1), dt.date(2021, 6, 30))),
        ("Hvad blev drøftet i andet halvår 2020?", (dt.date(2020, 7, 1), dt.date(2020, 12, 31))),
        ("Hvad blev besluttet i foråret 2021?", (dt.date(2021, 3, 1), dt.date(2021, 5, 31))),
        ("Hvad vedtog man i valgperioden 2018-2021?", (dt.date(2018, 1, 1), dt.date(2021, 12, 31))),
        ("Hvilke sager blev udsat i 2018 og 2021?", (dt.date(2018, 1, 1), dt.date(2021, 12, 31))),
        ("Outcome for the strategy, Q2 2021?", (dt.date(2021, 4, 1), dt.date(2021, 6, 30))),
        ("genåbning 12.04.21 hvad blev aftalt", (dt.date(2021, 4, 12),) * 2),
        ("Udsatte sager 2020", (dt.date(2020, 1, 1), dt.date(2020, 12, 31))),
        ("pkt 5 d. 7/5-2019", (dt.date(2019, 5, 7),) * 2),
    ],
)
def test_periods_of_all_kinds(text, period):
    filters = understand(text, HOLDINGS).filters
    assert (filters.date_from, filters.date_to) == period


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Hvad blev sagt på direktionsmødet?", "Direktionen"),
        ("Hvad besluttede økonomiudvalget om budgettet?", "Økonomiudvalget"),
        ("What did the finance committee decide?", "Økonomiudvalget"),
        ("What did Nordfyn's executive board say about pay?", "Direktionen"),
        ("Hvad besluttede Kulturudvalget?", "Kulturudvalget"),
        ("Hvad sagde udvalget?", None),
    ],
)
def test_body(text, body):
    assert understand(text, HOLDINGS).filters.body == body


def test_municipality_with_a_slip():
    assert understand("takster i Kalunborg", HOLDINGS).filters.municipality == "Kalundborg"


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("hvilke sager blev kun drøftet uden at blive godkendt?", {Outcome.DISCUSSED}),
        ("Hvad godkendte Nordfyns direktion uden bemærkninger?", {Outcome.APPROVED}),
        ("Udsatte sager 2020", {Outcome.POSTPONED}),
        ("Hvilken sag blev sendt videre i Nordfyn?", {Outcome.REFERRED}),
        ("Er der sager i Jammerbugt, der blev udsat?", {Outcome.POSTPONED}),
        ("Hvilke sager blev behandlet før 2020?", set()),
    ],
)
def test_sets_however_they_are_put(text, outcomes):
    question = understand(text, HOLDINGS)
    assert (question.intent, set(question.filters.outcomes)) == (Intent.LIST, outcomes)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Hvilke sager sendes videre til Kommunalbestyrelsen?", "Kommunalbestyrelsen"),
        ("Which cases go on to the council?", "Byrådet"),
        ("Which items go to the finance committee?", "Økonomiudvalget"),
    ],
)
def test_body_that_a_case_goes_on_to(text, body):
    held = Holdings((), ("Byrådet", "Økonomiudvalget"), MeetingColumns([]))
    question = understand(text, held)
    assert (question.intent, question.filters.forwarded_to) == (Intent.LIST, body)


def test_limits_can_be_taken_off():
    question = understand("Hvad blev udsat i Randers i april 2021?", HOLDINGS)
    assert not question.known
    left = question.without({Limit.MUNICIPALITY, Limit.PERIOD})
    assert left.known and left.filters == Filters(outcomes=frozenset({Outcome.POSTPONED}))


@pytest.mark.parametrize("text", ["Hvad er historikken for sag 19/118?", "history of the payroll tender"])
def test_history(text):
    assert understand(text, HOLDINGS).intent is Intent.HISTORY


@pytest.mark.parametrize(
    "text",
    [
        "Hvad blev besluttet om Budget 2022?",
        "Hvor stor er puljen til normering i 2021?",
        "Budgetopfølgning pr. 31. juli 2018",
        "Hvor mange penge er der tilbage pr. 9. marts 2021?",
        "Hvad blev besluttet om strategi 2018-2021?",
        "hvor meget steg det fra 2017 til 2018?",
        "Blev mødeplanen for 2022 anbefalet?",
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
        ("population growth over the past year", "en"),
        ("Hvad blev besluttet om Citrix?", "da"),
        ("what was decided on Citrix?", "en"),
        ("kantiner", "da"),
        ("What about sygefravær?", "en"),
        ("IT equipment for the council", "en"),
        ("town hall reopening after covid, principles", "en"),
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


def test_what_search_engines_take_for_an_operator_is_not_searched_for():
    assert understand('"Citrix" NEAR udfasning', HOLDINGS).words == ("citrix", "udfasning")


def test_a_body_is_known_by_a_part_of_its_name():
    held = Holdings((), ("Skole- og Børneudvalget",), MeetingColumns([]))
    assert understand("Hvad besluttede skoleudvalget?", held).filters.body == "Skole- og Børneudvalget"
    assert understand("Hvad besluttede kulturudvalget?", held).filters.body == "kulturudvalget"
