"""Every entry of the Arabic event lexicon yields its event in its own example."""

from datetime import date

import pytest

from marsad.extract.events import ABSTRACT, rules
from marsad.model import Document
from marsad.pipeline import read_document
from marsad.tables import Row, read

_COLUMNS = ("word", "pos", "event", "frame", "example")
_ROWS = [r for r in read("lang/ar/data/events.tsv", columns=_COLUMNS) if r["event"] != "light"]


def _allowed(row: Row) -> set[str]:
    """The events that an entry may come to: of an abstract one any of its refinements."""
    allowed: set[str] = set()
    for sense in row["event"].split("/"):
        event = sense.partition("?")[0]
        if event == "capture":
            allowed |= {"control"}
        if event == "war":
            allowed |= {"armed_clash", "casualties"}
        if event in ABSTRACT:
            allowed |= {rule.result for rule in rules().get(event, ())}
        allowed.add(event)
    return allowed


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: f"{row.line}")
def test_example_yields_its_event(row: Row) -> None:
    claims = read_document(Document(id="example", text=row["example"], lang="ar", published=date(2020, 1, 15)))
    events = {claim.event for claim in claims}
    assert events, f"{row['word']}: nothing in {row['example']}"
    assert row["frame"] == "harm" or events & _allowed(row), f"{row['word']}: {events} in {row['example']}"
