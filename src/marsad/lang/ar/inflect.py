"""Inflected spellings of Arabic verbs and nouns, unvowelled and folded, from their dictionary forms.

The paradigms are those of W. Wright, A Grammar of the Arabic Language (3rd ed.), part 2, kept to the persons that
news uses. Dictionary forms may come in normal spelling, which is better (أ and ى tell classes apart), or folded.
"""

from dataclasses import dataclass, replace

from marsad.lang.text import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Unmarked spelling hides these facts, so the few verbs concerned are named (folded).
_HAMZA_MIDDLE = _words("سال راس ثار دار")  # in ا/ا: سأل يسأل beside نال ينال
_LIKE_BAQIYA = _words("بقي لقي نسي خشي رضي حظي خفي فني شقي رقي حيي عري توفي غني خزي")  # 3fs بقيت
_PASSIVE_HOLLOW = _words("قال باع ساق قاد صاغ صاد حاك شاد شاع")  # others give nouns: عيد، بيت، سير
_PASSIVE_WAW = _words("دعا غزا محا")  # others give nouns and particles: علي، نجي
_PASSIVE_W = _words("وضع وجد وصف ولد وهب")  # others give other verbs: يوقع، يوصل
_STRONG_AST = _words("استمع استند استلم استبق استرق استتر استعر استهم")  # form VIII of س, not X doubled
_FORM_III_T = _words("تابع تاجر")  # others are تأكد، تأجل
_REAL_HA = _words("وجه اتجاه تنبيه تشويه توجيه ترفيه فقيه شبيه وجيه نزيه مشبوه شبه كنه فوه سفيه")
_FEMININE = _words("حرب نار ارض يد عين نفس شمس دار بنت ام اخت بير روح سوق")


@dataclass(frozen=True, slots=True)
class Form:
    """What one spelling of a verb says; ``mood`` is "" or ``jussive``; ``pronoun``: only before an attached pronoun."""

    tense: str
    person: str
    voice: str = "active"
    mood: str = ""
    pronoun: bool = False


@dataclass(frozen=True, slots=True)
class NounForm:
    """What one spelling of a noun says: number sg|du|pl, gender m|f.

    ``state``: ``any``; ``accusative`` (-ا); ``construct``: only before a genitive or an attached pronoun;
    ``pronoun``: only before an attached pronoun.
    """

    number: str
    gender: str
    state: str = "any"


def verb_forms(past: str, present: str) -> dict[str, Form]:
    """Folded spellings of a verb, given as 3ms perfect and imperfect; the likeliest reading of each.

    Passives are listed where spelling shows them (قيل، أصيب، حوصر، يقال); ValueError if the pair is no verb.
    """
    if len(past) < 2 or len(present) < 3 or not present.startswith("ي"):
        raise ValueError(f"not a perfect and an imperfect in the 3ms: {past!r} {present!r}")
    verb = _Verb.of(past, present)
    forms: dict[str, Form] = {}
    for stem, voice in verb.past_stems():
        _add_past(forms, verb, stem, voice)
    for stem, voice in verb.present_stems():
        _add_present(forms, verb, stem, voice)
    for spelling, form in list(forms.items()):
        if form.tense == "present" and not form.mood:
            forms.setdefault("س" + spelling, Form("future", form.person, form.voice, "", form.pronoun))
    return forms


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb's folded dictionary forms and its class."""

    past: str
    present: str
    kind: str  # strong doubled hollow defective hamza (last radical) glottal (final ء)
    baqiya: bool = False  # بقي: 3fs بقيت
    alif: bool = False  # يتبنى: يتبناها

    @classmethod
    def of(cls, past: str, present: str) -> "_Verb":
        folded, folded_present = fold(past), fold(present)
        kind = _kind(past, folded, folded_present)
        # بقي يبقى: a final ي in the perfect beside ى in the imperfect, where the spelling still shows both
        shown = past.endswith("ي") and present.endswith("ى")
        baqiya = kind == "defective" and (shown or folded in _LIKE_BAQIYA)
        alif = kind == "defective" and (present.endswith("ى") or baqiya or folded.startswith("ت"))
        return cls(folded, folded_present, kind, baqiya, alif)

    def past_stems(self) -> list[tuple[str, str]]:
        """3ms perfects, active first."""
        past = self.past
        stems = [(past, "active")]
        if self.kind == "hollow" and self._hollow_passive():
            stems.append((past[:-2] + "ي" + past[-1], "passive"))
        elif self.kind == "hamza" and past[0] != "ت":
            if len(past) == 4 and past[1] == "ا":
                stems.append((past[0] + "و" + past[2:-1] + "ي", "passive"))
            elif len(past) >= 4:
                stems.append((past[:-1] + "ي", "passive"))
        elif self.kind == "defective" and past in _PASSIVE_WAW:
            stems.append((past[:-1] + "ي", "passive"))
        elif len(past) == 4 and past[1] == "ا" and (past[0] not in "ات" or past in _FORM_III_T):
            stems.append((past[0] + "و" + past[2:], "passive"))  # حاصر: حوصر
        elif len(past) == 5 and past[0] == "ت" and past[2] == "ا" and past[3] != "ء" and past[4] not in "يا":
            stems.append((past[:2] + "و" + past[3:], "passive"))  # تبادل: تبودل
        return stems

    def present_stems(self) -> list[tuple[str, str]]:
        """3ms imperfects, active first."""
        past, present = self.past, self.present
        stems = [(present, "active")]
        if self.kind == "hollow" and present[-2] in "وي" and self._hollow_passive():
            stems.append((present[:-2] + "ا" + present[-1], "passive"))
        elif self.kind == "defective" and past in _PASSIVE_WAW:
            stems.append((present[:-1] + "ي", "passive"))
        elif len(past) == 3 and present.startswith("يا") and self.kind != "hollow":
            stems.append(("يو" + present[2:], "passive"))  # يأسر: يؤسر
        elif past in _PASSIVE_W:
            stems.append(("يو" + present[1:], "passive"))
        return stems

    def _hollow_passive(self) -> bool:
        if len(self.past) == 3:
            return self.past in _PASSIVE_HOLLOW
        return not (self.past.startswith("ان") and self.present.startswith("ين") and self.present[-2] == "ا")


