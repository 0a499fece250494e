"""The words by which a claim is denied, planned or possible, found again in its sentences."""

from functools import lru_cache

from marsad.extract.analyse import analyse
from marsad.model import Claim, Document, Span
from marsad.pipeline import read_document


def cues(claim: Claim, document: Document) -> list[Span]:
    """The places of the cues that gave a claim its factuality, in code points of the document."""
    if document.lang not in ("ar", "en") or claim.factuality == "asserted":
        return []
    first, last = claim.trigger_span
    sentence = next(((s, e) for s, e in claim.evidence_spans if s <= first and last <= e), None)
    if sentence is None:
        return []
    start, end = sentence
    return [(start + a, start + b) for a, b in _found(document.text[start:end], document.lang, first - start)]


@lru_cache(maxsize=512)
def _found(sentence: str, lang: str, trigger: int) -> tuple[Span, ...]:
    """Of a sentence read by itself, the cues that the claim whose trigger stands there was judged by."""
    alone = Document(id="", text=sentence, lang=lang)
    claims = [claim for claim in read_document(alone, explain=True) if claim.trigger_span[0] == trigger]
    sources = {source for claim in claims for source in claim.why.get("factuality", "").split(" > ")}
    reading = analyse(alone, lang, lambda words, lang, **_: [])
    return tuple(
        reading.text.original(one.spans[match.start][0], one.spans[match.end - 1][1])
        for one in reading.sentences
        for match in one.matches
        if match.entry.source in sources
    )
