"""Checks that what claims quote stands in the text that is derived, again, from the archived bytes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from marsad.errors import InputError, MarsadError
from marsad.evidence.folder import Evidence, text_hash
from marsad.evidence.report import Report
from marsad.evidence.verify import Walked
from marsad.model import Captured, Claim, Document, Span

Derive = Callable[[Captured, Document], str | None]
"""``derive(captured, document)`` gives the text of the document as read from the bytes now; None where it is not in
them. May raise MarsadError."""


class NoReader(InputError):
    """This installation cannot read such bytes, which says nothing about them."""


Readings = dict[str, list[dict[str, Any]]]
"""For the id of a document, what the ledger says of each reading of it."""


def reading_of(document: Document, readings: Readings) -> dict[str, Any] | None:
    """The last reading that gave this text; else the last of this document."""
    found = readings.get(document.id, [])
    hashed = text_hash(document.text)
    return next((one for one in reversed(found) if one["text"] == hashed), found[-1] if found else None)


def check_record(
    evidence: Evidence,
    walked: Walked,
    documents: Iterable[tuple[Document, Sequence[Claim]]],
    derive: Derive | None,
    report: Report,
) -> None:
    """Check documents of a record, and the quotes of their claims, against the ledger and the archive."""
    unkept = 0
    for document, claims in documents:
        report.documents += 1
        report.claims += len(claims)
        said = reading_of(document, walked.readings)
        if said is None:
            unkept += 1
        elif said["text"] != text_hash(document.text):
            report.add(document.called, "its text in the record is not one that was ever read, by the ledger")
        elif said["content"] in walked.erased:
            report.notes.append(f"{document.called}: its bytes were erased; its quotes rest on its text")
        text = None
        if said is not None and derive is not None and evidence.archive.has(said["content"]):
            text = _derived(evidence, said, document, derive, report)
        check_quotes(document, claims, text, report)
    if unkept:
        report.notes.append(f"{unkept:,} documents are in the record without their bytes; their texts stand alone")


def _derived(
    evidence: Evidence, said: dict[str, Any], document: Document, derive: Derive, report: Report
) -> str | None:
    """The text as the archived bytes give it now; what goes wrong is in the report."""
    try:
        captured = evidence.archive.capture(said["content"], said["capture"])
        text = derive(captured, document)
    except NoReader as error:
        report.notes.append(f"{document.called}: its text was not derived again: {error}")
        return None
    except MarsadError as error:
        report.add(document.called, f"its text cannot be derived again: {error}")
        return None
    if text is None:
        report.add(document.called, f"it is not in the bytes that it was read from, {said['content']}")
    elif text != document.text:
        report.notes.append(
            f"{document.called}: what is derived now differs from character {_differs(text, document.text)} "
            f"on; it was read by: {said['derived'] or 'not said'}"
        )
    return text


def check_quotes(document: Document, claims: Sequence[Claim], derived: str | None, report: Report) -> None:
    """Each quote must stand at its place in the document's text, and somewhere in the text derived from the bytes;
    so must the words of the fields, which a person may have put there."""
    for claim in claims:
        name = f"{document.called}, claim {claim.id}"
        for quotes, (start, end) in _quotes(claim):
            if (quote := document.text[start:end]) not in quotes:
                report.add(name, f"its quote is not at its place: «{quotes[0][:80]}»")
            elif derived is not None and quote not in derived:
                report.add(name, f"its quote is not in the archived bytes: «{quote[:80]}»")


def _quotes(claim: Claim) -> Iterator[tuple[Sequence[str], Span]]:
    """The words of a claim with their places; a party's may be any of its wordings."""
    for text, span in zip(claim.evidence, claim.evidence_spans, strict=False):
        yield (text,), span
    yield (claim.trigger,), claim.trigger_span
    for party in (*claim.actors, *claim.targets):
        yield from ((party.texts, span) for span in party.spans)
    for part in (claim.place, claim.destination, claim.time, *claim.quantities, *claim.attribution):
        if part is not None and part.span is not None:
            yield (part.text,), part.span


def _differs(one: str, other: str) -> int:
    """The first place where two texts differ."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
