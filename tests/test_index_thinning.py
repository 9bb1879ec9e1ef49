"""A state from which something went, or in which something changed: as one that was built of what is left."""

import random
import shutil
from contextlib import closing

import numpy as np
import pytest

from index import state_writer
from index.build import add_documents, build_index, remove_documents
from index.catalogue import Catalogue
from index.check import check_index
from index.danish import fold, words
from index.embed import BundledEmbedder
from index.settings import Settings
from index.store import MinutesIndex
from qa.contract import answer_json
from qa.service import open_service
from tests.conftest import CORPUS
from tests.test_index_versions import AGENDA, BUDGET, HALL, MINUTES, PLAN, printed
from tests.updating import FIRST, SECOND, THIRD, answers, small_segments

FOURTH = "kalundborg-direktionen-2018-09-03.txt"


def contents(folder):
    """All that an index holds, whatever the ids and the order in which it came; that vectors fit it is checked."""
    assert check_index(folder).faults == ()
    with closing(MinutesIndex.open(folder)) as index:
        facts, spelled = index.manifest, index.vocabulary.spellings()
        passages = sorted(index.catalogue.searchable_texts())
        held = set(words("\n".join(passages)))
        assert [word for word in spelled if word not in held and word != fold(word)] == []
        counts = index.postings.item_counts(np.arange(len(spelled))).tolist()
        meetings = {meeting.id: meeting for meeting in index.catalogue.meetings()}
        return {
            "counts": (facts.meetings, facts.items, facts.chunks, facts.words),
            "documents": index.catalogue.documents(),
            "answering": sorted((meeting.path, meetings[meeting.sitting].path) for meeting in meetings.values()),
            "aside": sorted((aside.meeting.path, aside.reason) for aside in index.catalogue.set_aside()),
            "items": sorted(index.catalogue.item_ids()),
            "words": dict(zip(map(fold, spelled), counts, strict=True)),
            "passages": passages,
            "problems": index.catalogue.count_problems(),
        }


@pytest.fixture
def minutes(tmp_path):
    folder = tmp_path / "minutes"
    folder.mkdir()
    for name in (FIRST, SECOND, THIRD, FOURTH):
        shutil.copy(CORPUS / name, folder)
    return folder


@pytest.fixture
def parted(tmp_path, minutes):
    """An index of two segments, two documents in each."""
    folder = tmp_path / "parted"
    build_index(folder, [minutes / FIRST, minutes / SECOND], Settings())
    with small_segments():
        add_documents(folder, [minutes / THIRD, minutes / FOURTH], Settings())
    return folder


def segments(folder):
    with closing(MinutesIndex.open(folder)) as index:
        return index.segments


@pytest.mark.parametrize(
    ("gone", "left"),
    [((FIRST,), 1), ((SECOND,), 1), ((FOURTH,), 2), ((THIRD, FOURTH), 2), ((SECOND, THIRD), 1), ((FIRST, SECOND), 1)],
)
def test_what_is_left_is_as_if_the_rest_had_never_been(parted, minutes, tmp_path, monkeypatch, gone, left):
    first, *_ = segments(parted)
    monkeypatch.setattr(Catalogue, "minutes_of", lambda *arguments: pytest.fail("read again"))
    embedded, original = [], BundledEmbedder.embed_passages
    with monkeypatch.context() as patched, small_segments():
        patched.setattr(BundledEmbedder, "embed_passages", lambda self, t: embedded.extend(t) or original(self, t))
        remove_documents(parted, gone, Settings())
    assert not [text for text in embedded if "\n" in text]
    assert len(segments(parted)) == left and (segments(parted)[0] == first) == (left == 2)
    for name in gone:
        (minutes / name).unlink()
    build_index(tmp_path / "fresh", [minutes], Settings())
    assert contents(parted) == contents(tmp_path / "fresh")
    assert answers(parted) == answers(tmp_path / "fresh")


@pytest.mark.parametrize("name", [FIRST, FOURTH])
def test_changed_document_is_as_if_it_had_always_been_so(parted, minutes, tmp_path, name):
    text = (minutes / name).read_text(encoding="utf-8")
    changed = text.replace("Udgået.", "Godkendt.").replace("godkendte", "afviste")
    assert changed != text
    (minutes / name).write_text(changed, encoding="utf-8")
    with small_segments():
        report = build_index(parted, [minutes], Settings())
    assert (report.added, report.removed) == ((str(minutes / name),), ())
    build_index(tmp_path / "fresh", [minutes], Settings())
    assert contents(parted) == contents(tmp_path / "fresh")
    assert answers(parted) == answers(tmp_path / "fresh")


def test_after_the_last_document_is_gone_others_may_come(parted, minutes, tmp_path):
    remove_documents(parted, [FIRST, SECOND, THIRD, FOURTH], Settings())
    assert contents(parted)["counts"] == (0, 0, 0, 0) and len(segments(parted)) == 1
    add_documents(parted, [minutes / THIRD], Settings())
    build_index(tmp_path / "fresh", [minutes / THIRD], Settings())
    assert contents(parted) == contents(tmp_path / "fresh")


