"""Totals of campaigns written: one file for each format."""

from functools import cache
from typing import cast

from marsad.export.base import RowExporter, formats
from marsad.model import Total


@cache
def exporters() -> dict[str, RowExporter[Total]]:
    """Every format of totals by its name (``table``, ``jsonl``)."""
    return {name: cast(RowExporter[Total], found) for name, found in formats(__name__).items()}
