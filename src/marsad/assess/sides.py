"""Who stands on whose side: one key for an army, its government and the spokesman of either."""

from collections.abc import Iterable
from functools import cache

from marsad.lang.lexicon import ACTOR_COLUMNS, Actor
from marsad.model import Claim, Party
from marsad.tables import read

ARMED = frozenset("12348")
CIVIL = frozenset("567")
STATE, EXTERNAL = "1", "8"
_STATES = frozenset((STATE, EXTERNAL))


@cache
def _actors() -> dict[str, str]:
    """The side of every actor of the lexicon, by its id and by its English name."""
    actors = {row["id"]: Actor.of(row) for row in read("lang/data/actors.tsv", columns=ACTOR_COLUMNS)}
    sides: dict[str, str] = {}
    for actor in actors.values():
        led = next((n.strip()[3:].strip() for n in actor.note.split(";") if n.strip().startswith("of:")), "")
        leader = actors.get(led, actor)
        side = (
            _side(leader.kind, leader.countries[0], leader.id) if leader.kind in ARMED and not _outlet(leader) else ""
        )
        sides[actor.id] = sides[actor.name] = side
    return sides


def _outlet(actor: Actor) -> bool:
    """Agencies, papers and monitors: they speak for no side."""
    return actor.kind == EXTERNAL and "speaker" in actor.note.split("; ")


def _side(kind: str, country: str | None, own: str) -> str:
    return f"state:{country}" if kind == STATE and country else own


def side_of(party: Party) -> str:
    """The side of an armed party known by name: ``state:TR`` for all forces of a state, else the actor; or ""."""
    if party.kind not in ARMED:
        return ""
    known = _actors().get(party.actor_id) if party.actor_id else None
    return _side(party.kind, party.country, party.actor_id or "") if known is None else known


def speaker_side(name: str) -> str:
    """The side for which a named speaker speaks, or ""."""
    return _actors().get(name, "")


def sides_of(parties: Iterable[Party]) -> frozenset[str]:
    """The named sides among parties."""
    return frozenset(side for side in map(side_of, parties) if side)


def camps_of(parties: Iterable[Party]) -> frozenset[str]:
    """``state`` and ``group`` as the armed among parties, named or not, are of either."""
    return frozenset("state" if p.kind in _STATES else "group" for p in parties if p.kind in ARMED)


def speakers(claim: Claim) -> frozenset[str]:
    """The named speakers of a claim."""
    return frozenset(s.name for s in claim.attribution if s.name and not s.anonymous)


def alone(claim: Claim) -> frozenset[str]:
    """The side that says what a claim says, where nobody else says it too: then the words are its own."""
    said_by = {speaker_side(s.name) if s.name and not s.anonymous else "" for s in claim.attribution}
    return frozenset(said_by) if len(said_by) == 1 and "" not in said_by else frozenset()


def speaking(claim: Claim) -> frozenset[str]:
    """The sides that themselves say what a claim says."""
    return frozenset(side for side in map(speaker_side, speakers(claim)) if side)
