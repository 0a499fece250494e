"""General words for an event told more exactly beside it: «the attack» of a rocket attack, «انفجار» of a bomber."""

from collections.abc import Callable

from marsad.extract.draft import Draft
from marsad.extract.parties import ARMED

_GENERAL = {"assault", "explosion", "strike", "massacre"}
_EXACT = {"air_drone_strike", "shelling_missile", "suicide_bomb", "remote_explosive", "chemical_weapon", "grenade"}
_BOMBS = {"suicide_bomb", "remote_explosive", "grenade"}
_BACK, _AHEAD = 6, 3

Test = Callable[[Draft, Draft], bool]


def settle(drafts: list[Draft], *, alike: Test, against: Test) -> None:
    """Give an event noun of no stated means the kind of the one it echoes: the last told before, else the next.

    ``alike``: whether place and time let two drafts be one event; ``against``: whether their actors do not.
    """
    for at, draft in enumerate(drafts):
        if not _general(draft):
            continue
        told = _before(drafts[:at], draft, alike, against) or _after(drafts[at + 1 :], draft, alike, against)
        if told is not None and told.event != draft.event:
            draft.event = told.event
            draft.why["event"] = draft.why.get("event", "") + f"; told exactly in sentence {told.sentence.index + 1}"


def _general(draft: Draft) -> bool:
    if not draft.vague or not draft.predicate.nominal or draft.factuality not in ("asserted", "denied"):
        return False
    armed = any(m.group in ARMED or m.group == "position" for m in draft.targets)
    return draft.predicate.match.entry.value in _GENERAL and not armed and draft.scope == "single"


def _pointing(draft: Draft) -> bool:
    unit = draft.sentence.units[draft.predicate.unit]
    return unit.det or bool(unit.pron)


def _fits(told: Draft, draft: Draft, alike: Test, against: Test) -> bool:
    kinds = _BOMBS if draft.predicate.match.entry.value == "explosion" else _EXACT
    exact = (
        told.event in kinds
        and not draft.own_time
        and not _general(told)
        and told.factuality in ("asserted", "possible")
    )
    return exact and alike(told, draft) and not against(told, draft)


def _before(earlier: list[Draft], draft: Draft, alike: Test, against: Test) -> Draft | None:
    """«the attack», «القصف»: the last exact event of the sentences before."""
    if not _pointing(draft):
        return None
    near = [d for d in earlier if draft.sentence.index - d.sentence.index <= _BACK and d.sentence is not draft.sentence]
    return next((d for d in reversed(near) if _fits(d, draft, alike, against)), None)


def _after(later: list[Draft], draft: Draft, alike: Test, against: Test) -> Draft | None:
    near = [d for d in later if 0 < d.sentence.index - draft.sentence.index <= _AHEAD]
    return next((d for d in near if _fits(d, draft, alike, against)), None)
