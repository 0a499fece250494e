"""Phrases as parties: who or what a noun phrase names, and of which kind."""

from marsad.extract.draft import Mention, Reading, extent
from marsad.lang.base import Phrase, Sentence, Unit
from marsad.lang.lexicon import Actor, PartyClass
from marsad.lang.numbers import Number

CIVILIANS = {"civilian", "child", "woman", "man", "elderly", "person", "journalist", "medic", "aidworker"}
ARMED = {"combatant", "force", "commander", "aircraft", "state", "official"}
HARMED = CIVILIANS | {"combatant", "commander", "official", "victim", "dead", "hurt", "prisoner"}
THINGS = {"building", "position", "vehicle"}
WEAPONS = {"weapon"}
_OWNED = {
    "combatant",
    "force",
    "position",
    "building",
    "vehicle",
    "aircraft",
    "commander",
    "official",
    "weapon",
    "civilian",
    "person",
}
_MANY = {"الكثير", "والكثير", "كثير", "العديد", "والعديد", "معظم", "غالبيه", "many", "most", "some"}
_OF = {"for", "from", "gen"}
_NO_PARTY = frozenset(
    "conflict war crisis border borders uprising capital territory soil city town village province region economy "
    "law flag media television revolution frontier side coast island islands desert camp history people".split()
)
_ACTING = {"", "gen", "by", "with", "between"}


def mentions(reading: Reading, sentence: Sentence, phrase: Phrase) -> list[Mention]:
    """The parties a phrase names, with the one whose they are: «مواقع للحوثيين», "members of the group"; often none."""
    found = _mentions(reading, sentence, phrase)
    if found and found[0].country and (second := _second(phrase)) is not None:
        start, end = extent(sentence, second.start, second.end)
        found.append(_apart(reading, second, start + len(second.conj), end, found[0]))
    owner = owned_by(sentence, phrase) if found else None
    if owner is not None and found[0].actor is None:
        _own(reading, sentence, found[0], owner)
    return found


def _second(phrase: Phrase) -> Unit | None:
    """The joined adjective of a second nation: «القوات الروسية والتركية»."""
    nations = [u for u in phrase.units if u.nation is not None]
    return nations[1] if len(nations) == 2 and nations[1].conj == "و" and phrase.units[0] is not nations[0] else None


def _apart(reading: Reading, unit: Unit, start: int, end: int, first: Mention) -> Mention:
    assert unit.nation is not None
    country = unit.nation.entry.value
    name = f"{unit.nation.entry.data} {first.group}"
    return Mention(start, end, reading.quote(start, end), name, first.group, first.kind, None, country, head=country)


def owned_by(sentence: Sentence, phrase: Phrase) -> Phrase | None:
    """The phrase right behind that says whose or of whom a generic party is."""
    head = phrase.head
    if head.party is None or head.party.entry.value not in _OWNED or phrase.index + 1 >= len(sentence.phrases):
        return None
    behind = sentence.phrases[phrase.index + 1]
    if behind.relation not in _OF or behind.joined or not any(u.actor or u.nation or _points(u) for u in behind.units):
        return None
    between = sentence.units[phrase.last : behind.first]
    return behind if all(u.cat in ("P", "D", '"') for u in between) and len(between) <= 2 else None


def _points(unit: Unit) -> bool:
    """«للتنظيم»: a group named before."""
    return unit.party is not None and unit.det and unit.party.entry.value == "force"


def _own(reading: Reading, sentence: Sentence, mention: Mention, owner: Phrase) -> None:
    named = _mentions(reading, sentence, owner)
    if not named:
        return
    other = named[0]
    mention.also = (*mention.also, (mention.start, mention.end), (other.start, other.end), *other.also)
    mention.end = max(mention.end, other.end)
    mention.text = reading.quote(mention.start, mention.end)
    mention.actor, mention.country, mention.kind = other.actor, other.country, other.kind or mention.kind
    mention.name = f"{mention.name} of {other.name}"


def _mentions(reading: Reading, sentence: Sentence, phrase: Phrase) -> list[Mention]:
    if phrase.units[0].cat == "E" and not any(u.actor or u.nation for u in phrase.units):
        return []
    actor = next((u for u in phrase.units if u.actor), None)
    party = next((u for u in phrase.units if u.party), None)
    nation = next((u for u in phrase.units if u.nation), None)
    if actor is None and party is None and phrase.relation in _ACTING:
        named = states(reading, sentence, phrase)
        if named:
            return named
    if phrase.units[0].cat == "E":
        return [_named(reading, sentence, phrase, u) for u in phrase.units if u.actor][:1]
    if party is not None and (actor is None or party.start < actor.start):
        return [_generic(reading, sentence, phrase, party, actor, nation)]
    if actor is not None:
        return [_named(reading, sentence, phrase, actor)]
    abstract = phrase.units[0].form.norm in _NO_PARTY
    if nation is not None and phrase.units[0].cat != "E" and phrase.units[0] is not nation and not abstract:
        return [_plain(reading, sentence, phrase, nation)]
    return _part(reading, sentence, phrase)


