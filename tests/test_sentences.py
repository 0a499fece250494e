"""News sentences of our own, Arabic and English: the share read right, by field, must not fall below that reached."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pytest

from marsad.lang.text import fold
from marsad.model import Claim, Document
from marsad.pipeline import read_document
from tests.support import ROOT

FLOORS = {
    "ar": {
        "precision": 0.83,
        "recall": 0.91,
        "empty": 0.92,
        "factuality": 0.96,
        "scope": 0.98,
        "actors": 0.80,
        "targets": 0.77,
        "place": 0.82,
        "quantities": 0.81,
    },
    "en": {
        "precision": 0.82,
        "recall": 0.82,
        "empty": 0.90,
        "factuality": 0.97,
        "scope": 0.92,
        "actors": 0.86,
        "targets": 0.78,
        "place": 0.87,
        "quantities": 0.83,
    },
}
FIELDS = list(FLOORS["ar"])
_ARTICLE = re.compile(r"^(?:[وف]?(?:[بك]?ال|لل)|[وفلب](?=.{4,}))")
_STOP = {"من", "في", "علي", *"the of and a an in its his their s".split()}


@dataclass(frozen=True)
class Outcome:
    """One case: its line, the claims made of it, the pairs, and each pair's score by field."""

    case: dict[str, Any]
    claims: list[Claim]
    pairs: list[tuple[dict[str, Any], Claim, dict[str, float]]]


def cases(lang: str) -> list[dict[str, Any]]:
    """The lines of a language's golden file."""
    lines = (ROOT / f"tests/golden/sentences_{lang}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def read(case: dict[str, Any], lang: str) -> Outcome:
    """The outcome of one case; wanted and made claims are paired by event, the best pair first."""
    published = date.fromisoformat(case["published"])
    claims = read_document(Document(id=case["id"], text=case["text"], lang=lang, published=published))
    scored = [
        (sum(fields.values()), i, j, fields)
        for i, wanted in enumerate(case["claims"])
        for j, claim in enumerate(claims)
        if wanted["event"] == claim.event
        for fields in [_score(wanted, claim)]
    ]
    pairs, used = [], (set[int](), set[int]())
    for _, i, j, fields in sorted(scored, key=lambda s: -s[0]):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append((case["claims"][i], claims[j], fields))
    return Outcome(case, claims, pairs)


@cache
def shares(lang: str) -> dict[str, float]:
    """Precision and recall of events, the share of empty cases left empty, the mean of each field over the pairs."""
    outcomes = [read(case, lang) for case in cases(lang)]
    told = [o for o in outcomes if o.case["claims"]]
    empty = [o for o in outcomes if not o.case["claims"]]
    pairs = [fields for o in told for _, _, fields in o.pairs]
    found = {
        "precision": len(pairs) / max(1, sum(len(o.claims) for o in told)),
        "recall": len(pairs) / sum(len(o.case["claims"]) for o in told),
        "empty": sum(not o.claims for o in empty) / len(empty),
    }
    return found | {name: sum(fields[name] for fields in pairs) / len(pairs) for name in FIELDS if name not in found}


def _score(wanted: dict[str, Any], claim: Claim) -> dict[str, float]:
    actors, targets = [p.texts for p in claim.actors], [p.texts for p in claim.targets]
    if wanted["event"] == "armed_clash":  # the sides may stand either way
        sides = _parties(wanted["actors"] + wanted["targets"], list(dict.fromkeys(actors + targets)))
        who = {"actors": sides, "targets": sides}
    else:
        who = {"actors": _parties(wanted["actors"], actors), "targets": _parties(wanted["targets"], targets)}
    return who | {
        "factuality": float(wanted["factuality"] == claim.factuality),
        "scope": float(wanted.get("scope", "single") == claim.scope),
        "place": _place(wanted, claim),
        "quantities": _quantities(wanted.get("quantities", []), claim),
    }


def _place(wanted: dict[str, Any], claim: Claim) -> float:
    """1 where none is asked for."""
    if "place" not in wanted:
        return 1.0
    return float(claim.place is not None and _alike(wanted["place"], [claim.place.text, claim.place.name]))


def _words(text: str) -> set[str]:
    return {_ARTICLE.sub("", word) for word in re.findall(r"\w+", fold(text))} - _STOP - {""}


def _alike(wanted: str, texts: Iterable[str]) -> bool:
    """Whether one of the wordings shares most of the words of what is wanted."""
    want = _words(wanted)
    return any(have and len(want & have) / min(len(want), len(have)) > 0.5 for have in map(_words, texts))


def _parties(wanted: list[str], made: list[tuple[str, ...]]) -> float:
    left = list(made)
    hits = 0
    for text in wanted:
        same = next((texts for texts in left if _alike(text, texts)), None)
        if same is not None:
            left.remove(same)
            hits += 1
    return 2 * hits / (len(wanted) + len(made)) if wanted or made else 1.0


def _quantities(wanted: list[dict[str, Any]], claim: Claim) -> float:
    harm = {"killed", "injured", "casualties"}
    want = Counter((q["of"], q["whom"] if q["of"] in harm else None, q["low"], q["high"]) for q in wanted)
    have = Counter((q.of, q.whom if q.of in harm else None, q.low, q.high) for q in claim.quantities)
    return 2 * (want & have).total() / (want + have).total() if want or have else 1.0


@pytest.mark.parametrize("lang", FLOORS)
def test_the_cases_are_many_and_varied(lang: str) -> None:
    """Every event, many empty cases, no id twice."""
    lines = cases(lang)
    assert len({case["id"] for case in lines}) == len(lines) >= 260
    assert sum(not case["claims"] for case in lines) >= 40
    assert len({claim["event"] for case in lines for claim in case["claims"]}) == 28


@pytest.mark.parametrize("lang", FLOORS)
@pytest.mark.parametrize("field", FIELDS)
def test_share_right(lang: str, field: str) -> None:
    """The share read right is no lower than the one reached."""
    reached, floor = shares(lang)[field], FLOORS[lang][field]
    assert reached >= floor, f"{lang} {field}: {reached:.3f} < {floor}"
