"""The golden table of places: names, nouns, directions and distances in sentences written for the project."""

import re
from pathlib import Path

import pytest

from marsad.geocode.gazetteer import Gazetteer, distance_km
from marsad.geocode.resolve import Resolved, find_places, resolve_document
from marsad.lang.text import fold, normalise, tokens
from tests.support import ROOT

REACH = {1: 10.0, 2: 10.0, 3: 40.0, 4: 90.0, 5: 200.0, 6: 20000.0, 7: 20000.0}
SHARE = 0.95


def rows(path: Path) -> list[dict[str, str]]:
    """The lines of a golden table by column."""
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [dict(zip(lines[0], line + [""] * (len(lines[0]) - len(line)), strict=True)) for line in lines[1:]]


CASES = rows(ROOT / "tests" / "golden" / "places.tsv")


def places_of(text: str, lang: str, gazetteer: Gazetteer) -> list[tuple[str, Resolved | None]]:
    """Every mention of the text with what it was resolved to; the mention as its folded name and its folded words."""
    sentences, words = [], []
    for sentence in re.split(r"(?<=\.)\s+", text):
        folded = normalise(sentence)
        spans = tokens(folded.text, 0, len(folded.text))
        here = [folded.text[start:end] for start, end in spans]
        capital = [sentence[folded.original(*span)[0]].isupper() for span in spans]
        sentences.append(find_places(here, lang, gazetteer, capitalised=capital))
        words.append(here)
    resolved = resolve_document(sentences, gazetteer=gazetteer, actor_countries={})
    return [
        (f"{mention.name}|{' '.join(here[mention.start : mention.end])}", result)
        for here, mentions, results in zip(words, sentences, resolved, strict=True)
        for mention, result in zip(mentions, results, strict=True)
    ]


def fault(case: dict[str, str], gazetteer: Gazetteer) -> str:
    """What is wrong with a case, "" if nothing is; of several mentions of the name the last counts."""
    wanted = " ".join(re.findall(r"[^\s-]+|-", fold(case["name"]).replace("-", " - ")))
    found = [result for said, result in places_of(case["text"], case["lang"], gazetteer) if wanted in said]
    if not found or found[-1] is None:
        return "not found"
    place, precision = found[-1].place, int(case["precision"])
    assert place.lat is not None
    assert place.lon is not None
    apart = distance_km((float(case["lat"]), float(case["lon"])), (place.lat, place.lon))
    if (place.country or "") != case["country"] or place.precision != precision or apart > REACH[precision]:
        return f"{place.name} {place.country} precision {place.precision}, {apart:.0f} km off: {found[-1].why}"
    return ""


def test_table_is_large_enough() -> None:
    assert len(CASES) >= 200
    assert sum(case["ambiguous"] == "x" for case in CASES) >= 60


@pytest.mark.parametrize("ambiguous", ["x", ""], ids=["ambiguous", "plain"])
def test_golden_places(ambiguous: str, gazetteer: Gazetteer) -> None:
    cases = [case for case in CASES if case["ambiguous"] == ambiguous]
    faults = {f"{case['text']} [{case['name']}]": found for case in cases if (found := fault(case, gazetteer))}
    report = "\n".join(f"{text}: {found}" for text, found in faults.items())
    assert len(faults) <= (1 - SHARE) * len(cases), report
