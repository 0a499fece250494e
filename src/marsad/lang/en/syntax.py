"""English grammatical relations, from the order of units: subject, verb, object; «by» for the agent of a passive."""

from marsad.lang.base import Phrase, Predicate, Sentence, Unit
from marsad.lang.en.chunks import phrases
from marsad.lang.en.tags import BE, DO, HAVE, MODALS, retag, verbal
from marsad.lang.units import build

_REACH = 26
_STOPS = {"S", ":", "M"}
_ABSTRACT = {"strike", "explosion", "assault", "fire", "light", "remote_explosive", "armed_clash"}
_PEOPLE = {"civilian", "child", "woman", "man", "elderly", "person", "journalist", "medic", "aidworker", "combatant", "commander", "force", "state", "official", "aircraft", "prisoner"}
_FORCES = {"combatant", "commander", "force", "aircraft"}
_PRONOUNS = frozenset("he she it they we i you".split())
_LINKS = frozenset("to by of from".split())
_SIDES = {"combatant", "force", "state"}
_PARTICLES = frozenset("up down off out over back dead alive at on".split())


def parse(sentence: Sentence) -> None:
    """Fill units, phrases and predicates."""
    sentence.units = build(sentence, verbal)
    if _title_case(sentence):
        sentence.headline = True
        for unit in sentence.units:
            unit.speech = None
    retag(sentence.units, sentence)
    sentence.phrases = phrases(sentence)
    sentence.predicates = _Parser(sentence).predicates()


def _title_case(sentence: Sentence) -> bool:
    """A headline, or the links at the foot of a page: nearly every word of content is capitalised, the verbs too."""
    content = [w for w in sentence.surface if len(w) > 3 and w.isalpha()]
    if len(content) < 5:
        return False
    if any(u.cat in ("V", "E") and sentence.surface[u.start].islower() for u in sentence.units):
        return sum(w[0].isupper() for w in content) >= 0.9 * len(content)
    return sum(w[0].isupper() for w in content) >= 0.75 * len(content)


def subject(sentence: Sentence, unit: int) -> list[Phrase]:
    """The subject of the verb at a unit, event or not; through joined verbs that of the first."""
    return _Parser(sentence).subject(unit)


