"""The JSON that the command writes: scripts depend on it. Fields may be added, never changed."""

from __future__ import annotations

from typing import Any

from index.errors import QuestionError
from index.models import AgendaItem, Meeting, Problem
from qa.models import Answer, Filters, Result, Status
from qa.phrases import cited


def meeting_json(file: str, meeting: Meeting, problems: tuple[Problem, ...]) -> dict[str, Any]:
    return {
        "file": file,
        "municipality": meeting.municipality,
        "body": meeting.body,
        "date": meeting.date.isoformat() if meeting.date else None,
        "start_time": meeting.start_time,
        "place": meeting.place,
        "participants": list(meeting.participants),
        "items": [_item_json(item) for item in meeting.items],
        "problems": [{"line": problem.line, "message": problem.message} for problem in problems],
    }


def _item_json(item: AgendaItem) -> dict[str, Any]:
    return {
        "number": item.number,
        "title": item.title,
        "closed": item.closed,
        "case_number": item.case_number,
        "journal_number": item.journal_number,
        "document_number": item.document_number,
        "case_worker": item.case_worker,
        "case_type": item.case_type,
        "recommendation": item.recommendation,
        "decision": item.decision,
        "outcome": item.outcome,
        "outcomes": list(item.outcomes),
        "conditions": list(item.conditions),
        "earlier_decisions": [
            {
                "body": earlier.body,
                "date": earlier.date.isoformat() if earlier.date else None,
                "item": earlier.item,
                "text": earlier.text,
            }
            for earlier in item.earlier_decisions
        ],
        "follow_ups": [
            {"text": follow_up.text, "who": follow_up.who, "due": follow_up.due} for follow_up in item.follow_ups
        ],
        "attachments": [attachment.name for attachment in item.attachments],
    }


def answer_json(answer: Answer) -> dict[str, Any]:
    language = answer.question.language
    return {
        "question": answer.question.text,
        "language": language,
        "status": answer.status,
        "answer": answer.text,
        "searched": answer.searched,
        "filters": _filters_json(answer.question.filters),
        "corrected": dict(answer.question.corrected),
        "results": [_result_json(result, language) for result in answer.results],
        "nearest": [_result_json(result, language) for result in answer.nearest],
    }


def unasked_json(question: str, error: QuestionError) -> dict[str, Any]:
    """The answer to a question that cannot be asked: it keeps its place among others, with the reason."""
    return {
        "question": question,
        "language": None,
        "status": Status.NOT_FOUND,
        "answer": str(error),
        "searched": "",
        "filters": {},
        "corrected": {},
        "results": [],
        "nearest": [],
    }


def _filters_json(filters: Filters) -> dict[str, Any]:
    values = {
        "municipality": filters.municipality,
        "body": filters.body,
        "date_from": filters.date_from and filters.date_from.isoformat(),
        "date_to": filters.date_to and filters.date_to.isoformat(),
        "item": filters.item,
        "outcomes": sorted(filters.outcomes) or None,
        "closed": filters.closed,
        "resumed": filters.resumed,
        "forwarded_to": filters.forwarded_to,
    }
    return {name: value for name, value in values.items() if value is not None}


def _result_json(result: Result, language: str) -> dict[str, Any]:
    citation, item = result.citation, result.item
    return {
        "source": citation.source,
        "municipality": citation.municipality,
        "body": citation.body,
        "date": citation.date.isoformat() if citation.date else None,
        "item": item.number,
        "title": item.title,
        "case_number": item.case_number,
        "journal_number": item.journal_number,
        "closed": item.closed,
        "outcome": item.outcome,
        "decision": item.decision_in_source or item.decision,
        "conditions": list(item.conditions),
        "citation": cited(citation, language),
        "passages": [
            {
                "section": passage.section,
                "text": passage.text,
                "start": passage.span.start,
                "end": passage.span.end,
                "page": passage.page,
            }
            for passage in result.passages
        ],
        "score": round(result.score, 4),
        "reasons": list(result.reasons),
    }
