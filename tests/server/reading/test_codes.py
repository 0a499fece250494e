"""Every code that a claim can have has a name in both languages."""

import pytest

from marsad.export.words import DATE_PRECISION, PRECISION
from marsad.record.fields import codes
from marsad.server.marks import KINDS
from marsad.server.pages.inbox import STATES
from marsad.server.pages.reading import DONE
from marsad.server.words import words

GROUPS = {
    "event": codes("event"),
    "factuality": codes("factuality"),
    "scope": codes("scope"),
    "of": codes("quantities.of"),
    "whom": codes("quantities.whom"),
    "party": codes("party.kind"),
    "accuracy": codes("place.accuracy"),
    "precision": tuple(map(str, PRECISION)),
    "date_precision": tuple(map(str, DATE_PRECISION)),
    "state": STATES,
    "part": tuple(kind for kind in KINDS if kind != "other"),
    "private": ("name", "number", "email", "handle"),
    "reading": tuple(f"done_{what}" for what in DONE),
}


@pytest.mark.parametrize("group", GROUPS)
def test_each_code_has_a_name(group: str) -> None:
    assert GROUPS[group]
    assert [code for code in GROUPS[group] if f"{group}.{code}" not in words()] == []
