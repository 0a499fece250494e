"""The reports that the record of these tests is made of, and what the tests ask of it."""

import json
from collections.abc import Callable
from typing import Any

from click.testing import Result

from tests.support import ROOT

Call = Callable[..., Result]
REPORTS = ROOT / "tests" / "cli" / "reports.jsonl"
MARKET = {"sar-wire", "sar-wire-2", "sar-ar-1", "sar-ar-2", "sar-denial"}


def lines(found: Result) -> list[dict[str, Any]]:
    assert found.exit_code == 0, found.output
    return [json.loads(line) for line in found.stdout.splitlines()]


def market(call: Call) -> dict[str, Any]:
    """The incident of the market in Saraqib."""
    (found,) = [one for one in lines(call("incidents")) if {d["id"] for d in one["documents"]} & MARKET]
    return found
