"""What became of an item, in Danish and English: a sentence, and a label."""

from __future__ import annotations

from index.models import Outcome
from qa.models import Language

DECIDED: dict[Language, dict[Outcome, str]] = {
    "da": {
        Outcome.APPROVED: "{who} godkendte {item} {day}.",
        Outcome.APPROVED_WITH_CHANGES: "{who} godkendte {item} {day} med tilføjelser eller ændringer: Se ordlyden.",
        Outcome.RECOMMENDED: "{who} anbefalede {item} {day}. Sagen er dermed sendt videre, ikke endeligt afgjort.",
        Outcome.NOTED: "{who} tog {item} til efterretning {day}. Det er ikke en godkendelse.",
        Outcome.DISCUSSED: "{who} drøftede {item} {day}.",
        Outcome.POSTPONED: "{who} udsatte {item} {day}. Sagen skal behandles igen.",
        Outcome.REFERRED: "{who} sendte {item} videre {day}.",
        Outcome.HEARING: "{who} sendte {item} i høring {day}.",
        Outcome.REJECTED: "{who} afviste {item} {day}.",
        Outcome.WITHDRAWN: "{item} udgik af mødet i {who} {day}.",
        Outcome.NO_DECISION: "Referatet gengiver ingen særskilt beslutning til {item} fra mødet i {who} {day}.",
        Outcome.CLOSED: "{item} på mødet i {who} {day} var lukket. Der er ikke offentliggjort nogen beslutning.",
        Outcome.OTHER: "{who} besluttede følgende om {item} {day}.",
    },
    "en": {
        Outcome.APPROVED: "{who} approved {item} {day}.",
        Outcome.APPROVED_WITH_CHANGES: "{who} approved {item} {day}, with additions or changes: see the wording.",
        Outcome.RECOMMENDED: "{who} recommended {item} {day}. It was thereby passed on, not finally decided.",
        Outcome.NOTED: "{who} took note of {item} {day}. That is not an approval.",
        Outcome.DISCUSSED: "{who} discussed {item} {day}.",
        Outcome.POSTPONED: "{who} postponed {item} {day}. It is to be taken up again.",
        Outcome.REFERRED: "{who} referred {item} {day}.",
        Outcome.HEARING: "{who} sent {item} out for consultation {day}.",
        Outcome.REJECTED: "{who} rejected {item} {day}.",
        Outcome.WITHDRAWN: "{item} was withdrawn from the meeting of {who} {day}.",
        Outcome.NO_DECISION: "The minutes give no separate decision on {item} of the meeting of {who} {day}.",
        Outcome.CLOSED: "{item} of the meeting of {who} {day} was closed. No decision has been published.",
        Outcome.OTHER: "{who} decided as follows on {item} {day}.",
    },
}
OUTCOME_LABELS: dict[Language, dict[Outcome, str]] = {
    "da": {
        Outcome.APPROVED: "godkendt",
        Outcome.APPROVED_WITH_CHANGES: "godkendt med ændringer",
        Outcome.RECOMMENDED: "anbefalet",
        Outcome.NOTED: "taget til efterretning",
        Outcome.DISCUSSED: "drøftet",
        Outcome.POSTPONED: "udsat",
        Outcome.REFERRED: "sendt videre",
        Outcome.HEARING: "sendt i høring",
        Outcome.REJECTED: "afvist",
        Outcome.WITHDRAWN: "udgået",
        Outcome.NO_DECISION: "ingen beslutning",
        Outcome.CLOSED: "lukket punkt",
        Outcome.OTHER: "anden beslutning",
    },
    "en": {
        Outcome.APPROVED: "approved",
        Outcome.APPROVED_WITH_CHANGES: "approved with changes",
        Outcome.RECOMMENDED: "recommended",
        Outcome.NOTED: "noted",
        Outcome.DISCUSSED: "discussed",
        Outcome.POSTPONED: "postponed",
        Outcome.REFERRED: "referred",
        Outcome.HEARING: "sent to hearing",
        Outcome.REJECTED: "rejected",
        Outcome.WITHDRAWN: "withdrawn",
        Outcome.NO_DECISION: "no decision",
        Outcome.CLOSED: "closed item",
        Outcome.OTHER: "other decision",
    },
}
