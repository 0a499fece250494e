"""Which claim a document is about: the one its headline tells again, else the first that counts."""

from collections.abc import Sequence

from marsad.link.events import families, kin
from marsad.model import Claim, Party

_EVENT, _KIN, _FAMILY = 4.0, 2.5, 1.5
_PLACE, _COUNTRY, _PARTY, _FIGURE, _FACT = 3.0, 0.5, 1.5, 4.0, 1.0
_FIRST, _HARM, _SCOPE = 3.0, 1.0, 0.5

_ARRESTS = "arrests"


def ranked(claims: Sequence[Claim], headline: Sequence[Claim]) -> list[Claim]:
    """The claims by how much the document is about them, the main one first; ``headline``: what its title says."""
    scores = {claim.id: _score(claim, n, headline) for n, claim in enumerate(claims)}
    found = sorted(claims, key=lambda c: (-scores[c.id], c.trigger_span, c.id))
    first = found[0] if found else None
    if first is not None and first.event == _ARRESTS:
        behind = next((c for c in found if _behind(c, headline)), first)
        found.remove(behind)
        found.insert(0, behind)
    return found


def _behind(claim: Claim, headline: Sequence[Claim]) -> bool:
    """Whether this is the harm for which a headline tells of arrests: of that harm such an article is a report."""
    return _harms(claim) and any(h.factuality == "asserted" and kin(claim.event, h.event) for h in headline)


def _harms(claim: Claim) -> bool:
    return any(q.of in ("killed", "injured", "casualties") for q in claim.quantities)


def _score(claim: Claim, position: int, headline: Sequence[Claim]) -> float:
    told = max((_told(claim, h) - n for n, h in enumerate(headline)), default=0.0)
    harm = _HARM if _harms(claim) else 0.0
    return told + _FIRST / (1 + position) + harm + (_FACT if claim.factuality == "asserted" else 0.0)


def _told(claim: Claim, head: Claim) -> float:
    """How far the headline's claim is this one."""
    score = 0.0
    if claim.event == head.event:
        score += _EVENT
    elif kin(claim.event, head.event):
        score += _KIN
    elif families()[claim.event].family == families()[head.event].family:
        score += _FAMILY
    if claim.place and head.place:
        if claim.place.name == head.place.name:
            score += _PLACE if head.place.precision < 6 else _COUNTRY
        elif claim.place.country == head.place.country:
            score += _COUNTRY
    score += _PARTY * bool(_names(claim.actors) & _names(head.actors))
    score += _PARTY * bool(_names(claim.targets) & _names(head.targets))
    score += _FIGURE * bool(_figures(claim) & _figures(head))
    score += _SCOPE * (claim.scope == head.scope) + _FACT * (claim.factuality == head.factuality)
    return score


def _names(parties: tuple[Party, ...]) -> set[str]:
    return {p.actor_id or p.name for p in parties}


def _figures(claim: Claim) -> set[tuple[str, int | None]]:
    return {(q.of, q.low) for q in claim.quantities if q.low is not None}
