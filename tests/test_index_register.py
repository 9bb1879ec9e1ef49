"""Meetings, cases and follow-ups as they are browsed."""

import datetime as dt

import pytest

from index.build import build_index
from index.models import Outcome
from index.register import DutyState, Wish
from index.settings import Settings
from index.store import MinutesIndex

TODAY = dt.date(2021, 5, 1)
MINUTES = """REFERAT {body} d. {date}

Mødedato {date} kl. 12:30

Punkt 1: Cykelsti til skolen

Sagsnr.: 326-2021-100

Sagsfremstilling

Der er behov for en cykelsti.

Beslutning

{decision}

Punkt 2: Ny svømmehal

Sagsnr.: 326-2021-200

Sagsfremstilling

Svømmehallen er slidt.

Beslutning

Drøftet.
"""


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    folder = tmp_path_factory.mktemp("register")
    meetings = (
        ("Direktionen", "12-04-2021", "Anbefales. Direktionen ønsker en status om 14 dage."),
        ("Direktionen", "10-05-2021", "Godkendt. Michael undersøger støj om 3 måneder."),
        ("Teknikudvalget", "02-03-2020", "Anbefales. Staben udarbejder et notat i næste uge."),
    )
    for number, (body, date, decision) in enumerate(meetings):
        text = MINUTES.format(body=body, date=date, decision=decision)
        text = text.replace("326-2021-1", "326-2020-1") if number == 2 else text
        (folder / f"kalundborg-{number}.txt").write_text(text, encoding="utf-8")
    build_index(folder / "index", [folder], Settings(index=folder / "index"))
    index = MinutesIndex.open(folder / "index")
    yield index.register
    index.close()


def dates(found):
    return [stored.date.isoformat() for stored in found]


def test_meetings_come_newest_first_and_as_wished(register):
    listed = register.meetings(Wish(), 10)
    assert dates(one.meeting for one in listed) == ["2021-05-10", "2021-04-12", "2020-03-02"]
    assert [(one.items, one.closed) for one in listed] == [(2, 0)] * 3
    assert dates(one.meeting for one in register.meetings(Wish(year=2021), 1)) == ["2021-05-10"]
    recommended = Wish(outcome=Outcome.RECOMMENDED)
    assert register.count_meetings(recommended) == len(register.meetings(recommended, 10)) == 2
    assert register.count_meetings(Wish(closed=True)) == 0
    assert register.choices().years == (2021, 2020)


def test_meeting_is_found_by_its_link_and_has_its_neighbours(register):
    last, first, other = (one.meeting for one in register.meetings(Wish(), 10))
    assert register.meeting(first.key) == first
    assert register.meeting("") is None and register.meeting("%' OR 1") is None
    assert register.meetings_beside(first) == (None, last)
    assert register.meetings_beside(other) == (None, None)
    assert [found.item.number for found in register.items_of(first)] == ["1", "2"]


def test_case_runs_across_meetings_oldest_first(register):
    municipality = register.meetings(Wish(), 1)[0].meeting.municipality
    assert dates(found.meeting for found in register.case(municipality, "326-2021-100")) == ["2021-04-12", "2021-05-10"]
    assert register.case("Vejle", "326-2021-100") == []


def test_cases_that_come_back_come_most_met_first(register):
    returning = register.cases(Wish(), 2, 10)
    assert [(case.number, case.meetings, case.bodies) for case in returning] == [
        ("326-2021-200", 3, 2),
        ("326-2021-100", 2, 1),
    ]
    assert returning[1].latest.item.decision.startswith("Godkendt")


def test_follow_up_is_overdue_open_or_done_when_the_case_returns(register):
    duties = register.duties(Wish(), TODAY, 10)
    assert [(duty.due_on.isoformat(), duty.state) for duty in duties] == [
        ("2021-08-10", DutyState.OPEN),
        ("2020-03-13", DutyState.OVERDUE),
        ("2021-04-26", DutyState.DONE),
    ]
    assert duties[2].returned == dt.date(2021, 5, 10)
    for state in DutyState:
        wish = Wish(state=state)
        assert [duty.state for duty in register.duties(wish, TODAY, 10)] == [state]
        assert register.count_duties(wish, TODAY) == 1
    assert "Staben" in register.responsible(10)
    assert register.count_duties(Wish(who="Staben"), TODAY) == 1


def test_recommended_and_never_settled(register):
    assert dates(found.meeting for found in register.undecided(Wish(), 10)) == ["2020-03-02"]
    assert register.count_undecided(Wish()) == 1 and register.count_undecided(Wish(year=2021)) == 0


def test_decisions_and_bodies_are_counted(register):
    assert register.decisions_by_month(Wish(year=2021)) == [
        ("2021-04", "discussed", 1),
        ("2021-04", "recommended", 1),
        ("2021-05", "approved", 1),
        ("2021-05", "discussed", 1),
    ]
    for wish in (Wish(), Wish(year=2021), Wish(outcome=Outcome.DISCUSSED), Wish(year=1990)):
        assert register.count_items(wish) == len(register.items(wish, 10))
    assert [row[1:4] for row in register.bodies(Wish())] == [("Direktionen", 2, 4), ("Teknikudvalget", 1, 2)]
