"""Who speaks: the subject of a verb of saying, the speaker behind «بحسب», the agency that was told."""

import re

from marsad.extract.draft import Reading, Voice
from marsad.extract.parties import whole
from marsad.lang.base import Phrase, Sentence, Unit

SOURCES = {"source_anon", "source_inst", "outlet"}
VERB_FIRST = {"ar"}
_OFFICIAL = {"official", "commander", "state", "journalist", "medic", "media"}
_PERSONS = _OFFICIAL | {"combatant", "force", "aidworker", "person", "man", "woman", "civilian", "prisoner"}
_HARMED = {"dead", "hurt", "victim"}
_PASSED = {"X", "T", "B", "D", '"', "("}
_LINKS = {"P", "D", '"', "(", ")", "-", "A"}
_NEAR = 4
_INVERTED = 8
_THAT = re.compile(r"that|ان(?:ه|ها|هم|هما|هن|نا)?")
_THIRD = {"he", "she", "it", "they"}


class Speakers:
    """The speakers of one sentence, found from the units of speech."""

    def __init__(self, reading: Reading, sentence: Sentence) -> None:
        self.reading, self.sentence = reading, sentence
        self.units = sentence.units
        self.verb_first = reading.lang in VERB_FIRST
        self.order = {p.first: n for n, p in enumerate(sentence.phrases)}

    def subject(self, at: int) -> tuple[list[Voice], bool]:
        """Speakers that a verb has for its subject, and whether another word, that cannot speak, is its subject."""
        if not self.verb_first:
            before = self._before(at)
            if before:
                return before, False
            return self._inverted(at), False
        if self._inverted_by_was(at) is not None:
            before = self._before(at)
            if before:
                return before, False
        after = self._following(at)
        if after and self._speaks(after[0], content=self.complement(after[-1].last) is not None):
            return self._joined(after), False
        if not self.units[at].conj:
            before = self._before(at)
            if before:
                return before, False
        return [], bool(after) and (after[0].units[0].cat != "E" or after[0].units[0].det)

    def complement(self, at: int) -> int | None:
        """The unit where what was said begins, behind ``at``: that, a colon, a quotation, ب; None if none does."""
        for place in range(at, min(len(self.units), at + 14)):
            unit = self.units[place]
            if self.opens(unit) or unit.cat == '"' or unit.prep == "ب" or unit.relation == "about":
                return place
            if unit.cat in ("S", "V"):
                return None
        return None

    def opens(self, unit: Unit) -> bool:
        """A complementiser or colon, behind which stands what was said."""
        if unit.cat in ("X", "C", "D"):
            return _THAT.fullmatch(self.sentence.words[unit.end - 1]) is not None
        return unit.cat in ("M", ":")

    def governed(self, at: int) -> list[Voice]:
        """Speakers behind «بحسب», joined ones included; through «ما أعلنته» too."""
        found: list[Phrase] = []
        start = self.units[at].end
        for phrase in self.sentence.phrases:
            if phrase.start < start:
                continue
            between = self.units[at + 1 : phrase.first]
            if not found and (phrase.first - at > _NEAR or any(u.cat in ("S", "M", ",") for u in between)):
                break
            if found and not phrase.joined:
                break
            if phrase.units[0].cat == "E" and not _named(phrase) or not _sayable(phrase):
                break
            if not found and not _named(phrase):
                phrase = self._given_by(phrase)
                if not self.verb_first and not self._speaks(phrase, content=True):
                    break
            found.append(phrase)
        return self._joined(found)

    def _given_by(self, phrase: Phrase) -> Phrase:
        """Through «information provided by a source» to the source; a phrase that leads to none stays."""
        for following in self.sentence.phrases[self.order[phrase.first] + 1 :]:
            between = self.units[phrase.last : following.first]
            if len(between) > 3 or any(u.cat in ("S", ",", "M") for u in between):
                break
            if following.relation in ("by", "from") and _named(following):
                return following
        return phrase

    def told(self, at: int) -> list[Voice]:
        """The agency or paper that was told (قال لوكالة ...)."""
        found: list[Voice] = []
        for phrase in self.sentence.phrases:
            if phrase.first <= at:
                continue
            if phrase.first - at > 14 or any(u.cat == "S" or self.opens(u) for u in self.units[at + 1 : phrase.first]):
                break
            if self._is_outlet(at, phrase):
                found.append(self.voice(phrase))
        return found[:1]

    def quoted(self, at: int) -> list[Voice]:
        """The one quoted by the subject of a verb that takes عن (نقلت الوكالة عن مسؤول)."""
        speech = self.units[at].speech
        if speech is None or not speech.tail or self.sentence.words[speech.tail[-1]] != "عن":
            return []
        behind = [p for p in self.sentence.phrases if p.start > speech.tail[-1]][:1]
        able = [p for p in behind if p.relation == "about" and self._speaks(p, content=True)]
        return [self.voice(p, self._apposed(p)) for p in able]

    def voice(self, phrase: Phrase, last: Phrase | None = None) -> Voice:
        """A phrase, up to the end of ``last`` if given, as a speaker."""
        start, end = whole(self.sentence, phrase)
        if last is not None:
            end = whole(self.sentence, last)[1]
        aside = next((n for n, u in enumerate(phrase.units) if n and _besides(u)), None)
        if aside is not None:
            end = self.sentence.spans[phrase.units[aside - 1].end - 1][1]
        return Voice(start, end, _anonymous(phrase), _name(phrase))

    def ending(self, at: int) -> list[Voice]:
        """The source right before unit ``at``, which belongs to its phrase by mistake."""
        unit = self.units[at - 1]
        start, end = self.sentence.spans[unit.start][0], self.sentence.spans[unit.end - 1][1]
        cut = Phrase(unit.start, unit.end, at - 1, at, "", [unit])
        return [Voice(start, end, _anonymous(cut), _name(cut))]

    def _following(self, at: int) -> list[Phrase]:
        """The bare phrase after a verb, with those joined to it."""
        found: list[Phrase] = []
        for phrase in self.sentence.phrases:
            if phrase.first <= at:
                continue
            between = self.units[(found[-1].last if found else at + 1) : phrase.first]
            if any(u.cat not in _PASSED or self.opens(u) for u in between) or phrase.relation:
                break
            if found and (not phrase.joined or phrase.units[0].cat == "E"):
                break
            found.append(phrase)
        return found

    def _before(self, at: int) -> list[Voice]:
        """The phrase that stands right before a verb, through its prepositional phrases (a source at the ministry)."""
        chain: list[Phrase] = []
        edge, comma, was = at, False, self._inverted_by_was(at)
        for phrase in reversed([p for p in self.sentence.phrases if p.last <= at]):
            between = self.units[phrase.last : edge]
            allowed = _LINKS if chain else _PASSED | {","}
            if any(u.cat not in allowed for u in between):
                break
            comma = comma or (self.verb_first and any(u.cat == "," for u in between))
            chain.append(phrase)
            edge = phrase.first
            if not phrase.relation and (was is None or phrase.first <= was):
                break
        if not chain or (comma and was is None):
            return []
        head = chain[-1]
        alone = len(chain) == 1 and (head.units[0].det or not self.verb_first)
        if not head.relation and self._speaks(head, content=alone):
            return [*self._shared(head), self.voice(head, chain[0])]
        return self._tail_of(chain[0])

    def _inverted_by_was(self, at: int) -> int | None:
        """Where the subject begins between كان and its verb (وكان فلان قد أعلن)."""
        if not self.verb_first:
            return None
        places = range(at - 1, max(-1, at - _INVERTED), -1)
        return next((place + 1 for place in places if _was(self.units[place])), None)

    def _shared(self, head: Phrase) -> list[Voice]:
        """The speakers that ``head`` is joined to."""
        found: list[Voice] = []
        index = self.order[head.first]
        while index > 0 and self.sentence.phrases[index].joined:
            index -= 1
            if not self._speaks(self.sentence.phrases[index], content=False):
                break
            found.insert(0, self.voice(self.sentence.phrases[index]))
        return found

    def _tail_of(self, phrase: Phrase) -> list[Voice]:
        """In a text without commas the speaker may end the phrase of the words before it (in Aleppo activists said)."""
        if self.verb_first:
            return []
        for place in range(len(phrase.units)):
            unit = phrase.units[place]
            if unit.speech is not None and unit.speech.entry.value in SOURCES or unit.actor is not None:
                start = self.sentence.spans[unit.start][0]
                cut = Phrase(unit.start, phrase.end, phrase.first + place, phrase.last, "", phrase.units[place:])
                return [Voice(start, whole(self.sentence, phrase)[1], _anonymous(cut), _name(cut))]
        return []

    def _inverted(self, at: int) -> list[Voice]:
        """«..., said the ministry.»"""
        after = self._following(at)
        if not after or not self._speaks(after[0], content=False):
            return []
        head = after[0].units[0]
        if not _named(after[0]) and (head.party is None or head.party.entry.value not in _OFFICIAL):
            return []
        last = after[-1].last
        if last < len(self.units) and self.units[last].cat not in ("S", ",", "T", '"', "P"):
            return []
        return self._joined(after)

    def _joined(self, phrases: list[Phrase]) -> list[Voice]:
        heads = [p for p in phrases if not p.joined or any(u.cat != "A" and not u.nation for u in p.units)]
        return [self.voice(p, self._apposed(p)) for p in heads]

    def _apposed(self, phrase: Phrase) -> Phrase | None:
        """The last bare phrase that goes on with a title (رئيس المجلس | الشيخ | فلان), or None."""
        if not self.verb_first or (not _named(phrase) and not any(u.party for u in phrase.units)):
            return None
        last, office = None, False
        for following in self.sentence.phrases[self.order[phrase.first] + 1 :]:
            edge = (last or phrase).last
            first = following.units[0]
            if following.first != edge or following.joined or first.conj or first.pron or first.cat not in ("N", "E"):
                break
            if (following.relation and not office) or any(u.number for u in following.units):
                break
            if (not _sayable(following) and not first.event) or _besides(first):
                break
            event = any(u.event for u in following.units)
            if event and not _office(self.units[edge - 1]):
                break
            office, last = event, following
        return last if last is None or last.last >= len(self.units) or self._ends_title(self.units[last.last]) else None

    def _ends_title(self, unit: Unit) -> bool:
        return unit.cat in ("M", ":", ",", "S", '"', "P", "(", "E") or bool(unit.prep) or self.opens(unit)

    def _speaks(self, phrase: Phrase, *, content: bool) -> bool:
        """Whether a phrase can be a speaker; ``content``: an unknown name can, since what it said follows."""
        head = phrase.units[0]
        if _named(phrase) and _sayable(phrase):
            return head.cat != "E" or phrase.units[0].actor is not None
        if not _sayable(phrase):
            return False
        if head.party is not None and head.party.entry.value in _OFFICIAL:
            return True
        if any(u.party is not None and u.party.entry.value in _PERSONS for u in phrase.units):
            return content or head.det
        if head.place is not None:
            return len(phrase.units) == 1 and bool(head.place.candidates) and head.place.candidates[0].kind == "country"
        if not self.verb_first:
            return self.sentence.surface[head.start][:1].isupper() and not head.form.known
        return content or (head.det and head.form.norm.endswith("ي"))

    def _is_outlet(self, at: int, phrase: Phrase) -> bool:
        """An agency or paper as the one told: behind ل or with, or right behind the verb (told AFP)."""
        quoted = self.units[phrase.first - 1].cat in ('"', "(")
        institution = any(is_outlet(u) for u in phrase.units) and all(u.event is None for u in phrase.units)
        before = self.units[phrase.first - 1].cat
        passed_on = before == "(" or (before == "V" and not phrase.relation and phrase.first - at > 1)
        if self.verb_first and passed_on and institution:
            return True
        relation = phrase.relation or (self.units[phrase.first - 2].relation if quoted and phrase.first > 1 else "")
        if relation in ("for", "with", "to"):
            return institution or (quoted and self.verb_first and relation == "for" and phrase.first - at <= _NEAR)
        if self.verb_first or phrase.relation or phrase.first != at + 1 or not institution:
            return False
        return phrase.last >= len(self.units) or self.units[phrase.last].cat not in ("V", "B", "E", "X")


