"""What the forms of the reading page mean: fields of a claim in the JSON form that ``Record.correct`` takes."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from marsad.lang.text import normalise, sentences
from marsad.model import Claim, Document, Span
from marsad.pipeline import gazetteer
from marsad.record.fields import actors
from marsad.server.reading.touched import touched
from marsad.server.refused import Refused

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
_ROWS = ("actors", "targets", "quantities", "attribution")
_EMPTY: Mapping[str, Any] = {}

Form = Mapping[str, str]
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A form about a claim: ``clean`` is how the page showed the words of the claim, so that what was masked and not
    touched stays as it was."""

    form: Form
    claim: Claim
    document: Document
    clean: Callable[[str], str]

    def changes(self) -> dict[str, Any]:
        """The fields that the form gives another value, each whole; InputError names the field that cannot be used."""
        was = msgspec.json.decode(msgspec.json.encode(self.claim))
        mine = touched(self.form)
        codes = [name for name in ("event", "factuality", "scope") if name in mine and name in self.form]
        found: dict[str, Any] = {name: self.form[name] for name in codes}
        found |= {name: [*self._listed(name, was[name])] for name in _ROWS if name in mine}
        found |= {name: self._place(name, was[name]) for name in ("place", "destination") if name in mine}
        found |= {"time": self._time(was["time"])} if "time" in mine else {}
        found = msgspec.json.decode(msgspec.json.encode(found))
        changed = {name: value for name, value in found.items() if value != was[name]}
        changed |= self._trigger(was) if "trigger" in mine else {}
        return changed | (self._evidence(was) if "evidence" in mine else {})

    def _trigger(self, was: Mapping[str, Any]) -> dict[str, Any]:
        text, span = self._words(self._row("trigger"), {"text": was["trigger"], "span": was["trigger_span"]}, "trigger")
        if span is None or list(span) == list(was["trigger_span"]):
            return {}
        return {"trigger": text, "trigger_span": list(span)}

    def _row(self, name: str) -> Row:
        """The parts of a field: ``place.name`` is ``name`` of ``place``."""
        head = f"{name}."
        return {key.removeprefix(head): value.strip() for key, value in self.form.items() if key.startswith(head)}

    def _rows(self, name: str) -> Iterator[tuple[int, Row]]:
        """The rows of a field that were not taken out, by their numbers."""
        rows: dict[int, dict[str, str]] = {}
        for key, value in self._row(name).items():
            number, _, part = key.partition(".")
            if number.isdecimal() and len(number) < 6:
                rows.setdefault(int(number), {})[part] = value
        yield from ((n, row) for n, row in sorted(rows.items()) if not row.get("drop"))

    def _listed(self, name: str, was: list[Any]) -> Iterator[Any]:
        make = {"quantities": self._quantity, "attribution": self._speaker}.get(name, self._party)
        for number, row in self._rows(name):
            before = was[number] if number < len(was) else _EMPTY
            if any(row.get(part) for part in ("name", "text", "low", "high")):
                yield make(row, before, f"{name}[{number}]")

    def _words(self, row: Row, was: Mapping[str, Any], field: str) -> tuple[str, Span | None]:
        """Words of the document and their place: those of a new span, those that were there, or the nearest such."""
        text, before = row.get("text", ""), was.get("span")
        match = _SPAN.fullmatch(row.get("span", ""))
        span = (int(match[1]), int(match[2])) if match else None
        if span and list(span) != list(before or ()):
            return self.document.text[slice(*span)], span
        if text and before and text in (self.clean(was["text"]), was["text"]):
            return was["text"], (before[0], before[1])
        if not text or text == self.clean(was.get("text", "")):
            return (was.get("text", ""), before) if text else ("", None)
        return text, self._nearest(text, field)

    def _nearest(self, text: str, field: str) -> Span:
        """The place of these words that is nearest to the trigger; InputError where the document lacks them."""
        here = self.claim.trigger_span[0]
        found = [match.start() for match in re.finditer(re.escape(text), self.document.text)]
        if not found:
            raise Refused("reading.wrong_words", field=field, words=text[:80])
        start = min(found, key=lambda at: abs(at - here))
        return start, start + len(text)

    def _evidence(self, was: Mapping[str, Any]) -> dict[str, Any]:
        before = [{"text": t, "span": s} for t, s in zip(was["evidence"], was["evidence_spans"], strict=True)]
        rows = [(n, row) for n, row in self._rows("evidence") if row.get("text")]
        made = [self._words(r, before[n] if n < len(before) else _EMPTY, f"evidence[{n}]") for n, r in rows]
        spans = [list(span) for _, span in made if span]
        if spans == [list(span) for span in was["evidence_spans"]]:
            return {}
        return {"evidence": [text for text, _ in made], "evidence_spans": spans}

    def _party(self, row: Row, was: Mapping[str, Any], field: str) -> dict[str, Any]:
        first = {"text": was["texts"][0], "span": (was["spans"] or [None])[0]} if was and was["texts"] else _EMPTY
        text, span = self._words(row, first, field)
        if not span and not text:
            text, span = row.get("name", ""), self._nearest(row.get("name", ""), field)
        same = bool(first) and text == first["text"] and list(span or ()) == list(first["span"] or ())
        name = row.get("name", "")
        known = was.get("actor_id")
        if was and name == self.clean(was["name"]):
            name = was["name"]
        else:
            known = next((one.id for one in actors().values() if one.name.casefold() == name.casefold()), None)
        return {
            "name": name or text,
            "texts": was["texts"] if same else [text],
            "spans": was["spans"] if same else [list(span)] if span else [],
            "kind": row.get("kind", ""),
            "actor_id": known,
            "country": row.get("country", "").upper() or None,
        }

    def _speaker(self, row: Row, was: Mapping[str, Any], field: str) -> dict[str, Any]:
        text, span = self._words(row, was, field)
        if not text:
            text, span = row["name"], self._nearest(row["name"], field)
        name = row.get("name", "")
        kept = was["name"] if was and name == self.clean(was["name"]) else name or text
        told = bool(row.get("anonymous"))
        return {"text": text, "name": kept, "anonymous": told, "span": list(span) if span else None}

    def _quantity(self, row: Row, was: Mapping[str, Any], field: str) -> dict[str, Any]:
        text, span = self._words(row, was, field)
        return {
            "of": row.get("of", ""),
            "whom": row.get("whom") or None,
            "low": _whole(row.get("low", ""), f"{field}.low"),
            "high": _whole(row.get("high", ""), f"{field}.high"),
            "text": text,
            "span": list(span) if span else None,
        }

    def _place(self, field: str, was: Mapping[str, Any] | None) -> dict[str, Any] | None:
        row, before = self._row(field), was or _EMPTY
        if row.get("drop") or not (row.get("name") or row.get("text")):
            return None if row else dict(was) if was else None
        text, span = self._words(row, before, field)
        given = {
            "name": row.get("name") or text,
            "text": text,
            "span": list(span) if span else None,
            "lat": _number(row.get("lat", ""), f"{field}.lat"),
            "lon": _number(row.get("lon", ""), f"{field}.lon"),
            "country": row.get("country", "").upper() or None,
            "precision": _whole(row.get("precision", ""), f"{field}.precision"),
            "radius_km": _number(row.get("radius_km", ""), f"{field}.radius_km"),
        }
        if before and given["name"] == self.clean(before["name"]):
            given["name"] = before["name"]
        elif given["lat"] == before.get("lat") and given["lon"] == before.get("lon"):
            return _looked_up(given, before)
        return {**before, **given}

    def _time(self, was: Mapping[str, Any] | None) -> dict[str, Any] | None:
        row, before = self._row("time"), was or _EMPTY
        if row.get("drop") or not row.get("start"):
            return None if row else dict(was) if was else None
        text, span = self._words(row, before, "time")
        made = {**before, "text": text, "span": list(span) if span else None}
        made |= {"start": row["start"], "end": row.get("end") or row["start"]}
        if (made["start"], made["end"]) != (before.get("start"), before.get("end")):
            made |= {"date_precision": None, "time_precision": None, "from_publication": False}
        if (told := row.get("date_precision", "")) and told != str(before.get("date_precision", "")):
            made["date_precision"] = _whole(told, "time.date_precision")
        return made