def _kind(raw: str, past: str, present: str) -> str:
    """The class of a verb from its spelling alone."""
    if past[-1] == "ا" and (present[-1] == "ا" or (present[-1] == "ي" and not past.endswith("يا"))):
        return "hamza"
    if past[-1] in "اي" and not raw.endswith("ئ"):
        return "defective"
    if past[-1] == "ء":
        return "glottal"
    if _hollow(raw, past, present):
        return "hollow"
    return "doubled" if _doubled(raw, past, present) else "strong"


def _hollow(raw: str, past: str, present: str) -> bool:
    if len(past) < 3 or raw[-2] != "ا" or past[-2] != "ا" or present[-2] not in "اوي":
        return False
    return not (past in _HAMZA_MIDDLE and present[-2] == "ا")


def _doubled(raw: str, past: str, present: str) -> bool:
    if len(past) == 2:
        return True
    if past[0] != "ا":
        return False
    if len(past) == 3:
        return len(present) == 3
    if len(past) == 4 and raw[0] not in "أآ":
        return (past[2] in "تط" and past[1] != "ت") or past.startswith("ان")
    return len(past) == 5 and past.startswith("است") and past not in _STRONG_AST


def _add_past(forms: dict[str, Form], verb: _Verb, stem: str, voice: str) -> None:
    """Persons of the perfect on the 3ms ``stem``."""

    def add(person: str, *spellings: str, pronoun: bool = False) -> None:
        for spelling in spellings:
            forms.setdefault(spelling, Form("past", person, voice, "", pronoun))

    kind = verb.kind
    if kind == "defective":
        _add_past_defective(forms, verb, stem, voice)
        return
    add("3ms", stem)
    add("3fs", stem + "ت")
    add("3mp", stem + "وا")
    add("3mp", stem + "و", pronoun=True)
    if kind == "hamza" and stem.endswith("ا"):  # بدأوا، بدؤوا، بدءوا
        add("3mp", stem[:-1] + "ووا", stem[:-1] + "ءوا")
    if kind == "glottal":  # جاؤوا
        add("3mp", stem[:-1] + "ووا")
    add("3fd", stem + "تا")
    short = _short_past(verb, stem)
    if voice == "active":
        if kind != "hamza":  # بدآ folds to بدا
            add("3md", stem + "ا")
        add("3fp", _join(short, "ن"))
        if kind != "hollow":  # استعدت (I regained) is more often استعدّت
            add("1s", _join(short, "ت"))
        add("1p", _join(short, "نا"))


def _join(stem: str, ending: str) -> str:
    """A consonant ending, written once with a like radical before it: أعلنّا."""
    return stem + ending.removeprefix(stem[-1])


def _short_past(verb: _Verb, stem: str) -> str:
    """The stem before a consonant: قلـ، شننـ، جئـ."""
    if verb.kind == "hollow":
        return stem[:-2] + stem[-1]
    if verb.kind == "doubled":
        return stem + stem[-1]
    if verb.kind == "glottal":
        return stem[:-2] + ("ي" if len(stem) == 3 else "ا")
    return stem