def _office(unit: Unit) -> bool:
    """A council, committee or ministry, whose name may hold an event noun (لجنة التحقيق)."""
    if unit.det or unit.end - unit.start > 1:
        return False
    state = unit.party is not None and unit.party.entry.value == "state"
    return state or (unit.speech is not None and unit.speech.entry.value == "source_inst")


def _named(phrase: Phrase) -> bool:
    return any(u.actor is not None or (u.speech is not None and u.speech.entry.value in SOURCES) for u in phrase.units)


def _sayable(phrase: Phrase) -> bool:
    """An event, a figure, the dead are what was said, not who said it."""
    head = phrase.units[0]
    if head.number is not None:
        return _named(phrase)
    if head.speech is not None and head.speech.entry.value == "mute":
        return False
    return head.cat != "E" and not (head.party is not None and head.party.entry.value in _HARMED)


def _name(phrase: Phrase) -> str:
    return next((u.actor.entry.data.name for u in phrase.units if u.actor), "")


def _anonymous(phrase: Phrase) -> bool:
    """A source by its role alone: «مصدر», "officials", "residents"."""
    kinds = {u.speech.entry.value for u in phrase.units if u.speech}
    return "source_anon" in kinds and not phrase.units[0].actor


def _besides(unit: Unit) -> bool:
    """«مسؤوليتها», «طالبا عدم ذكر اسمه»: what a speaker claims or asks for, no part of the name."""
    if unit.speech is None:
        return False
    value = unit.speech.entry.value
    return value == "claim" or (value == "source_anon" and unit.end - unit.start > 2)


def _was(unit: Unit) -> bool:
    return unit.form.norm.lstrip("وف") in ("كان", "كانت")


def is_outlet(unit: Unit) -> bool:
    """An agency, paper or channel."""
    if unit.actor is not None:
        return any(h.pattern.entry.value == "outlet" for h in unit.form.hits)
    return unit.speech is not None and unit.speech.entry.value == "outlet"


def pronoun(units: list[Unit], at: int) -> Unit | None:
    """The pronoun that a verb has for its subject (it says), or the set phrase that holds one (he said)."""
    unit = units[at]
    if unit.speech is not None and unit.speech.entry.pos == "phrase":
        return unit if unit.speech.entry.value == "continue" else None
    before = at - 1
    while before > 0 and units[before].cat in ("X", "B") and not _is_pronoun(units[before]):
        before -= 1
    return units[before] if before >= 0 and _is_pronoun(units[before]) else None


def _is_pronoun(unit: Unit) -> bool:
    return unit.form.norm in _THIRD
