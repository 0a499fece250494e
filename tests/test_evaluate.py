"""The gate of ``make eval``: floors hold, and only go up."""

import importlib.util
import tomllib
from types import ModuleType

import pytest

from tests.support import ROOT


@pytest.fixture(scope="module")
def evaluate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("marsad_evaluate", ROOT / "tools" / "evaluate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_floors_can_be_read(evaluate: ModuleType) -> None:
    bounds = evaluate.load_bounds()
    assert {"dev.ar", "dev.en", "check.ar", "check.en", "pairs.ar", "pairs.en"} <= set(bounds)
    known = {*evaluate.ARTICLES, *evaluate.PAIRS, *evaluate.INCIDENTS}
    assert [name for cells in bounds.values() for name in cells if name not in known] == []


def test_below_the_floor_fails(evaluate: ModuleType) -> None:
    bounds = {"dev.ar": {"claim": evaluate.Bound(0.5, 0.6), "false_events": evaluate.Bound(0.1, 0.05)}}
    assert evaluate.report({"dev.ar": {"claim": 0.5, "false_events": 0.1}}, bounds) == []
    assert evaluate.report({"dev.ar": {"claim": 0.49, "false_events": 0.11}}, bounds) == [
        "dev.ar claim: 0.490, pinned 0.500",
        "dev.ar false_events: 0.110, pinned 0.100",
    ]


def test_raising_never_lowers(evaluate: ModuleType) -> None:
    bounds = {
        "dev.ar": {"claim": evaluate.Bound(0.5, 0.6), "time": evaluate.Bound(0.7, 0.0)},
        "dev.en": {"claim": evaluate.Bound(0.4, 0.0)},
    }
    text = evaluate.raised({"dev.ar": {"claim": 0.559, "time": 0.6, "false_events": 0.121, "recall": 0.9}}, bounds)
    assert tomllib.loads(text) == {
        "dev": {
            "ar": {
                "claim": {"floor": 0.55, "target": 0.6},
                "time": {"floor": 0.7},
                "false_events": {"ceiling": 0.13},
            },
            "en": {"claim": {"floor": 0.4}},
        }
    }
