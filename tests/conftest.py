"""What the tests share."""

import sys
from collections.abc import Callable
from types import ModuleType

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from marsad.cli import main
from tests.support import stub_read

settings.register_profile("marsad", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("marsad")


@pytest.fixture
def stub_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """``marsad.pipeline`` replaced by ``stub_read``."""
    module = ModuleType("marsad.pipeline")
    module.read_document = stub_read  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "marsad.pipeline", module)


@pytest.fixture
def marsad(stub_engine: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Calls the command line with the stub engine; ``stdin`` may be text or bytes."""
    monkeypatch.setenv("COLUMNS", "100")

    def call(*args: object, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, [str(arg) for arg in args], input=stdin)

    return call
