"""What a person gives the fields of a claim, checked: known codes, words that stand in the document, days, places."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct, convert, to_builtins

from marsad.errors import InputError
from marsad.geocode.precision import codes as precision_codes
from marsad.lang.dates.resolve import precisions
from marsad.lang.lexicon import ACTOR_COLUMNS, Actor
from marsad.link.events import families
from marsad.model import Claim, Document, Party, Period, Place, Quantity, Span, Speaker
from marsad.pipeline import gazetteer
from marsad.tables import read

Form = TypeVar("Form")

FIELDS = tuple(f.name for f in fields(Claim) if f.name not in {"id", "document", "why"})
"""The fields of a claim that a person may correct."""

_QUOTED = {"trigger": "trigger_span", "evidence": "evidence_spans"}
_COUNTRY = re.compile("[A-Z]{2}")
_Text = Annotated[str, Meta(max_length=2_000)]
_Whole = Annotated[int, Meta(ge=0, le=1_000_000_000)]
_Offset = Annotated[int, Meta(ge=0, le=2**53)]
_Place3 = Annotated[int, Meta(ge=1, le=3)]


class _Quoting(Struct, forbid_unknown_fields=True, kw_only=True):
    text: _Text = ""
    span: tuple[_Offset, _Offset] | None = None


class _Party(Struct, forbid_unknown_fields=True, kw_only=True):
    name: _Text = ""
    texts: tuple[_Text, ...] = ()
    spans: tuple[tuple[_Offset, _Offset], ...] = ()
    kind: str = ""
    actor_id: str | None = None
    country: str | None = None


class _Place(_Quoting, kw_only=True):
    name: _Text = ""
    lat: Annotated[float, Meta(ge=-90, le=90)] | None = None
    lon: Annotated[float, Meta(ge=-180, le=180)] | None = None
    country: str | None = None
    precision: Annotated[int, Meta(ge=1, le=7)] | None = None
    geo_precision: _Place3 | None = None
    accuracy: str | None = None
    radius_km: Annotated[float, Meta(ge=0, le=20_000)] | None = None
    admin1: _Text | None = None
    gazetteer_id: str | None = None


class _Period(_Quoting, kw_only=True):
    start: date
    end: date | None = None
    date_precision: Annotated[int, Meta(ge=1, le=5)] | None = None
    time_precision: _Place3 | None = None
    from_publication: bool = False


class _Quantity(_Quoting, kw_only=True):
    of: str
    whom: str | None = None
    low: _Whole | None = None
    high: _Whole | None = None


class _Speaker(_Quoting, kw_only=True):
    name: _Text = ""
    anonymous: bool = False


@cache
def codes(field: str) -> tuple[str, ...]:
    """The codes that a field may have, in order: ``event``, or a field of data/codes.tsv; none for any other."""
    if field == "event":
        return tuple(families())
    return tuple(
        row["code"] for row in read("record/data/codes.tsv", columns=("field", "code")) if row["field"] == field
    )


@cache
def actors() -> Mapping[str, Actor]:
    """The actors of the lexicon, by id."""
    return {actor.id: actor for actor in map(Actor.of, read("lang/data/actors.tsv", columns=ACTOR_COLUMNS))}


def checked(document: Document, given: Mapping[str, object], *, near: Sequence[Span] = ()) -> dict[str, Any]:
    """Fields of a claim in JSON form, each whole; words that stand at several places are sought in ``near``.

    Evidence and trigger may be given as words, as spans or both; so may the words of a party, place, time, figure or
    speaker. What the lexicon of actors, the gazetteer or the days themselves tell is filled in. InputError names the
    field.
    """
    unknown = sorted(set(given) - set(FIELDS))
    if unknown:
        raise InputError(f"{unknown[0]}: not a field of a claim that can be corrected; these are: {', '.join(FIELDS)}")
    if not given:
        raise InputError("no field was given; name at least one to correct")
    return _Checker(document, near).fields(given)


class _Checker:
    def __init__(self, document: Document, near: Sequence[Span]) -> None:
        self.document, self.near = document, near

    def fields(self, given: Mapping[str, object]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if "evidence" in given or "evidence_spans" in given:  # first: the words of others are sought in it
            found |= self._evidence(given)
            self.near = [(a, b) for a, b in found["evidence_spans"]]
        if "trigger" in given or "trigger_span" in given:
            found |= self._trigger(given)
        for name in ("event", "factuality", "scope"):
            if name in given:
                found[name] = _coded(name, _as(str, given[name], name), name)
        for name in ("actors", "targets"):
            self._list(name, given, tuple[_Party, ...], self._party, found)
        self._list("quantities", given, tuple[_Quantity, ...], self._quantity, found)
        self._list("attribution", given, tuple[_Speaker, ...], self._speaker, found)
        for name in ("place", "destination"):
            if name in given:
                asked = given[name]
                found[name] = None if asked is None else self._place(_as(_Place, asked, name), name)
        if "time" in given:
            asked = given["time"]
            found["time"] = None if asked is None else self._period(_as(_Period, asked, "time"), "time")
        plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(found))
        return plain

    def _list(
        self,
        name: str,
        given: Mapping[str, object],
        form: type[tuple[Form, ...]],
        make: Callable[[Form, str], object],
        found: dict[str, Any],
    ) -> None:
        if name in given:
            found[name] = [make(one, f"{name}[{n}]") for n, one in enumerate(_as(form, given[name], name))]

    def _evidence(self, given: Mapping[str, object]) -> dict[str, Any]:
        texts = _as(tuple[_Text, ...], given.get("evidence", ()), "evidence")
        spans = _as(tuple[tuple[_Offset, _Offset], ...], given.get("evidence_spans", ()), "evidence_spans")
        if texts and spans and len(texts) != len(spans):
            raise InputError(f"evidence: {len(texts)} sentences but {len(spans)} spans; give one span for each")
        if not texts and not spans:
            raise InputError("evidence: no claim without evidence; give at least one sentence of the document")
        many = max(len(texts), len(spans))
        asked = [(texts[n] if texts else "", spans[n] if spans else None) for n in range(many)]
        found = [self._quote(text, span, f"evidence[{n}]") for n, (text, span) in enumerate(asked)]
        return {"evidence": [text for text, _ in found], "evidence_spans": [span for _, span in found]}

    def _trigger(self, given: Mapping[str, object]) -> dict[str, Any]:
        text = _as(_Text, given.get("trigger", ""), "trigger")
        place = given.get("trigger_span")
        if not text and place is None:
            raise InputError("trigger: give the words that name the event, or their span")
        span = None if place is None else _as(tuple[_Offset, _Offset], place, "trigger_span")
        words, there = self._quote(text, span, "trigger")
        return {"trigger": words, "trigger_span": there}

    def _quote(self, text: str, span: Span | None, field: str) -> tuple[str, Span | None]:
        """Words of the document with their place; neither where none are given."""
        whole = self.document.text
        if span is None:
            return (text, self._place_of(text, field)) if text else ("", None)
        start, end = span
        if not start < end <= len(whole):
            raise InputError(f"{field}: {start} to {end} is no place in a text of {len(whole)} characters")
        if text and whole[start:end] != text:
            raise InputError(
                f"{field}: at {start} to {end} the document says «{whole[start:end][:80]}», not «{text[:80]}»"
            )
        return whole[start:end], span

    def _place_of(self, text: str, field: str) -> Span:
        there = _places(self.document.text, text)
        if not there:
            raise InputError(f"{field}: «{text[:80]}» does not stand in {self.document.called}")
        inside = [(a, b) for a, b in there if any(start <= a and b <= end for start, end in self.near)]
        for found in (there, inside):
            if len(found) == 1:
                return found[0]
        raise InputError(f"{field}: «{text[:80]}» stands at {len(there)} places in the document; give its span too")

    def _party(self, given: _Party, field: str) -> Party:
        quotes = [self._quote("", span, f"{field}.spans") for span in given.spans]
        told = {text for text, _ in quotes}
        quotes += [self._quote(text, None, f"{field}.texts") for text in given.texts if text and text not in told]
        if not quotes:
            raise InputError(f"{field}: give at least one wording of the document in texts, or its place in spans")
        actor = actors().get(given.actor_id) if given.actor_id else None
        if given.actor_id and actor is None:
            raise InputError(f"{field}.actor_id: {given.actor_id!r} is not in the lexicon of actors")
        kind = given.kind or (actor.kind if actor else "")
        return Party(
            name=given.name or (actor.name if actor else quotes[0][0]),
            texts=tuple(dict.fromkeys(text for text, _ in quotes)),
            spans=tuple(dict.fromkeys(span for _, span in quotes if span)),
            kind=_coded("party.kind", kind, f"{field}.kind") if kind else "",
            actor_id=given.actor_id or None,
            country=_country(given.country, f"{field}.country") or (actor and actor.countries[0]) or None,
        )

    def _place(self, given: _Place, field: str) -> Place:
        text, span = self._quote(given.text, given.span, field)
        given = _filled(given, given.name or text)
        if not given.name:
            raise InputError(f"{field}.name: give the place's name")
        if (given.lat is None) != (given.lon is None):
            raise InputError(f"{field}: give both lat and lon, or neither")
        if given.precision is None:
            raise InputError(f"{field}.precision: say how exact the place is, 1 (the place itself) to 7 (sea or air)")
        if given.accuracy:
            _coded("place.accuracy", given.accuracy, f"{field}.accuracy")
        return Place(
            name=given.name, text=text, span=span, lat=given.lat, lon=given.lon,
            country=_country(given.country, f"{field}.country"), precision=given.precision,
            geo_precision=given.geo_precision, accuracy=given.accuracy or None, radius_km=given.radius_km,
            admin1=given.admin1 or None, gazetteer_id=given.gazetteer_id or None,
        )  # fmt: skip

    def _period(self, given: _Period, field: str) -> Period:
        text, span = self._quote(given.text, given.span, field)
        end = given.end or given.start
        if end < given.start:
            raise InputError(f"{field}: it ends on {end}, before it begins on {given.start}")
        of_date, of_time = precisions((end - given.start).days + 1)
        return Period(
            text=text, span=span, start=given.start, end=end, date_precision=given.date_precision or of_date,
            time_precision=given.time_precision or of_time, from_publication=given.from_publication,
        )  # fmt: skip

    def _quantity(self, given: _Quantity, field: str) -> Quantity:
        text, span = self._quote(given.text, given.span, field)
        _coded("quantities.of", given.of, f"{field}.of")
        if given.whom:
            _coded("quantities.whom", given.whom, f"{field}.whom")
        if given.low is not None and given.high is not None and given.high < given.low:
            raise InputError(f"{field}: its highest number, {given.high}, is below its lowest, {given.low}")
        return Quantity(of=given.of, whom=given.whom or None, low=given.low, high=given.high, text=text, span=span)

    def _speaker(self, given: _Speaker, field: str) -> Speaker:
        text, span = self._quote(given.text, given.span, field)
        if not text:
            raise InputError(f"{field}.text: give the words of the document that name the speaker")
        return Speaker(text=text, name=given.name or text, anonymous=given.anonymous, span=span)


def _as(form: type[Form], value: object, field: str) -> Form:
    """The value in this form; InputError names the field."""
    try:
        found = convert(to_builtins(value), form, strict=True)
        written = msgspec.json.encode(found)
    except (msgspec.MsgspecError, TypeError, ValueError) as error:
        words, _, path = str(error).partition(" - at `$")
        raise InputError(f"{field}{path.rstrip('`')}: {words[:1].lower()}{words[1:]}") from None
    if b"\\u0000" in written:
        raise InputError(f"{field}: it holds a NUL character, which no database keeps; remove it")
    return found


def _coded(field: str, code: str, name: str) -> str:
    if code not in codes(field):
        raise InputError(f"{name}: {code!r} is none of its codes; give one of {', '.join(codes(field))}")
    return code


def _country(code: str | None, field: str) -> str | None:
    if not code:
        return None
    if not _COUNTRY.fullmatch(code):
        raise InputError(f"{field}: {code!r} is no country; give two capital letters of ISO 3166, such as SY")
    return code


def _filled(given: _Place, name: str) -> _Place:
    """With what the gazetteer knows of the place, where it is one of it by its id and nobody said where it lies."""
    known = next((c for c in gazetteer().lookup(name) if c.id == given.gazetteer_id), None)
    if given.gazetteer_id and given.lat is None and known is None:
        raise InputError(
            f"place.gazetteer_id: the gazetteer has no place {given.gazetteer_id!r} that is called {name!r}"
        )
    if known is None or given.lat is not None:
        return msgspec.structs.replace(given, name=name)
    exact = precision_codes(known.kind)
    return msgspec.structs.replace(
        given, name=known.name_en, lat=known.lat, lon=known.lon, country=given.country or known.country,
        precision=given.precision or exact.ucdp, geo_precision=given.geo_precision or exact.acled,
        accuracy=given.accuracy or exact.accuracy, radius_km=exact.radius_km or known.radius_km,
        admin1=given.admin1 or known.admin1,
    )  # fmt: skip


def _places(whole: str, text: str) -> list[Span]:
    found, start = list[Span](), whole.find(text)
    while start >= 0:
        found.append((start, start + len(text)))
        start = whole.find(text, start + 1)
    return found