def _part(reading: Reading, sentence: Sentence, phrase: Phrase) -> list[Mention]:
    """«الآلاف من السكان», «أربعة من عناصر الشرطة», "dozens of them": a number of the people behind it."""
    number = _number(phrase)
    if (number is None and phrase.units[0].form.norm not in _MANY) or phrase.index + 1 >= len(sentence.phrases):
        return []
    behind = sentence.phrases[phrase.index + 1]
    if behind.relation not in ("from", "gen") or behind.joined or behind.first > phrase.last + 1:
        return []
    found = _mentions(reading, sentence, behind)
    for mention in found:
        mention.also = (*mention.also, (mention.start, mention.end))
        mention.start, mention.number = whole(sentence, phrase)[0], number
        mention.text, mention.definite = reading.quote(mention.start, mention.end), False
    return found


def _is_country(unit: Unit) -> bool:
    place = unit.place
    return place is not None and bool(place.candidates) and place.candidates[0].kind == "country" and not place.head


def states(reading: Reading, sentence: Sentence, phrase: Phrase) -> list[Mention]:
    """The state that a phrase names by its country, whatever its relation: «سمحت للولايات المتحدة»; often none."""
    country = next((u for u in phrase.units if u.place is not None and _is_country(u)), None)
    return [] if country is None else [_country(reading, sentence, phrase, country)]


def _country(reading: Reading, sentence: Sentence, phrase: Phrase, unit: Unit) -> Mention:
    """A state named by its country: «تركيا», "Russia"."""
    assert unit.place is not None
    place = unit.place.candidates[0]
    start, end = whole(sentence, phrase)
    return Mention(
        start,
        end,
        reading.quote(start, end),
        place.name_en,
        "state",
        "1",
        None,
        place.country,
        definite=True,
        head=place.country,
    )


def whole(sentence: Sentence, phrase: Phrase) -> tuple[int, int]:
    """Folded offsets of a phrase without its attached conjunction and preposition, closing quotes included."""
    start, end = extent(sentence, phrase.start, phrase.end)
    head = phrase.units[0]
    start += len(head.conj)
    if head.prep and not (head.prep == "ل" and head.det):
        start += len(head.prep)
    return start, end


def _named(reading: Reading, sentence: Sentence, phrase: Phrase, unit: Unit) -> Mention:
    assert unit.actor is not None
    actor: Actor = unit.actor.entry.data
    start, end = whole(sentence, phrase)
    own = extent(sentence, unit.start, unit.end)
    if unit is phrase.units[0]:
        own = (start, own[1])
    kind = "1" if "pro-state" in actor.note else actor.kind
    group = "force" if actor.kind in ("1", "2", "3", "4", "8") else "civilian"
    if "commander" in actor.note:
        group = "commander"
    elif "people" in actor.note.split("; ") and not any(u.party for u in phrase.units):
        group = "civilian"
    elif "speaker" in actor.note and actor.kind in ("7", "8"):
        group = "speaker"
    return Mention(
        start, end, reading.quote(start, end), actor.name, group, kind, actor.id,
        actor.countries[0] if actor.countries else None, number=_number(phrase), definite=True, also=(own,),
        head=actor.id,
    )  # fmt: skip


def _generic(
    reading: Reading, sentence: Sentence, phrase: Phrase, unit: Unit, actor: Unit | None, nation: Unit | None
) -> Mention:
    assert unit.party is not None
    party: PartyClass = unit.party.entry.data
    start, end = whole(sentence, phrase)
    own = extent(sentence, unit.start, unit.end)
    if unit is phrase.units[0]:
        own = (start, own[1])
    mention = Mention(
        start, end, reading.quote(start, end), party.name, unit.party.entry.value, party.kind, None, None,
        number=_number(phrase), grammatical=unit.party.feature.number, definite=unit.det, also=(own,),
        head=unit.party.entry.source,
    )  # fmt: skip
    if actor is not None and actor.actor is not None:
        data: Actor = actor.actor.entry.data
        mention.actor, mention.country, mention.kind = (
            data.id,
            data.countries[0],
            "1" if "pro-state" in data.note else data.kind or party.kind,
        )
        mention.name = f"{party.name} of {data.name}" if mention.group not in ("force", "state") else data.name
        mention.also = (own, extent(sentence, actor.start, actor.end))
    elif nation is not None and nation.nation is not None:
        mention.country = nation.nation.entry.value
        mention.name = f"{nation.nation.entry.data} {party.name}"
    return mention


def compatriots(reading: Reading, sentence: Sentence, phrase: Phrase) -> list[Mention]:
    """People named only by their nation, where harm is done to them: «12 عراقيا», «فلسطينيان»."""
    nation = next((u for u in phrase.units if u.nation), None)
    if nation is None or any(u.party or u.actor or u.cat == "E" for u in phrase.units):
        return []
    mention = _plain(reading, sentence, phrase, nation)
    mention.group, mention.country, mention.number = "person", None, _number(phrase)
    return [mention]


def _plain(reading: Reading, sentence: Sentence, phrase: Phrase, nation: Unit) -> Mention:
    assert nation.nation is not None
    start, end = whole(sentence, phrase)
    country = nation.nation.entry.value
    return Mention(
        start, end, reading.quote(start, end), str(nation.nation.entry.data), "other", "", None, country, head=country
    )


def _number(phrase: Phrase) -> Number | None:
    return next((u.number for u in phrase.units if u.number is not None), None)
