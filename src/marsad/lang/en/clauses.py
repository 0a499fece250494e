"""Clauses of an English sentence: the verb group, its subject to the left, what follows it, relative clauses."""

from marsad.lang.base import Phrase, Sentence, Unit
from marsad.lang.en.tags import BE, DO, HAVE, MODALS

STOPS = {"S", ":", "M"}
_REACH = 26
_AHEAD = 80
_INTRANSITIVE = frozenset(("die", "perish", "explode", "go", "flee"))
_TAKING = frozenset(("transitive", "harm", "on", "hold", "give", "flee", "explode"))
_UNDIRECTED = {"protest", "riot", "fire", "armed_clash"}
_FORCES = {"combatant", "commander", "force", "aircraft"}
_PRONOUNS = frozenset("he she it they we i you".split())
_SIDES = {"combatant", "force", "state"}
_PARTICLES = frozenset("up down off out over back dead alive at on".split())


class Clauses:
    """Where the subject and the complements of each verb of a sentence stand."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence, self.units = sentence, sentence.units
        self.starts = {p.first: p for p in sentence.phrases}
        self.ends = {p.last - 1: p for p in sentence.phrases}
        self.subjects = sentence.subjects
        self.owner = {at: p for p in sentence.phrases for at in range(p.first, p.last)}

    def _auxiliary(self, at: int) -> tuple[str, int]:
        """("be", "have", "do" or "", first unit of the verb group)."""
        kind, place = "", at - 1
        while place >= 0:
            unit, word = self.units[place], self.units[place].form.norm
            if word in BE and unit.cat != "-":
                kind = kind or "be"
            elif word in HAVE:
                kind = kind or "have"
            elif word in MODALS or word in DO or word == "to":
                kind = kind or "do"
            elif unit.cat not in ("X", "B", '"') or place <= at - 7:
                break
            place -= 1
        return kind, place + 1

    def _reduced(self, at: int, bare: list[Phrase]) -> bool:
        """«people killed in the raid», «areas controlled by rebels»: a participle behind its noun; headlines too."""
        before = self.units[at - 1] if at else None
        if bare and not self._time_only(bare):
            return False
        if before is None or before.cat not in ("N", "E", ",", ")", "T", "X", '"'):
            return False
        behind = self.units[at + 1] if at + 1 < len(self.units) else None
        verb = self.units[at].event
        match = self.units[at]
        if match.end - match.start > 1 and self.sentence.words[match.end - 1] not in _PARTICLES:
            return False
        transitive = verb is not None and verb.entry.frame in _TAKING
        if verb is not None and verb.entry.source.split(" ", 1)[-1].split()[0] in _INTRANSITIVE:
            return False
        by = behind is not None and behind.relation == "by"
        if verb is not None and verb.entry.frame == "on" and verb.entry.value in _UNDIRECTED and not by:
            return False
        if verb is not None and verb.entry.value == "light":
            return by
        if verb is not None and verb.entry.frame != "harm" and self._acts(at) and not by:
            return False
        return transitive and (behind is None or behind.cat in ("P", "T", "S", ",", "C", "X", "V", "B", '"', ")", "N"))

    def _acts(self, at: int) -> bool:
        """Whether the phrase before is an armed side, which attacks rather than is attacked."""
        phrase = self.ends.get(at - 1)
        return phrase is not None and any(u.actor or (u.party and u.party.entry.value in _FORCES) for u in phrase.units)

    def _time_only(self, bare: list[Phrase]) -> bool:
        return all(u.number is not None and u.party is None for p in bare for u in p.units)

    def _antecedent(self, at: int) -> list[Phrase]:
        """The phrase right before a reduced relative, with those joined to it."""
        place = at - 1
        while place >= 0 and self.units[place].cat in (",", "X", "T", '"'):
            place -= 1
        phrase = self.ends.get(place)
        return self._group(self._raise(phrase)) if phrase is not None else []

    def _raise(self, phrase: Phrase) -> Phrase:
        """Of «members of the force» the members, of «areas in the city» the areas."""
        while phrase.relation in ("gen",) and phrase.index:
            before = self.sentence.phrases[phrase.index - 1]
            if before.last < phrase.first - 3 or phrase.head.number is not None:
                break
            counts = before.head.number is not None or before.head.party is not None
            if not counts:
                break
            phrase = before
        return phrase

    def _group(self, phrase: Phrase) -> list[Phrase]:
        """A phrase with those joined before it."""
        found = [phrase]
        while found[0].joined and found[0].index:
            before = self.sentence.phrases[found[0].index - 1]
            if before.relation != phrase.relation and not before.joined:
                break
            found.insert(0, before)
        return found

    def _object_relative(self, first: int) -> Phrase | None:
        """«the town which rebels seized»: the antecedent is the object."""
        place = first - 1
        while place >= 0 and place > first - 8:
            unit = self.units[place]
            if unit.cat == "R" and place < first - 1:
                antecedents = self._antecedent(place)
                return antecedents[-1] if antecedents else None
            if unit.cat in ("V", "S", ",", "M"):
                return None
            place -= 1
        return None

    def subject(self, at: int) -> list[Phrase]:
        """The subject of the verb at unit ``at``."""
        if at not in self.subjects:
            self.subjects[at] = []
            self.subjects[at] = self._subject(at)
        return self.subjects[at]

    def _subject(self, at: int) -> list[Phrase]:
        _, first = self._auxiliary(at)
        place = first - 1
        while place >= 0 and self.units[place].cat in ("X", '"', "T") and self.units[place].cue is None:
            place -= 1
        if place < 0:
            return []
        unit = self.units[place]
        if unit.cat == "R":
            return self._antecedent(place)
        ing = self.units[at].feature.tense == "ing" and first == at
        if ing and self.ends.get(place) is not None and (self.ends[place].units[0].cat == "E" or not self._result(at)):
            return [self.ends[place]]
        if ing or unit.form.norm == "to" or self.units[first].form.norm == "to" or (unit.cat == "P" and ing):
            return self._shared(place, gerund=unit.cat == "P")
        if unit.form.norm in ("and", "or", "but", "then") or (unit.cat == "," and not self._encloses(place)):
            return self._shared(place)
        return self._bare_left(place)

    def _result(self, at: int) -> bool:
        """«killing five»: what the main verb brought about, said of its subject."""
        event = self.units[at].event
        return event is not None and (
            event.entry.frame == "harm" or event.entry.value in ("displacement", "looting_destruction")
        )

    def _encloses(self, comma: int) -> bool:
        """Whether a comma before the verb closes an insertion («X, a medic, was»)."""
        for place in range(comma - 1, max(-1, comma - 12), -1):
            unit = self.units[place]
            if unit.cat == ",":
                return True
            if unit.cat in STOPS:
                return False
            if unit.cat == "V" and unit.feature.tense != "ing" and unit.speech is None:
                return place > 0 and self.units[place - 1].cat == ","  # «the rebels, led by ..., seized»
        return False

    def with_verb(self, unit: Unit) -> bool:
        """«missiles hit», «drones attacked»: an event noun whose entry holds its verb."""
        if unit.cat != "E" or unit.end - unit.start < 2:
            return False
        hits = self.sentence.forms[unit.end - 1].hits
        return any(h.pattern.entry.pos == "verb" and h.pattern.feature.tense == "past" for h in hits)

    def _shared(self, place: int, *, gerund: bool = False) -> list[Phrase]:
        """The subject of the verb before; of a gerund behind «of» the one accused."""
        for before in range(place, max(-1, place - _REACH), -1):
            unit = self.units[before]
            if unit.cat == "S" or unit.cat == ":":
                return []
            if before < place and self.with_verb(unit) and before in self.owner:
                return [self.owner[before]]
            if unit.cat == "V" and (unit.feature.tense != "ing" or _commands(unit)):
                if gerund and unit.speech is not None and unit.speech.entry.value == "accuse" or _commands(unit):
                    bare, _, _ = self._after(before)
                    return bare or self.subject(before)
                return self.subject(before)
            if unit.cat == "B" and before + 1 < len(self.units) and self.units[before + 1].cat in ("A", "N", "D", "P"):
                return self._bare_left(before - 1)
        return self._bare_left(place)

    def _bare_left(self, place: int) -> list[Phrase]:
        """The nearest bare phrase to the left, relative clauses and prepositional phrases passed over."""
        limit = max(-1, place - _REACH)
        fallback: list[Phrase] = []
        while place > limit:
            unit, phrase = self.units[place], self.ends.get(place)
            if phrase is not None:
                if not phrase.relation:
                    return self._group(self._named(phrase))
                fallback = fallback or ([phrase] if phrase.relation in ("cause", "during", "for") else [])
                place = phrase.first - 1
                continue
            if unit.form.norm in ("they", "it"):
                return self._referent(place)
            if unit.cat in STOPS or conjunction(unit) or unit.form.norm in _PRONOUNS:
                break
            if unit.cat == "R":
                return self._antecedent(place)
            if unit.cat == "V" and unit.feature.tense in ("past", "pp", "ing"):
                group, first = self._auxiliary(place)
                if not group and self.ends.get(first - 1) is not None and not fallback:
                    return self._antecedent(first)
                if self._relative_before(first):
                    place = first - 1
                    continue
                break
            if unit.cat == ",":
                opening = self._opening(place)
                if opening:
                    place = opening - 1
                    continue
            place -= 1
        return fallback

    def _named(self, phrase: Phrase) -> Phrase:
        """«the SDF, an alliance of groups»: the name before an apposition."""
        if not phrase.index or self.units[phrase.first - 1].form.norm not in ("a", "an"):
            return phrase
        before = self.sentence.phrases[phrase.index - 1]
        adjacent = phrase.first - before.last <= 2
        return before if adjacent and not before.relation and any(u.actor for u in before.units) else phrase

    def before(self, place: int) -> list[Phrase]:
        """The phrases of some forty units before a unit, in order."""
        found = {
            self.owner[at].index: self.owner[at] for at in range(max(0, place - _AHEAD // 2), place) if at in self.owner
        }
        return [found[index] for index in sorted(found)]

    def _referent(self, place: int) -> list[Phrase]:
        """The armed side that «they» or «it» stands for: the last one named as a subject or agent in the sentence."""
        for phrase in reversed(self.before(place)):
            if phrase.last <= place and phrase.relation in ("", "by") and is_side(phrase) and not self._speaks(phrase):
                return [phrase]
        return []

    @staticmethod
    def _speaks(phrase: Phrase) -> bool:
        """Whether a phrase names a medium or a source rather than a party."""
        return any(u.speech for u in phrase.units) and not any(u.actor for u in phrase.units)

    def _relative_before(self, place: int) -> bool:
        for unit in reversed(self.units[max(0, place - 6) : place]):
            if unit.cat == "R":
                return True
            if unit.cat in ("V", *STOPS):
                return False
        return False

    def _opening(self, comma: int) -> int:
        """The comma that opens the insertion which ``comma`` closes, or 0."""
        for place in range(comma - 1, max(0, comma - 12), -1):
            if self.units[place].cat == ",":
                return place
            if self.units[place].cat in STOPS:
                return 0
        return 0

    def _after(self, at: int, *, verbal: bool = False) -> tuple[list[Phrase], list[Phrase], list[Phrase]]:
        """(bare, by, oblique) phrases behind unit ``at`` to the end of its clause; ``verbal``: a noun with its verb."""
        bare: list[Phrase] = []
        by: list[Phrase] = []
        obliques: list[Phrase] = []
        last: list[Phrase] | None = None
        place, nominal = at + 1, self.units[at].cat == "E" and not verbal
        while place < min(len(self.units), at + _AHEAD):
            unit = self.units[place]
            if self._ends_clause(place, at):
                break
            phrase = self.starts.get(place)
            if phrase is None:
                if unit.cat == ",":
                    last = None
                place += 1
                continue
            if phrase.joined and last is not None:
                last.append(phrase)
            else:
                last = self._slot(phrase, bare, by, obliques, nominal)
                if last is None:
                    break
                last.append(phrase)
            place = phrase.last
        return bare, by, obliques

    def _ends_clause(self, place: int, at: int) -> bool:
        unit = self.units[place]
        if unit.cat in STOPS or unit.cat == "R" or conjunction(unit):
            return True
        if unit.cat in ("V", "B"):
            return True
        if unit.cat == ",":
            behind = self.units[place + 1] if place + 1 < len(self.units) else None
            return behind is None or behind.cat not in ("P", "T", "N", "A", "D", "E")
        if unit.form.norm in ("and", "but", "or"):
            behind = next((u for u in self.units[place + 1 : place + 8] if u.cat not in ("X", '"')), None)
            return behind is None or behind.cat in ("V", "B")
        return False

    @staticmethod
    def _slot(
        phrase: Phrase, bare: list[Phrase], by: list[Phrase], obliques: list[Phrase], nominal: bool
    ) -> list[Phrase] | None:
        if phrase.relation == "by":
            return by
        if phrase.relation:
            return obliques
        if nominal:
            return None
        if bare and not obliques and all(u.cat == "A" for u in bare[-1].units):
            return bare
        return bare if not bare and not obliques else None


def conjunction(unit: Unit) -> bool:
    """A conjunction that begins a clause: «while», «as», «but»; «and» joins phrases too."""
    return unit.cat == "C" and unit.form.norm not in ("and", "or", "plus", "nor")


def _commands(unit: Unit) -> bool:
    """«ordered troops to», «urged the rebels to»: the object acts."""
    return unit.cue is not None and unit.cue.entry.value in ("order", "request", "summon", "permit", "succeed")


def is_side(phrase: Phrase) -> bool:
    """Whether a phrase names an armed party or a state."""
    armed = any(u.actor or (u.party and u.party.entry.value in _SIDES) for u in phrase.units)
    return armed and phrase.units[0].cat != "E"
