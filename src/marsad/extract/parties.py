"""Phrases as parties: who or what a noun phrase names, and of which kind."""

from marsad.extract.draft import Mention, Reading, extent
from marsad.lang.base import Phrase, Sentence, Unit
from marsad.lang.lexicon import Actor, PartyClass

CIVILIANS = {"civilian", "child", "woman", "man", "elderly", "person", "journalist", "medic", "aidworker"}
ARMED = {"combatant", "force", "commander", "aircraft", "state", "official"}
HARMED = CIVILIANS | {"combatant", "commander", "official", "victim", "dead", "hurt", "prisoner"}
THINGS = {"building", "position", "vehicle"}
WEAPONS = {"weapon"}
_SPEAKERS_ONLY = {"media"}


def mentions(reading: Reading, sentence: Sentence, phrase: Phrase) -> list[Mention]:
    """The parties a phrase names: one, or none where it names none."""
    if phrase.units[0].cat == "E" and not any(u.actor or u.nation for u in phrase.units):
        return []
    actor = next((u for u in phrase.units if u.actor), None)
    party = next((u for u in phrase.units if u.party), None)
    nation = next((u for u in phrase.units if u.nation), None)
    if phrase.units[0].cat == "E":
        return [_named(reading, sentence, phrase, u) for u in phrase.units if u.actor][:1]
    if party is not None and (actor is None or party.start < actor.start):
        return [_generic(reading, sentence, phrase, party, actor, nation)]
    if actor is not None:
        return [_named(reading, sentence, phrase, actor)]
    if nation is not None and phrase.units[0].cat != "E" and phrase.units[0] is not nation:
        return [_plain(reading, sentence, phrase, nation)]
    return []


def whole(sentence: Sentence, phrase: Phrase) -> tuple[int, int]:
    """Folded offsets of a phrase without its attached conjunction and preposition, closing quotes included."""
    start, end = extent(sentence, phrase.start, phrase.end)
    head = phrase.units[0]
    start += len(head.conj)
    if head.prep and not (head.prep == "ل" and head.det):
        start += len(head.prep)
    text = sentence.surface
    del text
    return start, end


def _named(reading: Reading, sentence: Sentence, phrase: Phrase, unit: Unit) -> Mention:
    assert unit.actor is not None
    actor: Actor = unit.actor.entry.data
    start, end = whole(sentence, phrase)
    own = extent(sentence, unit.start, unit.end)
    if unit is phrase.units[0]:
        own = (start, own[1])
    group = "force" if actor.kind in ("1", "2", "3", "4", "8") else "civilian"
    if "commander" in actor.note:
        group = "commander"
    return Mention(
        start, end, reading.quote(start, end), actor.name, group, actor.kind, actor.id,
        actor.countries[0] if actor.countries else None, number=_number(phrase), definite=True, also=(own,), head=actor.id,
    )  # fmt: skip


def _generic(reading: Reading, sentence: Sentence, phrase: Phrase, unit: Unit, actor: Unit | None, nation: Unit | None) -> Mention:
    assert unit.party is not None
    party: PartyClass = unit.party.entry.data
    start, end = whole(sentence, phrase)
    own = extent(sentence, unit.start, unit.end)
    if unit is phrase.units[0]:
        own = (start, own[1])
    mention = Mention(
        start, end, reading.quote(start, end), party.name, unit.party.entry.value, party.kind, None, None,
        number=_number(phrase), grammatical=unit.party.feature.number, definite=unit.det, also=(own,), head=unit.party.entry.source,
    )  # fmt: skip
    if actor is not None and actor.actor is not None:
        data: Actor = actor.actor.entry.data
        mention.actor, mention.country, mention.kind = data.id, data.countries[0], data.kind or party.kind
        mention.name = f"{party.name} of {data.name}" if mention.group not in ("force", "state") else data.name
        mention.also = (own, extent(sentence, actor.start, actor.end))
    elif nation is not None and nation.nation is not None:
        mention.country = nation.nation.entry.value
        mention.name = f"{nation.nation.entry.data} {party.name}"
    return mention


def _plain(reading: Reading, sentence: Sentence, phrase: Phrase, nation: Unit) -> Mention:
    assert nation.nation is not None
    start, end = whole(sentence, phrase)
    country = nation.nation.entry.value
    return Mention(start, end, reading.quote(start, end), str(nation.nation.entry.data), "other", "", None, country, head=country)


def _number(phrase: Phrase) -> object:
    return next((u.number for u in phrase.units if u.number is not None), None)