def test_what_came_is_put_to_the_rest_once_it_has_grown_though_some_went(parted, monkeypatch):
    monkeypatch.setattr(state_writer, "_SMALL", 0)
    remove_documents(parted, [FOURTH], Settings())
    assert len(segments(parted)) == 1 and check_index(parted).faults == ()


ACCOUNTS = {
    "a-agenda.txt": AGENDA,
    "b-draft.txt": printed((*BUDGET, "Godkendt."), PLAN, title="Udkast til referat"),
    "c-minutes.txt": MINUTES,
    "d-approved.txt": printed((*BUDGET, "Godkendt."), (*PLAN, "Afvist."), title="Godkendt referat"),
    "e-supplement.txt": printed((*HALL, "Anbefales."), title="Tillægsreferat"),
    "f-supplementary-agenda.txt": printed(HALL, title="Tillægsdagsorden"),
    "g-council.txt": printed((*BUDGET, "Godkendt."), body="Byrådet", date="25. maj 2021"),
    "h-other.txt": printed((*BUDGET, "Afvist."), (*PLAN, "Udsat.")),
    "i-undated.txt": "Sundby Kommune\nReferat\nKulturudvalget\n\n1. Budget 2022\n\nBeslutning\nGodkendt.\n",
}
ASKED = ("Hvad blev besluttet om lokalplan 117?", "Hvilke sager blev godkendt?", "Hvad blev besluttet om svømmehallen?")


def told(folder):
    service = open_service(Settings(index=folder))
    return [answer_json(service.ask(question)) for question in ASKED]


def mirrored(folder, minutes, names):
    """Let there be those accounts in the folder of minutes, and in the index."""
    for name, text in ACCOUNTS.items():
        (minutes / name).write_text(text, encoding="utf-8") if name in names else (minutes / name).unlink(True)
    return build_index(folder, [minutes], Settings())


@pytest.mark.parametrize("seed", range(3))
def test_accounts_that_come_and_go_answer_as_if_all_had_come_at_once(tmp_path, seed):
    minutes, chance = tmp_path / "minutes", random.Random(seed)
    minutes.mkdir()
    for step in range(6):
        names = chance.sample(sorted(ACCOUNTS), chance.randint(2, 7))
        with small_segments():
            mirrored(tmp_path / "index", minutes, names)
        build_index(tmp_path / f"fresh-{step}", [minutes], Settings())
        assert contents(tmp_path / "index") == contents(tmp_path / f"fresh-{step}"), names
        assert told(tmp_path / "index") == told(tmp_path / f"fresh-{step}"), names


def test_draft_answers_until_the_approved_minutes_come_and_when_they_are_gone(tmp_path):
    minutes, folder = tmp_path / "minutes", tmp_path / "index"
    minutes.mkdir()
    draft, approved = ("g-council.txt", "b-draft.txt"), ("g-council.txt", "b-draft.txt", "d-approved.txt")
    mirrored(folder, minutes, draft)
    alone, answered = contents(folder), told(folder)
    assert [aside.meeting.source for aside in mirrored(folder, minutes, approved).set_aside] == ["b-draft.txt"]
    assert contents(folder) != alone
    assert mirrored(folder, minutes, draft).returned == (str(minutes / "b-draft.txt"),)
    assert contents(folder) == alone and told(folder) == answered


def spellings(folder):
    with closing(MinutesIndex.open(folder)) as index:
        return sorted(index.vocabulary.spellings())


def test_words_are_spelled_as_in_what_is_left(tmp_path):
    minutes, folder = tmp_path / "minutes", tmp_path / "index"
    minutes.mkdir()
    texts = ("Möllers énfamiliehus, men", "Moellers hus: mén", "Møllers enfamiliehus", "Aaens énfamiliehus", "Åens hus")
    for day, text in enumerate(texts, 1):
        named = printed(("1", text, "Godkendt."), date=f"{day}. maj 2021")
        (minutes / f"{9 - day}.txt").write_text(named, encoding="utf-8")
    build_index(folder, [minutes], Settings())
    for name in ("8.txt", "7.txt", "4.txt", "6.txt"):
        (minutes / name).unlink()
        build_index(folder, [minutes], Settings())
        build_index(tmp_path / f"without-{name}", [minutes], Settings())
        assert contents(folder) == contents(tmp_path / f"without-{name}")
        assert spellings(folder) == spellings(tmp_path / f"without-{name}")


def test_words_of_real_minutes_are_spelled_as_in_what_is_left(minutes, tmp_path):
    folder = tmp_path / "index"
    build_index(folder, [minutes], Settings())
    for name in (SECOND, FIRST):
        (minutes / name).unlink()
        build_index(folder, [minutes], Settings())
        build_index(tmp_path / f"without-{name}", [minutes], Settings())
        assert spellings(folder) == spellings(tmp_path / f"without-{name}")
