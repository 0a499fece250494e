"""Which of its readings an English word has where it stands: verb, noun, adjective, conjunction or preposition."""

from marsad.lang.base import Form, Match, Sentence, Unit

BE = frozenset("is are was were be been being am 's 're get got gets getting".split())
HAVE = frozenset("has have had having".split())
MODALS = frozenset("will would may might could can shall should must 'll cannot can't won't wouldn't couldn't".split())
DO = frozenset("do does did didn't don't doesn't".split())
_POINTING = frozenset(
    "the a an its their his her our my this these those several two three four five six seven eight nine ten some any "
    "dozens hundreds thousands half large swaths swathes much most more all both part parts at least over nearly about "
    "around".split()
)
_PRONOUNS = frozenset("he she it they we i you who which that there".split())
_AUXILIARY = BE | HAVE | MODALS | DO
_CLAUSAL = frozenset(
    "after before since until as when while whereas where because once though although if unless whether".split()
)
_COMPOUND = frozenset(
    "held led controlled backed run dominated affiliated linked aligned occupied besieged based".split()
)
_GROUND = frozenset(
    "area areas town towns city cities village villages district districts neighbourhood neighbourhoods neighborhood "
    "neighborhoods suburb suburbs part parts side sides half territory territories enclave enclaves province provinces "
    "region regions zone zones north south east west northern southern eastern western parts stretch pocket pockets "
    "quarter quarters land ground portion stronghold border countryside".split()
)
_BACK = 40
_HOLDING = frozenset("held controlled run occupied besieged based".split())
_APART = frozenset("since while whereas although though".split())
_HARD = {"S", ":", "C", ";"}


def tags_of(form: Form) -> frozenset[str]:
    """The tags that words.tsv and the other lexicons give a single word."""
    found = set()
    for hit in form.hits:
        entry = hit.pattern.entry
        if hit.pattern.tail:
            continue
        if entry.kind == "word":
            found.add(entry.value)
        elif entry.kind in ("party", "actor", "nation"):
            found.add("N")
        elif entry.kind in ("event", "speech", "cue"):
            found.add("V" if entry.pos == "verb" else "N" if entry.pos in ("noun", "masdar", "part") else "X")
        else:
            found.add("P")
    return frozenset(found)


def verbal(unit: Unit, verb: Match, before: list[Unit], sentence: Sentence) -> bool:
    """Whether a form that may be verb or noun (attack, raids, shelling) stands where a verb stands."""
    tense = verb.feature.tense
    last = _last(before)
    after = unit.end
    if tense in ("past", "pp"):
        return not _attributive(last, after, sentence)
    if tense == "ing":
        return _ing(last, after, sentence)
    if last is None:
        return False
    if _lifts(before, sentence):
        return True
    if last.form.norm in _PRONOUNS and last.cat != "D":
        return True
    if last.cat not in ("N", "E") or last.number is not None or _verb_before(before):
        return False
    if verb.entry.kind == "speech" and (last.actor is not None or last.speech is not None):
        return True
    if tense == "base" and _plural(last, sentence) and (last.party is not None or last.actor is not None):
        return True
    return _object_follows(after, sentence) and (tense == "present") != _plural(last, sentence)


def _last(before: list[Unit]) -> Unit | None:
    return next(
        (
            u
            for u in reversed(before[-_BACK:])
            if u.cat not in ('"', "X", "T", "(", ")") or u.form.norm in _AUXILIARY | _PRONOUNS
        ),
        None,
    )


def _lifts(before: list[Unit], sentence: Sentence) -> bool:
    """«to», a modal or «did» before, with at most adverbs between."""
    for unit in reversed(before[-3:]):
        word = unit.form.norm
        if word == "to":
            return unit.cat in ("O", "P", "X")
        if word in MODALS or word in DO or sentence.words[unit.end - 1] == "to":
            return True
        if unit.cat not in ("X", "T"):
            return False
    return False


def _plural(unit: Unit, sentence: Sentence) -> bool:
    feature = unit.party or unit.actor or unit.word
    if feature is not None and feature.feature.number:
        return feature.feature.number == "pl"
    word = sentence.words[unit.end - 1]
    return word.endswith("s") and not word.endswith("ss")


