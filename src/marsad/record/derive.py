"""What follows from the documents and the decisions: edges, incidents, totals.

Only what is touched is made anew, and comes out as if all had been: the result depends on the documents and the
decisions, never on the order in which they came.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from marsad.assess import assess, decided, totals
from marsad.link import block
from marsad.link.case import make_case, order, why_joined
from marsad.link.compare import compare, weights
from marsad.link.features import Node
from marsad.link.resolve import Edge, Group, groups
from marsad.link.title import arabic_place, is_made, titles
from marsad.model import Case, Incident, Report
from marsad.pipeline import gazetteer
from marsad.record.deciding import OF_INCIDENTS, Decisions, concerned
from marsad.record.prepare import TOTALS, decode
from marsad.store import Session, claims, copies, decisions, documents, inbox, incidents, links
from marsad.store import totals as kept_totals
from marsad.store.documents import Linkable
from marsad.store.links import Left

_SLICE = 2_000


@dataclass(slots=True)
class Fresh:
    """Claims that were just put: their nodes and keys, by id."""

    nodes: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, linkables: Iterable[Linkable]) -> "Fresh":
        """Decoded once, for comparison."""
        found = cls()
        for linkable in linkables:
            found.nodes[linkable.claim.id] = decode(linkable.node)
            found.keys[linkable.claim.id] = linkable.keys
        return found


def find_edges(db: Session, fresh: Fresh, *, alone: bool = False) -> None:
    """Compare fresh claims with all that share a key, and keep the edges; ``alone``: there are no others."""
    blocks: dict[str, list[str]] = {}
    for claim, keys in fresh.keys.items():
        for key in keys:
            if not key.startswith(TOTALS):
                blocks.setdefault(key, []).append(claim)
    nodes = dict(fresh.nodes)
    if not alone:
        others = [(key, claim) for key, claim in claims.by_keys(db, list(blocks)) if claim not in fresh.nodes]
        nodes |= _nodes(db, {claim for _, claim in others})
        for key, claim in others:
            blocks[key].append(claim)
    least = weights()["join", "least"]
    compared = block.pairs(
        ((key, [nodes[c] for c in found]) for key, found in blocks.items() if len(found) > 1),
        None if alone else frozenset(fresh.nodes),
    )
    links.put_edges(db, ((a.claim, b.claim, bits, "") for a, b in compared if (bits := compare(a, b).bits) >= least))


def _nodes(db: Session, ids: Iterable[str]) -> dict[str, Node]:
    return {claim: decode(node) for claim, node in claims.nodes_of(db, sorted(ids)).items()}


def follow(db: Session, fresh: Fresh, left: Left, *, moved: Iterable[str] = (), alone: bool = False) -> int:
    """Derive what follows from fresh claims and from what others left behind; returns how many incidents were made.

    ``moved`` are documents whose lineage changed; ``alone``: there are no claims but the fresh ones.
    """
    find_edges(db, fresh, alone=alone)
    touched = set(fresh.nodes) | left.neighbours | left.claims
    touched |= {claim for held in incidents.claims_of(db, sorted(left.incidents)).values() for claim in held}
    touched |= {claim.id for held in claims.of_documents(db, sorted(moved)).values() for claim in held}
    held = kept_totals.get(db, sorted(left.totals)).values()
    settle_totals(db, touched | {report.claim.id for total in held for report in total.reports}, left)
    return settle_incidents(db, touched, left, fresh)


def settle_incidents(db: Session, touched: set[str], left: Left, fresh: Fresh) -> int:
    """Make the incidents anew that hold one of these claims or can be reached from one; returns how many there are."""
    reached, edges, standing = _reached(db, touched)
    gone = set(incidents.of_claims(db, sorted(reached)).values()) | left.incidents
    nodes = {claim: fresh.nodes[claim] for claim in reached if claim in fresh.nodes}
    nodes |= _nodes(db, reached - nodes.keys())
    made = groups(nodes, edges, standing.decided)
    incidents.replace(db, sorted(gone), [])
    for start in range(0, len(made), _SLICE):
        part = made[start : start + _SLICE]
        incidents.replace(db, [], _incidents(db, part, nodes, standing))
    inbox.settle(db, reached | touched)
    return len(made)


def _reached(db: Session, touched: set[str]) -> tuple[set[str], list[Edge], Decisions]:
    """All claims that edges, incidents and decisions lead to from these, the edges between them, and the decisions."""
    known, frontier = set(touched), sorted(touched)
    edges: set[Edge] = set()
    decided = {decision.seq: decision for decision in decisions.of_verb(db, "source")}
    while frontier:
        found = {(a, b, bits) for a, b, bits, _ in links.edges_of(db, frontier)}
        edges |= found
        about = [d for d in decisions.concerning(db, frontier, OF_INCIDENTS) if not d.undone]
        decided |= {decision.seq: decision for decision in about}
        held = incidents.claims_of(db, sorted(set(incidents.of_claims(db, frontier).values()))).values()
        others = {claim for a, b, _ in found for claim in (a, b)} | {claim for members in held for claim in members}
        frontier = sorted((others | {claim for d in about for claim in concerned(d)}) - known)
        known.update(frontier)
    existing = set(claims.ranks(db, sorted(known)))  # a decision may name a claim that is gone or takes no part
    return existing, sorted(edges), Decisions.of(decided.values(), existing)


def _incidents(db: Session, made: Sequence[Group], nodes: Mapping[str, Node], standing: Decisions) -> list[Incident]:
    reports = _reports(db, [claim for group in made for claim in (*group.made_by, *group.attached)], nodes)
    return [_incident(group, reports, nodes, standing) for group in made]


def _reports(db: Session, ids: Sequence[str], nodes: Mapping[str, Node]) -> dict[str, Report]:
    """Each claim in its setting, by id."""
    whole, ranks = claims.get(db, ids), claims.ranks(db, ids)
    names = sorted({claim.document for claim in whole.values()})
    about = {listed.id: listed for listed in documents.listing(db, names) if listed.current}
    lineage = copies.lineages_of(db, names)
    return {
        id_: Report(
            claim=claim,
            role=nodes[id_].role,
            lineage=lineage[claim.document],
            published=about[claim.document].published,
            source=about[claim.document].source,
            lang=about[claim.document].lang or "",
            main=ranks[id_] == 0,
        )
        for id_, claim in whole.items()
    }


def _incident(group: Group, reports: Mapping[str, Report], nodes: Mapping[str, Node], standing: Decisions) -> Incident:
    everyone = (*group.made_by, *group.attached)
    first = min((reports[claim] for claim in group.made_by), key=order).claim.id
    why = why_joined(group, nodes, decided=standing.reasons(everyone), first=first)
    return _assessed(make_case([reports[claim] for claim in everyone], made_by=group.made_by, reasons=why), standing)


def _assessed(case: Case, standing: Decisions) -> Incident:
    assessment = assess(case, standing.register)
    grade = standing.grade(report.claim.id for report in case.reports)
    if grade is not None:
        assessment = decided(assessment, code=grade.value, who=grade.who, because=grade.because)
    title_en, title_ar = titles(case, assessment.estimate("killed"), arabic_place=_arabic_name(case))
    return Incident(case=case, assessment=assessment, title_en=title_en, title_ar=title_ar)


def _arabic_name(case: Case) -> str:
    """The place's Arabic name from the gazetteer, else as an Arabic report writes it, else ""."""
    place = case.place
    if place is None:
        return ""

    def known(name: str) -> str:
        found = [c for c in gazetteer().lookup(name) if c.name_ar and c.name_en == name]
        found.sort(key=lambda c: (c.id != place.gazetteer_id, c.country != place.country, c.kind != "country"))
        return found[0].name_ar if found else ""

    if (name := arabic_place(place.name, known)) or is_made(place.name):
        return name
    told = (report.claim.place for report in case.reports if report.lang == "ar")
    return next((other.text for other in told if other and other.name == place.name), "")