def _add_past_defective(forms: dict[str, Form], verb: _Verb, stem: str, voice: str) -> None:
    """Persons of the perfect of verbs in ى، ا، ي: نفى، دعا، بقي."""
    base = stem[:-1]
    long = base + ("و" if stem[-1] == "ا" and verb.present[-1] == "و" else "ي")
    if stem[-1] == "ا" and base.endswith("ي"):
        long = base  # أحيا: أحييت is rare beside أحيت
    keeps = verb.baqiya or voice == "passive"

    def add(person: str, spelling: str, said: str = voice, *, pronoun: bool = False) -> None:
        forms.setdefault(spelling, Form("past", person, said, "", pronoun))

    add("3ms", stem)
    add("3fs", long + "ت" if keeps else base + "ت")
    add("3fd", long + "تا" if keeps else base + "تا")
    add("3mp", base + "وا")
    add("3mp", base + "و", pronoun=True)
    if not keeps:
        add("3ms", base + "ا", pronoun=True)
        if not verb.past.startswith(("ت", "ان")) and long.endswith("ي"):
            add("3fs", long + "ت", "passive")  # أُجريت is far likelier in news than "I conducted"
            add("3fd", long + "تا", "passive")
    add("3md", long + "ا")
    if voice == "active":
        add("3fp", long + "ن")
        add("1s", long + "ت")
        add("1p", long + "نا")


def _add_present(forms: dict[str, Form], verb: _Verb, stem: str, voice: str) -> None:
    """Persons of the imperfect on the 3ms ``stem``, indicative, subjunctive and jussive."""
    kind, tail = verb.kind, stem[1:]
    base = tail[:-1] if kind == "defective" else tail
    hamza = kind == "hamza" and tail.endswith("ا")

    def add(person: str, spelling: str, mood: str = "", *, pronoun: bool = False) -> None:
        forms.setdefault(spelling, Form("present", person, voice, mood, pronoun))

    for prefix, person in (("ي", "3ms"), ("ت", "3fs"), ("ن", "1p"))[: 3 if len(tail) > 2 else 2]:  # not نصف، نحن
        add(person, prefix + tail)
        if verb.alif:
            add(person, prefix + base + "ا", pronoun=True)
        if hamza:
            add(person, prefix + tail[:-1] + "و", pronoun=True)
    for plural in _plural_stems(kind, tail, base):
        add("3mp", "ي" + plural + "ون")
        add("3mp", "ي" + plural + "وا", "jussive")
        add("3mp", "ي" + plural + "و", pronoun=True)
    dual = tail[:-1] if hamza else tail
    for prefix, gender in (("ي", "m"), ("ت", "f")):
        add(f"3{gender}d", prefix + dual + "ان")
        add(f"3{gender}d", prefix + dual + "ا", "jussive")
    short = _short_present(kind, tail)
    if len(short) > 1:
        for prefix, person in (("ي", "3ms"), ("ت", "3fs")):  # not 1p: نقل، نصب are nouns
            add(person, prefix + short, "jussive")
    if voice == "active":
        feminine = tail + tail[-1] if kind == "doubled" else tail if kind == "defective" else short
        add("3fp", _join("ي" + feminine, "ن"))
        if len(tail) > 3:  # of shorter ones most are other words: أكثر، أحد، إلى
            add("1s", "ا" + tail)


def _plural_stems(kind: str, tail: str, base: str) -> tuple[str, ...]:
    """What stands before ون: يبدأون، يبدؤون; يسيئون."""
    if kind == "hamza" and tail.endswith("ا"):
        return tail, tail[:-1] + "و"
    if kind == "glottal":
        return tail[:-1] + "ي", tail[:-1] + "و", tail
    return (base,)


def _short_present(kind: str, tail: str) -> str:
    """The jussive singular without its prefix: يقل، ينف."""
    if kind == "hollow":
        return tail[:-2] + tail[-1]
    if kind == "glottal":
        return tail[:-1]
    return tail[:-1] if kind == "defective" else tail


def noun_forms(words: str, *, human: bool | None = None) -> dict[str, NounForm]:
    """Folded spellings of a noun given as "singular plural plural…"; the likeliest reading of each.

    ``human``: whether to build ون/ين and the feminine; None decides by shape (a nisba or a م- participle without
    a plural of its own, or a plural in ون/ين). ValueError if there is no word.
    """
    raw = words.split()
    if not raw:
        raise ValueError("no noun given")
    forms: dict[str, NounForm] = {}
    singular, plurals = raw[0], raw[1:]
    gender = "f" if _feminine(singular) else "m"
    for plural in plurals:
        _add_plural(forms, plural, gender)
    forms[fold(singular)] = NounForm("sg", gender)
    sound = any(fold(plural).endswith(("ون", "ين")) and len(plural) > 4 for plural in plurals)
    if gender == "m" and (sound or _takes_un(singular, plurals, human)):
        _add_human(forms, fold(singular), plural=not plurals or sound)
    elif not plurals:
        _add_default_plural(forms, singular, gender)
    _add_singular(forms, singular, gender)
    return forms


