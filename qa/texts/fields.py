"""The texts that the screens need, each by its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.models import SectionKind
from qa.models import Language, Limit


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language. Labels are drawn as markdown: no document text goes into one but by `plain_label`."""

    code: Language
    tagline: str
    language: str
    placeholder: str
    new_conversation: str
    local: str
    you: str
    try_asking: str
    go_on: str
    indexed: str
    nothing_indexed: str
    meeting_count: tuple[str, str]
    item_count: tuple[str, str]
    opening: str
    searching: str
    continues: str
    item: str
    case_number: str
    page: str
    source: str
    decision: str
    no_decision_text: str
    closed_text: str
    proposal: str
    fact: str
    context: str
    follow_ups: str
    who: str
    why: str
    more: str
    copy: str
    show_item: str
    show_numbered_item: str
    others: str
    nearest: str
    show_more: str
    understood: str
    take_off: str
    put_on: str
    put_on_help: str
    limits: Mapping[Limit, str]
    ask: str
    as_list: str
    as_table: str
    show_as: str
    csv: str
    excel: str
    taken_home: str
    sheet: str
    column_date: str
    column_municipality: str
    column_body: str
    column_number: str
    column_title: str
    column_outcome: str
    column_decision: str
    column_case: str
    column_source: str
    rate: str
    rated: str
    what_is_right: str
    right_unknown: str
    right_nothing: str
    note: str
    save: str
    cannot_save: str
    conversations: str
    earlier: str
    no_earlier: str
    export: str
    export_markdown: str
    export_word: str
    conversation_title: str
    exported: str
    question: str
    quoted_here: str
    back_to_meeting: str
    the_case: str
    previous_item: str
    next_item: str
    table: str
    attachments: str
    case_worker: str
    precedents: str
    original: str
    original_text: str
    name: str
    detail: str
    log_in: str
    log_in_with: str
    log_out: str
    log_in_told: str
    login_unread: str
    login_unread_advice: str
    no_login: str
    no_login_advice: str
    meetings_page: str
    meeting_page: str
    item_page: str
    cases_page: str
    case_page: str
    follow_up_page: str
    overview_page: str
    library_page: str
    filter_municipality: str
    filter_body: str
    filter_year: str
    filter_outcome: str
    filter_closed: str
    filter_who: str
    filter_state: str
    all: str
    nothing_there: str
    closed_count: tuple[str, str]
    undated_meeting: str
    no_meeting: str
    link_advice: str
    participants: str
    contents: str
    previous_meeting: str
    next_meeting: str
    no_case: str
    course: str
    case_sheet: str
    cases_tagline: str
    no_cases: str
    case_line: str
    case_bodies: tuple[str, str]
    duties_tab: str
    undecided_tab: str
    duties_tagline: str
    undecided_tagline: str
    duty_open: str
    duty_overdue: str
    duty_done: str
    duty_due: str
    duty_words: str
    duty_returned: str
    found_duties: tuple[str, str]
    column_duty: str
    column_who: str
    column_due: str
    column_due_words: str
    column_state: str
    calendar: str
    calendar_name: str
    by_month: str
    by_month_told: str
    as_figures: str
    bodies: str
    returning: str
    topics: str
    topics_told: str
    of_the_newest: str
    title_words: str
    abbreviations: str
    abbreviations_told: str
    column_kle: str
    column_latest: str
    column_word: str
    column_short: str
    column_meaning: str
    column_month: str
    column_meetings: str
    column_items: str
    column_first: str
    column_last: str
    add: str
    add_help: str
    add_folder: str
    files: str
    folder: str
    understood_file: str
    problems: tuple[str, str]
    problem_line: str
    refused: str
    accept: tuple[str, str]
    leave_out: str
    take_in: str
    working: dict[str, str]
    seconds_left: str
    minutes_left: str
    cancel: str
    still_usable: str
    updated: str
    held_minutes: str
    more_files: tuple[str, str]
    set_aside: str
    set_aside_told: str
    aside: Mapping[str, str]
    versions: Mapping[str, str]
    remove: str
    remove_title: str
    remove_several: str
    remove_ours: str
    remove_theirs: str
    keep: str
    rebuild: str
    rebuild_title: str
    rebuild_loses: tuple[str, str]
    rebuild_anyway: str
    report: str
    report_told: str
    show_report: str
    column_decided: str
    column_understood: str
    column_lost: str
    column_problems: str
    column_look: str
    settings_told: str
    closed_searched: str
    closed_not_searched: str
    index_state: str
    index_is: str
    model_is: str
    bundled_model: str
    readers_say: str
    readers_say_told: str
    get_questions: str
    get_remarks: str
    duty_both: str
    unforeseen: tuple[str, str]
    failures: Mapping[str, tuple[str, str]]
    sections: Mapping[SectionKind, str]
