"""Whether an event word stands among the words of a conflict: «السيطرة على السوق» is no capture."""

from collections.abc import Sequence

from marsad.extract.draft import Draft
from marsad.extract.needs import CIVIL, names
from marsad.lang.base import Match, Sentence
from marsad.lang.lexicon import Actor

_PARTIES = {"combatant", "force", "weapon", "aircraft"}
_WEAK_WEAPONS = {"نفسه", "نفس", "مخلفات", "مدافع", "مدفع"}
_PLAIN = {
    "air_drone_strike",
    "shelling_missile",
    "suicide_bomb",
    "chemical_weapon",
    "grenade",
    "disrupted_weapons_use",
    "fire",
}
_PHRASES = {"war", "remote_explosive", "armed_clash", "assault", "explosion"}
_SELDOM = {"protest", "riot"}
_FIGHTS, _DEATHS = {"armed_clash", "assault", "explosion"}, {"kill", "injure", "casualties"}
_SHARE, _FEW, _SHORT = 0.12, 2, 2
_AFTERMATH = 2  # sentences in which the dead and wounded of what was told before are told


class Context:
    """The sentences of a document that speak of armed force, found before any claim is made."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.signs = {s.index: {m.start for m in s.matches if _is_sign(m)} | _deadly(s) for s in sentences}
        told = sum(bool(found) for found in self.signs.values())
        many = told >= _FEW or sum(map(len, self.signs.values())) >= 2 * _FEW
        self.martial = len(sentences) < _SHORT or many and told >= _SHARE * len(sentences)

    def fits(self, draft: Draft) -> bool:
        """Whether the document, the sentence or the one before speaks of armed force beside the event's own word."""
        if self.martial or draft.event in _SELDOM:
            return True
        here = draft.sentence.index
        own = draft.predicate.start
        if any(at != own or _is_sign(draft.predicate.match) for at in self.signs[here]):
            return True
        back = _AFTERMATH if draft.harm and not (draft.own_place or draft.own_time) else 1
        return any(self.signs.get(here - before) for before in range(1, back + 1))


def _deadly(sentence: Sentence) -> set[int]:
    """«قتل مدير الميناء جراء الاشتباكات»: fighting and its dead in one sentence are signs of each other."""
    told = [m for m in sentence.matches if m.entry.kind == "event"]
    both = all(any(m.entry.value in values for m in told) for values in (_FIGHTS, _DEATHS))
    return {m.start for m in told if m.entry.value in _FIGHTS | _DEATHS} if both else set()


def silent(sentences: Sequence[Sentence]) -> bool:
    """Whether words alone show that a document holds no claim, so that it need not be parsed.

    Either nothing in it tells an event by itself, or it is no short text and no word in it is a sign of armed force, a
    protest or a toll: then ``Context`` would fit no draft.
    """
    matches = [m for s in sentences for m in s.matches]
    if not any(m.entry.kind == "event" and (m.entry.value != "light" or m.entry.data) for m in matches):
        return True
    if any(_deadly(sentence) for sentence in sentences):
        return False
    return len(sentences) >= _SHORT and not any(_is_sign(m) or _stands_alone(m) for m in matches)


def _stands_alone(match: Match) -> bool:
    """Whether a word may give a claim where no armed force is spoken of."""
    entry = match.entry
    if entry.kind != "event":
        return entry.kind == "cue" and entry.value == "toll"
    return entry.value in _SELDOM or any(event in _SELDOM for event, _ in entry.data or ())


def _is_sign(match: Match) -> bool:
    entry = match.entry
    if entry.kind == "weapon":
        return entry.value in ("shell", "ied", "suicide") and entry.source.rpartition(" ")[2] not in _WEAK_WEAPONS
    if entry.kind == "party":
        return entry.value in _PARTIES and entry.data.name not in names("everyday")
    if entry.kind == "actor":
        actor: Actor = entry.data
        return (
            actor.kind in ("1", "2", "3", "4", "8")
            and not actor.id.endswith(CIVIL)
            and not {"speaker", "commander"} & set(actor.note.replace(":", ";").split("; "))
        )
    if entry.kind != "event" or entry.data:
        return False
    phrase = match.end - match.start > 1 and entry.value in _PHRASES
    return phrase or entry.value in _PLAIN or entry.value == "strike" and entry.pos != "noun"
