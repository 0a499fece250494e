"""A workbench over the shipped sample articles.

``workbench`` runs once for all tests, which only read in it; ``own`` is a copy for one test, which may write.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from marsad.server import demo
from marsad.server.deps import ROLES
from marsad.server.settings import Settings
from tests.server.running import Workbench, copied, run


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the sample articles with evidence, an account for each role, closed; copy it before you write."""
    path = tmp_path_factory.mktemp("samples") / "marsad.db"
    demo.make(str(path))
    return path


@pytest.fixture(scope="session")
def workbench(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """A running workbench that no test writes to."""
    path = copied(samples, tmp_path_factory.mktemp("workbench"))
    with ExitStack() as stack:
        yield run(Settings(url=str(path)), stack)


@pytest.fixture
def own(samples: Path, tmp_path: Path) -> Iterator[Workbench]:
    """A running workbench of this test's own."""
    with ExitStack() as stack:
        yield run(Settings(url=str(copied(samples, tmp_path / "own"))), stack)


@pytest.fixture
def nobody(workbench: Workbench) -> httpx.Client:
    """A client that is not signed in."""
    return workbench.client()


@pytest.fixture
def viewer(workbench: Workbench) -> httpx.Client:
    """A client signed in as a viewer."""
    return workbench.client("viewer")


@pytest.fixture
def editor(workbench: Workbench) -> httpx.Client:
    """A client signed in as an editor."""
    return workbench.client("editor")


@pytest.fixture(scope="session")
def clients(workbench: Workbench) -> dict[str, httpx.Client]:
    """A client signed in with each role."""
    return {role: workbench.client(role) for role in ROLES}
