"""What people made of single claims: the claims of a document as its text and the decisions that stand leave them.

All of it is worked out from the current text, the claims read in it and the decisions, whatever came first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import msgspec

from marsad.model import Claim, Decision, Document, Span

State = Literal["open", "accepted", "corrected", "rejected", "added"]
"""How a person left a claim: nobody looked at it, it is right, it was mended, it is wrong, a person made it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """A claim of a current document as decisions leave it: ``first`` is as it was read, or as a person ``added`` it; a
    rejected one takes no part."""

    claim: Claim
    first: Claim
    added: bool = False
    state: State = "open"


def revise(document: Document, read: Iterable[Claim], decisions: Sequence[Decision]) -> dict[str, Revised]:
    """The claims of a document, by id, those that people added last; undone decisions among ``decisions`` do not count,
    nor do those whose words no longer stand in the document."""
    standing = [decision for decision in decisions if not decision.undone]
    added = [_added(decision, document) for decision in standing if decision.verb == "add"]
    found = {claim.id: Revised(claim=claim, first=claim) for claim in read}
    found |= {claim.id: Revised(claim=claim, first=claim, added=True, state="added") for claim in added if claim}
    for decision in standing:
        if decision.verb in ("accept", "reject", "correct") and decision.about[0] in found:
            about = decision.about[0]
            found[about] = _decided(found[about], decision, document)
    return found


def _decided(one: Revised, decision: Decision, document: Document) -> Revised:
    if decision.verb == "reject":
        return replace(one, state="rejected")
    claim = one.claim
    if decision.verb == "correct":
        corrected = apply(document, claim, decision.content)
        if corrected is None:
            return one
        claim = corrected
    if one.added:
        return replace(one, claim=claim, state="added")
    return replace(one, claim=claim, state="corrected" if claim != one.first else "accepted")


def apply(document: Document, claim: Claim, changes: Mapping[str, Any]) -> Claim | None:
    """The claim with fields in the place of its own, their words where they now stand; None where they do not."""
    placed = _placed(dict(changes), document, {})
    return None if placed is None else msgspec.convert({**msgspec.to_builtins(claim), **placed}, Claim)


def _added(decision: Decision, document: Document) -> Claim | None:
    """The claim of an ``add``, its words where they now stand in the document; None where they do not."""
    given = decision.content
    placed = _placed(given, document, _moved(given, document))
    return None if placed is None else msgspec.convert(placed, Claim)


def _moved(given: Mapping[str, Any], document: Document) -> dict[Span, int]:
    """For the sentences of a claim that are still in the document once, how far they have moved."""
    found = {}
    for (start, end), text in zip(given["evidence_spans"], given["evidence"], strict=True):
        now = once(document.text, text)
        if now is not None:
            found[start, end] = now[0] - start
    return found


def _placed(given: Any, document: Document, moved: Mapping[Span, int]) -> Any:
    """The same JSON with every span where its words stand now; None where some no longer stand at one place."""
    if isinstance(given, list):
        parts = [_placed(part, document, moved) for part in given]
        return None if None in parts else parts
    if not isinstance(given, dict):
        return given
    found = dict(given)
    for words, spans in (("trigger", "trigger_span"), ("text", "span")):
        if found.get(spans) is not None:
            found[spans] = _now(found[words], found[spans], document, moved)
            if found[spans] is None:
                return None
    for words, spans in (("evidence", "evidence_spans"), ("texts", "spans")):
        if found.get(spans):
            found[spans] = _all_now(found[words], found[spans], document, moved)
            if found[spans] is None:
                return None
    for name, value in found.items():
        if isinstance(value, dict) or name in ("actors", "targets", "quantities", "attribution"):
            found[name] = _placed(value, document, moved)
            if found[name] is None:
                return None
    return found


def _all_now(
    texts: Sequence[str], spans: Sequence[Sequence[int]], document: Document, moved: Mapping[Span, int]
) -> list[Span] | None:
    """Sentences have a span each; of a party's wordings one may stand at several places, so they are told by length."""
    found = []
    for n, span in enumerate(spans):
        long = span[1] - span[0]
        candidates = [texts[n]] if len(texts) == len(spans) else [text for text in texts if len(text) == long]
        places = (_now(text, span, document, moved) for text in candidates)
        place = next((place for place in places if place), None)
        if place is None:
            return None
        found.append(place)
    return list(dict.fromkeys(found))


def _now(text: str, span: Sequence[int], document: Document, moved: Mapping[Span, int]) -> Span | None:
    """Where these words stand: in their sentence where it is now, where they stood, or where else they stand once."""
    start, end = span
    by = next((by for (first, last), by in moved.items() if first <= start and end <= last), 0)
    for place in ((start + by, end + by), (start, end)):
        if document.text[slice(*place)] == text:
            return place
    return once(document.text, text)


def once(whole: str, text: str) -> Span | None:
    """Where a text stands, if it does so exactly once."""
    start = whole.find(text)
    if start < 0 or whole.find(text, start + 1) >= 0:
        return None
    return start, start + len(text)
