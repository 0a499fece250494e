"""Deaths, injuries and losses, gathered from a sentence; ``marsad.extract.cause`` joins them to what caused them."""

from dataclasses import dataclass, field

from marsad.extract import figures
from marsad.extract.counts import HARMED, Count, between, counts, joined, kind_of
from marsad.extract.draft import Draft, Figure, Mention, Reading
from marsad.extract.events import harm_of, harm_of_unit
from marsad.extract.parties import THINGS, compatriots, mentions
from marsad.extract.small_words import bare_word, word
from marsad.extract.victims import REACH, everyday, object_behind, run, sides, subject_behind, takes_pronoun, tells_toll
from marsad.lang.base import Phrase, Predicate, Sentence

_STOPS = {"S", "M", ":", "R"}
_AGREES = {"3mp", "3md", "3fd", "3fp"}


@dataclass(slots=True)
class Harm:
    """People killed, injured or missing as one part of a sentence tells it; units ``unit:last``."""

    of: str
    unit: int
    predicate: Predicate | None
    counts: list[Count] = field(default_factory=list)
    parts: list[Count] = field(default_factory=list)
    victims: list[Mention] = field(default_factory=list)
    agents: list[Mention] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    last: int = 0


def gather(reading: Reading, sentence: Sentence, predicates: list[Predicate]) -> list[Harm]:
    """Harm told in a sentence: by verbs and verbal nouns (قُتل، مقتل) and by nouns of victims (قتلى، جرحى)."""
    told = [p for p in predicates if harm_of(p.match) is not None]
    if not told and not any(u.party is not None and u.party.entry.value in HARMED for u in sentence.units):
        return []
    found = _Gatherer(reading, sentence, told).harms()
    found.sort(key=lambda h: h.unit)
    _inherit(found)
    return found


