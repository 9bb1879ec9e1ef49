import pytest

from index.chunk import CHUNK_WORDS, chunk_item
from index.models import SectionKind
from index.parse import parse_minutes
from index.privacy import withhold_closed_text
from index.read import read_document
from tests.conftest import CORPUS


@pytest.fixture(scope="module", params=sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def meeting(request):
    return parse_minutes(read_document(request.param))[0]


def test_chunks_stay_in_their_section_and_are_its_words(meeting):
    for item in meeting.items:
        for chunk in chunk_item(meeting, item):
            assert chunk.text == chunk.span.of(meeting.text)
            homes = [s for s in item.sections if s.span.start <= chunk.span.start and chunk.span.end <= s.span.end]
            assert [section.kind for section in homes] == [chunk.section]


def test_chunks_cover_every_word_of_a_section(meeting):
    for item in meeting.items:
        words = "".join(chunk.text for chunk in chunk_item(meeting, item))
        whole = "".join(
            (section.span if section.kind is SectionKind.HEADING else section.body).of(meeting.text)
            for section in item.sections
        )
        assert "".join(words.split()) == "".join(whole.split())


def test_chunks_are_short_and_say_where_they_stand(meeting):
    for item in meeting.items:
        for chunk in chunk_item(meeting, item):
            assert len(chunk.text.split()) <= 2 * CHUNK_WORDS
            assert item.title in chunk.context and str(meeting.date) in chunk.context


def test_text_under_a_closed_item_is_withheld(parsed):
    """
    Referat af møde i Økonomiudvalget
    Den 15.06.2021 kl. 08:30

    Punkt 1: Lukket: Salg af grund

    Sagsfremstilling

    Køberen hedder Sørensen.

    Beslutning

    Godkendt.
    """
    meeting, _ = parsed
    withheld = withhold_closed_text(meeting)
    shown = " ".join(chunk.text for chunk in chunk_item(withheld, withheld.items[0]))
    assert "Salg af grund" in shown and "Godkendt." in shown
    assert "Sørensen" not in shown + withheld.text
    assert len(withheld.text) == len(meeting.text)
    assert "Sørensen" in " ".join(chunk.text for chunk in chunk_item(meeting, meeting.items[0]))
