"""A store for each test, over both databases."""

from collections.abc import Iterator

import pytest

from marsad.store import Store


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty record, opened."""
    with Store.open(url) as opened:
        yield opened
