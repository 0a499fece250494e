"""Finding place mentions in the folded tokens of one sentence.

A mention is the name, the nouns before it, and how the event lies to it:

    find_places("على بعد 35 كيلومترا جنوب مدينه سرت".split(), "ar", gazetteer)
    # [PlaceMention(start=0, end=7, core=(6, 7), head="city", offset=Offset(bearing=180, km=35.0), ...)]
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from marsad.geocode.around import Around
from marsad.geocode.gazetteer import SETTLEMENTS, Gazetteer, NameMatch
from marsad.geocode.mention import CLOSERS, OPENERS, Offset, PlaceMention
from marsad.geocode.names import ARTICLES, is_arabic
from marsad.geocode.vocabulary import Vocabulary, vocabulary

__all__ = ["Offset", "PlaceMention", "find_places"]

UNKNOWN_HEADS = frozenset("city town village quarter adm2 camp mountain".split())


def find_places(
    words: Sequence[str],
    lang: str,
    gazetteer: Gazetteer,
    *,
    capitalised: Sequence[bool] | None = None,
    taken: Iterable[tuple[int, int]] = (),
) -> list[PlaceMention]:
    """Place mentions of one sentence, left to right.

    ``words``: folded tokens. ``capitalised``: for English, whether each token began with a capital; names must.
    ``taken``: token
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
        self.around = Around(words, lang, taken)
        self.found: list[PlaceMention] = []

    def run(self) -> list[PlaceMention]:
        i = 0
        while i < len(self.words):
            mention = None if i in self.taken or self._plain(i) else self._at(i)
            if mention is None:
                i += 1
                continue
            self.found.append(mention)
            i = max(mention.end, i + 1)
        self._link()
        return self.found

    def _plain(self, i: int) -> bool:
        """Whether token ``i`` is plainly no place: it begins no name, points to none and has no noun before it."""
        word, known = self.words[i], self.vocabulary
        if word in known.pointers:
            return False
        if self.capitalised is not None:
            return not self.capitalised[i] and not self.gazetteer.opens_stop_phrase(word)
        return not (self.gazetteer.may_begin(word) or (i and self.words[i - 1] in known.heads))

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
            self.around.left(mention, self.found[-1] if self.found else None)
            self.around.right(mention)
        return mention

    def _best(self, i: int) -> NameMatch | None:
        for match in self.gazetteer.match(self.words, i):
            if match.start in self.taken or (match.end - 1 in self.taken and match.end in self.taken):
                continue  # of an actor; but «جبل الأكراد» is longer than «الأكراد»
            if self._is_noun(match) or self._in_person(match):
                continue
            if self.capitalised is not None and not self._capital(match):
                continue
            if not match.weak or self._cued(match):
                return match
        return None

    def _never_names(self, at: int) -> bool:
        return self.vocabulary.get(self.words[at], "function") is not None

    def _in_person(self, match: NameMatch) -> bool:
        """Whether the words beside it make it no place's name («أبو عقيل», «لواء القدس», "Aleppo Brigade")."""
        before = self.words[match.start - 1] if match.start else ""
        after = self.words[match.end] if match.end < len(self.words) else ""
        person = match.prefix == "" and self.vocabulary.get(before, "person") is not None
        return person or self.vocabulary.get(after, "troop") is not None

    def _is_noun(self, match: NameMatch) -> bool:
        """Whether the "name" is (or loosely begins with) a noun such as مدينة itself; «قرية الضيعة» is a name."""
        known = [word for word in self.vocabulary.words.get(self.words[match.start], ()) if word.role != "first"]
        if not known:
            return False
        if match.end - match.start > 1:
            return match.loose and any(word.role == "head" and not word.definite for word in known)
        return not (any(word.definite for word in known) and self.gazetteer.has_container(self.words, match.start))

    def _cued(self, match: NameMatch) -> bool:
        """Whether words beside a weak name say that a place is meant.

        «في», «قرب», a place joined by و, a container after it.
        """
        words, start, end = self.words, match.start, match.end
        before = words[start - 1] if start else ""
        if match.prefix == "ب" or (match.prefix in ("", "ل") and (before in _LOCATIVE or self._near_word(before))):
            return True
        if (
            self.found
            and match.prefix in ("و", "")
            and 0 <= start - self.found[-1].end <= 1
            and not self.found[-1].anaphor
        ):
            return match.prefix == "و" or before in (",", "،", "و", "and", "-")
        if end >= len(words):
            return False
        after = words[end]
        if match.prefix:
            return False
        return bool(self.vocabulary.get(after, "direction") or after in ("بريف", "وريفها")) or self._place_in(
            after, end
        )

    def _place_in(self, after: str, end: int) -> bool:
        """Whether «في X» or «بX» follows, X a place: then what stands before it is probably one too."""
        found = self.gazetteer.match(
            self.words, end + 1 if after in ("في", "in") and end + 1 < len(self.words) else end
        )
        return bool(found) and not found[0].weak and (after in ("في", "in") or found[0].prefix == "ب")

    def _near_word(self, word: str) -> bool:
        found = self.vocabulary.get(word, "near", "direction", "inside", "between")
        return found is not None and not found.definite

    def _capital(self, match: NameMatch) -> bool:
        assert self.capitalised is not None
        small = [k for k in range(match.start + 1, match.end) if not self.capitalised[k] and self.words[k].isalpha()]
        ours = any(place.id.startswith("marsad:") for place in match.candidates)
        return self.capitalised[match.start] and (ours or all(self._may_be_small(k) for k in small))

    def _may_be_small(self, at: int) -> bool:
        return self.words[at] in ARTICLES or self.words[at] in self.vocabulary.words

    def _named(self, match: NameMatch) -> PlaceMention:
        start = match.end - 1
        while start > match.start:
            start -= 1
        name = " ".join(self.words[match.start : match.end])
        if match.prefix and is_arabic(name):
            name = name[len(match.prefix) :]
        noun = self.vocabulary.get(self.words[match.start], "head") if match.end - match.start > 1 else None
        if noun is not None and noun.value in UNKNOWN_HEADS:
            match = self._with_plain(match)
        return PlaceMention(
            start,
            match.end,
            (match.start, match.end),
            name,
            match.candidates,
            prefix=match.prefix,
            loose=match.loose,
            weak=match.weak,
            head=noun.value if noun and not noun.definite and noun.value != "street" else "",  # «جسر الشغور»
        )

    def _with_plain(self, match: NameMatch) -> NameMatch:
        """A name that holds its noun («حي الروضة») together with the places that are called so without it."""
        plain = self.gazetteer.lookup(" ".join(self.words[match.start + 1 : match.end]))
        known = {place.id for place in match.candidates}
        more = (p for p in plain if p.id not in known and p.kind in SETTLEMENTS | {"adm2", "camp"})
        return match._replace(candidates=(*match.candidates, *more))

    def _pointing(self, i: int) -> PlaceMention | None:
        """«المدينة», «البلاد», "the city", or a side with a country («الشمال السوري»)."""
        word = self.words[i]
        if self.lang == "en":
            found = self.vocabulary.get(word, "pointing")
            if found is None or i == 0 or self.words[i - 1] != "the" or self.words[i + 1 : i + 2] in (["of"], ["-"]):
                return None
            return self._pointer(i, i + 1, found.value, "")
        found = self.vocabulary.get(word, "pointing") or self.vocabulary.get(word, "head")
        after = self.words[i + 1] if i + 1 < len(self.words) else ""
        nation = self.vocabulary.nations.get(after, "") if after.startswith("ال") else ""
        if found and found.role == "head" and not (found.definite and nation and found.value in ("territory", "area")):
            found = None
        if found:
            head = "country" if found.value == "territory" or (found.value == "area" and nation) else found.value
            return self._pointer(i, i + 1, head, found.prefix)
        side = self.vocabulary.get(word, "side")
        if side is None or word.removeprefix(side.prefix) not in _SIDES:
            return None
        if nation:
            return replace(self._pointer(i, i + 2, "country", side.prefix), side=side.number, country=nation)
        if side.prefix in ("ب", "ل") or (i and self.words[i - 1] in ("في", "الي", "من", "وفي", "نحو")):
            return (
                None
                if after in ("من", "الاوسط", "الادني")
                else replace(self._pointer(i, i + 1, "country", side.prefix), side=side.number)
            )
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
        if head is None or head.definite or head.value not in UNKNOWN_HEADS or self._never_names(i):
            return None
        known = self.vocabulary.words.get(self.words[i], ())
        if any(word.role != "first" for word in known) or self.words[i] in self.vocabulary.nations:
            return None
        if not known and self.lang == "ar" and self.gazetteer.is_common(self.words[i]):
            return None
        end = i + 1
        if self.lang == "en":
            while end < len(self.words) and self.capitalised and self.capitalised[end] and end - i < 4:
                end += 1
        elif self.vocabulary.get(self.words[i], "first") and end < len(self.words) and not self._never_names(end):
            end += 1
        return PlaceMention(at, end, (at, end), " ".join(self.words[at:end]), (), unknown=True)

    def _link(self) -> None:
        """Note which mention is stated to lie in which, and the two ends of «بين X وY»."""
        for n in range(len(self.found) - 1):
            inner, outer = self.found[n], self.found[n + 1]
            gap = list(self.words[inner.end : outer.start])
            if len(gap) <= 4 and self._joins(gap, outer):
                inner.containers.append(n + 1)
                inner.stated = not {"to", "from", "الي", "من", "باتجاه", "-"} & set(gap)
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
                here.containers.extend(k for k in self.found[m].containers[:_NESTED] if k not in here.containers)
            if self.found[n + 1].prefix == "و" and not here.containers and here.end == self.found[n + 1].start:
                here.containers.extend(self.found[n + 1].containers)

    def _joins(self, gap: list[str], outer: PlaceMention) -> bool:
        plain = [word for word in gap if word not in CLOSERS and word not in OPENERS]
        if self.lang == "en":
            if not plain:
                return bool(gap) or outer.offset.bearing is not None or outer.offset.near > 0
            return all(word in ("in", "of", ",", "the", "'s", "s", "to") for word in plain) or (
                plain[-1] in ("in", "of") and len(plain) <= 3 and "and" not in plain
            )
        if not plain:
            return (
                outer.prefix in ("ب", "ل", "-")
                or outer.offset.bearing is not None
                or outer.countryside
                or outer.head in ("adm1", "adm2")
            )
        links = ("في", ",", "،", "-", "من", "الي", "الواقعه", "التابعه", "التابع", "الواقع", "ضمن", "باتجاه", "ب")
        return all(word in links or self.vocabulary.get(word, "side", "link", "direction") for word in plain)


_NESTED = 8  # a quarter in a town in a district in a province in a country, and some to spare
_SIDES = frozenset({"الشمال", "الجنوب", "الشرق", "الغرب"})
_LOCATIVE = frozenset("في علي الي نحو باتجاه داخل عند وفي in at near from to towards inside outside around".split())
