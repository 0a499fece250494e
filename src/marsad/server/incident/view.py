"""One incident as its page shows it, gathered from the record in a few quick questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import msgspec

from marsad.assess import Register
from marsad.evidence.withholding import Withheld
from marsad.export.withheld import redacted
from marsad.model import Decision, Document, Incident
from marsad.record import Record
from marsad.server.guards import Guarded
from marsad.server.incident.private import guard
from marsad.server.incident.ranges import Scale, scales
from marsad.server.incident.reasons import Grounds, Joined, grounds, joined
from marsad.server.incident.voices import Mark, Voice, counts, voices
from marsad.store import decisions
from marsad.store.incidents import Filter
from marsad.store.lists import IncidentRow

VOICES = 12
"""Voices on one page of an incident."""
FIGURES = 15
"""Figures of one estimate that are shown at first."""
_NEAR_KM, _NEAR_DAYS, _NEAR = 25.0, 3, 8
_FAR_KM = 400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A decision, and whether it still bears on anything: ``all``, ``part``, ``none`` or ``undone``."""

    decision: Decision
    effect: str
    texts: Mapping[str, str] = field(default_factory=dict)
    """Of a written assessment what was written, by language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All that the page of an incident tells; ``voices`` are those of one page, ``agreement`` counts them all."""

    incident: Incident
    revision: str
    voices: Sequence[Voice]
    pages: int
    page: int
    voices_in_all: int
    documents_in_all: int
    agreement: Mapping[str, Mapping[Mark, int]]
    documents: Mapping[str, Document]
    hidden: Withheld
    scales: Sequence[Scale]
    grounds: Grounds
    reasons: Mapping[str, Joined]
    history: Sequence[Told]
    states: Mapping[str, str] = field(default_factory=dict)
    credibility: Mapping[str, str] = field(default_factory=dict)
    reliability: Mapping[str, str] = field(default_factory=dict)
    revisions: Mapping[str, str] = field(default_factory=dict)
    guarded: Guarded = field(default_factory=Guarded)
    figures: int = FIGURES

    def hides(self, document: str) -> bool:
        """Whether a document is withheld."""
        return bool(self.hidden.hides(document))

    def clean(self, text: str) -> str:
        """Words of an article without what is private in them; the reading page gives them to who may see them."""
        return self.guarded.clean(text)


def view(record: Record, incident: Incident, *, page: int = 1, figures: int = FIGURES) -> View:
    """The page of an incident; ``page`` counts the pages of voices from 1, ``figures`` are shown of an estimate."""
    hidden = record.custody.withheld()
    incident = redacted(incident, hidden)
    everyone = voices(incident)
    pages = max(1, -(-len(everyone) // VOICES))
    page = min(max(1, page), pages)
    shown = everyone[(page - 1) * VOICES : page * VOICES]
    wanted = [claim for voice in shown for claim in voice.claims]
    documents = record.documents({*_documents(shown), *_told_by(incident, figures)})
    decided = record.decisions(incident.id)
    effects = record.effects(decided)
    reviewed = record.reviewed(wanted)
    return View(
        incident=incident,
        revision=record.revision(incident.id),
        voices=shown,
        pages=pages,
        page=page,
        voices_in_all=len(everyone),
        documents_in_all=len({r.claim.document for r in incident.case.reports}),
        agreement=counts(everyone),
        documents=redacted(documents, hidden),
        hidden=hidden,
        scales=scales(incident.assessment),
        grounds=grounds(incident.assessment.grade_why, rule=incident.assessment.grade_rule),
        reasons={claim: joined(incident.case.reasons.get(claim, "")) for claim in wanted},
        history=[_told(one, effects[one.seq]) for one in reversed(redacted(decided, hidden))],
        states={claim: one.state for claim, one in reviewed.items()},
        revisions={claim: one.revision for claim, one in reviewed.items()},
        credibility=_credibility(decided),
        reliability=_reliability(record),
        guarded=guard(documents, incident.case.reports),
        figures=figures,
    )


def _told(one: Decision, effect: str) -> Told:
    texts = msgspec.json.decode(one.value, type=dict[str, str]) if one.verb == "assess" else {}
    return Told(decision=one, effect="undone" if one.undone else effect, texts=texts)


def _told_by(incident: Incident, most: int) -> set[str]:
    """The documents of the figures that are shown."""
    claims = {figure.claim for one in incident.assessment.estimates for figure in one.figures[:most]}
    return {report.claim.document for report in incident.case.reports if report.claim.id in claims}


def _reliability(record: Record) -> Mapping[str, str]:
    """The code that stands for each source."""
    with record.store.reading() as db:
        return Register.of(decisions.of_verb(db, "source")).sources


def _documents(shown: Sequence[Voice]) -> list[str]:
    return [t.claim.document for voice in shown for group in (voice.tellings, *voice.copies) for t in group]


def _credibility(decided: Sequence[Decision]) -> dict[str, str]:
    """The code that stands for each claim."""
    found: dict[str, str] = {}
    for one in decided:
        if one.verb == "credibility" and not one.undone:
            found |= dict.fromkeys(one.about, one.value)
    return {claim: code for claim, code in found.items() if code}


def nearby(record: Record, incident: Incident) -> list[IncidentRow]:
    """Other incidents of about the same days and place, which may be the same happening told apart."""
    case = incident.case
    if case.start is None or case.place is None or case.place.lat is None or case.place.lon is None:
        return []
    reach = min(max(_NEAR_KM, case.place.radius_km or 0.0), _FAR_KM)
    chosen = Filter(
        since=case.start - timedelta(days=_NEAR_DAYS),
        until=(case.end or case.start) + timedelta(days=_NEAR_DAYS),
        near=(case.place.lat, case.place.lon, reach),
    )
    found = record.lists.incidents(chosen, order="-documents", limit=_NEAR + 1)
    return [row for row in found.rows if row.id != incident.id][:_NEAR]


def matching(record: Record, incident: Incident, words: str) -> list[IncidentRow]:
    """Other incidents with these words; InputError where there is nothing to look for."""
    found = record.lists.incidents(Filter(text=words), order="-start", limit=_NEAR + 1)
    return [row for row in found.rows if row.id != incident.id][:_NEAR]
