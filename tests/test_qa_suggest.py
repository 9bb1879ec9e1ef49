"""Follow-ups that are suggested: each has an answer."""

from __future__ import annotations

import pytest

from qa.models import Conversation, Status
from qa.service import Service
from tests.test_qa_precedents import kalundborg  # noqa: F401 (a fixture)


def after(service: Service, question: str) -> tuple[Conversation, tuple[str, ...]]:
    conversation = Conversation((service.ask(question),))
    return conversation, service.suggestions(conversation)


def test_earlier_decisions_on_the_topic_are_suggested_and_answered(kalundborg):  # noqa: F811
    conversation, suggested = after(kalundborg, "Hvad blev besluttet om »Udvidelse af cykelsti i Rørby«?")
    assert suggested
    for question in suggested:
        answer = kalundborg.ask(question, conversation)
        assert answer.status is Status.ANSWERED and "ykelsti" in answer.results[0].item.title


@pytest.mark.parametrize("question", ["Hvad blev besluttet om personalepolitik?", "Hvad blev besluttet om Citrix?"])
def test_a_suggested_fact_is_marked_in_its_answer(service, question):
    conversation, suggested = after(service, question)
    for follow_up in suggested:
        answer = service.ask(follow_up, conversation)
        first = answer.results[0]
        assert answer.status is Status.ANSWERED
        assert any(passage.mark for passage in first.passages) or first.item.title.rstrip(".") in follow_up


def test_nothing_is_suggested_after_a_list_or_a_no(service):
    assert after(service, "Hvilke punkter blev udsat?")[1] == ()
    assert after(service, "Hvad koster en elefant?")[1] == ()
    assert service.suggestions(Conversation()) == ()
