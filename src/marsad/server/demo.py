"""A record to try the workbench on: the sample articles that Marsad ships, and an account for each role."""

import io
from collections.abc import Iterator
from functools import partial
from importlib.resources import files

from marsad.batch.local import Order, Reading, read_all
from marsad.capture.base import Source
from marsad.capture.sources import read_given
from marsad.record import Record
from marsad.store import accounts
from marsad.store.accounts import ROLES

WHO = "Marsad demo"


def make(url: str) -> None:
    """Make a record of the samples at a path, with its evidence beside it."""
    with Record.create(url) as record:
        found = read_given(_samples(), keep=partial(record.received, who=WHO))
        record.add([read for read in read_all(found, Order(), jobs=1) if isinstance(read, Reading)], who=WHO)
        with record.store.writing() as db:
            for role in ROLES:
                accounts.add(db, person(role), role)


def person(role: str) -> str:
    """The name of the account that has this role."""
    return f"Demo {role}"


def _samples() -> Iterator[Source]:
    for sample in sorted(files("marsad").joinpath("samples").iterdir(), key=lambda file: file.name):
        yield Source(sample.name, io.BytesIO(sample.read_bytes()))
