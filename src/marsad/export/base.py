"""What an exporter provides, and which ones there are."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, TextIO, cast

from marsad import export
from marsad.model import Claim, Document


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


@cache
def exporters() -> dict[str, Exporter]:
    """Every format by its name (``table``, ``jsonl``, ``json``)."""
    modules = {m.name: import_module(f"{export.__name__}.{m.name}") for m in iter_modules(export.__path__)}
    return {name: cast(Exporter, found) for name, found in sorted(modules.items()) if hasattr(found, "open_writer")}
