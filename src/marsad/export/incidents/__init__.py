"""Incidents written: one file for each format, and the pages that show one incident and why it is so."""

from functools import cache
from typing import cast

from marsad.export.base import RowExporter, formats
from marsad.model import Incident


@cache
def exporters() -> dict[str, RowExporter[Incident]]:
    """Every format of incidents by its name (``table``, ``jsonl``, ``csv``, ``geojson``)."""
    return {name: cast(RowExporter[Incident], found) for name, found in formats(__name__).items()}
