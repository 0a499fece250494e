"""A server of our own, and settings under which it may be asked without waiting."""

from collections.abc import Iterator

import pytest

from marsad.capture.fetch.client import Client
from marsad.capture.fetch.limits import Limits
from tests.web import Web, serving


@pytest.fixture
def web() -> Iterator[Web]:
    """A server on loopback."""
    with serving() as running:
        yield running


@pytest.fixture
def limits() -> Limits:
    """Small and quick, and loopback's first address allowed."""
    return Limits(
        size=200_000,
        decoded=2_000_000,
        feed=200_000,
        total=2,
        silence=1,
        redirects=3,
        delay=0,
        tries=1,
        backoff=0,
        patience=2,
        allow_private=("127.0.0.1",),
    )


@pytest.fixture
def client(limits: Limits) -> Iterator[Client]:
    """A client with these settings."""
    with Client(limits) as one:
        yield one
