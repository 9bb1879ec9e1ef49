"""Several accounts of a meeting: which of them answers, and what is told of the others."""

from pathlib import Path

import pytest

from index.build import add_documents, build_index, remove_documents
from index.check import check_index
from index.models import SectionKind
from index.parse import parse_minutes
from index.read import Document, read_document
from index.register import Wish
from index.settings import Settings
from index.store import MinutesIndex
from index.versions import Standing, Version, account_of, sort_out, version_of
from qa.cli import main
from qa.models import Status
from qa.service import open_service
from tests.conftest import ROOT

BUDGET, PLAN, HALL = ("1", "Budget 2022"), ("2", "Lokalplan 117 for Havnegade"), ("3", "Renovering af svømmehal")

CASES = {"Budget 2022": "21/400", "Lokalplan 117 for Havnegade": "21/512"}


def printed(*items, title="Referat", body="Økonomiudvalget", date="4. maj 2021", time="16:00", municipality="Sundby"):
    """Minutes of which each item is (number, heading) or (number, heading, decision)."""
    lines = [f"{municipality} Kommune", title, body, f"Mødedato: {date} kl. {time}" if time else f"Mødedato: {date}"]
    for number, heading, *decision in items:
        case = [f"Sagsnr.: {CASES[heading]}", ""] if heading in CASES else []
        lines += ["", f"{number}. {heading}", "", *case, "Sagsfremstilling", f"Sagen handler om {heading.lower()}."]
        lines += ["", "Beslutning", *decision] if decision else []
    return "\n".join(lines) + "\n"


def meeting(text):
    return parse_minutes(Document(Path("made.txt"), text, ""))[0]


def told(*texts):
    """(which text, what it is, which answers instead or with it), in the order of the texts."""
    verdicts = sort_out([account_of(meeting(text)) for text in texts])
    return [(place, verdict.standing, verdict.beside) for place, verdict in sorted(verdicts.items())]


AGENDA = printed(BUDGET, PLAN, title="Dagsorden")
MINUTES = printed((*BUDGET, "Godkendt."), (*PLAN, "Udsat."))


@pytest.mark.parametrize(
    ("text", "version"),
    [
        (printed(BUDGET, title="Udkast til dagsorden"), Version.DRAFT_AGENDA),
        (AGENDA, Version.AGENDA),
        (printed(HALL, title="Tillægsdagsorden"), Version.SUPPLEMENTARY_AGENDA),
        (printed((*BUDGET, "Godkendt."), title="Foreløbigt referat"), Version.DRAFT_MINUTES),
        (MINUTES, Version.MINUTES),
        (printed((*BUDGET, "Godkendt."), title="Dagsorden"), Version.MINUTES),
        (printed((*BUDGET, "Godkendt."), title="Godkendt referat"), Version.APPROVED_MINUTES),
        (printed((*BUDGET, "Godkendt."), title="Referatet er godkendt den 1. juni 2021"), Version.APPROVED_MINUTES),
        (printed(("1", "Godkendelse af referat"), ("2", "Udkast til budget"), title="Dagsorden"), Version.AGENDA),
    ],
)
def test_version_is_what_a_document_says_of_itself_and_whether_it_decides(text, version):
    assert version_of(meeting(text)) is version


def test_newest_answers_in_whatever_order_the_files_come():
    approved = printed((*BUDGET, "Godkendt."), (*PLAN, "Godkendt."), title="Godkendt referat")
    older = Standing.OLDER
    assert told(AGENDA, MINUTES, approved) == [(0, older, 2), (1, older, 2)]
    assert told(approved, MINUTES, AGENDA) == [(1, older, 0), (2, older, 0)]


def test_start_may_be_missing_but_another_start_is_another_meeting():
    assert told(printed(BUDGET, PLAN, title="Dagsorden", time=""), MINUTES) == [(0, Standing.OLDER, 1)]
    assert told(printed(BUDGET, PLAN, title="Dagsorden", time="8:30"), MINUTES) == []


@pytest.mark.parametrize(
    "other", [{"body": "Byrådet"}, {"date": "5. maj 2021"}, {"municipality": "Kildeholm"}, {"time": "18:00"}]
)
def test_another_meeting_with_the_same_items_is_another_meeting(other):
    assert told(MINUTES, printed((*BUDGET, "Godkendt."), (*PLAN, "Udsat."), **other)) == []


def test_municipality_may_be_missing_where_a_case_speaks_for_it():
    unnamed = AGENDA.replace("Sundby Kommune\n", "")
    assert told(unnamed, MINUTES) == [(0, Standing.OLDER, 1)]
    assert told(unnamed.replace("21/400", "21/1").replace("21/512", "21/2"), MINUTES) == []


def test_body_may_be_written_in_another_way():
    one = printed((*BUDGET, "Godkendt."), body="Teknik- og Miljøudvalget")
    other = printed(BUDGET, title="Dagsorden", body="Udvalget for Teknik og Miljø")
    assert told(one, other) == [(1, Standing.OLDER, 0)]