def _verb_before(before: list[Unit]) -> bool:
    """Whether the clause has its verb already."""
    for unit in reversed(before[-_BACK:]):
        if unit.cat in _HARD or unit.cat in ("M", "R"):
            return False
        if unit.cat == "V" or unit.form.norm in _AUXILIARY:
            return True
    return False


def _object_follows(at: int, sentence: Sentence) -> bool:
    """Whether a determined or named phrase begins at token ``at``."""
    if at >= len(sentence.words):
        return False
    word = sentence.words[at]
    if word in _POINTING or word[:1].isdigit():
        return True
    return sentence.surface[at][:1].isupper() or "N" in tags_of(sentence.forms[at])


def _ing(last: Unit | None, at: int, sentence: Sentence) -> bool:
    """A participle or gerund with its object, against a verbal noun («the shelling of», «artillery shelling»)."""
    follows = at < len(sentence.words) and sentence.words[at] != "of" and _object_follows(at, sentence)
    if last is None:
        return follows
    if last.form.norm in BE:
        return True
    if last.cat in ("D", "A") or last.form.norm in ("'s", "no"):
        return False
    return follows


def _attributive(last: Unit | None, at: int, sentence: Sentence) -> bool:
    """«the besieged town», «three wounded soldiers»: a participle before its noun."""
    if at >= len(sentence.words) or last is None:
        return False
    form = sentence.forms[at]
    known = tags_of(form)
    if last.form.norm == "to" or "P" in known:
        return False
    nominal = ("N" in known or (form.tag == "N" and not known)) and sentence.words[at] not in _POINTING
    if not nominal or sentence.words[at][:1].isdigit():
        return False
    if last.form.norm == "-":
        return True
    if last.form.norm in _AUXILIARY:
        return False
    return last.cat in ("D", "P", "A") or last.number is not None or last.form.norm == "'s"


def retag(units: list[Unit], sentence: Sentence) -> None:
    """Settle, left to right, what the lexicons leave open; units are changed in place."""
    for at, unit in enumerate(units):
        word = unit.form.norm
        if word == "'s" or word == "'":
            unit.cat = "-"
        elif unit.cat == "V" and word not in _AUXILIARY:
            _verb(units, at, sentence)
        elif unit.cat == "M" and word == "that":
            _that(units, at)
        elif unit.cat in ("X", "V") and word in _AUXILIARY and unit.event is None and unit.end - unit.start == 1:
            unit.cat = "B"
    _hyphens(units)
    _unhyphened(units)
    for at, unit in enumerate(units):
        if unit.form.norm in _CLAUSAL and unit.cat in ("P", "C", "X") and unit.event is None:
            unit.cat = "C" if unit.cat == "C" or _clause_follows(units, at) else "P"
            if unit.cat == "C" and unit.form.norm in _APART:
                unit.cat = "S"
    _definite(units)


def _verb(units: list[Unit], at: int, sentence: Sentence) -> None:
    """A verb form that stands as a noun or adjective is one."""
    unit = units[at]
    tense = unit.feature.tense
    if unit.end - unit.start > 1 and unit.event is None:
        return
    last = _last(units[max(0, at - _BACK) : at])
    if tense in ("past", "pp"):
        if _attributive(last, unit.end, sentence):
            unit.cat = "A"
        return
    known = tags_of(unit.form)
    if "ADV" in known and not _lifts(units[max(0, at - _BACK) : at], sentence):
        unit.cat, unit.event = "X", None
        return
    if tense == "ing":
        if last is not None and (last.cat in ("D", "A") or last.form.norm == "'s") and unit.event is None:
            unit.cat = "N" if "N" in known else "A"
        return
    if last is None:
        if known & {"N", "ADJ"} and unit.event is None and unit.speech is None:
            unit.cat = "A" if "ADJ" in known else "N"
        return
    if _lifts(units[max(0, at - _BACK) : at], sentence) or last.form.norm in _PRONOUNS:
        return
    if not known & {"N", "ADJ"} and last.cat not in ("D", "A", "P"):
        return
    if last.cat in ("D", "A", "P") or last.form.norm == "'s" or last.number is not None:
        unit.cat = "A" if "ADJ" in known and _noun_follows(unit.end, sentence) else "N"
    elif last.cat in ("N", "E") and not _object_follows(unit.end, sentence) and known & {"N", "ADJ"}:
        unit.cat = "A" if "ADJ" in known else "N"
    elif _verb_before(units[max(0, at - _BACK) : at]) and known & {"N"} and unit.event is None and unit.speech is None:
        unit.cat = "N"