def assess_anew(db: Session, touched: Iterable[str]) -> None:
    """Weigh the incidents anew that hold one of these claims, after decisions that move no claim."""
    wanted = sorted(set(incidents.of_claims(db, sorted(touched)).values()))
    sources = decisions.of_verb(db, "source")
    for start in range(0, len(wanted), _SLICE):
        found = list(incidents.get(db, wanted[start : start + _SLICE]).values())
        claimed = [report.claim.id for incident in found for report in incident.case.reports]
        told = decisions.concerning(db, claimed, ("grade", "credibility"))
        there = claims.ranks(db, sorted({claim for decision in told for claim in decision.about}))
        standing = Decisions.of([*sources, *told], there)
        made = [_assessed(incident.case, standing) for incident in found]
        incidents.replace(db, [incident.id for incident in found], made)


def settle_totals(db: Session, touched: set[str], left: Left) -> None:
    """Make the totals anew that these claims give or belong to."""
    known: dict[str, Report] = {}
    frontier = set(touched)
    while frontier:
        found = _totals_among(db, frontier)
        known |= found
        keys = {TOTALS + key for report in found.values() for key in totals.block_keys(report)}
        frontier = {claim for _, claim in claims.by_keys(db, sorted(keys))} - known.keys()
    gone = {total for held in kept_totals.of_claims(db, sorted(known)).values() for total in held} | left.totals
    kept_totals.replace(db, sorted(gone), totals.statements(known.values()))


def _totals_among(db: Session, ids: Iterable[str]) -> dict[str, Report]:
    nodes = _nodes(db, ids)
    return _reports(db, sorted(claim for claim, node in nodes.items() if node.role == "totals"), nodes)