def test_same_content_is_the_same_however_it_is_broken_into_lines():
    assert told(MINUTES, MINUTES.replace("\n\n", "\n\n\n")) == [(1, Standing.SAME, 0)]
    undated = MINUTES.replace("Mødedato: 4. maj 2021 kl. 16:00", "Mødet")
    assert told(undated, undated + "\n") == [(1, Standing.SAME, 0)]


def test_other_decisions_in_an_account_of_the_same_age_are_a_conflict():
    other = printed((*BUDGET, "Afvist."), (*PLAN, "Udsat."))
    (verdict,) = sort_out([account_of(meeting(text)) for text in (MINUTES, other)]).values()
    assert (verdict.standing, verdict.differing) == (Standing.CONFLICT, ("1",))
    assert "other decisions of the same meeting (item 1)" in verdict.told(Version.MINUTES, "a.txt")
    assert told(MINUTES, printed((*BUDGET, "Afvist."), (*PLAN, "Udsat."), title="Rettet referat")) == [
        (0, Standing.OLDER, 1)
    ]


def test_account_that_decides_more_answers():
    half = printed((*BUDGET, "Godkendt."), PLAN)
    assert told(half, MINUTES)[0][::2] == (0, 1)


def test_parts_of_a_meeting_answer_side_by_side():
    supplement = printed((*HALL, "Godkendt."), title="Tillægsreferat")
    assert told(MINUTES, supplement) == [(1, Standing.PART, 0)]
    pages = [printed((*item, "Godkendt.")) for item in (BUDGET, PLAN, HALL)]
    assert [standing for _, standing, _ in told(*pages)] == [Standing.PART, Standing.PART]
    assert told(*pages, printed(BUDGET, PLAN, HALL, title="Dagsorden"))[-1][:2] == (3, Standing.OLDER)


def test_supplement_is_taken_up_in_the_minutes_that_hold_its_items():
    minutes = printed((*BUDGET, "Godkendt."), (*PLAN, "Udsat."), (*HALL, "Anbefales."))
    assert told(AGENDA, printed(HALL, title="Tillægsdagsorden"), minutes) == [
        (0, Standing.OLDER, 2),
        (1, Standing.OLDER, 2),
    ]


def test_closed_items_are_told_apart_by_their_numbers():
    pages = [printed((str(number), "Lukket punkt")) for number in (4, 5)]
    assert told(*pages) == [(1, Standing.PART, 0)]


def test_twin_of_an_older_account_is_older_too():
    assert told(AGENDA, AGENDA + "\n", MINUTES) == [(0, Standing.OLDER, 2), (1, Standing.OLDER, 2)]


@pytest.fixture
def minutes(tmp_path):
    folder = tmp_path / "minutes"
    folder.mkdir()
    (folder / "dagsorden.txt").write_text(AGENDA, encoding="utf-8")
    (folder / "xyz.txt").write_text(MINUTES, encoding="utf-8")
    council = printed((*BUDGET, "Godkendt."), body="Byrådet", date="25. maj 2021")
    (folder / "b.txt").write_text(council, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path, minutes):
    build_index(tmp_path / "index", [minutes], Settings())
    return tmp_path / "index"


def asides(folder):
    assert check_index(folder).faults == ()
    told = MinutesIndex.open(folder).catalogue.set_aside()
    return [(aside.meeting.source, aside.version, aside.verdict.standing, aside.answered_by.source) for aside in told]


def test_older_account_is_kept_but_in_no_answer_list_or_count(folder):
    assert asides(folder) == [("dagsorden.txt", "agenda", "older", "xyz.txt")]
    service = open_service(Settings(index=folder))
    assert (service.status().meetings, service.status().items) == (2, 3)
    assert service.ask("Hvad blev besluttet om lokalplan 117?").results[0].citation.source == "xyz.txt"
    assert {result.citation.source for result in service.ask("Hvilke sager blev udsat?").results} == {"xyz.txt"}


def test_case_in_committee_and_council_is_linked_not_doubled(folder):
    register = open_service(Settings(index=folder)).register
    assert [found.meeting.body for found in register.case("Sundby", "21/400")] == ["Økonomiudvalget", "Byrådet"]
    (case,) = register.cases(Wish(), 2, 10)
    assert (case.number, case.meetings, case.items, case.bodies) == ("21/400", 2, 2, 2)


def test_removing_the_newer_lets_the_older_answer_again(folder, minutes):
    report = remove_documents(folder, ["xyz.txt"], Settings())
    assert report.returned == (str(minutes / "dagsorden.txt"),)
    assert asides(folder) == []
    answer = open_service(Settings(index=folder)).ask("Hvad blev besluttet om lokalplan 117?")
    assert {result.citation.source for result in (*answer.results, *answer.nearest)} >= {"dagsorden.txt"}
    report = add_documents(folder, [minutes / "xyz.txt"], Settings())
    assert [aside.meeting.source for aside in report.set_aside] == ["dagsorden.txt"]
    assert asides(folder)[0][3] == "xyz.txt"


def test_removed_older_account_is_gone(folder):
    remove_documents(folder, ["dagsorden.txt"], Settings())
    assert asides(folder) == [] and len(MinutesIndex.open(folder).catalogue.documents()) == 2


