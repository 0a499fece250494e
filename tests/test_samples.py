"""The articles that Marsad ships."""

import io
import json
import os
import subprocess
import sys

import pytest

from marsad.capture import read_paths
from marsad.export.record import encode, record
from marsad.model import Claim, Document
from marsad.pipeline import read_document
from tests.support import ROOT

FOLDER = ROOT / "src" / "marsad" / "samples"
SAMPLES = [item for item in read_paths([str(FOLDER)], stdin=io.BytesIO()) if isinstance(item, Document)]


def spans(claim: Claim) -> list[tuple[str, tuple[int, int]]]:
    """Every quote of a claim with its place."""
    found = [(claim.trigger, claim.trigger_span), *zip(claim.evidence, claim.evidence_spans, strict=True)]
    for party in (*claim.actors, *claim.targets):
        found += zip(party.texts, party.spans, strict=False)
    for part in (claim.place, claim.destination, claim.time, *claim.quantities, *claim.attribution):
        if part is not None and part.span is not None:
            found.append((part.text, part.span))
    return found


def test_there_are_enough_and_each_is_whole() -> None:
    assert len(SAMPLES) == len(list(FOLDER.glob("*.json"))) >= 8
    assert sum(sample.lang == "ar" for sample in SAMPLES) >= 4
    for sample in SAMPLES:
        assert sample.published
        assert sample.title
        assert sample.source == "Marsad sample"
        assert sample.id.endswith(sample.published.isoformat())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.id)
def test_each_gives_claims_whose_offsets_quote_the_text(sample: Document) -> None:
    claims = read_document(sample)
    assert len(claims) >= 3
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        assert [quote for quote, (start, end) in spans(claim) if sample.text[start:end] != quote] == []
        assert json.loads(encode(record(claim)))["document"] == sample.id


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    """Reading twice changes nothing, in another process neither."""
    command = [sys.executable, "-m", "marsad", "read", str(FOLDER), "--format", "jsonl", "--explain"]
    first, second = (
        subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    )
    assert first
    assert first == second
