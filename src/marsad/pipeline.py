"""The whole way, from a document to its claims."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from marsad.capture.language import settle
from marsad.extract.analyse import analyse
from marsad.extract.assemble import assemble
from marsad.extract.draft import Reading, extent
from marsad.extract.drafts import draft
from marsad.geocode.gazetteer import Gazetteer
from marsad.geocode.resolve import find_places, resolve_document
from marsad.lang.base import PlaceSpan
from marsad.model import Claim, Document


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of this process, opened once."""
    return Gazetteer.open()


def read_document(document: Document, *, explain: bool = False) -> list[Claim]:
    """Claims of a document in the order of the text; ``explain`` keeps the reason for each field."""
    document = settle(document)
    assert document.lang is not None
    reading = analyse(document, document.lang, _find)
    if not any(s.predicates for s in reading.sentences):
        return []
    place(reading)
    claims = assemble(reading, draft(reading))
    return claims if explain else [replace(c, why={}) for c in claims]


def _find(
    words: Sequence[str], lang: str, *, capitalised: Sequence[bool] | None, taken: Iterable[tuple[int, int]]
) -> Sequence[PlaceSpan]:
    return find_places(words, lang, gazetteer(), capitalised=capitalised, taken=taken)


def place(reading: Reading) -> None:
    """Resolve every place name of the document together, so that each helps to tell the others apart."""
    actors = Counter(
        match.entry.data.countries[0]
        for sentence in reading.sentences
        for match in sentence.matches
        if match.entry.kind == "actor" and match.entry.data.countries[0]
    )
    resolved = resolve_document([s.places for s in reading.sentences], gazetteer=gazetteer(), actor_countries=actors)
    for sentence, found in zip(reading.sentences, resolved, strict=True):
        for mention, result in zip(sentence.places, found, strict=True):
            if result is not None:
                span = extent(sentence, mention.start, mention.end)
                placed = replace(result.place, text=reading.quote(*span), span=reading.span(*span))
                reading.places[sentence.index, mention.start] = placed
                reading.reasons[sentence.index, mention.start] = result.why
