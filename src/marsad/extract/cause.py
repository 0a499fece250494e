"""What caused a harm: the event of the same sentence that a word of cause, or nearness, ties it to."""

from marsad.extract import events
from marsad.extract.draft import Draft
from marsad.extract.harm import Harm
from marsad.lang.base import Sentence, Unit

_ABLE = {
    "armed_clash", "air_drone_strike", "shelling_missile", "suicide_bomb", "remote_explosive", "grenade",
    "chemical_weapon", "attack", "riot", "casualties",
}  # fmt: skip
_CAUSES = {"cause", "in", "instrument", "during", "by"}
_NEAR = 8


def join(harm: Harm, drafts: list[Draft], sentence: Sentence, unsure: list[Draft] | None = None) -> Draft | None:
    """The draft of the same sentence that caused the harm, or None; one of ``unsure`` only behind a word of cause."""
    able = [d for d in drafts if d.event in _ABLE and d.sentence is sentence and not d.harm]
    unsure = [d for d in unsure or [] if d.event in _ABLE and not d.harm]
    if not able and not unsure:
        return None
    behind = _cause_behind(harm, able + unsure, sentence.units)
    if behind is not None:
        return behind
    before = [d for d in able if d.predicate.unit < harm.unit]
    if before:
        nearest = max(before, key=lambda d: d.predicate.unit)
        return None if _own_deed(harm, nearest, sentence.units) else nearest
    after = next((d for d in able if d.predicate.unit > harm.unit), None)
    if after is None or after.predicate.unit - harm.unit > _NEAR:
        return None
    return None if _new_clause(sentence.units[harm.unit + 1 : after.predicate.unit + 1]) else after


def _own_deed(harm: Harm, draft: Draft, units: list[Unit]) -> bool:
    """Whether others did the harm, in a clause of its own: «وقتل مسلحون مدنيا» beside another's event."""
    predicate = harm.predicate
    if (
        predicate is None
        or predicate.nominal
        or not harm.agents
        or not _new_clause(units[draft.predicate.unit + 1 : harm.unit + 1], harmful=True)
    ):
        return False
    keys = {a.key for a in draft.actors}
    return bool(keys) and not any(a.key in keys for a in harm.agents)


def _new_clause(units: list[Unit], *, harmful: bool = False) -> bool:
    """Whether a stop or a joined verb stands among the units; verbs of harm only where they are asked for."""
    return any(
        u.cat == "S" or (u.cat == "V" and bool(u.conj) and (harmful or not events.harm_of_unit(u))) for u in units
    )


def _cause_behind(harm: Harm, able: list[Draft], units: list[Unit]) -> Draft | None:
    """The first event behind the harm in its own clause that a word of cause leads to: في انفجار، عندما هاجم."""
    linked = False
    drafts = {d.predicate.unit: d for d in able}
    for at in range(harm.unit + 1, len(units)):
        unit = units[at]
        if unit.cat == "S":
            return None
        if unit.cat == "V" and unit.conj and not events.harm_of_unit(unit):
            return None
        if at in drafts:
            if linked or unit.relation in _CAUSES or _led(units, at):
                return drafts[at]
        elif unit.relation == "cause" or unit.cat == "C" and at > harm.last - 1 and not unit.conj:
            linked = True
    return None


def _led(units: list[Unit], at: int) -> bool:
    """Whether a word of cause stands before an event with no more than its own nouns between."""
    for before in reversed(units[max(0, at - 3) : at]):
        if before.cat == "P":
            return before.relation in _CAUSES
        if before.cat not in ("N", "A", '"', "D"):
            return False
    return False