def _looked_up(given: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """A place of another name, where the gazetteer says it lies; without a point where the gazetteer has none of it."""
    found = gazetteer().lookup(normalise(given["name"]).text)
    near = [place for place in found if place.country == given["country"]] or list(found)
    kept = {key: given[key] for key in ("name", "text", "span")}
    if not near:
        nowhere = {"lat": None, "lon": None, "radius_km": None, "country": given["country"]}
        return {**kept, **nowhere, "precision": given["precision"] or 6}
    precision = given["precision"] if given["precision"] != before.get("precision") else None
    return {**kept, "gazetteer_id": near[0].id, "country": near[0].country, "precision": precision}


def added(form: Form, document: Document) -> dict[str, Any]:
    """The fields of a claim to add: its trigger, and the sentence round it as evidence where none is given."""
    text, match = form.get("trigger.text", "").strip(), _SPAN.fullmatch(form.get("trigger.span", ""))
    if match:
        span = int(match[1]), int(match[2])
    else:
        start = document.text.find(text) if text else -1
        if start < 0:
            raise Refused("reading.wrong_trigger")
        span = start, start + len(text)
    given = {name: form[name] for name in ("event", "factuality", "scope") if form.get(name)}
    around = _sentence(document, span)
    return {
        **given,
        "trigger": document.text[slice(*span)],
        "trigger_span": list(span),
        "evidence": [document.text[slice(*around)]],
        "evidence_spans": [list(around)],
    }


def _sentence(document: Document, span: Span) -> Span:
    """The sentences that hold these words."""
    folded = normalise(document.text)
    found = [folded.original(*one) for one in sentences(folded.text, document.lang or "en")]
    holding = [(start, end) for start, end in found if start < span[1] and span[0] < end]
    return min((*(s for s, _ in holding), span[0])), max((*(e for _, e in holding), span[1]))


def _whole(value: str, field: str) -> int | None:
    try:
        return int(value.replace(",", "")) if value else None
    except ValueError:
        raise Refused("reading.wrong_number", field=field, value=value[:40]) from None


def _number(value: str, field: str) -> float | None:
    try:
        return float(value) if value else None
    except ValueError:
        raise Refused("reading.wrong_number", field=field, value=value[:40]) from None
