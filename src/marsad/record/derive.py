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
from marsad.record.deciding import Decisions
from marsad.record.prepare import TOTALS, decode
from marsad.store import Session, claims, copies, documents, incidents, links
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


def settle_incidents(db: Session, touched: set[str], decisions: Decisions, left: Left, fresh: Fresh) -> int:
    """Make the incidents anew that hold one of these claims or can be reached from one; returns how many there are."""
    reached, edges = _reached(db, touched, decisions)
    gone = set(incidents.of_claims(db, sorted(reached)).values()) | left.incidents
    nodes = {claim: fresh.nodes[claim] for claim in reached if claim in fresh.nodes}
    nodes |= _nodes(db, reached - nodes.keys())
    made = groups(nodes, edges, decisions.decided)
    incidents.replace(db, sorted(gone), [])
    for start in range(0, len(made), _SLICE):
        part = made[start : start + _SLICE]
        incidents.replace(db, [], _incidents(db, part, nodes, decisions))
    return len(made)


def _reached(db: Session, touched: set[str], decisions: Decisions) -> tuple[set[str], list[Edge]]:
    """All claims that edges and decisions lead to from these, and the edges between them."""
    known, frontier = set(touched), sorted(touched)
    edges: set[Edge] = set()
    while frontier:
        found = {(a, b, bits) for a, b, bits, _ in links.edges_of(db, frontier)}
        edges |= found
        others = {claim for a, b, _ in found for claim in (a, b)} | decisions.beside(frontier)
        frontier = sorted(others - known)
        known.update(frontier)
    existing = set(claims.ranks(db, sorted(known)))  # a decision may name a claim of a version that is gone
    return existing, sorted(edges)


def _incidents(db: Session, made: Sequence[Group], nodes: Mapping[str, Node], decisions: Decisions) -> list[Incident]:
    reports = _reports(db, [claim for group in made for claim in (*group.made_by, *group.attached)], nodes)
    return [_incident(group, reports, nodes, decisions) for group in made]


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


def _incident(group: Group, reports: Mapping[str, Report], nodes: Mapping[str, Node], decisions: Decisions) -> Incident:
    everyone = (*group.made_by, *group.attached)
    first = min((reports[claim] for claim in group.made_by), key=order).claim.id
    why = why_joined(group, nodes, decided=decisions.reasons(everyone), first=first)
    case = make_case([reports[claim] for claim in everyone], made_by=group.made_by, reasons=why)
    assessment = assess(case, decisions.register)
    grade = decisions.grade(everyone)
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
