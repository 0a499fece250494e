"""The words around a place name.

Nouns («مدينة», "town of"), directions, distances, «قرب», «ريف», adjectives of side and country.
"""

from collections.abc import Sequence, Set
from dataclasses import replace

from marsad.geocode.mention import CLOSERS, OPENERS, PlaceMention
from marsad.geocode.names import DASHES
from marsad.geocode.vocabulary import Vocabulary, vocabulary

_BEFORE_ONLY = frozenset("near nearby outside around off beside adjacent".split())
_ENGLISH_OF = frozenset(
    "city capital town village quarter adm1 adm2 area region camp countryside port island site street".split()
)
_ENGLISH_FIRST = frozenset("hotel camp wadi mount fort".split())
_NUMBERS = dict(
    zip("ثلاثه اربعه خمسه سته سبعه ثمانيه تسعه عشره عشرين ثلاثين اربعين خمسين ستين سبعين ثمانين تسعين مئه".split(),
        (3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100), strict=True)
)  # fmt: skip


class Around:
    """Widens a mention to the left and to the right over the words that belong to it."""

    def __init__(self, words: Sequence[str], lang: str, taken: Set[int]) -> None:
        self.words, self.lang, self.taken = words, lang, taken
        self.vocabulary: Vocabulary = vocabulary(lang)
        self._floor = 0

    def left(self, mention: PlaceMention, before: PlaceMention | None) -> None:
        """Take in what stands before the name.

        ``before`` is the mention before it, whose noun a name joined by و shares.
        """
        self._floor = before.end if before is not None else 0
        if mention.prefix not in ("", "ل"):
            self._inherit(mention, before)
        elif self.lang == "ar":
            self._left_arabic(mention)
        else:
            self._left_english(mention)

    def _inherit(self, mention: PlaceMention, before: PlaceMention | None) -> None:
        """«محافظتي عدن وأبين»: a name joined by و shares the noun of the name before it."""
        if before is None or mention.prefix != "و" or before.end != mention.start or before.anaphor:
            return
        if before.head and not mention.head:
            mention.head, mention.countryside, mention.offset = before.head, before.countryside, before.offset

    def _left_arabic(self, mention: PlaceMention) -> None:
        position = mention.start - 1
        of = mention.prefix == "ل"
        while position >= self._floor and position not in self.taken:
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
        if (
            word in ("من", "عن")
            and at
            and (before := self.vocabulary.get(self.words[at - 1], "direction", "side", "near", "unit"))
        ):
            return at - 1 if before.role in ("near", "unit") or before.definite else None
        if word in ("الي", "علي") and mention.offset.bearing is not None:
            return (
                at - 1
                if at and (self.vocabulary.get(self.words[at - 1], "unit") or self.words[at - 1][:1].isdigit())
                else None
            )
        found = self.vocabulary.get(
            word, "near", "inside", "direction", "side", "unit", "along", "over", "head", "between"
        )
        if found is None or (
            found.role == "side" and mention.offset.bearing is None and self.words[at + 1] not in ("من", "عن")
        ):
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
        while position >= self._floor and position not in self.taken:
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
            joined = self.words[position + 1] in ("of", "the") or word in _ENGLISH_FIRST
            if found is None or (found.role == "head" and not joined and found.value != "capital"):
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

    def right(self, mention: PlaceMention) -> None:
        """Take in what stands after the name: sides, countries, English nouns, «وريفها»."""
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
        return (
            mention.countryside
            or mention.head in ("area", "adm1", "adm2", "city", "quarter")
            or mention.offset.near > 0
            or not mention.head
        )

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


def _number(word: str) -> float | None:
    try:
        return float(word.replace(",", ""))
    except ValueError:
        return float(_NUMBERS[word]) if word in _NUMBERS else None


def _mean(a: float, b: float) -> float:
    """The bearing between two, the short way round."""
    turn = (b - a + 180) % 360 - 180
    return (a + turn / 2) % 360
