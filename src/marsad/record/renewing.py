"""Bringing the claims of documents to what decisions make of them, and saying what changed for linking."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from marsad.link.case import incident_id
from marsad.model import Claim, Decision, Document
from marsad.record.deciding import OF_CLAIMS
from marsad.record.prepare import decode, prepare
from marsad.record.revisions import Revised, revise
from marsad.store import Session, claims, decisions, documents, inbox, links, revised
from marsad.store.claims import Kept
from marsad.store.documents import Linkable, Stored
from marsad.store.links import Left
from marsad.store.session import number


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A document, its claims as the record has them, and as the decisions that stand leave them."""

    document: Document
    kept: tuple[Kept, ...]
    revised: Mapping[str, Revised]

    @property
    def claims(self) -> list[Claim]:
        """The claims that take part, in the order of the text."""
        there = [one for one in self.revised.values() if one.state != "rejected"]
        return claims.placed([o.claim for o in there if not o.added], [o.claim for o in there if o.added])

    @property
    def changed(self) -> bool:
        """Whether anything says something else than the record has, takes part anew or no longer."""
        before = {one.claim.id: one.claim for one in self.kept if one.state != "rejected"}
        return before != {claim.id: claim for claim in self.claims}


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """What came of it for linking: claims that are fresh, and what those that went have left behind."""

    fresh: tuple[Linkable, ...] = ()
    left: Left = field(default_factory=Left)


def plans(db: Session, found: Mapping[str, Document]) -> list[Plan]:
    """For each of these current documents what decisions make of its claims."""
    kept = claims.kept_of_documents(db, list(found))
    added = decisions.concerning(db, list(found), ("add",))
    of = {decision.about[0]: decision.content["document"] for decision in added}
    of |= {one.claim.id: document for document, ones in kept.items() for one in ones}
    told: dict[str, list[Decision]] = {}
    for decision in decisions.concerning(db, list(of), OF_CLAIMS):
        told.setdefault(of[decision.about[0]], []).append(decision)
    return [
        Plan(
            document=document,
            kept=tuple(kept[id_]),
            revised=revise(document, (one.first for one in kept[id_] if not one.added), told.get(id_, ())),
        )
        for id_, document in found.items()
    ]


def renew(db: Session, found: Mapping[str, Document]) -> Renewed:
    """Bring the claims of current documents, and what linking keeps of them, to what decisions make of them."""
    fresh: list[Linkable] = []
    left = Left()
    made = plans(db, found)
    for plan in made:
        if plan.changed:
            changed, gone = _changed(db, plan)
            left.add(links.leave_claims(db, sorted(gone)))
            fresh.extend(changed)
    _write(db, made)
    documents.relink(db, fresh)
    return Renewed(fresh=tuple(fresh), left=left)


def restored(db: Session, found: Mapping[str, Document]) -> list[Stored]:
    """Current documents, of which nothing is derived yet, with their claims as decisions leave them, made ready."""
    made = plans(db, found)
    _write(db, made)
    return [prepare(plan.document, plan.claims) for plan in made]


def _changed(db: Session, plan: Plan) -> tuple[list[Linkable], set[str]]:
    """What linking must have anew, and what it must let go first; a claim may change another's rank by its own."""
    before = {one.claim.id: one.claim for one in plan.kept}
    ids = list(before)
    ranks, nodes, keys = claims.ranks(db, ids), claims.nodes_of(db, ids), claims.keys_of(db, ids)
    fresh = []
    for linkable in prepare(plan.document, plan.claims).claims:
        id_ = linkable.claim.id
        same = id_ in ranks and ranks[id_] == linkable.rank and before[id_] == linkable.claim
        if not same or decode(nodes[id_]) != decode(linkable.node) or set(keys[id_]) != set(map(number, linkable.keys)):
            fresh.append(linkable)
    staying = {claim.id for claim in plan.claims} - {linkable.claim.id for linkable in fresh}
    return fresh, set(ranks) - staying


def _write(db: Session, made: Iterable[Plan]) -> None:
    """Have in the record what the plans say of each claim, and the claims that people added."""
    gone, dropped, moved = list[int](), list[int](), list[str]()
    put: list[tuple[int | None, Revised]] = []
    for plan in made:
        there = {one.claim.id: one for one in plan.kept}
        dropped.extend(one.n for one in plan.kept if one.added and one.claim.id not in plan.revised)
        for id_, one in plan.revised.items():
            held = there.get(id_)
            if held and (held.state or "open", held.claim) == (one.state, one.claim):
                continue
            if held and held.state:
                gone.append(held.n)
            moved.append(one.claim.id)
            if one.state != "open":
                put.append((held.n if held else None, one))
    revised.drop(db, dropped)
    numbers = revised.add(db, [(one.first, incident_id(one.first.id)) for n, one in put if n is None])
    rows = [(numbers[one.first.id] if n is None else n, one) for n, one in put]
    revised.put(db, gone, [revised.row(n, state=o.state, added=o.added, first=o.first, now=o.claim) for n, o in rows])
    inbox.settle(db, moved)
