"""Drafts of claims, sentence by sentence: every stage in order."""

from dataclasses import replace
from itertools import pairwise

from marsad.extract import (
    attribution,
    cause,
    coreference,
    events,
    factuality,
    figures,
    harm,
    needs,
    roles,
    ruin,
    scope,
    victims,
    when,
    where,
)
from marsad.extract.context import Context
from marsad.extract.counts import HARMED
from marsad.extract.draft import Draft, Figure, Mention, Reading
from marsad.extract.small_words import bare_word
from marsad.lang.base import Entry, Predicate, Sentence, Unit


def draft(reading: Reading) -> list[Draft]:
    """All drafts of a document in the order of the text, not yet merged."""
    topical = events.topical_traps(reading.sentences)
    memory = coreference.Memory()
    told = attribution.Memory()
    surroundings = Context(reading.sentences)
    for sentence in reading.sentences:
        if not sentence.parsed:
            continue
        found = attribution.frames(reading, sentence, told)
        made = _Sentence(reading, sentence, found, memory, topical).drafts()
        reading.drafts += [d for d in made if surroundings.fits(d)]
        memory.hear(reading, sentence)
    attribution.opening(reading.drafts)
    return reading.drafts


class _Sentence:
    """The drafts of one sentence."""

    def __init__(
        self,
        reading: Reading,
        sentence: Sentence,
        frames: list[attribution.Frame],
        memory: coreference.Memory,
        topical: frozenset[str],
    ) -> None:
        self.reading, self.sentence, self.frames, self.memory = reading, sentence, frames, memory
        self.kept = [p for p in sentence.predicates if events.trapped(sentence, p.match, topical) is None]
        self.local: list[Draft] = []
        self.zero: list[Draft] = []

    def drafts(self) -> list[Draft]:
        """Events first, then the harm they did, then what all share."""
        for predicate in self.kept:
            if events.harm_of(predicate.match) is not None and not predicate.match.entry.data:
                continue
            made = self._make(predicate)
            if events.harm_of(predicate.match) is not None and needs.sense(self.reading, made) in events.HARM:
                continue
            if made.event not in ("", *events.HARM):
                self.local.append(made)
            if made.event not in events.HARM:
                self.kept = [p for p in self.kept if p is not predicate or events.harm_of(p.match) is None]
        _together(self.local)
        self._ruin()
        self._harm()
        for made in self.local:
            events.reconsider(self.reading, made)
        self.local = [made for made in self.local if not events.empty(made)]
        self._tolls()
        finished: list[Draft] = []
        for made in self.local:
            verdict, made.why["factuality"] = factuality.judge(made)
            if verdict != "drop":
                made.factuality = verdict
                self._finish(made)
                finished += where.split(self.reading, made)
        for made in self.zero:
            self._finish(made)
            finished.append(made)
        return finished

    def _finish(self, made: Draft) -> None:
        figures.of_event(self.reading, made)
        when.assign(self.reading, made)
        where.assign(self.reading, made)
        attribution.attribute(made, self.frames)
        scope.assign(self.reading, made)

    def _make(self, predicate: Predicate) -> Draft:
        sentence = self.sentence
        start, end = sentence.spans[predicate.start][0], sentence.spans[predicate.end - 1][1]
        unit = sentence.units[predicate.unit]
        start += len(unit.conj) + (
            len(unit.prep) if unit.prep and not (unit.prep == "ل" and unit.det) and unit.cat != "V" else 0
        )
        made = Draft(sentence, predicate, predicate.match.entry.value, start, end, evidence=[sentence.index])
        roles.assign(self.reading, made)
        coreference.resolve(self.reading, self.memory, made)
        made.event = needs.sense(self.reading, made) or ""
        made.event, made.why["event"] = events.refine(self.reading, made)
        return made

    def _ruin(self) -> None:
        """What was destroyed is counted in the event that destroyed it, where the sentence tells one."""
        for made in list(self.local):
            lost = ruin.ruined(self.reading, made)
            if lost is None:
                continue
            caused_by = cause.join(lost, [d for d in self.local if d is not made], self.sentence)
            if caused_by is not None and lost.figures:
                harm.give(lost, caused_by)
                self.local.remove(made)
            else:
                made.figures += lost.figures

    def _harm(self) -> None:
        """Join deaths and injuries to their event; those left alone make a draft of their own."""
        alone: list[harm.Harm] = []
        gathered = harm.gather(self.reading, self.sentence, self.kept)
        if not gathered:
            return
        judged = [(d, factuality.judge(d)[0]) for d in self.local]
        for told in gathered:
            verdict = self._verdict(told)
            wanted = ("asserted",) if verdict in ("asserted", "denied") else ("asserted", verdict)
            unsure = [d for d, said in judged if said == "possible"] if verdict == "asserted" else []
            caused_by = cause.join(told, [d for d, said in judged if said in wanted], self.sentence, unsure)
            if verdict == "denied":
                self._denied(told, caused_by)
            elif caused_by is None:
                alone.append(told)
            elif verdict == "asserted" or any(d is caused_by and said == verdict for d, said in judged):
                harm.give(told, caused_by)
        self._alone(alone)

    def _verdict(self, told: harm.Harm) -> str:
        """The factuality of the harm itself; «أدى لمقتل» is no purpose."""
        if told.predicate is None:
            cues = [
                u.cue.entry.value for u in self.sentence.units[max(0, told.unit - 4) : told.unit] if u.cue is not None
            ]
            return "denied" if "without" in cues or "neg" in cues else "asserted"
        made = self._make(told.predicate)
        before = self.sentence.units[told.unit - 1] if told.unit else None
        if (
            before is not None
            and before.cat == "V"
            and before.event is not None
            and before.event.entry.value == "light"
        ):
            told.predicate.light = told.predicate.light or before.event
        return factuality.judge(made)[0]

    def _denied(self, told: harm.Harm, caused_by: Draft | None) -> None:
        """«دون وقوع إصابات»: the same event, denied, with 0-0."""
        event = caused_by.event if caused_by else next((d.event for d in reversed(self.reading.drafts)), None)
        if event is None or (told.predicate is None and (caused_by is None or not told.figures)):
            return
        if told.predicate is not None:
            made = self._make(told.predicate)
            made.why["factuality"] = factuality.judge(made)[1]
        else:
            assert caused_by is not None
            first = told.figures[0]
            made = replace(
                caused_by,
                start=first.start,
                end=first.end,
                targets=list(told.victims),
                evidence=[self.sentence.index],
                why={},
            )
        made.event, made.factuality, made.harm = event, "denied", True
        made.why["event"] = "no harm by the event told"
        whom = (
            told.figures[0].whom if told.figures else figures.whom(told.victims[0]) if told.victims else "unspecified"
        )
        of = "killed" if told.of == "killed" else "casualties"
        made.figures = [Figure(of, whom, 0, 0, made.start, made.end)]
        made.actors = list(caused_by.actors) if caused_by else []
        self.zero.append(made)

    def _alone(self, alone: list[harm.Harm]) -> None:
        lead: Draft | None = None
        for told in sorted(alone, key=lambda h: h.predicate is None):
            predicate = told.predicate or self._stated(told)
            if predicate is None:
                continue
            if lead is None:
                lead = self._make(predicate)
                lead.harm, lead.event = True, "kill"
                lead.actors = lead.actors or told.agents or self._doers(predicate)
                lead.targets = told.victims or lead.targets
                lead.event, lead.why["event"] = events.refine(self.reading, lead)
                partial = told.predicate is None or any(c.among for c in told.counts)
                if partial or victims.tells_toll(self.sentence, predicate, self.reading.lang):
                    lead.event = "casualties"  # of the event told before
                self.local.append(lead)
            harm.give(told, lead)

    def _stated(self, told: harm.Harm) -> Predicate | None:
        """«تحدث مصدر عن 25 قتيلا»: a number of dead or wounded as a statement of its own."""
        units, first = self.sentence.units, told.unit
        people = [u for u in units[first : told.last] if u.party is not None]
        noun = people[-1 if self.reading.lang == "en" else 0] if people else units[first]
        count = next((c for c in told.counts[:1] if c.number is not None or (c.among and c.high == c.low)), None)
        if count is None or noun.party is None or not (count.among or noun.party.entry.value in HARMED):
            return None
        led = units[first - 1] if first else None
        if not count.among and (led is None or not self._leads(led, first)):
            return None
        entry = Entry("event", "kill", "noun", noun.party.entry.source, frame="harm")
        return Predicate(first, units[first].start, noun.end, replace(noun.party, entry=entry), nominal=True)

    def _leads(self, led: Unit, first: int) -> bool:
        """Whether a number of dead is what is told: behind a verb, «عن», «إلى», or in the clause of «حصيلة»."""
        toll = any(bare_word(u, self.reading.lang) == "toll" for u in self.sentence.units[:first])
        return led.cat == "V" or led.relation in ("about", "to") or (toll and led.cat in ("N", "A", "T", "X"))

    def _doers(self, predicate: Predicate) -> list[Mention]:
        """«استولى التنظيم على القرية وقتل سكانها»: a joined verb of harm has the subject of the verb before it."""
        unit = self.sentence.units[predicate.unit]
        if predicate.nominal or not unit.conj or predicate.voice == "passive":
            return []
        for made in reversed(self.local):
            if made.predicate.unit < predicate.unit and not made.predicate.nominal:
                same = made.predicate.match.feature.person == predicate.match.feature.person
                return list(made.actors) if same and predicate.unit - made.predicate.unit <= 12 else []
        return []

    def _expected(self, unit: Unit) -> bool:
        """Whether a toll is said to rise later: not where it has risen, with the number it came to."""
        units = self.sentence.units
        at = units.index(unit)
        ahead = units[at + 1 : at + 16]
        risen = any(u.number is not None and before.relation == "to" for before, u in pairwise(ahead))
        cued = any(u.cue is not None and u.cue.entry.value != "toll" for u in units[max(0, at - 4) : at])
        return cued or not risen

    def _tolls(self) -> None:
        """«من المحتمل أن ترتفع الحصيلة»: the event told, possible, without a figure."""
        unit = next((u for u in self.sentence.units if u.cue is not None and u.cue.entry.value == "toll"), None)
        if unit is None or not self._expected(unit):
            return
        told = next(iter(self.local), None) or next(iter(reversed(self.reading.drafts)), None)
        if told is None:
            return
        start, end = self.sentence.spans[unit.start][0], self.sentence.spans[unit.end - 1][1]
        possible = replace(
            told,
            sentence=self.sentence,
            start=start,
            end=end,
            factuality="possible",
            figures=[],
            voices=[],
            evidence=[self.sentence.index],
        )
        possible.why = {"event": "the toll of the event told", "factuality": unit.cue.entry.source if unit.cue else ""}
        attribution.attribute(possible, self.frames)
        self.reading.drafts.append(possible)


