"""Every text of the screens, in Danish and in English; what stands in braces is filled in by `qa.view`.

The sentences of an answer, the names of outcomes and the form of dates are in `qa.phrases`.
"""

from __future__ import annotations

from collections.abc import Mapping

from qa.models import Language
from qa.texts.danish import DANISH
from qa.texts.english import ENGLISH
from qa.texts.fields import Texts

TEXTS: Mapping[Language, Texts] = {"da": DANISH, "en": ENGLISH}
LANGUAGE_NAMES: Mapping[Language, str] = {"da": "Dansk", "en": "English"}

__all__ = ["DANISH", "ENGLISH", "LANGUAGE_NAMES", "TEXTS", "Texts"]
