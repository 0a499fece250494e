"""Which fields of a claim somebody touched in its form: the others stay as they are by then, whoever changed them."""

import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256

from marsad.model import Claim, Party, Place, Span

FIELDS = (
    "event", "factuality", "scope", "trigger", "evidence", "actors", "targets", "place", "destination", "time",
    "quantities", "attribution",
)  # fmt: skip
_BLANK = re.compile(r"\s+")


def marks_of(claim: Claim, clean: Callable[[str], str]) -> str:
    """A short digest of each field as its form shows it, for the form to bring back."""
    shown = dict(_shown(claim, clean))
    return " ".join(f"{field}:{_digest(shown, field)}" for field in FIELDS)


def touched(form: Mapping[str, str]) -> frozenset[str]:
    """The fields that a form brings back otherwise than it showed them; all where it does not tell."""
    was = dict(part.split(":", 1) for part in form.get("was", "").split() if ":" in part)
    return frozenset(field for field in FIELDS if _digest(form, field) != was.get(field))


def _digest(values: Mapping[str, str], field: str) -> str:
    head = f"{field}."
    own = {k: _BLANK.sub("", v) for k, v in values.items() if (k == field or k.startswith(head)) and v.strip()}
    if field == "quantities":  # the empty row has a choice made in it
        filled = {k.split(".")[1] for k in own if k.rpartition(".")[2] not in ("of", "whom")}
        own = {k: v for k, v in own.items() if k.split(".")[1] in filled}
    return sha256("\n".join(f"{key}={value}" for key, value in sorted(own.items())).encode()).hexdigest()[:12]


def _shown(claim: Claim, clean: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """The fields of the form as the page fills them."""
    yield from (("event", claim.event), ("factuality", claim.factuality), ("scope", claim.scope))
    yield from _spot("trigger", clean(claim.trigger), claim.trigger_span)
    for n, (text, span) in enumerate(zip(claim.evidence, claim.evidence_spans, strict=True)):
        yield from _spot(f"evidence.{n}", clean(text), span)
    for field, parties in (("actors", claim.actors), ("targets", claim.targets)):
        for n, party in enumerate(parties):
            yield from _party(f"{field}.{n}", party, clean)
    for field, place in (("place", claim.place), ("destination", claim.destination)):
        if place:
            yield from _place(field, place, clean)
    if time := claim.time:
        yield from _spot("time", clean(time.text), time.span)
        yield from (("time.start", str(time.start)), ("time.end", str(time.end)))
        yield "time.date_precision", str(time.date_precision)
    for n, figure in enumerate(claim.quantities):
        yield from _spot(f"quantities.{n}", clean(figure.text), figure.span)
        parts = {"of": figure.of, "whom": figure.whom, "low": figure.low, "high": figure.high}
        yield from _parts(f"quantities.{n}", parts)
    for n, speaker in enumerate(claim.attribution):
        yield from _spot(f"attribution.{n}", clean(speaker.text), speaker.span)
        yield from _parts(
            f"attribution.{n}", {"name": clean(speaker.name), "anonymous": "1" if speaker.anonymous else ""}
        )


def _spot(at: str, text: str, span: Span | None) -> Iterator[tuple[str, str]]:
    yield f"{at}.text", text
    yield f"{at}.span", f"{span[0]}-{span[1]}" if span else ""


def _parts(at: str, parts: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    yield from ((f"{at}.{name}", "" if value is None else str(value)) for name, value in parts.items())


def _party(at: str, party: Party, clean: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    yield from _spot(at, clean(party.texts[0]) if party.texts else "", party.spans[0] if party.spans else None)
    yield from _parts(at, {"name": clean(party.name), "kind": party.kind, "country": party.country})


def _place(at: str, place: Place, clean: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    yield from _spot(at, clean(place.text), place.span)
    parts = {"name": clean(place.name), "precision": place.precision, "country": place.country}
    yield from _parts(at, {**parts, "lat": place.lat, "lon": place.lon, "radius_km": place.radius_km})