def _together(local: list[Draft]) -> None:
    """Within a sentence: a verb whose subject or object is the event's own noun says the same event (غارة استهدفت)."""
    for verb in list(local):
        if verb.predicate.nominal:
            continue
        own = [p.units[0].start for p in (*verb.predicate.subject, *verb.predicate.object, *verb.predicate.agent)]
        noun = next((d for d in local if d is not verb and d.sentence.units[d.predicate.unit].start in own), None)
        noun = noun or _resumed(verb, local)
        if noun is None and verb.event == "arrests":
            _raided(verb, local)
        if noun is None or noun.event == "nonviolent_transfer":
            continue
        ruined = verb.event == "looting_destruction" and noun.event in figures.STRIKES
        if verb.event != noun.event and verb.predicate.match.entry.value not in events.ABSTRACT and not ruined:
            continue
        for target in verb.targets:
            if all(target.start != t.start for t in noun.targets):
                noun.targets.append(target)
        noun.actors = noun.actors or verb.actors
        noun.predicate.obliques += verb.predicate.obliques
        noun.predicate.object += verb.predicate.object
        local.remove(verb)


def _raided(verb: Draft, local: list[Draft]) -> None:
    """«arrested in raids»: the raid is how the arrests were made."""
    inside = [p for p in verb.predicate.obliques if p.relation == "in"]
    for noun in list(local):
        own = noun.predicate.nominal and any(p.first <= noun.predicate.unit < p.last for p in inside)
        if own and noun.event in ("armed_clash", "air_drone_strike") and not noun.figures:
            verb.actors = verb.actors or noun.actors
            local.remove(noun)


def _resumed(verb: Draft, local: list[Draft]) -> Draft | None:
    """«شنت المقاتلات ضربات جوية، واستهدفت مواقع»: a joined verb without a doer resumes the strike before it."""
    unit = verb.sentence.units[verb.predicate.unit]
    if not unit.conj or verb.predicate.match.entry.value not in ("strike", "target"):
        return None
    if any(p.first > verb.predicate.unit for p in verb.predicate.subject):
        return None
    before = [
        d
        for d in local
        if d.predicate.nominal and d.predicate.unit < verb.predicate.unit and d.event in figures.STRIKES
    ]
    return max(before, key=lambda d: d.predicate.unit, default=None)
