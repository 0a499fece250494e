"""English grammatical relations: events with subject, object, agent and adjuncts; light verbs and event nouns."""

from marsad.lang.base import Phrase, Predicate, Sentence, Unit
from marsad.lang.en.chunks import phrases
from marsad.lang.en.clauses import STOPS, Clauses, conjunction, is_side
from marsad.lang.en.tags import retag, verbal
from marsad.lang.units import build

_ABSTRACT = {"strike", "explosion", "assault", "fire", "light", "remote_explosive", "armed_clash"}
_PEOPLE = frozenset(
    "civilian child woman man elderly person journalist medic aidworker "
    "combatant commander force state official aircraft prisoner".split()
)
_CLAUSE = 60
_VERBAL = frozenset("light control capture support siege strike assault target displacement".split())
_SUPERLATIVE = frozenset(
    "deadliest worst bloodiest biggest fiercest heaviest largest latest most heavier second-deadliest".split()
)
_LINKS = frozenset(("to", "from", "of"))


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
    known = sentence.subjects.get(unit)
    return _Parser(sentence).subject(unit) if known is None else known


class _Parser(Clauses):
    """Predicates of one sentence."""

    def predicates(self) -> list[Predicate]:
        """Event words with their relations; light verbs pass theirs on to the event noun they carry."""
        found: list[Predicate] = []
        tails = {
            t
            for u in self.units
            if u.cat == "V" and u.event is not None and u.event.entry.value != "light"
            for t in u.event.tail
        }
        for at, unit in enumerate(self.units):
            if unit.event is None or unit.cat not in ("V", "E", "A") or unit.start in tails:
                continue
            predicate = Predicate(at, unit.start, unit.end, unit.event, unit.cat != "V", unit.feature.tense)
            predicate.clause = self._clause(at)
            if unit.cat == "V":
                self._verb(predicate)
                if (
                    unit.event.entry.value.startswith("siege")
                    and predicate.agent
                    and not any(map(is_side, predicate.agent))
                ):
                    continue
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
            doers = [
                p.units[0]
                for p in verb.subject
                if verb.match.entry.value in ("explosion", "light", "strike", "assault", "target")
            ]
            if any(u.event is not None and u.event.entry.value == "suicide_bomb" for u in doers):
                spare |= {p.units[0].start for p in verb.object if p.units[0].event is not None}
        return [
            p
            for p in found
            if units[p.unit].start not in spare
            or p.match.entry.value not in ("remote_explosive", "explosion", "suicide_bomb")
        ]

    def _ends_in_link(self, predicate: Predicate) -> bool:
        """«fell to»: the one behind the preposition took the place."""
        fixed = predicate.match.entry.frame == "undergo" and predicate.end - predicate.start > 1
        return fixed and self.sentence.words[predicate.end - 1] in _LINKS

    def _clause(self, at: int) -> tuple[int, int]:
        units, left, right = self.units, at, at + 1
        while left > max(0, at - _CLAUSE) and units[left - 1].cat not in STOPS and not conjunction(units[left - 1]):
            left -= 1
        while right < min(len(units), at + _CLAUSE) and units[right].cat not in STOPS and not conjunction(units[right]):
            right += 1
        return left, right

    def _verb(self, predicate: Predicate) -> None:
        """Voice, then subject before and object after; the subject of a passive is its object."""
        at = predicate.unit
        auxiliary, first = self._auxiliary(at)
        before = self.subject(at)
        bare, by, obliques = self._after(at)
        if self._ends_in_link(predicate) and obliques and obliques[0].first <= at + 3:
            by, obliques = [obliques[0], *by], obliques[1:]
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
        if predicate.match.entry.value == "siege":
            bare = [p for p in bare if not any(p.start <= t < p.end for t in predicate.match.tail)]
        predicate.subject, predicate.object, predicate.obliques = before, bare, obliques + by
        relative = self._object_relative(first)
        if relative is not None and not bare:
            predicate.object = [relative]
        predicate.pronoun_subject = not before

    def _noun(self, predicate: Predicate) -> bool:
        """Words before an event noun modify it, «of» gives its genitive, «by» its agent; False where it is no event."""
        at = predicate.unit
        own = self.owner.get(at)
        if predicate.match.entry.pos == "part" and own is not None and own.first == at:
            predicate.subject = [p for p in self.subject(at) if p is not own]
        if own is None:
            return True
        head = own.units[0]
        if head is not self.units[at]:
            return self._modifier(predicate, own, head)
        if self._ranked(own):
            return False
        self._compound(predicate, own)
        predicate.modifiers = [u for u in own.units if u.start < predicate.start and u is not head]
        named = [u for u in predicate.modifiers if u.actor or (u.party and u.party.entry.value in _PEOPLE)]
        if named:
            side = Phrase(
                named[0].start, named[-1].end, own.first, own.last, "", [named[-1], *named[:-1]], False, own.index
            )
            frame = predicate.match.entry.frame
            (predicate.genitive if frame in ("harm", "flee") else predicate.subject).append(side)
        bare, by, obliques = self._after(
            own.last - 1 if own.last - 1 > at else at, verbal=self.with_verb(self.units[at])
        )
        predicate.object.extend(bare)
        predicate.agent.extend(by + self._claimed(own.last))
        self._possessor(predicate, own)
        self._accused(predicate, own)
        predicate.genitive.extend(p for p in self._leading(obliques))
        predicate.obliques.extend(p for p in obliques if p not in predicate.genitive)
        return True

    def _ranked(self, own: Phrase) -> bool:
        """«…, the deadliest attack in years», "in its worst fighting since": said of an event told beside it."""
        if not any(u.form.norm in _SUPERLATIVE for u in self.units[own.first : own.last]):
            return False
        before = next((u for u in reversed(self.units[: own.first]) if u.cat not in ("D", "N", "-", "X")), None)
        return before is not None and before.cat in (",", "P") and before.relation in ("", "in", "gen", "of")

    def _claimed(self, at: int) -> list[Phrase]:
        """«a bomb claimed by the group»: who claims it did it."""
        if at >= len(self.units) or self.units[at].form.norm != "claimed":
            return []
        behind = next(
            (self.starts[place] for place in range(at + 1, min(at + 4, len(self.units))) if place in self.starts), None
        )
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
        if (
            before is None
            or before.form.norm not in ("their", "its", "his")
            or predicate.subject
            or predicate.match.entry.frame in ("harm", "flee")
        ):
            return
        for phrase in reversed(self.before(own.first)):
            if is_side(phrase):
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
        """An event noun before another head: «attack site» tells the event, «protest leaders», «bomb attack» do not."""
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
            telling = unit.event is not None and unit.event.entry.value not in ("light", "kill", "injure")
            if (
                unit.event is not None
                and telling
                and predicate.start - unit.end <= 1
                and predicate.match.entry.value in _ABSTRACT
            ):
                predicate.match, predicate.start = unit.event, unit.start

    def _attributive(self, predicate: Predicate) -> bool:
        """«three wounded soldiers», «the abducted teacher»: a participle whose noun is its object."""
        entry = predicate.match.entry
        own = self.owner.get(predicate.unit)
        if own is None or own.units[0].cat == "E" or self.units[predicate.unit].feature.tense == "ing":
            return False
        if entry.value in _VERBAL:
            return False
        predicate.nominal, predicate.voice = False, "passive"
        predicate.object = [own]
        return True


def _resolve_light(found: list[Predicate]) -> list[Predicate]:
    kept = [p for p in found if p.match.entry.value != "light"]
    for verb in found:
        if verb.match.entry.value == "light":
            _give(verb, kept)
    return kept


def _give(verb: Predicate, kept: list[Predicate]) -> None:
    """A light verb's relations go to the event noun that it carries."""
    carried = (
        *verb.object,
        *verb.subject,
        *(p for p in verb.obliques if p.relation in ("gen", "in", "for", "on", "to", "about")),
    )
    noun = next(
        (n for q in carried for n in kept if n.nominal and n.light is None and q.first <= n.unit < q.last), None
    )
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
