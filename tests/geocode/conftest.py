"""The gazetteer, opened once for all tests of places."""

import pytest

from marsad.geocode.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The default gazetteer from the cache (built on first use)."""
    return Gazetteer.open()