def test_update_without_change_changes_nothing(folder, minutes):
    report = build_index(folder, [minutes], Settings())
    assert (report.changed, report.set_aside, report.returned) == (False, (), ())


def test_conflict_is_told_by_the_commands(folder, minutes, capsys):
    (minutes / "z.txt").write_text(printed((*BUDGET, "Afvist."), (*PLAN, "Udsat.")), encoding="utf-8")
    assert main(["build", str(minutes), "--index", str(folder)]) == 0
    shown = capsys.readouterr()
    assert "2 meetings" in shown.out and f"kept aside: {minutes / 'z.txt'}: in conflict with" in shown.err
    assert main(["status", "--index", str(folder)]) == 0
    assert "Kept aside: 2\n" in (status := capsys.readouterr().out) and status.index("z.txt") < status.index("dagso")
    for paths in ([], [str(minutes)]):
        assert main(["report", *paths, "--index", str(folder)]) == 0
        told = capsys.readouterr().out
        assert told.index("Look first at:") < told.index("in conflict with") and "(agenda) of the meeting in" in told
        assert told.splitlines()[-4].split()[2] == "3"


def test_question_on_one_of_two_conflicting_accounts_has_one_answer(folder, minutes):
    (minutes / "z.txt").write_text(printed((*BUDGET, "Afvist."), (*PLAN, "Udsat.")), encoding="utf-8")
    build_index(folder, [minutes], Settings())
    answer = open_service(Settings(index=folder)).ask("Hvilke sager blev afvist?")
    assert answer.status is Status.NOT_FOUND


def test_files_that_together_tell_of_a_meeting_are_one_in_lists_and_counts(tmp_path, capsys):
    items = [("1", "Budget 2022", "Godkendt."), ("2", *PLAN[1:], "Udsat."), ("10", *HALL[1:], "Anbefales.")]
    for item in items:
        (tmp_path / f"punkt-{item[0]}.txt").write_text(printed(item), encoding="utf-8")
    folder = tmp_path / "index"
    assert build_index(folder, [tmp_path], Settings()).meetings == 1
    assert check_index(folder).faults == ()
    service = open_service(Settings(index=folder))
    assert (service.status().meetings, service.status().items, service.status().set_aside) == (1, 3, ())
    (listed,) = service.register.meetings(Wish(), 10)
    assert (listed.items, len(listed.paths), service.register.count_meetings(Wish())) == (3, 3, 1)
    told = [(found.item.number, found.meeting.source) for found in service.register.items_of(listed.meeting)]
    assert told == [("1", "punkt-1.txt"), ("2", "punkt-2.txt"), ("10", "punkt-10.txt")]
    assert service.ask("Hvad blev besluttet om lokalplan 117?").results[0].citation.source == "punkt-2.txt"
    assert main(["status", "--index", str(folder)]) == 0
    assert "Meetings: 1," in capsys.readouterr().out


@pytest.mark.parametrize(
    "title",
    [
        "Referat", "DAGSORDEN", "Tillægsdagsorden", "Godkendt referat", "Udkast til referat", "Dagsorden til møde i",
        "BESLUTNINGSPROTOKOL", "Referat fra mødet i", "Foreløbigt referat af",
    ],
)  # fmt: skip
def test_body_beside_what_the_paper_is_called(title):
    text = f"Sundby Kommune\n{title} Økonomiudvalget d. 04-05-2021\n\n1. Budget\n\nBeslutning\nGodkendt.\n"
    assert meeting(text).body == "Økonomiudvalget"


def test_agenda_in_which_little_reads_like_a_decision_is_no_conflict():
    agenda = printed((*BUDGET, "Udvalget skal tage stilling."), PLAN, HALL, title="Dagsorden")
    minutes = printed((*BUDGET, "Godkendt."), (*PLAN, "Udsat."), (*HALL, "Anbefales."))
    assert version_of(meeting(agenda)) is Version.AGENDA
    assert told(agenda, minutes) == [(0, Standing.OLDER, 1)]
    assert told(agenda.replace("Dagsorden", "Referat"), minutes) == [(0, Standing.OLDER, 1)]


def test_minutes_without_their_decisions_are_nearly_always_known_as_an_older_account():
    """In every layout; where the date or the body stands in the decisions' headings alone, they are lost with them."""
    layouts = sorted((ROOT / "tests" / "layouts").glob("*.txt"))
    older = 0
    for layout in layouts:
        minutes, _ = parse_minutes(read_document(layout))
        agenda = minutes.text
        for item in reversed(minutes.items):
            for section in reversed(item.sections):
                if section.kind is SectionKind.DECISION:
                    agenda = f"{agenda[: section.span.start]}\n{agenda[section.span.end :]}"
        agenda = agenda.replace("Referat", "Dagsorden", 1).replace("REFERAT", "DAGSORDEN", 1)
        verdicts = sort_out([account_of(meeting(agenda)), account_of(minutes)])
        older += list(verdicts) == [0] and verdicts[0].standing is Standing.OLDER
    assert older >= 0.9 * len(layouts)
