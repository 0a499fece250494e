"""Finding place mentions in the folded tokens of one sentence: the name, the nouns before it, and how the event lies to it.

    find_places(["على", "بعد", "35", "كيلومترا", "جنوب", "مدينه", "سرت"], "ar", gazetteer)
    # [PlaceMention(start=1, end=7, core=(6, 7), head="city", offset=Offset(bearing=180, km=35.0), ...)]
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from marsad.geocode.gazetteer import Candidate, Gazetteer, NameMatch
from marsad.geocode.names import DASHES, is_arabic
from marsad.geocode.vocabulary import Vocabulary, vocabulary

OPENERS, CLOSERS = frozenset('"(«[\''), frozenset('")»]\'')
UNKNOWN_HEADS = frozenset("city town village quarter adm2 camp mountain".split())
_CONSTRUCT = frozenset(
    "ام ابو ابي ابا بني بنو تل بيت عين كفر دير وادي راس باب ابن ال الشيخ حاجي خان خربه جب بئر بير قلعه قصر شيخ حوش مزرعه عبد برج سيدي ذي ذو "
    "حزم حصن نجد سوق اولاد ولد بوابه جسر رسم جزيره غزلان عزبه نبع صقر كوم منشيه".split()
)
_FUNCTION = frozenset(
    "في من الى على عن مع او ثم هي هو التي الذي الذين حيث بعد قبل كما لكن ان كان كانت قد لا لم لن ما هذا هذه تلك ذلك كل بعض عده "
    "جديده كامله واحده اخرى صغيره كبيره قريبه بين عند لدى منذ خلال بسبب وفق حسب مما بينما".split()
)


@dataclass(frozen=True, slots=True)
class Offset:
    """How the event lies to the named place: bearing in degrees (None: unknown), km (None: not stated)."""

    bearing: float | None = None
    km: float | None = None
    near: float = 0.0
    inside: bool = False
    along: bool = False
    over: bool = False


@dataclass(slots=True)
class PlaceMention:
    """A place named in a sentence, as token ranges: ``start:end`` with its nouns and directions, ``core`` the name alone.

    ``head``: kind that the noun before or after it states ("" for none) · ``prefix``: proclitic on the first token · ``countryside``:
    «ريف X», «X وريفها» · ``side``: bearing of a part («ريف حلب الشمالي», "northern Syria") · ``country``: of an adjective beside it
    («الرقة السورية») · ``containers``: indexes (in the list) of mentions stated to contain it · ``partner``: the other end of
    «بين X وY» · ``anaphor``: no name, a noun that points back («المدينة», «البلاد») · ``unknown``: a name the gazetteer lacks, after a
    noun such as «قرية» · ``weak``: the name is also a common word; it stands only in a document about its country.
    """

    start: int
    end: int
    core: tuple[int, int]
    name: str
    candidates: tuple[Candidate, ...]
    head: str = ""
    prefix: str = ""
    loose: bool = False
    countryside: bool = False
    side: float | None = None
    offset: Offset = field(default_factory=Offset)
    country: str = ""
    containers: list[int] = field(default_factory=list)
    partner: int | None = None
    anaphor: bool = False
    unknown: bool = False
    weak: bool = False


def find_places(
    words: Sequence[str],
    lang: str,
    gazetteer: Gazetteer,
    *,
    capitalised: Sequence[bool] | None = None,
    taken: Iterable[tuple[int, int]] = (),
) -> list[PlaceMention]:
    """Place mentions of one sentence, left to right.

    ``words``: folded tokens. ``capitalised``: for English, whether each token began with a capital; names must. ``taken``: token
    ranges of actors, persons and papers, in which no place is looked for.
    """
    finder = _Finder(words, lang, gazetteer, capitalised, {i for start, end in taken for i in range(start, end)})
    return finder.run()


class _Finder:
    def __init__(
        self, words: Sequence[str], lang: str, gazetteer: Gazetteer, capitalised: Sequence[bool] | None, taken: set[int]
    ) -> None:
        self.words, self.lang, self.gazetteer, self.taken = words, lang, gazetteer, taken
        self.capitalised = capitalised if lang == "en" else None
        self.vocabulary: Vocabulary = vocabulary(lang)
        self.found: list[PlaceMention] = []

    def run(self) -> list[PlaceMention]:
        i = 0
        while i < len(self.words):
            mention = None if i in self.taken else self._at(i)
            if mention is None:
                i += 1
                continue
            self.found.append(mention)
            i = max(mention.end, i + 1)
        self._link()
        return self.found

    def _at(self, i: int) -> PlaceMention | None:
        skip = self.gazetteer.stop_phrase(self.words, i)
        if skip:
            self.taken.update(range(i, skip))
            return None
        match, pointing = self._best(i), self._pointing(i)
        if match is not None and (pointing is None or match.end > pointing.end):
            mention: PlaceMention | None = self._named(match)
        else:
            mention = pointing or self._unknown(i)
        if mention is not None:
            self._left(mention)
            self._right(mention)
        return mention

    def _best(self, i: int) -> NameMatch | None:
        for match in self.gazetteer.match(self.words, i):
            if any(k in self.taken for k in range(match.start, match.end)):
                continue
            lone = match.end - match.start == 1 and self.words[match.start] in self.vocabulary.words
            if lone and not self.gazetteer.has_container(self.words, match.start):
                continue
            if self.capitalised is not None and not self._capital(match):
                continue
            if not match.weak or self._cued(match):
                return match
        return None

    def _cued(self, match: NameMatch) -> bool:
        """Whether words beside a weak name say that a place is meant: «في», «قرب», a place joined by و, a container after it."""
        words, start, end = self.words, match.start, match.end
        before = words[start - 1] if start else ""
        if match.prefix == "ب" or (match.prefix in ("", "ل") and (before in _LOCATIVE or self._near_word(before))):
            return True
        if self.found and match.prefix in ("و", "") and 0 <= start - self.found[-1].end <= 1 and not self.found[-1].anaphor:
            return match.prefix == "و" or before in (",", "،", "و", "and", "-")
        after = words[end] if end < len(words) else ""
        return bool(self.vocabulary.get(after, "direction") or after in ("بريف", "وريفها")) and not match.prefix

    def _near_word(self, word: str) -> bool:
        found = self.vocabulary.get(word, "near", "direction", "inside", "between")
        return found is not None and not found.definite

    def _capital(self, match: NameMatch) -> bool:
        assert self.capitalised is not None
        return self.capitalised[match.start] and self.capitalised[match.end - 1]

    def _named(self, match: NameMatch) -> PlaceMention:
        start = match.end - 1
        while start > match.start:
            start -= 1
        name = " ".join(self.words[match.start : match.end])
        if match.prefix and is_arabic(name):
            name = name[len(match.prefix) :]
        return PlaceMention(
            start, match.end, (match.start, match.end), name, match.candidates, prefix=match.prefix, loose=match.loose, weak=match.weak
        )

    def _pointing(self, i: int) -> PlaceMention | None:
        """«المدينة», «البلاد», "the city", or a side with a country («الشمال السوري»)."""
        word = self.words[i]
        if self.lang == "en":
            if i and self.words[i - 1] == "the" and (found := self.vocabulary.get(word, "head")) and found.value in POINTING:
                if i + 1 < len(self.words) and self.words[i + 1] in ("of", "-"):
                    return None
                return PlaceMention(i, i + 1, (i, i + 1), word, (), head=found.value, anaphor=True)
            return None
        found = self.vocabulary.get(word, "head")
        after = self.words[i + 1] if i + 1 < len(self.words) else ""
        nation = self.vocabulary.nations.get(after, "") if after.startswith("ال") else ""
        if found and found.definite and (found.value in POINTING or (found.value == "territory" and nation)):
            head = "country" if found.value == "territory" or (found.value == "area" and nation) else found.value
            return self._pointer(i, i + 1, head, found.prefix)
        side = self.vocabulary.get(word, "side")
        if side is None or word.removeprefix(side.prefix) not in _SIDES:
            return None
        if nation:
            return replace(self._pointer(i, i + 2, "country", side.prefix), side=side.number, country=nation)
        if side.prefix in ("ب", "ل") or (i and self.words[i - 1] in ("في", "الي", "من", "وفي", "نحو")):
            return None if after in ("من", "الاوسط", "الادني") else replace(self._pointer(i, i + 1, "country", side.prefix), side=side.number)
        return None

    def _pointer(self, start: int, end: int, head: str, prefix: str) -> PlaceMention:
        name = " ".join(self.words[start:end])
        return PlaceMention(start, end, (start, end), name, (), head=head, prefix=prefix, anaphor=True)

    def _unknown(self, i: int) -> PlaceMention | None:
        """A name that the gazetteer lacks after a noun that vouches for it."""
        if i == 0 or not self.words[i][0].isalpha():
            return None
        head = self.vocabulary.get(self.words[i - 1], "head")
        at = i
        if self.lang == "en":
            if self.words[i - 1] == "of" and i > 1:
                head = self.vocabulary.get(self.words[i - 2], "head")
            else:
                head = None
            if self.capitalised is None or not self.capitalised[i]:
                return None
        if head is None or head.definite or head.value not in UNKNOWN_HEADS or self.words[i] in _FUNCTION:
            return None
        if self.vocabulary.words.get(self.words[i]) or self.words[i] in self.vocabulary.nations:
            return None
        end = i + 1
        if self.lang == "en":
            while end < len(self.words) and self.capitalised and self.capitalised[end] and end - i < 4:
                end += 1
        elif self.words[i] in _CONSTRUCT and end < len(self.words) and self.words[end] not in _FUNCTION:
            end += 1
        return PlaceMention(at, end, (at, end), " ".join(self.words[at:end]), (), unknown=True)

    def _left(self, mention: PlaceMention) -> None:
        if mention.prefix not in ("", "ل"):
            self._inherit(mention)
            return
        if self.lang == "ar":
            self._left_arabic(mention)
        else:
            self._left_english(mention)

    def _inherit(self, mention: PlaceMention) -> None:
        """«محافظتي عدن وأبين»: a name joined by و shares the noun of the name before it."""
        if self.found and mention.prefix == "و" and self.found[-1].end == mention.start:
            before = self.found[-1]
            if before.head and not mention.head and not before.anaphor:
                mention.head, mention.countryside = before.head, before.countryside
                mention.offset = before.offset

    def _left_arabic(self, mention: PlaceMention) -> None:
        position = mention.start - 1
        of = mention.prefix == "ل"
        while position >= 0 and position not in self.taken:
            taken = self._left_word(mention, position, of)
            if taken is None:
                break
            position = taken
            of = False
            if mention.prefix == "و" and self._joined_direction(position):
                mention.prefix = ""
            if mention.prefix not in ("", "ل"):
                break
            if mention.prefix == "ل":
                of = True

    def _joined_direction(self, at: int) -> bool:
        """Whether a direction ends at ``at``, to which the one taken is joined by و («شمال وشرق سوريا»)."""
        here = self.vocabulary.get(self.words[at + 1], "direction")
        before = self.vocabulary.get(self.words[at], "direction") if at >= 0 else None
        return here is not None and before is not None and not before.definite

    def _left_word(self, mention: PlaceMention, at: int, of: bool) -> int | None:
        """Take the word at ``at`` into the mention if it belongs; the position left of what was taken, or None."""
        word = self.words[at]
        if word in OPENERS and at and self.vocabulary.get(self.words[at - 1], "head", "near", "direction"):
            return at - 1
        if of:
            return self._left_of(mention, at)
        if word in ("من", "عن") and at and (before := self.vocabulary.get(self.words[at - 1], "direction", "side", "near", "unit")):
            return at - 1 if before.role in ("near", "unit") or before.definite else None
        if word in ("الي", "علي") and mention.offset.bearing is not None:
            return at - 1 if at and (self.vocabulary.get(self.words[at - 1], "unit") or self.words[at - 1][:1].isdigit()) else None
        found = self.vocabulary.get(word, "near", "inside", "direction", "side", "unit", "along", "over", "head", "between")
        if found is None or (found.role == "side" and mention.offset.bearing is None and self.words[at + 1] not in ("من", "عن")):
            return None
        return self._take_left(mention, at, found.role)

    def _left_of(self, mention: PlaceMention, at: int) -> int | None:
        """«المدخل الشمالي لعدن», «الريف الغربي لحلب»: a definite noun, perhaps with a side, before لـ."""
        side = self.vocabulary.get(self.words[at], "side")
        noun = self.vocabulary.get(self.words[at - 1], "head", "near") or (
            self.vocabulary.get(self.words[at - 1].removeprefix("ال").removeprefix("بال"), "near") if at else None
        )
        if side is None or noun is None or at == 0:
            return None
        mention.start = at - 1
        if noun.role == "near":
            mention.offset = replace(mention.offset, near=max(noun.number, 1.0), bearing=side.number)
        elif noun.value == "countryside":
            mention.countryside, mention.side = True, side.number
        else:
            mention.offset = replace(mention.offset, bearing=side.number)
        mention.prefix = noun.prefix or "-"
        return at - 2

    def _take_left(self, mention: PlaceMention, at: int, role: str) -> int | None:
        found = self.vocabulary.get(self.words[at], role)
        assert found is not None
        offset = mention.offset
        if role == "head":
            if found.definite and found.value != "capital":
                return None
            if found.value == "countryside":
                mention.countryside = True
            elif not mention.head:
                mention.head = found.value
        elif role == "between":
            mention.offset = replace(offset, along=offset.along)
            return None
        elif role in ("direction", "side"):
            bearing = found.number if offset.bearing is None else _mean(offset.bearing, found.number)
            mention.offset = replace(offset, bearing=bearing)
        elif role == "unit":
            km = self._distance(at)
            if km is None:
                return None
            mention.offset = replace(offset, km=km[0])
            mention.start, mention.prefix = km[1], "-"
            return None
        else:
            changes: dict[str, float | bool] = {"near": found.number} if role == "near" else {role: True}
            mention.offset = replace(offset, **changes)  # type: ignore[arg-type]
        mention.start, mention.prefix = at, found.prefix
        return at - 1

    def _distance(self, at: int) -> tuple[float, int] | None:
        """Kilometres of the unit at ``at`` with the number before it, and the first token of the phrase."""
        unit = self.vocabulary.get(self.words[at], "unit")
        assert unit is not None
        if self.words[at].endswith("ين"):
            return 2 * unit.number, at
        for back in (1, 2):
            if at - back >= 0 and (number := _number(self.words[at - back])) is not None:
                start = at - back
                while start and (
                    self.words[start - 1] in ("علي", "نحو", "حوالي", "some", "about", "around")
                    or self.vocabulary.get(self.words[start - 1], "distance")
                ):
                    start -= 1
                return number * unit.number, start
        return None

    def _left_english(self, mention: PlaceMention) -> None:
        position = mention.start - 1
        while position >= 0 and position not in self.taken:
            word = self.words[position]
            if word in ("the", "'s") or word in OPENERS or word in DASHES:
                position -= 1
                continue
            if word in ("of", "to", "from") and position:
                before = self.vocabulary.get(self.words[position - 1], "head", "near", "direction", "inside", "along")
                if before is None or (before.role == "head" and before.value not in _ENGLISH_OF):
                    return
                position -= 1
                continue
            found = self.vocabulary.get(word, "near", "inside", "direction", "side", "unit", "along", "over", "head")
            if found is None or (found.role == "head" and self.words[position + 1] not in ("of", "the") and found.value != "capital"):
                self._english_nation(mention, position)
                return
            if found.role == "side":
                mention.side, mention.start = found.number, position
                position -= 1
                continue
            taken = self._take_left(mention, position, found.role)
            if taken is None:
                return
            position = taken

    def _english_nation(self, mention: PlaceMention, position: int) -> None:
        nation = self.vocabulary.nations.get(self.words[position])
        if nation and mention.head:
            mention.country, mention.start = nation, position

    def _right(self, mention: PlaceMention) -> None:
        at = mention.end
        while at < len(self.words) and at < mention.end + 2 and self.words[at] in CLOSERS:
            at += 1
        for _ in range(3):
            if at >= len(self.words) or at in self.taken:
                return
            word = self.words[at]
            nation = self.vocabulary.nations.get(word) if self.lang == "ar" and word.startswith("ال") else None
            side = self.vocabulary.get(word, "side") if self.lang == "ar" else None
            if nation and not mention.country:
                mention.country = nation
            elif side and side.definite and not side.prefix and self._takes_side(mention):
                self._side(mention, side.number)
            elif word in ("وريفها", "وريفه", "وريفهما"):
                mention.countryside = True
            elif word in ("وضواحيها", "ومحيطها", "وجوارها", "واطرافها"):
                mention.offset = replace(mention.offset, near=8.0)
            elif not self._head_after(mention, at):
                return
            mention.end = at = at + 1

    def _takes_side(self, mention: PlaceMention) -> bool:
        return mention.countryside or mention.head in ("area", "adm1", "adm2", "city", "quarter") or mention.offset.near > 0 or not mention.head

    def _side(self, mention: PlaceMention, bearing: float) -> None:
        if bearing < 0:
            return
        if mention.offset.near:
            mention.offset = replace(mention.offset, bearing=bearing)
        else:
            mention.side = bearing if mention.side is None else _mean(mention.side, bearing)

    def _head_after(self, mention: PlaceMention, at: int) -> bool:
        """English "Idlib province", "Homs city", "Aleppo countryside", "Aleppo's outskirts"."""
        if self.lang != "en":
            return False
        word = self.words[at]
        if word in ("'s", "s"):
            after = self.words[at + 1] if at + 1 < len(self.words) else ""
            return bool(self.vocabulary.get(after, "head", "near", "side"))
        found = self.vocabulary.get(word, "head", "near", "side")
        if found is None or word in _BEFORE_ONLY or (found.role == "head" and mention.head):
            return False
        if found.role == "near":
            mention.offset = replace(mention.offset, near=found.number)
        elif found.role == "side":
            after = self.words[at + 1] if at + 1 < len(self.words) else ""
            if not self.vocabulary.get(after, "head", "near"):
                return False
            mention.side = found.number
        elif found.value == "countryside":
            mention.countryside = True
        else:
            mention.head = found.value
        return True

    def _link(self) -> None:
        """Note which mention is stated to lie in which, and the two ends of «بين X وY»."""
        for n in range(len(self.found) - 1):
            inner, outer = self.found[n], self.found[n + 1]
            gap = list(self.words[inner.end : outer.start])
            if len(gap) <= 4 and self._joins(gap, outer):
                inner.containers.append(n + 1)
            before = self.words[inner.start - 1] if inner.start else ""
            joined = (outer.prefix == "و" and not gap) or gap in (["و"], ["and"])
            if joined and self.vocabulary.get(before, "between"):
                inner.partner, outer.partner = n + 1, n
                inner.start -= 1
            elif joined and inner.containers == [] and n + 2 < len(self.found):
                inner.containers = []
        for n in range(len(self.found) - 2, -1, -1):
            here = self.found[n]
            for m in list(here.containers):
                here.containers.extend(k for k in self.found[m].containers if k not in here.containers)
            if self.found[n + 1].prefix == "و" and not here.containers and here.end == self.found[n + 1].start:
                here.containers.extend(self.found[n + 1].containers)

    def _joins(self, gap: list[str], outer: PlaceMention) -> bool:
        plain = [word for word in gap if word not in CLOSERS and word not in OPENERS]
        if self.lang == "en":
            if not plain:
                return bool(gap) or outer.offset.bearing is not None
            return all(word in ("in", "of", ",", "the", "'s", "s", "to") for word in plain) or (
                plain[-1] in ("in", "of") and len(plain) <= 3 and "and" not in plain
            )
        if not plain:
            return outer.prefix in ("ب", "ل", "-") or outer.offset.bearing is not None or outer.countryside or outer.head in ("adm1", "adm2")
        links = ("في", ",", "،", "-", "من", "الي", "الواقعه", "التابعه", "التابع", "الواقع", "ضمن", "باتجاه", "ب")
        return all(word in links or self.vocabulary.get(word, "side", "link", "direction") for word in plain)


_BEFORE_ONLY = frozenset("near nearby outside around off beside adjacent".split())
_SIDES = frozenset({"الشمال", "الجنوب", "الشرق", "الغرب"})
_LOCATIVE = frozenset("في الي نحو باتجاه داخل عند وفي in at near from to towards inside outside around".split())
POINTING = frozenset("city capital town village quarter adm1 adm2 camp area region countryside country airport".split())
_ENGLISH_OF = frozenset("city capital town village quarter adm1 adm2 area region camp countryside port island".split())
_NUMBERS = dict(
    zip("ثلاثه اربعه خمسه سته سبعه ثمانيه تسعه عشره عشرين ثلاثين اربعين خمسين ستين سبعين ثمانين تسعين مئه".split(),
        (3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100), strict=True)
)  # fmt: skip


def _number(word: str) -> float | None:
    try:
        return float(word.replace(",", ""))
    except ValueError:
        return float(_NUMBERS[word]) if word in _NUMBERS else None


def _mean(a: float, b: float) -> float:
    """The bearing between two, the short way round."""
    turn = (b - a + 180) % 360 - 180
    return (a + turn / 2) % 360
