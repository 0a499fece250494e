"""What the API never gives: private names and numbers, covered character by character, so that offsets still fit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, TypeVar

from marsad.model import Claim, Document, Incident, Span
from marsad.record import Record
from marsad.server.guards import COVER, Guarded, of_document
from marsad.store.search import Hit

Noun = TypeVar("Noun")

_ONE = {"text": "span", "trigger": "trigger_span"}
_MANY = {"texts": "spans", "evidence": "evidence_spans"}
_TOLD = ("said_by", "why", "grade_why", "rule")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A document's ``source`` text, the same ``covered``, and what covers other words about it."""

    guarded: Guarded = field(default_factory=Guarded)
    source: str = ""
    covered: str = ""

    def words(self, said: str, span: Span | None = None) -> str:
        """Words of the document or about it, covered; those that stand at ``span`` as the text is covered there."""
        if span and self.source[slice(*span)] == said:
            return self.covered[slice(*span)]
        at = self.source.find(said) if said else -1
        return self.covered[at : at + len(said)] if at >= 0 and len(said) > 40 else self.guarded.cover(said)

    def claim(self, noun: Noun) -> Noun:
        """A claim, or a part of one, with its words covered; codes and ids stay."""
        return self._noun(noun)  # type: ignore[no-any-return]

    def _noun(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(self._noun, value))
        if isinstance(value, dict):
            return {key: self.guarded.cover(one) if isinstance(one, str) else one for key, one in value.items()}
        if not is_dataclass(value) or isinstance(value, type):
            return value
        return replace(value, **{one.name: self._field(value, one.name) for one in fields(value)})

    def _field(self, value: Any, name: str) -> Any:
        said = getattr(value, name)
        if name in _ONE:
            return self.words(said, getattr(value, _ONE[name], None))
        if name in _MANY:
            spans = getattr(value, _MANY[name], ())
            return tuple(map(self.words, said, spans if len(spans) == len(said) else [None] * len(said)))
        if name == "name":
            return self._name(said, getattr(value, "spans", None) or [getattr(value, "span", None)])
        if name in _TOLD and isinstance(said, str):
            return self.guarded.cover(said)
        return self._noun(said)

    def _name(self, said: str, spans: Iterable[Span | None]) -> str:
        """A name, all of it covered where its place in the text is."""
        hidden = any(span and not self.covered[slice(*span)].strip(COVER) for span in spans if self.covered)
        return COVER * len(said) if hidden else self.guarded.cover(said)

    def hit(self, found: Hit) -> Hit:
        """What a search found, without the marks that would tell of what is covered."""
        snippet = self.words(found.snippet)
        shown = tuple(span for span in found.marks if COVER not in snippet[slice(*span)])
        return replace(found, title=self.words(found.title), snippet=snippet, marks=shown)


def cover_of(document: Document, public: Iterable[Span] = ()) -> Cover:
    """What covers a document; names that reach into ``public`` (the places of known actors) stay readable."""
    guarded = of_document(document, tuple(public))
    return Cover(guarded=guarded, source=document.text, covered=guarded.covered(document.text))


def covers(record: Record, ids: Iterable[str]) -> Mapping[str, Cover]:
    """By id, what covers documents; of one that the record lacks, only numbers."""
    wanted = set(ids)
    found = record.documents(wanted)
    return {id: cover_of(found[id]) if id in found else Cover() for id in wanted}


def cover_for(record: Record, id: str) -> Cover:
    """What covers one document, whose known actors stay readable; InputError where there is no such document."""
    return cover_of(record.document(id), public(one.claim for one in record.reviewed_in(id)))


def public(claims: Iterable[Claim]) -> list[Span]:
    """Where the known actors stand in the text of these claims, which are all of one document."""
    return [span for one in claims for party in (*one.actors, *one.targets) if party.actor_id for span in party.spans]


def incident_covered(record: Record, incident: Incident) -> Incident:
    """An incident with its claims, its parties and what is told of it covered."""
    reports = incident.case.reports
    texts = record.documents({one.claim.document for one in reports})
    by: dict[str, list[Claim]] = {}
    for one in reports:
        by.setdefault(one.claim.document, []).append(one.claim)
    each = {id: cover_of(texts[id], public(held)) if id in texts else Cover() for id, held in by.items()}
    names = Guarded(names=tuple(sorted({name for one in each.values() for name in one.guarded.names})))
    told = Cover(guarded=names)
    covered = tuple(replace(one, claim=each[one.claim.document].claim(one.claim)) for one in reports)
    case = replace(told.claim(replace(incident.case, reports=())), reports=covered)
    return replace(
        incident,
        case=case,
        assessment=told.claim(incident.assessment),
        title_en=names.cover(incident.title_en),
        title_ar=names.cover(incident.title_ar),
    )
