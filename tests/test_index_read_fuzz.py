"""Documents with something changed in them: each is read, or refused with a reason; nothing else happens."""

import pytest

from tests.mutated import FORMATS, check, mutated

# Documents that were read wrongly once, by their numbers.
MENDED = {"pdf": (644,)}


@pytest.mark.parametrize("kind", FORMATS)
def test_changed_documents(kind):
    outcomes = [check(kind, mutated(kind, number)) for number in (*range(60), *MENDED.get(kind, ()))]
    assert sum(outcomes) > 20 and not all(outcomes)
