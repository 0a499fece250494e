"""What must stand beside an everyday word to make it an event: «وصل الجنود» is a movement, «وصل الوفد» is not."""

from functools import cache

from marsad.extract.draft import Draft, Reading
from marsad.extract.parties import CIVILIANS, HARMED, mentions
from marsad.lang.base import Phrase, Predicate
from marsad.tables import read

CIVIL = ("-government", "-ministry", "-nations", "-league", "-council", "-party", "-states", "-administration")
_TROOPS = {"combatant", "force", "aircraft"}
_MILITARY = {"combatant", "force", "commander", "aircraft", "position", "weapon"}
_NEEDED = {
    "armed": {"combatant", "force", "commander", "aircraft"},
    "weapon": {"weapon"},
    "aircraft": {"aircraft"},
    "civilian": CIVILIANS,
    "harmed": HARMED,
    "military": _MILITARY,
    "building": {"building", "vehicle", "position"},
}
_LOOKED = {
    "transitive": frozenset({"instrument"}),
    "give": frozenset({"instrument", "for"}),
    "on": frozenset({"on", "for", "with", "instrument"}),
    "mutual": frozenset({"with", "between", "on"}),
    "explode": frozenset({"in", "near"}),
}
_CARRIED = {"move", "flee", "mutual", "hold"}
_COUNTING = frozenset(
    (
        "عدد عددا مزيد المزيد بقيه معظم غالبيه جميع كل بعض كافه افراد ارتال مجموعه "
        "مجموعات كبار اعداد اول اخر دفعه دفعات كميه كميات نحو قرابه حوالي اكثر مءات "
    ).split()
)


_SETS = {"everyday", "vague", "people", "armour"}


@cache
def names(kind: str) -> frozenset[str]:
    """The party names of one set of party_names.tsv."""
    rows = read("extract/data/party_names.tsv", columns=("set", "name"))
    return frozenset(row["name"] for row in rows if row.one_of("set", _SETS) == kind)


def sense(reading: Reading, draft: Draft) -> str | None:
    """The event that the entry yields here: of several senses the first whose needs stand beside it, else None."""
    entry = draft.predicate.match.entry
    if not entry.data:
        return entry.value
    beside = _beside(reading, draft)
    found: str | None = next(
        (event for event, needs in entry.data if event != "light" and (not needs or needs & beside)), None
    )
    if found == "displacement" and entry.frame == "move" and not draft.targets:
        draft.actors, draft.targets = [], draft.actors
    return found


def _beside(reading: Reading, draft: Draft) -> set[str]:
    """Which of the things that entries ask for stand where the entry's frame looks for them."""
    predicate = draft.predicate
    phrases = _asked(predicate)
    named = [m for p in phrases if reading.lang != "ar" or _headed(p) for m in mentions(reading, draft.sentence, p)]
    if predicate.match.entry.frame in _CARRIED:
        named += [
            m
            for m in draft.actors
            if m.group == "force" or predicate.nominal or predicate.subject or predicate.genitive
        ]
    groups = {m.group for m in named}
    found = {need for need, fitting in _NEEDED.items() if groups & fitting}
    if any(m.group in _TROOPS and m.name not in names("vague") and not (m.actor or "").endswith(CIVIL) for m in named):
        found.add("troops")
    if any(m.group in CIVILIANS and m.name in names("people") for m in named):
        found.add("people")
    if any(m.name in names("armour") for m in named):
        found |= {"weapon", "military"}
    if any(u.place is not None for p in phrases for u in p.units):
        found.add("place")
    doers = [m for p in (*predicate.subject, *predicate.agent) for m in mentions(reading, draft.sentence, p)]
    if any(m.group in _TROOPS | {"weapon"} for m in (*doers, *draft.actors)) or any(
        p.units[0].cat == "E" for p in predicate.subject
    ):
        found.add("doer")
    return found


def _headed(phrase: Phrase) -> bool:
    """Whether a phrase is about the party in it: not «معاناة الجنود» nor «أهمية التعاون العسكري»."""
    for unit in phrase.units:
        if unit.actor or unit.party or unit.nation or unit.number:
            return True
        if (
            unit.cat == "N"
            and unit.form.norm not in _COUNTING
            and not unit.form.norm.startswith(("عشر", "ميات", "الاف", "الوف"))
        ):
            return unit.cue is not None or unit.time is not None
    return True


def _asked(predicate: Predicate) -> list[Phrase]:
    """Phrases that a need is looked for in: who moves or is there, or only the one to whom something is done."""
    frame = predicate.match.entry.frame
    relations = _LOOKED.get(frame, frozenset())
    patient = [*predicate.object, *predicate.genitive]
    obliques = [p for p in predicate.obliques if p.relation in relations or (predicate.nominal and p.relation == "for")]
    if frame not in ("transitive", "give", "on", "harm"):
        return [*predicate.subject, *predicate.agent, *patient, *obliques]
    doers = [p for p in predicate.subject if not p.units[0].det and not any(u.actor for u in p.units)]
    return [*patient, *obliques, *(doers if not predicate.object or frame == "harm" else [])]