def _noun_follows(at: int, sentence: Sentence) -> bool:
    return at < len(sentence.forms) and ("N" in tags_of(sentence.forms[at]) or sentence.forms[at].tag == "N")


def _that(units: list[Unit], at: int) -> None:
    """«the shells that fell» (relative), «said that» (complementiser), «that attack» (demonstrative)."""
    before = units[at - 1] if at else None
    behind = next((u for u in units[at + 1 : at + _BACK] if u.cat != "X"), None)
    if behind is None:
        return
    if before is not None and before.cat in ("N", "E") and (behind.cat in ("V", "B")):
        units[at].cat = "R"
    elif (before is None or before.cat in ("P", "C", "S", ",")) and behind.cat in ("N", "E", "A"):
        units[at].cat = "D"


def _hyphens(units: list[Unit]) -> None:
    """«rebel-held», «US-led», «pro-regime»: the parts of a compound adjective name no party."""
    for at in range(1, len(units) - 1):
        if units[at].cat != "-" or units[at].form.norm != "-":
            continue
        left, right = units[at - 1], units[at + 1]
        if units[at].start != left.end or right.start != units[at].end:
            continue
        if right.form.norm in _COMPOUND:
            right.cat, right.event = "A", None
            if left.cat in ("N", "A"):
                left.cat, left.actor, left.party, left.nation = "A", None, None, None
        elif left.form.norm in ("pro", "anti", "non", "ex"):
            left.cat = "A"
            right.actor = right.nation = right.party = None
            right.cat = "A" if right.cat == "N" else right.cat
        elif right.cat == "V":
            right.cat, right.event = "A", None


def _unhyphened(units: list[Unit]) -> None:
    """«rebel held areas», «a US led coalition»: the same compounds where a corpus has lost its hyphens."""
    for at in range(1, len(units) - 1):
        unit, left, right = units[at], units[at - 1], units[at + 1]
        if unit.form.norm not in _COMPOUND or unit.cat not in ("V", "A", "N") or unit.end - unit.start > 1:
            continue
        whose = left.actor or left.nation or (left.party if left.party and left.party.feature.number == "sg" else None)
        if whose is None or right.cat not in ("N", "A", "E"):
            continue
        ahead = units[at + 1 : at + 4]
        ground = any(u.place is not None or u.form.norm in _GROUND for u in ahead)
        if unit.form.norm in _HOLDING and not ground:
            continue
        unit.cat, unit.event = "A", None
        left.cat, left.actor, left.party, left.nation = "A", None, None, None


def _clause_follows(units: list[Unit], at: int) -> bool:
    """Whether a subject and its verb stand behind a word that may be preposition or conjunction."""
    seen = False
    for unit in units[at + 1 : at + 10]:
        if unit.cat in ("N", "E"):
            seen = True
        elif unit.cat == "B":
            return seen or unit.form.norm not in BE | HAVE
        elif unit.cat == "V":
            return seen and unit.feature.tense != "ing"
        elif unit.cat in ("S", ",", "C", ":", "M", "R"):
            return seen and unit.cat == "R" and False
        elif unit.form.norm in _PRONOUNS:
            seen = True
    return False


def _definite(units: list[Unit]) -> None:
    """Mark the nominals of a phrase behind «the», «its», «this»."""
    definite = False
    for unit in units:
        if unit.cat == "D":
            definite = unit.form.norm in ("the", "this", "these", "those", "its", "their", "his", "her", "both")
        elif unit.cat in ("N", "E"):
            unit.det = unit.det or definite
        elif unit.cat not in ("A", "-", '"'):
            definite = False
