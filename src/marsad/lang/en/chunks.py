"""English noun phrases: from a determiner or adjective to the head noun; the head is the first of ``units``."""

from marsad.lang.base import Phrase, Sentence, Unit

_NOMINAL = {"N", "A", "E"}
_INSIDE = {'"', "-", "(", ")"}
_FINITE = {"past", "present", "base", "pp"}
_PRONOUNS = frozenset("he she it they we i you there".split())
_PEOPLE = {"civilian", "person", "child", "woman", "man", "elderly"}
_BACK = 40
_LINKS = {"of": "of", "by": "by", "from": "from", "to": "to"}
_TITLES = {"official", "commander", "journalist", "force", "state", "building", "position", "man", "woman", "child"}


def phrases(sentence: Sentence) -> list[Phrase]:
    """Noun phrases in order, each with the relation of its preposition; joined ones share that of the first."""
    return _Chunker(sentence).run()


class _Chunker:
    def __init__(self, sentence: Sentence) -> None:
        self.sentence, self.units, self.surface = sentence, sentence.units, sentence.surface
        self.found: list[Phrase] = []

    def run(self) -> list[Phrase]:
        """All phrases of the sentence."""
        units = self.units
        at, relation, joined = 0, "", False
        while at < len(units):
            unit = units[at]
            if unit.cat in _NOMINAL:
                end = self._end(at)
                relation = relation or self._linked(at)
                self._add(at, end, relation, joined)
                at, relation, joined = end, "", False
                continue
            if unit.cat == "P":
                relation, joined = unit.relation, False
            elif unit.form.norm in ("and", "or", "plus", "nor") or unit.cat == ",":
                before = self.found[-1] if self.found else None
                if before is not None and before.last == at and self._joins(at, before):
                    relation, joined = before.relation, True
                    unit.cat = "X" if unit.cat == "C" else unit.cat
                elif unit.cat != ",":
                    relation, joined = "", False
                    if self._clause(at):
                        unit.cat = "S"
            elif unit.cat not in ("D", "X", "T", *_INSIDE):
                relation, joined = "", False
            at += 1
        return self.found

    def _linked(self, at: int) -> str:
        """The relation by an event phrase that ends in a preposition: «the flight of», «under the control of»."""
        place = at - 1
        while place >= 0 and self.units[place].cat in ("D", "X"):
            place -= 1
        if place < 0 or self.units[place].event is None:
            return ""
        return _LINKS.get(self.sentence.words[self.units[place].end - 1], "")

    def _end(self, at: int) -> int:
        """The unit behind the phrase that begins at ``at``."""
        units, last = self.units, at + 1
        while last < len(units):
            unit = units[last]
            if unit.cat in ('"', "-"):
                if (
                    last + 1 < len(units)
                    and units[last + 1].cat in _NOMINAL
                    and (unit.cat == "-" or units[last + 1].start == unit.end)
                ):
                    last += 1
                    continue
                break
            if (
                unit.form.norm == "and"
                and units[last - 1].cat == "A"
                and last + 1 < len(units)
                and units[last + 1].cat == "A"
            ):
                last += 1
                continue
            if unit.cat == "(":
                closing = self._bracket(last)
                if closing:
                    last = closing
                    continue
            if unit.cat not in _NOMINAL or self._breaks(units[last - 1], unit):
                break
            last += 1
        while units[last - 1].cat in _INSIDE and last - 1 > at and units[last - 1].cat != ")":
            last -= 1
        return last

    def _bracket(self, at: int) -> int:
        """Behind the closing bracket of a short gloss of a name, «(YPG)», or 0."""
        for place in range(at + 1, min(at + 5, len(self.units))):
            if self.units[place].cat == ")":
                return place + 1
            if self.units[place].cat not in _NOMINAL:
                return 0
        return 0

    def _breaks(self, before: Unit, unit: Unit) -> bool:
        """Whether ``unit`` begins a new phrase right behind ``before``."""
        if before.event is not None and self.sentence.words[before.end - 1] in _LINKS:
            return True
        if unit.number is not None:
            return before.cat in ("N", "E") and before.number is None
        if before.cat == "A" or before.number is not None:
            return False
        capital = self.surface[unit.start][:1].isupper()
        if before.cat == "E":
            return unit.actor is not None or unit.place is not None or (unit.cat != "E" and capital)
        if before.actor is not None and unit.cat == "A" and not capital and unit.nation is None:
            return True
        if unit.cat == "A" and unit.nation is None:
            return not capital and not self.surface[before.start][:1].isupper() and self._plural(before)
        if (
            before.party is not None
            and before.party.entry.value in _PEOPLE
            and self._plural(before)
            and unit.cat == "N"
        ):
            return True
        if not capital or self.surface[before.end - 1][:1].isupper():
            return False
        if before.party is not None and before.party.entry.value in _TITLES and not self._plural(before):
            return False
        return self._plural(before)

    @staticmethod
    def _plural(unit: Unit) -> bool:
        word = unit.party or unit.word
        if word is not None and word.feature.number:
            return word.feature.number == "pl"
        return unit.form.norm.endswith("s") and not unit.form.norm.endswith("ss")

    def _add(self, first: int, last: int, relation: str, joined: bool) -> None:
        inside = [u for u in self.units[first:last] if u.cat in _NOMINAL]
        head = _head(inside)
        units = [head, *(u for u in inside if u is not head)]
        if all(u.cat == "A" for u in inside) and not any(u.nation or u.party or u.actor for u in inside):
            relation = relation or "predicative"
        kind = "gen" if relation == "of" else relation
        self.found.append(
            Phrase(inside[0].start, self.units[last - 1].end, first, last, kind, units, joined, len(self.found))
        )

    def _joins(self, at: int, before: Phrase) -> bool:
        """Whether the phrase behind «and» or a comma stands beside ``before``, rather than in a clause of its own."""
        units = self.units
        first = at + 1
        while (
            first < len(units)
            and units[first].cat in ("D", "X")
            or (first < len(units) and units[first].form.norm == "and")
        ):
            first += 1
        if first >= len(units) or units[first].cat not in _NOMINAL:
            return False
        end = self._end(first)
        if units[at].cat == ",":
            return self._list_goes_on(at, end, before)
        return not (self._verb_left(before.first) and self._verb_right(end))

    def _clause(self, at: int) -> bool:
        """Whether a clause with a subject of its own stands behind «and», and a verb before it."""
        units, first = self.units, at + 1
        while first < len(units) and units[first].cat in ("D", "X", "T"):
            if units[first].form.norm in _PRONOUNS:
                return True
            first += 1
        if first >= len(units) or units[first].cat not in _NOMINAL:
            return False
        return self._verb_left(at) and self._verb_right(self._end(first))

    def _list_goes_on(self, at: int, end: int, before: Phrase) -> bool:
        """«Hama, Homs and Idlib»: a comma inside an enumeration that ends in «and»."""
        units = self.units
        if at + 1 < len(units) and units[at + 1].form.norm == "and":
            return not (self._verb_left(before.first) and self._verb_right(end))
        kind = any(u.place or u.number or u.party or u.actor for u in before.units)
        if not kind:
            return False
        while end < len(units) and units[end].cat == ",":
            if end + 1 < len(units) and units[end + 1].form.norm == "and":
                return True
            if end + 1 >= len(units) or units[end + 1].cat not in _NOMINAL:
                return False
            end = self._end(end + 1)
        return (
            end < len(units)
            and units[end].form.norm == "and"
            and end + 1 < len(units)
            and units[end + 1].cat in (*_NOMINAL, "D")
        )

    def _verb_left(self, at: int) -> bool:
        for unit in reversed(self.units[max(0, at - _BACK) : at]):
            if unit.cat in ("S", "M", "C", ":", "R") and unit.form.norm not in ("and", "or"):
                return False
            if unit.cat in ("V", "B"):
                return True
        return False

    def _verb_right(self, at: int) -> bool:
        """Whether a finite verb follows, prepositional phrases and adverbs passed over."""
        for unit in self.units[at : at + 9]:
            if unit.cat == "B":
                return True
            if unit.cat == "V":
                return unit.feature.tense in _FINITE
            if unit.cat in ("S", ",", ":", "M", "C", "R"):
                return False
        return False


def _head(units: list[Unit]) -> Unit:
    """The last unit that names an event, a party or an actor; else the last noun."""
    for unit in reversed(units):
        if unit.event is not None and unit.cat == "E" or unit.actor is not None or unit.party is not None:
            return unit
    return next((u for u in reversed(units) if u.cat == "N" and u.number is None), units[-1])