def _feminine(word: str) -> bool:
    folded = fold(word)
    return word.endswith("ة") or (folded.endswith("ه") and folded not in _REAL_HA) or folded in _FEMININE


def _takes_un(singular: str, plurals: list[str], human: bool | None) -> bool:
    """Whether a masculine word without a given ون plural is a person's: مدني، مسلح."""
    if human is False or singular.endswith("ى"):
        return False
    nisba = len(singular) >= 4 and singular.endswith("ي")
    if human:
        return nisba or not plurals
    return not plurals and (nisba or (len(singular) >= 4 and singular.startswith("م")))


def _add_human(forms: dict[str, NounForm], stem: str, *, plural: bool) -> None:
    """Sound masculine plural and the feminine: مدنيون، مدنيو، مدنية، مدنيات."""
    if plural:
        for ending, state in (("ون", "any"), ("ين", "any"), ("و", "construct"), ("ي", "construct")):
            forms.setdefault(stem + ending, NounForm("pl", "m", state))
    forms.setdefault(stem + "ه", NounForm("sg", "f"))
    forms.setdefault(stem + "ات", NounForm("pl", "f"))
    forms.setdefault(stem + "ت", NounForm("sg", "f", "pronoun"))
    _add_dual(forms, stem + "ت", "f")


def _add_default_plural(forms: dict[str, NounForm], singular: str, gender: str) -> None:
    """-ات for words in ة and for derived verbal nouns (انفجار، تفجير) whose plural is not given."""
    stem = fold(singular)
    if singular.endswith("ة") or (gender == "f" and stem.endswith("ه")):
        forms.setdefault(stem[:-1] + "ات", NounForm("pl", "f"))
    elif len(stem) >= 5 and ((stem[0] == "ا" and stem[-2] == "ا") or (stem[0] == "ت" and stem[-2] == "ي")):
        forms.setdefault(stem + "ات", NounForm("pl", "f"))


def _add_singular(forms: dict[str, NounForm], singular: str, gender: str) -> None:
    """Accusative, dual and the spellings before a pronoun."""
    stem = fold(singular)
    if gender == "f" and stem.endswith("ه"):
        forms.setdefault(stem[:-1] + "ت", NounForm("sg", "f", "pronoun"))
        _add_dual(forms, stem[:-1] + "ت", "f")
        return
    if stem[-1] == "ا":
        _add_dual(forms, stem[:-1], gender)
        return
    if singular.endswith("ى"):
        forms.setdefault(stem[:-1] + "ا", NounForm("sg", gender, "pronoun"))
    elif stem.endswith("اء"):
        _add_glottal(forms, stem, NounForm("sg", gender, "pronoun"))
    else:
        forms.setdefault(stem + "ا", NounForm("sg", gender, "accusative"))
    _add_dual(forms, stem, gender)


def _add_dual(forms: dict[str, NounForm], stem: str, gender: str) -> None:
    for ending, state in (("ان", "any"), ("ين", "any"), ("ا", "construct"), ("ي", "construct")):
        if ending != "ي" or len(stem) > 3:  # سلبي، حربي are adjectives
            forms.setdefault(stem + ending, NounForm("du", gender, state))


def _add_glottal(forms: dict[str, NounForm], stem: str, form: NounForm) -> None:
    """Hamza on its bearers before a pronoun: لوائه، لواؤه."""
    forms.setdefault(stem[:-1] + "ي", form)
    forms.setdefault(stem[:-1] + "و", form)


def _add_plural(forms: dict[str, NounForm], plural: str, gender: str) -> None:
    """A given plural with its own case and construct spellings."""
    stem = fold(plural)
    if stem.endswith(("ون", "ين")) and len(stem) > 4:
        for ending, state in (("ون", "any"), ("ين", "any"), ("و", "construct"), ("ي", "construct")):
            forms.setdefault(stem[:-2] + ending, NounForm("pl", "m", state))
        return
    form = NounForm("pl", "f" if stem.endswith("ات") else gender)
    forms.setdefault(stem, form)
    bound = replace(form, state="pronoun")
    if plural.endswith("ى"):
        forms.setdefault(stem[:-1] + "ا", bound)
    elif stem.endswith("ه"):
        forms.setdefault(stem[:-1] + "ت", bound)
    elif stem.endswith("اء"):
        _add_glottal(forms, stem, bound)
    elif not stem.endswith(("ات", "ا", "ي")) and not (len(stem) >= 5 and stem[2] == "ا"):
        forms.setdefault(stem + "ا", replace(form, state="accusative"))
