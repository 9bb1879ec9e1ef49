"""What removed minutes leave: nothing, in any file, answer or suggestion.

All thousand strings are looked for in the files; some are also asked for. REFERAT_REMOVED=1000 asks for all of them.
"""

import json
import os
import random
import re

import pytest

from index.build import add_documents, build_index, remove_documents
from index.danish import fold, words
from index.errors import ItemNotFound
from index.read import read_document
from index.settings import Settings
from index.store import MinutesIndex
from qa.contract import answer_json
from qa.models import Conversation
from qa.service import open_service
from tests.conftest import CORPUS
from tests.updating import small_segments

REMOVED = "kalundborg-direktionen-2021-04-12.txt"
STRINGS = 1_000
ASKED = int(os.environ.get("REFERAT_REMOVED", 100))


def held(folder):
    """All that the files of an index hold, as text."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "\n".join(path.read_bytes().decode("utf-8", "ignore").casefold() for path in files)


@pytest.fixture(scope="module")
def strings(tmp_path_factory):
    """A thousand words, and pairs and threes of words in a row, of the removed minutes, that an index which never saw
    them does not hold."""
    folder = tmp_path_factory.mktemp("without") / "index"
    build_index(folder, [path for path in CORPUS.glob("*.txt") if path.name != REMOVED], Settings())
    without, found = held(folder), {}
    for more in (0, 1, 2):
        for match in re.finditer(rf"(?=\b(\w+(?: \w+){{{more}}})\b)", read_document(CORPUS / REMOVED).text.casefold()):
            if len(match[1]) > 5 and match[1] not in without:
                found.setdefault(match[1])
    return random.Random(1).sample(list(found), STRINGS)


@pytest.fixture(scope="module", params=["from the first segment", "from a later one"])
def readers(request, tmp_path_factory):
    """(folder, a service that was open before the removal, what it had answered then)"""
    folder = tmp_path_factory.mktemp("removal") / "index"
    removed, others = [CORPUS / REMOVED], [path for path in sorted(CORPUS.glob("*.txt")) if path.name != REMOVED]
    first, later = (removed + others[1:], others[:1]) if "first" in request.param else (others, removed)
    build_index(folder, first, Settings())
    with small_segments():
        add_documents(folder, later, Settings())
    assert len(MinutesIndex.open(folder).segments) == 2
    service = open_service(Settings(index=folder))
    answered = service.ask("Hvad blev besluttet om Citrix?")
    assert answered.results[0].citation.source == REMOVED
    remove_documents(folder, [REMOVED], Settings())
    return folder, service, answered


def test_no_file_holds_a_string_of_what_was_removed(readers, strings):
    left = held(readers[0])
    assert [string for string in (*strings, REMOVED) if string in left] == []


def test_no_word_or_number_of_it_is_known(readers, strings):
    index = MinutesIndex.open(readers[0])
    remaining = {
        fold(word) for path in CORPUS.glob("*.txt") if path.name != REMOVED for word in words(path.read_text())
    }
    alone = {fold(word) for string in strings for word in words(string)} - remaining
    assert len(alone) > 300
    assert [word for word in alone if index.vocabulary.id_of(word) is not None] == []
    assert not index.holds_identifier("326-2021-13238")


def test_no_answer_shows_it(readers, strings):
    folder, service, _ = readers
    for string in strings[:ASKED]:
        answer = answer_json(service.ask(f"Hvad blev besluttet om {string}?"))
        answer |= {"question": "", "corrected": list(answer["corrected"].values())}
        for result in (*answer["results"], *answer["nearest"]):
            del result["reasons"]  # they name the question's words
        shown = json.dumps(answer, ensure_ascii=False).casefold()
        assert string not in shown and REMOVED not in shown


def test_no_suggestion_leads_to_it(readers, strings):
    _, service, _ = readers
    suggested = " ".join([*service.examples("da"), *service.examples("en")])
    assert suggested and not [string for string in strings if string in suggested]
    assert service.ask("Hvad blev besluttet om citrx?").question.corrected == ()
    assert service.status().meetings == 4 and service.minutes(REMOVED) == ()


def test_conversation_on_it_goes_on_without_it(readers):
    _, service, answered = readers
    with pytest.raises(ItemNotFound):
        service.record(answered.results[0].item_id)
    with pytest.raises(ItemNotFound):
        service.find_items("326-2021-13238")
    for follow_up in ("hvad skete der så?", "hvem var med?", "og i Kalundborg?", "hvorfor?", "og i Nordfyn?"):
        answer = answer_json(service.ask(follow_up, Conversation().with_answer(answered)))
        assert REMOVED not in json.dumps(answer), follow_up