class _Gatherer:
    """The harms of one sentence, each count given to one of them."""

    def __init__(self, reading: Reading, sentence: Sentence, told: list[Predicate]) -> None:
        self.reading, self.sentence = reading, sentence
        self.counts = [c for c in counts(sentence, reading.lang) if c.people]
        self.free = {id(c) for c in self.counts if not c.part}
        nouns = {c.first for c in self.counts if c.of} | {
            i for c in self.counts if c.of for i in range(c.first, c.last)
        }
        self.told = [p for p in told if p.unit not in nouns]
        self.nouns = {p.unit: p for p in told if p.unit in nouns}
        self.units = {p.unit for p in told}

    def harms(self) -> list[Harm]:
        """By predicate first, then the nouns of victims left over."""
        found: list[Harm] = []
        twin: Predicate | None = None
        for index, predicate in enumerate(self.told):
            of = harm_of(predicate.match) or "killed"
            after = self.told[index + 1] if index + 1 < len(self.told) else None
            if after is not None and self._twins(predicate, after) and not self._before(predicate):
                twin = predicate
                continue
            if twin is not None:
                of, twin = "casualties", None
            found.append(self._by_predicate(predicate, of))
        for count in self.counts:
            count.of = count.of or (count.among if id(count) in self.free else "")
            if (
                id(count) not in self.free
                or not count.of
                or (count.number is None and (count.definite or count.high == 1))
            ):
                continue
            harm = next(
                (
                    h
                    for h in found
                    if 0 <= count.first - h.last <= 2
                    and h.last
                    and joined(self.sentence.units, h.last, count.first, self.reading.lang)
                ),
                None,
            )
            if harm is None:
                own = next((self.nouns[i] for i in range(count.first, count.last) if i in self.nouns), None)
                harm = Harm(count.of, count.first, own)
                found.append(harm)
            self._take(harm, count)
        for harm in found:
            self._finish(harm)
        return [h for h in found if h.figures or (h.predicate is not None and not self._counts_only(h.predicate))]

    def _counts_only(self, predicate: Predicate) -> bool:
        """Whether a word tells of harm only beside a number: «سقط», «حصيلة»."""
        return everyday(predicate) or tells_toll(self.sentence, predicate, self.reading.lang)

    def _twins(self, first: Predicate, second: Predicate) -> bool:
        """«مقتل وإصابة», «قتل وجرح»: two words of harm that share what follows."""
        unit = self.sentence.units[second.unit]
        if self.sentence.units[first.unit].pron:  # «لقوا حتفهم وأصيب آخرون»
            return False
        near = second.unit == first.unit + 1 and bool(unit.conj)
        joined = second.unit == first.unit + 2 and self.sentence.units[first.unit + 1].cat == "C"
        return (near or joined) and harm_of(first.match) != harm_of(second.match)

    def _by_predicate(self, predicate: Predicate, of: str) -> Harm:
        of = between(self.sentence.units, predicate.unit + 1)[0] or of  # «سقطوا بين قتيل وجريح»
        of = "casualties" if tells_toll(self.sentence, predicate, self.reading.lang) and self._both(predicate) else of
        harm = Harm(of, predicate.unit, predicate, last=predicate.unit + 1)
        victims, agents = sides(predicate)
        for phrase in agents:
            harm.agents += mentions(self.reading, self.sentence, phrase)
        chosen = self._chosen(predicate, victims)
        for count in chosen:
            self._take(harm, count)
        if not chosen and not everyday(predicate) and not tells_toll(self.sentence, predicate, self.reading.lang):
            self._named(harm, victims)
            self._pronoun(harm, predicate)
        return harm

    def _chosen(self, predicate: Predicate, victims: list[Phrase]) -> list[Count]:
        """The counts of those whom a word of harm harms: by syntax, else by nearness."""
        units, lang = self.sentence.units, self.reading.lang
        if takes_pronoun(predicate):
            return []
        chosen = self._of_phrases(victims)
        plural = not predicate.nominal and predicate.match.feature.person in _AGREES
        if plural and chosen and chosen[0].last <= predicate.unit and chosen[0].high == 1 and not chosen[1:]:
            chosen = self._before(predicate) or chosen  # «أشار مسؤول إلى أن ثمانية أصيبوا»
        toll = tells_toll(self.sentence, predicate, lang) or bool(chosen and self._numbered(chosen[0]))
        if toll and all(c.number is None for c in chosen):
            chosen = self._toll(predicate.unit + 1, chosen) or chosen
        elif not chosen or all(self._in_tail(predicate, c) and c.number is None for c in chosen):
            chosen = self._nearby(predicate) or chosen
        if chosen and chosen[0].last <= predicate.unit:
            chosen = [*run([c for c in self._left() if c.last <= chosen[0].last], units, lang), *chosen[1:]]
        if not chosen or (len(chosen) == 1 and chosen[0].number is None and chosen[0].high == 1):
            chosen = object_behind(units, self._left(), predicate) or chosen
        if everyday(predicate):
            chosen = [c for c in chosen if c.number is not None or not c.definite]
        return chosen

    def _left(self) -> list[Count]:
        return [c for c in self.counts if id(c) in self.free]

    def _both(self, predicate: Predicate) -> bool:
        """«عدد القتلى والجرحى»: a toll of the dead and the wounded together."""
        behind = next(iter(self.sentence.units[predicate.unit + 1 :]), None)
        if behind is None or behind.party is None or not behind.conj:
            return False
        return HARMED.get(behind.party.entry.value, harm_of(predicate.match)) != harm_of(predicate.match)

    def _of_phrases(self, phrases: list[Phrase]) -> list[Count]:
        """The counts that phrases hold, and those joined behind."""
        chosen = [
            c for c in self.counts if id(c) in self.free and any(c.first < p.last and p.first < c.last for p in phrases)
        ][:1]
        for count in self.counts:
            if (
                chosen
                and id(count) in self.free
                and 0 <= count.first - chosen[-1].last <= 2
                and not count.of
                and self._follows(chosen[-1], count)
            ):
                chosen.append(count)
        return chosen

    def _nearby(self, predicate: Predicate) -> list[Count]:
        """Counts beside a predicate that syntax gave none: behind it, else before a verb."""
        before = self._before(predicate)
        if before and (predicate.nominal or predicate.match.feature.person in _AGREES):
            self._drop_tail(predicate)
            return before
        after = next((c for c in self.counts if c.first > predicate.unit), None)
        if (
            after is not None
            and id(after) in self.free
            and self._clear(predicate.unit + 1, after.first, loose=not predicate.nominal)
        ):
            return [after]
        return before if predicate.nominal else before or subject_behind(self.sentence.units, self._left(), predicate)

    def _before(self, predicate: Predicate) -> list[Count]:
        """The counts that stand before a verb in its clause: «ثلاثة جنود قتلوا»."""
        before = [c for c in self.counts if c.last <= predicate.unit and id(c) in self.free]
        unit = self.sentence.units[predicate.unit]
        if not before or unit.conj or unit.prep or unit.det:
            return []
        if predicate.nominal and unit.pron == "هم":  # «لقي عشرون من الطلاب في العاصمة حتفهم»
            counted = before[-1].number is not None and self._clear(before[-1].last, predicate.unit)
            return before[-1:] if counted else []
        if predicate.nominal and (predicate.genitive or before[-1].last != predicate.unit):
            return []
        return run(before, self.sentence.units, self.reading.lang) if self._reaches(before[-1], predicate) else []

    def _reaches(self, count: Count, predicate: Predicate) -> bool:
        """Whether a count is the subject of a verb behind it, with no more than what describes it between."""
        units, last = self.sentence.units, count.last
        relative = units[last].cat == "R" or (units[last].cat == "V" and not units[last].conj and not count.definite)
        if relative and units[predicate.unit].feature.person in _AGREES:  # «ثمانية أشخاص يسكنون الحي قتلوا»
            verb = last + (units[last].cat == "R")
            plural = units[verb].cat == "V" and units[verb].feature.person in _AGREES | {""} and verb < predicate.unit
            last = verb + 1 if plural and units[verb].event is None else last
        return self._clear(last, predicate.unit)

    def _drop_tail(self, predicate: Predicate) -> None:
        """«سقطوا قتلى»: the noun that belongs to the verb counts nobody."""
        self.free -= {id(c) for c in self.counts if self._in_tail(predicate, c)}

    def _in_tail(self, predicate: Predicate, count: Count) -> bool:
        first, last = self.sentence.units[count.first].start, self.sentence.units[count.last - 1].end
        return any(first <= token < last for token in predicate.match.tail)

    def _clear(self, first: int, last: int, *, loose: bool = False) -> bool:
        """Whether no other clause or event stands between; ``loose``: adjuncts may («قُتل جراء القصف ثلاثة»)."""
        barred = ("V", "C") if loose else ("V", "C", "E")
        units = self.sentence.units[first:last]
        return last - first <= REACH and not any(
            u.cat in _STOPS or u.cat in barred or u.relation == "by" or (not loose and u.relation == "cause")
            for u in units
        )

    def _toll(self, first: int, of: list[Count]) -> list[Count]:
        """The number that a toll comes to: «ارتفعت حصيلة القتلى في القصف إلى 11 شخصا»; ``of``: the people it is of."""
        units = self.sentence.units
        for count in self.counts:
            if count.first < first or id(count) not in self.free or count.number is None:
                continue
            gap, led, head = units[first : count.first], units[count.first - 1], units[count.first]
            if len(gap) > 2 * REACH or any(u.cat == "S" or (harm_of_unit(u) and (u.conj or u.cat == "E")) for u in gap):
                return []
            bare = led.cat in ("N", "A", "E", "T") and not (head.conj or head.prep or head.relation)
            if led.relation in ("to", "about") or led.cat == "V" or bare:
                count.whom = next((c.whom for c in of if count.whom == "unspecified"), count.whom)
                return [count]
        return []

    def _numbered(self, count: Count) -> bool:
        """ "the number of people killed": what is said of them is how many they came to."""
        before = self.sentence.units[max(0, count.first - 3) : count.first]
        named = any(bare_word(u, self.reading.lang) == "toll" for u in before)
        return named and any(u.relation == "of" for u in before)

    def _take(self, harm: Harm, count: Count) -> None:
        """Give a count and its parts to a harm."""
        self.free.discard(id(count))
        of = count.of or harm.of
        self._of_them(count)
        harm.counts.append(count)
        harm.last = max(harm.last, count.last)
        self._figure(harm, count, of)
        at = self.counts.index(count) + 1
        before = self.counts[at - 2] if at > 1 else None
        pair = (
            count.of
            and count.of != "casualties"
            and before is not None
            and before.of not in ("", of)
            and self._follows(before, count)
        )
        for part in self.counts[at:]:
            if not part.part:
                break
            harm.last = max(harm.last, part.last)
            if part.whom != "unspecified" and not (part.definite and part.high == 1):
                harm.parts.append(part)
                self._figure(harm, part, "casualties" if pair else of)

    def _of_them(self, count: Count) -> None:
        """«استهدف المسلحين وقتل 21 منهم»: some of the people told of last."""
        units = self.sentence.units
        behind = units[count.last : count.last + 2]
        if not count.bare or count.number is None or not behind or word(behind[0], self.reading.lang) != "part":
            return
        if behind[1:] and (behind[1].number is not None or behind[1].party is not None):
            return  # «منهم ثلاثة أطفال»
        told = next((c for c in map(kind_of, reversed(units[: count.first])) if c), "unspecified")
        count.whom, count.bare = told, told == "unspecified"

    def _follows(self, before: Count, count: Count) -> bool:
        return joined(self.sentence.units, before.last, count.first, self.reading.lang)

    def _figure(self, harm: Harm, count: Count, of: str) -> None:
        if count.low is None and count.high is None:
            return
        start, end = figures.extent_of(self.sentence, count)
        harm.figures.append(Figure(of, count.whom, count.low, count.high, start, end))

    def _named(self, harm: Harm, victims: list[Phrase]) -> None:
        """One person by name: «قُتل فلان»."""
        predicate = harm.predicate
        if predicate is None or harm.of not in ("killed", "injured") or not victims:
            return
        phrase = victims[0]
        first = phrase.units[0]
        harm.last = max(harm.last, phrase.last)
        group = next((u.party.entry.value for u in phrase.units if u.party is not None), "")
        force = any(
            u.actor is not None and u.actor.entry.data.kind in ("1", "2", "3", "4", "8") for u in phrase.units[:1]
        )
        if (
            first.cat != "N"
            or first.form.known
            or first.det
            or first.prep
            or force
            or group in THINGS | {"force", "state", "weapon"}
            or first.number is not None
        ):
            return
        start, end = self.sentence.spans[phrase.start][0], self.sentence.spans[phrase.end - 1][1]
        harm.figures.append(Figure(harm.of, figures.WHOM.get(group, "unspecified"), 1, 1, start, end))

    def _pronoun(self, harm: Harm, predicate: Predicate) -> None:
        """«وقتله»: one person, told before; «وقتلوهم»: those counted before; not «وفاته», a death of any kind."""
        unit = self.sentence.units[predicate.unit]
        start, end = self.sentence.spans[unit.start][0] + len(unit.conj), self.sentence.spans[unit.end - 1][1]
        if harm.of != "killed" or harm.figures or predicate.match.entry.frame != "harm":
            return
        if unit.pron == "ه":
            harm.figures.append(Figure("killed", "unspecified", 1, 1, start, end))
        elif unit.pron == "هم" and not predicate.nominal:
            near = [c for c in self.counts if predicate.unit - REACH <= c.first < c.last <= predicate.unit]
            if near and near[-1].number is not None:
                harm.figures.append(Figure("killed", near[-1].whom, near[-1].low, near[-1].high, start, end))

    def _finish(self, harm: Harm) -> None:
        """The parties that a harm's counts and phrases name."""
        told = [*harm.counts, *harm.parts]
        phrases = [p for p in self.sentence.phrases if any(c.first < p.last and p.first < c.last for c in told)]
        if harm.predicate is not None and not harm.counts:
            phrases = sides(harm.predicate)[0]
        for phrase in phrases:
            people = compatriots(self.reading, self.sentence, phrase) or mentions(self.reading, self.sentence, phrase)
            for mention in people:
                if mention.group not in ("dead", "hurt") and all(mention.start != v.start for v in harm.victims):
                    harm.victims.append(mention)
        if not harm.victims and harm.predicate is not None:
            self._ranks(harm, harm.predicate)

    def _ranks(self, harm: Harm, predicate: Predicate) -> None:
        """«قتلى في صفوف المسلحين»: those among whom the dead are."""
        for phrase in predicate.obliques:
            if phrase.relation == "among":
                harm.victims += mentions(self.reading, self.sentence, phrase)
        for figure in harm.figures if harm.victims else []:
            if harm.figures[1:] == [] and figure.end < harm.victims[0].end:
                figure.end = harm.victims[0].end  # «أربعة قتلى سقطوا في صفوف المقاومة»
            figure.whom = figures.whom(harm.victims[0]) if figure.whom == "unspecified" else figure.whom


def _inherit(found: list[Harm]) -> None:
    """«وإصابة ثلاثة آخرين»: others, and a bare number, are of the kind told just before, else of the one told next."""
    before: str | None = None
    for index, harm in enumerate(found):
        for count, figure in zip(harm.counts, harm.figures, strict=False):
            if count.bare and figure.whom == "unspecified":
                figure.whom = before or _kind_after(found, index)
        head = next(iter(harm.figures), None)
        if head is not None:
            before = head.whom if head.whom != "women" else None


def _kind_after(found: list[Harm], index: int) -> str | None:
    count = found[index].counts[0]
    after = found[index + 1] if index + 1 < len(found) else None
    if after is not None and after.figures and count.first + 1 == count.last and after.unit - count.last <= 1:
        return after.figures[0].whom
    return "unspecified"


def give(harm: Harm, draft: Draft) -> None:
    """Add the harm's figures and victims to the draft."""
    for figure in harm.figures:
        if all((f.of, f.start) != (figure.of, figure.start) for f in draft.figures):
            draft.figures.append(figure)
    for victim in harm.victims:
        if all(victim.start != t.start for t in draft.targets):
            draft.targets.append(victim)
    if not draft.actors:
        draft.actors += harm.agents
