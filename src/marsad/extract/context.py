"""Whether an event word stands among the words of a conflict: «السيطرة على السوق» is no capture in the business pages."""

from collections.abc import Sequence

from marsad.extract.draft import Draft
from marsad.lang.base import Match, Sentence
from marsad.lang.lexicon import Actor

_PARTIES = {"combatant", "force", "commander", "weapon", "aircraft", "dead", "hurt", "victim", "prisoner"}
_VAGUE = {"side", "both sides", "command", "opposition", "alliance", "group", "front", "movement", "organisation"}
_VAGUE |= {"trainer", "attacker", "supporter", "escort", "leader", "guard", "police", "pilot", "team", "occupation"}
_CIVIL = ("-government", "-ministry", "-nations", "-league", "-council", "-party", "-states", "-administration")
_PLAIN = {"air_drone_strike", "shelling_missile", "suicide_bomb", "chemical_weapon", "grenade", "disrupted_weapons_use", "fire"}
_SELDOM = {"protest", "riot", "sexual_violence"}
_SHARE, _FEW, _SHORT = 0.12, 2, 4


class Context:
    """The sentences of a document that speak of armed force, found before any claim is made."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.signs = {s.index: {m.start for m in s.matches if _is_sign(m)} for s in sentences}
        told = sum(bool(found) for found in self.signs.values())
        self.martial = len(sentences) < _SHORT or told >= _FEW and told >= _SHARE * len(sentences)

    def fits(self, draft: Draft) -> bool:
        """Whether the document, the sentence or the one before speaks of armed force beside the event's own word."""
        if self.martial or draft.event in _SELDOM:
            return True
        here = draft.sentence.index
        own = draft.predicate.start
        return any(at != own or _is_sign(draft.predicate.match) for at in self.signs[here]) or bool(self.signs.get(here - 1))


def _is_sign(match: Match) -> bool:
    entry = match.entry
    if entry.kind == "weapon":
        return entry.value not in ("unarmed", "ground", "air")
    if entry.kind == "party":
        return entry.value in _PARTIES and entry.data.name not in _VAGUE
    if entry.kind == "actor":
        actor: Actor = entry.data
        return actor.kind in ("1", "2", "3", "4", "8") and not actor.id.endswith(_CIVIL) and "speaker" not in actor.note
    return entry.kind == "event" and (entry.value in _PLAIN or entry.value == "strike" and entry.pos != "noun") and not entry.data
