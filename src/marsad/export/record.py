"""The claim record: a claim as JSON, with the codebook's names (docs/claim-record.md)."""

from dataclasses import fields

import msgspec

from marsad.model import Claim, Document

_KEYS = ("document", "id", *(f.name for f in fields(Claim) if f.name not in {"document", "id", "why"}))


def record(claim: Claim, *, explain: bool = False) -> dict[str, object]:
    """The claim's fields by name, the document's id first; ``why`` only with ``explain``."""
    found: dict[str, object] = {key: getattr(claim, key) for key in _KEYS}
    if explain:
        found["why"] = dict(claim.why)
    return found


def document_record(document: Document) -> dict[str, object]:
    """The document's fields by name, with its text."""
    return {key: getattr(document, key) for key in ("id", "lang", "published", "title", "source", "text")}


def encode(value: object) -> str:
    """JSON on one line: dates as ISO 8601, Arabic as itself, no spaces."""
    return msgspec.json.encode(value).decode("utf-8")


def parse(line: str | bytes) -> Claim:
    """The claim of a record; keys that Marsad does not know are left alone. Raises msgspec.ValidationError."""
    return msgspec.json.decode(line, type=Claim)