class _Parser:
    """Relations of one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence, self.units = sentence, sentence.units
        self.starts = {p.first: p for p in sentence.phrases}
        self.ends = {p.last - 1: p for p in sentence.phrases}
        self.subjects: dict[int, list[Phrase]] = {}

    def predicates(self) -> list[Predicate]:
        """Event words with their relations; light verbs pass theirs on to the event noun they carry."""
        found: list[Predicate] = []
        tails = {t for u in self.units if u.cat == "V" and u.event is not None and u.event.entry.value != "light" for t in u.event.tail}
        for at, unit in enumerate(self.units):
            if unit.event is None or unit.cat not in ("V", "E", "A") or (unit.start in tails and unit.cat == "E"):
                continue
            predicate = Predicate(at, unit.start, unit.end, unit.event, unit.cat != "V", unit.feature.tense)
            predicate.clause = self._clause(at)
            if unit.cat == "V":
                self._verb(predicate)
            elif unit.cat == "E":
                if not self._noun(predicate):
                    continue
            elif not self._attributive(predicate):
                continue
            found.append(predicate)
        return _resolve_light(self._bombers(found))

    def _bombers(self, found: list[Predicate]) -> list[Predicate]:
        """«a suicide attacker detonated a car bomb» is one event: the bomb is left out."""
        units, spare = self.units, set()
        for verb in found:
            doers = [p.units[0] for p in verb.subject if verb.match.entry.value in ("explosion", "light", "strike", "assault", "target")]
            if any(u.event is not None and u.event.entry.value == "suicide_bomb" for u in doers):
                spare |= {p.units[0].start for p in verb.object if p.units[0].event is not None}
        return [p for p in found if units[p.unit].start not in spare or p.match.entry.value not in ("remote_explosive", "explosion", "suicide_bomb")]

    def _clause(self, at: int) -> tuple[int, int]:
        units, left, right = self.units, at, at + 1
        while left > 0 and units[left - 1].cat not in _STOPS and not _conjunction(units[left - 1]):
            left -= 1
        while right < len(units) and units[right].cat not in _STOPS and not _conjunction(units[right]):
            right += 1
        return left, right

    # --- verbs

    def _verb(self, predicate: Predicate) -> None:
        """Voice, then subject before and object after; the subject of a passive is its object."""
        at = predicate.unit
        auxiliary, first = self._auxiliary(at)
        before = self.subject(at)
        bare, by, obliques = self._after(at)
        if bare and self.sentence.words[predicate.end - 1] in _LINKS and predicate.end - predicate.start > 1 and predicate.match.entry.frame == "undergo":
            by, bare = [*bare, *by], []
        lives = [p for p in bare if predicate.match.tail and any(p.start <= t < p.end for t in predicate.match.tail)]
        if lives and predicate.match.entry.frame == "harm":
            owners = [p for p in obliques if p.relation == "gen" or p.joined]
            bare = owners or [p for p in bare if p not in lives]
            if not bare:
                predicate.object, predicate.obliques = before, obliques
                return
        participle = predicate.tense in ("past", "pp")
        reduced = participle and not auxiliary and self._reduced(at, bare)
        if participle and (auxiliary == "be" or reduced):
            predicate.voice = "passive"
            predicate.object = before if not reduced else self._antecedent(at) or before
            if not predicate.object and bare:
                predicate.object, bare = bare, []
            predicate.agent, predicate.obliques = by, obliques + bare
            return
        predicate.subject, predicate.object, predicate.obliques = before, bare, obliques + by
        relative = self._object_relative(first)
        if relative is not None and not bare:
            predicate.object = [relative]
        predicate.pronoun_subject = not before

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
        transitive = verb is not None and verb.entry.frame in ("transitive", "harm", "on", "hold", "give", "flee", "explode")
        if verb is not None and verb.entry.source.split(" ", 1)[-1] in ("die", "perish", "explode", "go [went gone]_off", "flee [fled fled]"):
            return False
        by = behind is not None and behind.relation == "by"
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
        return event is not None and (event.entry.frame == "harm" or event.entry.value in ("displacement", "looting_destruction"))

    def _encloses(self, comma: int) -> bool:
        """Whether a comma before the verb closes an insertion («X, a medic, was»)."""
        for unit in reversed(self.units[max(0, comma - 12) : comma]):
            if unit.cat == ",":
                return True
            if unit.cat in _STOPS or (unit.cat == "V" and unit.feature.tense != "ing" and unit.speech is None):
                return False
        return False

    def _shared(self, place: int, *, gerund: bool = False) -> list[Phrase]:
        """The subject of the verb before; of a gerund behind «of» the one accused."""
        for before in range(place, max(-1, place - _REACH), -1):
            unit = self.units[before]
            if unit.cat == "S" or unit.cat == ":":
                return []
            if unit.cat == "V" and unit.feature.tense != "ing":
                if gerund and unit.speech is not None and unit.speech.entry.value == "accuse" or _commands(unit):
                    bare, _, _ = self._after(before)
                    return bare or self.subject(before)
                return self.subject(before)
            if unit.cat == "B" and before + 1 < len(self.units) and self.units[before + 1].cat in ("A", "N", "D", "P"):
                return self._bare_left(before - 1)
        return self._bare_left(place)

    def _bare_left(self, place: int) -> list[Phrase]:
        """The nearest bare phrase to the left, relative clauses and prepositional phrases passed over."""
        limit, relative = max(-1, place - _REACH), False
        fallback: list[Phrase] = []
        while place > limit:
            unit, phrase = self.units[place], self.ends.get(place)
            if phrase is not None:
                if not phrase.relation and not relative:
                    return self._group(self._named(phrase))
                fallback = fallback or ([phrase] if phrase.relation in ("cause", "during", "for") else [])
                place = phrase.first - 1
                continue
            if unit.form.norm in ("they", "it"):
                return self._referent(place)
            if unit.cat in _STOPS or _conjunction(unit) or unit.form.norm in _PRONOUNS:
                break
            if unit.cat == "R":
                relative = False
                before = self._antecedent(place)
                return before
            if unit.cat == "V" and unit.feature.tense in ("past", "pp", "ing") and not relative:
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

    def _referent(self, place: int) -> list[Phrase]:
        """The armed side that «they» or «it» stands for: the last one named as a subject or agent in the sentence."""
        for phrase in reversed(self.sentence.phrases):
            if phrase.last <= place and phrase.relation in ("", "by") and phrase.units[0].cat != "E" and not self._speaks(phrase):
                if any(u.actor or (u.party and u.party.entry.value in _SIDES) for u in phrase.units):
                    return [phrase]
        return []

    def _speaks(self, phrase: Phrase) -> bool:
        behind = self.units[phrase.last] if phrase.last < len(self.units) else None
        return any(u.speech for u in phrase.units) and (behind is None or behind.speech is None)

    def _relative_before(self, place: int) -> bool:
        for unit in reversed(self.units[max(0, place - 6) : place]):
            if unit.cat == "R":
                return True
            if unit.cat in ("V", *_STOPS):
                return False
        return False

    def _opening(self, comma: int) -> int:
        """The comma that opens the insertion which ``comma`` closes, or 0."""
        for place in range(comma - 1, max(0, comma - 12), -1):
            if self.units[place].cat == ",":
                return place
            if self.units[place].cat in _STOPS:
                return 0
        return 0

    def _after(self, at: int) -> tuple[list[Phrase], list[Phrase], list[Phrase]]:
        """(bare, by, oblique) phrases behind unit ``at`` to the end of its clause."""
        bare: list[Phrase] = []
        by: list[Phrase] = []
        obliques: list[Phrase] = []
        last: list[Phrase] | None = None
        place, nominal = at + 1, self.units[at].cat == "E"
        while place < len(self.units):
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
        if unit.cat in _STOPS or unit.cat == "R" or _conjunction(unit):
            return True
        if unit.cat in ("V", "B"):
            return True
        if unit.cat == ",":
            behind = self.units[place + 1] if place + 1 < len(self.units) else None
            return behind is None or behind.cat not in ("P", "T", "N", "A", "D", "E")
        if unit.form.norm in ("and", "but", "or"):
            behind = next((u for u in self.units[place + 1 :] if u.cat not in ("X", '"')), None)
            return behind is None or behind.cat in ("V", "B")
        return False

    @staticmethod
    def _slot(phrase: Phrase, bare: list[Phrase], by: list[Phrase], obliques: list[Phrase], nominal: bool) -> list[Phrase] | None:
        if phrase.relation == "by":
            return by
        if phrase.relation:
            return obliques
        if nominal:
            return None
        if bare and not obliques and all(u.cat == "A" for u in bare[-1].units):
            return bare
        return bare if not bare and not obliques else None

    # --- nouns

    def _noun(self, predicate: Predicate) -> bool:
        """Words before an event noun modify it; «of» gives its genitive, «by» its agent. False where it is no event of its own."""
        at = predicate.unit
        own = next((p for p in self.sentence.phrases if p.first <= at < p.last), None)
        if predicate.match.entry.pos == "part" and own is not None and own.first == at:
            predicate.subject = [p for p in self.subject(at) if p is not own]
        if own is None:
            return True
        head = own.units[0]
        if head is not self.units[at]:
            return self._modifier(predicate, own, head)
        self._compound(predicate, own)
        predicate.modifiers = [u for u in own.units if u.start < predicate.start and u is not head]
        named = [u for u in predicate.modifiers if u.actor or (u.party and u.party.entry.value in _PEOPLE)]
        if named:
            side = Phrase(named[0].start, named[-1].end, own.first, own.last, "", [named[-1], *named[:-1]], False, own.index)
            frame = predicate.match.entry.frame
            (predicate.genitive if frame in ("harm", "flee") else predicate.subject).append(side)
        _, by, obliques = self._after(own.last - 1 if own.last - 1 > at else at)
        if predicate.match.entry.frame == "undergo" and self.sentence.words[predicate.end - 1] in _LINKS:
            by = by + [p for p in [self.starts.get(self._skip(at + 1))] if p is not None]
        predicate.agent.extend(by + self._claimed(own.last))
        self._possessor(predicate, own)
        self._accused(predicate, own)
        predicate.genitive.extend(p for p in self._leading(obliques))
        predicate.obliques.extend(p for p in obliques if p not in predicate.genitive)
        return True

    def _skip(self, place: int) -> int:
        while place < len(self.units) and self.units[place].cat in ("D", "X", '"'):
            place += 1
        return place

    def _claimed(self, at: int) -> list[Phrase]:
        """«a bomb claimed by the group»: who claims it did it."""
        if at >= len(self.units) or self.units[at].form.norm != "claimed":
            return []
        behind = next((self.starts[place] for place in range(at + 1, min(at + 4, len(self.units))) if place in self.starts), None)
        return [behind] if behind is not None else []

    def _accused(self, predicate: Predicate, own: Phrase) -> None:
        """«blamed the troops for the attack»: the object of an accusation did it."""
        if own.relation not in ("for", "gen", "about") or predicate.subject or predicate.agent:
            return
        for place in range(own.first - 1, max(-1, own.first - 10), -1):
            unit = self.units[place]
            if unit.cat == "V":
                if unit.speech is not None and unit.speech.entry.value == "accuse":
                    predicate.subject = self._after(place)[0]
                return

    def _possessor(self, predicate: Predicate, own: Phrase) -> None:
        """«their withdrawal», «its strikes»: the side named before in the sentence."""
        before = self.units[own.first - 1] if own.first else None
        if before is None or before.form.norm not in ("their", "its", "his") or predicate.subject or predicate.match.entry.frame in ("harm", "flee"):
            return
        for phrase in reversed(self.sentence.phrases[: own.index]):
            if any(u.actor or (u.party and u.party.entry.value in _SIDES) for u in phrase.units) and phrase.units[0].cat != "E":
                predicate.subject.append(phrase)
                return

    @staticmethod
    def _leading(obliques: list[Phrase]) -> list[Phrase]:
        """The «of» phrase right behind the noun, with those joined to it."""
        found: list[Phrase] = []
        for phrase in obliques:
            if phrase.relation != "gen" or (found and not phrase.joined):
                break
            found.append(phrase)
        return found

    def _modifier(self, predicate: Predicate, own: Phrase, head: Unit) -> bool:
        """An event noun before another head: «attack site» tells the event, «protest leaders», «assault rifle», «bomb attack» do not."""
        if head.cat == "E" or head.party is not None or head.actor is not None:
            return False
        if predicate.match.entry.value in ("light", "kill", "injure"):
            return False
        predicate.modifiers = [u for u in own.units if u.start < predicate.start]
        return True

    def _compound(self, predicate: Predicate, own: Phrase) -> None:
        """«bomb attack», «artillery barrage»: the more telling of two adjacent event nouns."""
        before = [u for u in own.units[1:] if u.cat == "E" and u.event is not None and u.end <= predicate.start]
        for unit in before:
            if unit.event is not None and predicate.match.entry.value in _ABSTRACT and unit.event.entry.value not in ("light", "kill", "injure"):
                if predicate.start - unit.end <= 1:
                    predicate.match, predicate.start = unit.event, unit.start

    def _attributive(self, predicate: Predicate) -> bool:
        """«three wounded soldiers», «the abducted teacher»: a participle whose noun is its object."""
        entry = predicate.match.entry
        own = next((p for p in self.sentence.phrases if p.first <= predicate.unit < p.last), None)
        if own is None or own.units[0].cat == "E" or self.units[predicate.unit].feature.tense == "ing":
            return False
        if entry.value in ("light", "control", "capture", "support", "siege", "strike", "assault", "target", "displacement"):
            return False
        predicate.nominal, predicate.voice = False, "passive"
        predicate.object = [own]
        return True


def _conjunction(unit: Unit) -> bool:
    """A conjunction that begins a clause: «while», «as», «but»; «and» joins phrases too."""
    return unit.cat == "C" and unit.form.norm not in ("and", "or", "plus", "nor")


def _commands(unit: Unit) -> bool:
    """«ordered troops to», «urged the rebels to»: the object acts."""
    return unit.cue is not None and unit.cue.entry.value in ("order", "request", "summon", "permit")


def _resolve_light(found: list[Predicate]) -> list[Predicate]:
    kept = [p for p in found if p.match.entry.value != "light"]
    for verb in found:
        if verb.match.entry.value == "light":
            _give(verb, kept)
    return kept


def _give(verb: Predicate, kept: list[Predicate]) -> None:
    """A light verb's relations go to the event noun that it carries."""
    carried = (*verb.object, *verb.subject, *(p for p in verb.obliques if p.relation in ("gen", "in", "for", "on", "to", "about")))
    noun = next((n for q in carried for n in kept if n.nominal and n.light is None and q.first <= n.unit < q.last), None)
    if noun is None:
        return
    noun.light, noun.tense = verb.match, verb.tense
    noun.clause = (min(noun.clause[0], verb.clause[0]), max(noun.clause[1], verb.clause[1]))

    def other(phrases: list[Phrase]) -> list[Phrase]:
        return [p for p in phrases if not p.first <= noun.unit < p.last and all(p is not o for o in noun.obliques)]

    if verb.match.entry.frame == "undergo":
        noun.object.extend(other(verb.subject))
    elif verb.voice != "passive":
        noun.subject = [*other(verb.subject), *noun.subject]
    noun.agent.extend(other(verb.agent))
    noun.obliques.extend(other([p for p in verb.obliques if p.relation != "gen"]))
