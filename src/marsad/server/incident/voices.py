"""The reports of an incident by voice: a lineage of copies speaks once, and it is set beside what is settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from marsad.assess.sides import sides_of
from marsad.model import Assessment, Case, Claim, Figure, Incident, Party, Place, Quantity, Report
from marsad.store.distance import kilometres

Mark = Literal["agrees", "partly", "differs", "denies", "plans", "supposes", "totals", "silent"]
COLUMNS = ("happened", "place", "time", "actors", "targets", "killed", "injured")
"""What is compared, in the order of the table."""
_COUNTRY, _SITE_KM = 6, 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One claim in its setting, with what it says of the killed and the injured and what is made of that."""

    report: Report
    killed: Figure | None = None
    injured: Figure | None = None

    @property
    def claim(self) -> Claim:
        """What is said."""
        return self.report.claim

    @property
    def others(self) -> list[Quantity]:
        """What it counts beside the killed and the injured of whom an estimate is made."""
        return [q for q in self.claim.quantities if getattr(self, q.of, None) is None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a voice says of one field, beside what is settled; ``said`` are the words or numbers where they differ."""

    mark: Mark
    said: str = ""
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A lineage: what its first document tells, and the documents that repeat it."""

    lineage: str
    tellings: tuple[Telling, ...]
    copies: tuple[tuple[Telling, ...], ...]
    cells: Mapping[str, Cell]

    @property
    def first(self) -> Telling:
        """The claim that stands for the voice."""
        return self.tellings[0]

    @property
    def apart(self) -> bool:
        """Whether none of its claims reports the incident."""
        return all(t.report.role != "reports" for group in (self.tellings, *self.copies) for t in group)

    @property
    def claims(self) -> list[str]:
        """The ids of all its claims."""
        return [t.claim.id for group in (self.tellings, *self.copies) for t in group]


def voices(incident: Incident) -> list[Voice]:
    """The voices that report it, then those that only deny, plan, suppose or total; each by its first day."""
    case, found = incident.case, incident.assessment
    figures = {of: _figures(found, of) for of in ("killed", "injured")}
    lineages: dict[str, dict[str, list[Telling]]] = {}
    for report in case.reports:
        telling = Telling(
            report=report,
            killed=figures["killed"].get(report.claim.id),
            injured=figures["injured"].get(report.claim.id),
        )
        lineages.setdefault(report.lineage, {}).setdefault(report.claim.document, []).append(telling)
    made = [_voice(name, list(pages.values()), case, found) for name, pages in lineages.items()]
    return sorted(made, key=lambda voice: voice.apart)


def _figures(found: Assessment, of: str) -> dict[str, Figure]:
    estimate = found.estimate(of)
    return {figure.claim: figure for figure in estimate.figures} if estimate else {}


def _voice(lineage: str, pages: Sequence[list[Telling]], case: Case, found: Assessment) -> Voice:
    ordered = [sorted(page, key=_leading) for page in pages]
    tellings = [telling for page in ordered for telling in page]
    return Voice(
        lineage=lineage,
        tellings=tuple(ordered[0]),
        copies=tuple(map(tuple, ordered[1:])),
        cells={column: _cell(column, tellings, case, found) for column in COLUMNS},
    )


def _leading(telling: Telling) -> tuple[bool, bool, tuple[int, int]]:
    """The main claim that reports first, then the order of the text."""
    return telling.report.role != "reports", not telling.report.main, telling.claim.trigger_span


def counts(found: Sequence[Voice]) -> dict[str, dict[Mark, int]]:
    """How many voices agree, differ and so on, by field."""
    tally: dict[str, dict[Mark, int]] = {column: {} for column in COLUMNS}
    for voice in found:
        for column, cell in voice.cells.items():
            tally[column][cell.mark] = tally[column].get(cell.mark, 0) + 1
    return tally


_HAPPENED: Mapping[str, Mark] = {
    "reports": "agrees",
    "denies": "denies",
    "plans": "plans",
    "supposes": "supposes",
    "totals": "totals",
}


def _cell(column: str, tellings: Sequence[Telling], case: Case, found: Assessment) -> Cell:
    if column == "happened":
        roles = {t.report.role for t in tellings}
        if {"reports", "denies"} <= roles:
            return Cell(mark="partly")
        return Cell(mark=next(_HAPPENED[role] for role in _HAPPENED if role in roles))
    reporting = [t for t in tellings if t.report.role == "reports"] or list(tellings)
    if column in ("killed", "injured"):
        return _figure(column, tellings, found)
    cells = [_said(column, telling.claim, case) for telling in reporting]
    telling_ones = [cell for cell in cells if cell.mark != "silent"]
    if not telling_ones:
        return Cell(mark="silent")
    differing = [cell for cell in telling_ones if cell.mark == "differs"]
    if not differing:
        return Cell(mark="agrees")
    said = ", ".join(dict.fromkeys(cell.said for cell in differing))
    return Cell(mark="differs" if len(differing) == len(telling_ones) else "partly", said=said)


def _said(column: str, claim: Claim, case: Case) -> Cell:
    if column == "place":
        return _place(claim.place, case.place)
    if column == "time":
        if claim.time is None or claim.time.from_publication or case.start is None or case.end is None:
            return Cell(mark="silent")
        agrees = claim.time.start <= case.end and case.start <= claim.time.end
        days = dict.fromkeys((claim.time.start.isoformat(), claim.time.end.isoformat()))
        return Cell(mark="agrees" if agrees else "differs", said=" – ".join(days))
    if column == "actors":
        return _parties(claim.actors, case.actors)
    return _parties(claim.targets, case.targets)


def _place(said: Place | None, settled: Place | None) -> Cell:
    if said is None or settled is None:
        return Cell(mark="silent")
    same = said.gazetteer_id == settled.gazetteer_id if said.gazetteer_id else said.name == settled.name
    agrees = same or _holds(said, settled)
    return Cell(mark="agrees" if agrees else "differs", said=said.name or said.text)


def _holds(one: Place, other: Place) -> bool:
    """Whether two places may be one: a country and what lies in it, or points nearer than their radii reach."""
    if one.country != other.country:
        return False
    if _COUNTRY in (one.precision, other.precision):
        return True
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    reach = max(one.radius_km or 0.0, other.radius_km or 0.0, _SITE_KM)
    return kilometres((one.lat, one.lon), (other.lat, other.lon)) <= reach


def _parties(said: tuple[Party, ...], settled: tuple[Party, ...]) -> Cell:
    """Named sides against named sides, else the kinds of who is not named, else the nouns."""
    if not said or not settled:
        return Cell(mark="silent")
    ours, theirs = sides_of(said), sides_of(settled)
    if ours and theirs:
        agrees = bool(ours & theirs)
    else:
        kinds, others = {p.kind for p in said if p.kind}, {p.kind for p in settled if p.kind}
        agrees = bool(kinds & others) if kinds and others else bool({_noun(p) for p in said} & set(map(_noun, settled)))
    return Cell(mark="agrees" if agrees else "differs", said=", ".join(p.name or p.texts[0] for p in said))


def _noun(party: Party) -> str:
    return party.actor_id or party.name.casefold()


def _figure(of: str, tellings: Sequence[Telling], found: Assessment) -> Cell:
    """The last figure that a voice stands by: it agrees where it takes in the best one, or nobody has a better."""
    estimate = found.estimate(of)
    given = [figure for t in tellings if (figure := getattr(t, of))]
    if estimate is None or not given:
        return Cell(mark="silent")
    standing = [f for f in given if f.use not in ("superseded", "part", "vague")] or given
    last = max(standing, key=lambda f: (f.published is not None, f.published or 0, f.low or 0))
    best = estimate.best
    fits = best is None or ((last.low or 0) <= best and (last.high is None or best <= last.high))
    agrees = fits and last.use not in ("dissents", "doubted")
    return Cell(mark="agrees" if agrees else "differs", low=last.low, high=last.high)
