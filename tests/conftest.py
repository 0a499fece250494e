"""What the tests share."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from marsad.cli import main

settings.register_profile("marsad", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("marsad")


@pytest.fixture
def marsad(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Calls the command line in this process; ``stdin`` may be text or bytes."""
    monkeypatch.setenv("COLUMNS", "100")

    def call(*args: object, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, [str(arg) for arg in args], input=stdin)

    return call
