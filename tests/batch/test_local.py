"""Reading many documents: in the order of the input, whatever the number of processes, and past what cannot be read."""

from datetime import date

import pytest

from marsad.batch.local import Order, Reading, Result, read_all, read_one
from marsad.capture.base import Notice
from marsad.errors import InputError
from marsad.model import Document


def documents(count: int) -> list[Document]:
    return [
        Document(id=f"d{n}", text=f"Gunmen killed {n + 2} civilians near Mosul on Monday.", published=date(2016, 7, 27))
        for n in range(count)
    ]


def told(found: list[Result]) -> list[object]:
    return [[claim.id for claim in one.claims] if isinstance(one, Reading) else str(one) for one in found]


def test_one_process_or_several_give_the_same_in_the_same_order() -> None:
    items = [*documents(19), InputError("a line that is no document")]
    one, two = (told(list(read_all(items, Order(), jobs=jobs))) for jobs in (1, 2))
    assert one == two
    assert len(one) == 20
    assert one[-1] == "a line that is no document"


def test_the_order_s_day_and_language_go_before_the_document_s_own() -> None:
    (document,) = documents(1)
    found = read_one(document, Order(published=date(2020, 1, 1), lang="en"))
    assert isinstance(found, Reading)
    assert (found.document.published, found.document.lang) == (date(2020, 1, 1), "en")


def test_a_document_that_cannot_be_read_stops_no_batch() -> None:
    found = read_one(Document(id="d", text="Vrede.", lang="nl"), Order())
    assert isinstance(found, InputError)


@pytest.mark.parametrize("jobs", [1, 2])
def test_notices_pass_through(jobs: int) -> None:
    notice = Notice("a feed with nothing new")
    assert list(read_all([notice], Order(), jobs=jobs)) == [notice]
