"""Why a claim's fields have their values: what the stages noted, and for the rest the entries behind the words."""

from collections.abc import Iterator

from marsad.extract.draft import Draft, Mention, Reading
from marsad.model import Place

FIELDS = (
    "event", "factuality", "scope", "actors", "targets", "coreference", "place", "destination", "time", "quantities",
    "attribution",
)  # fmt: skip
_PLAIN = "plain statement: no cue governs it"


def complete(reading: Reading, draft: Draft) -> dict[str, str]:
    """A reason for each field that has a value, in the codebook's order of fields; and for a time left open."""
    found = dict(draft.why)
    if found.get("factuality", "plain") == "plain":
        found["factuality"] = _PLAIN
    found.setdefault("scope", "one occurrence: no number, word or stretch of time adds several up")
    entry = draft.predicate.match.entry
    frame = f"frame «{entry.frame}» of the event word"
    for field, mentions in (("actors", draft.actors), ("targets", draft.targets)):
        if mentions:
            named = "; ".join(dict.fromkeys(_party(m) for m in mentions))
            found[field] = f"{found.get(field) or frame}; {named}"
    if draft.destination is not None:
        found["destination"] = _of_place(reading, draft.destination)
    if draft.time is None:
        found.update(_open_time(reading, draft))
    elif "time" in found:
        found["time"] = f"date_rules.tsv: {found['time']}" if found["time"] == draft.time.rule else found["time"]
    if draft.figures:
        found["quantities"] = "; ".join(dict.fromkeys(_figures(reading, draft)))
    return {field: found[field] for field in (*FIELDS, *sorted(found.keys() - set(FIELDS))) if field in found}


def _party(mention: Mention) -> str:
    if mention.actor:
        return f"«{mention.text}» is {mention.actor} (actors.tsv)"
    return f"«{mention.text}»: {mention.group} (parties.tsv)" if mention.group else f"«{mention.text}» as written"


def _of_place(reading: Reading, place: Place) -> str:
    reason = next((reading.reasons.get(at) for at, found in reading.places.items() if found.span == place.span), None)
    return reason or "the place to which the verb's preposition leads"


def _open_time(reading: Reading, draft: Draft) -> Iterator[tuple[str, str]]:
    """The times of the sentence that only a day of publication would resolve."""
    if reading.document.published is None and draft.sentence.times:
        spans = [(draft.sentence.spans[t.first][0], draft.sentence.spans[t.last - 1][1]) for t in draft.sentence.times]
        words = ", ".join(f"«{reading.quote(*span)}»" for span in spans)
        yield "time", f"left open: {words} cannot be resolved without the day of publication"


def _figures(reading: Reading, draft: Draft) -> Iterator[str]:
    for figure in draft.figures:
        whom = f" {figure.whom}" if figure.whom not in (None, "unspecified") else ""
        yield f"«{reading.quote(figure.start, figure.end)}» counts {figure.of}{whom}"
