"""What an exporter provides, and which ones there are."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Generic, Protocol, TextIO, TypeVar, cast

from marsad import export
from marsad.model import Claim, Document

One = TypeVar("One", contravariant=True)


class Writer(Protocol):
    """Writes documents with their claims to a stream, in the order given."""

    def write(self, document: Document, claims: Sequence[Claim]) -> None:
        """One document and what was read in it, in order of the text; ``claims`` may be empty."""
        ...

    def close(self) -> None:
        """What has to stand at the end of the output."""
        ...


class Exporter(Protocol):
    """A module of ``marsad/export`` that has ``open_writer`` is a format, and its name is the format's."""

    def open_writer(self, stream: TextIO, *, explain: bool, colour: bool) -> Writer:
        """A writer to ``stream``; ``explain`` adds why each field has its value, ``colour`` is for terminals."""
        ...


class RowWriter(Protocol, Generic[One]):
    """Writes incidents, or totals, to a stream one after the other, in the order given."""

    def write(self, one: One) -> None:
        """The next of them."""
        ...

    def close(self) -> None:
        """What has to stand at the end of the output."""
        ...


class RowExporter(Protocol, Generic[One]):
    """A module of ``marsad/export/incidents`` or ``marsad/export/totals`` is a format too."""

    def open_writer(self, stream: TextIO, *, colour: bool) -> RowWriter[One]:
        """A writer to ``stream``; ``colour`` is for terminals."""
        ...


def formats(package: str) -> dict[str, ModuleType]:
    """The modules of ``package`` that have ``open_writer``, by name."""
    found = iter_modules(import_module(package).__path__)
    modules = {m.name: import_module(f"{package}.{m.name}") for m in found}
    return {name: found for name, found in sorted(modules.items()) if hasattr(found, "open_writer")}


@cache
def exporters() -> dict[str, Exporter]:
    """Every format of claims by its name (``table``, ``jsonl``, ``json``)."""
    return {name: cast(Exporter, found) for name, found in formats(export.__name__).items()}
