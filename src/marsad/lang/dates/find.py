"""Finding time expressions: words to symbols, then four passes of rules, the longest match first."""

import re

from marsad.lang.dates.grammar import TOKEN, Grammar, load
from marsad.lang.dates.mention import TimeMention
from marsad.lang.dates.rules import Rule, Word

_WORDS = re.compile(r"[^\W\d_]+|\d+")
_NOTHING = Word()
_Item = tuple[int, int, Word | TimeMention]
_HIDDEN = ("bare", "skip")
_READ = ("#numdate", "#decade")


def find(text: str, lang: str) -> list[TimeMention]:
    """The time expressions of one folded sentence, in order, none overlapping another."""
    grammar = load(lang)
    if grammar.triggers.isdisjoint(_WORDS.findall(text)):
        return []
    items = _items(text, grammar)
    for rules in grammar.passes:
        items = _apply(rules, items, grammar)
    return [item for _, _, item in items if isinstance(item, TimeMention) and item.kind not in _HIDDEN]


def _items(text: str, grammar: Grammar) -> list[_Item]:
    """The words of the sentence, particles split off, fixed phrases joined."""
    spelt = _spelt(text, grammar)
    forms = [form for form, _, _ in spelt]
    items: list[_Item] = []
    place = 0
    while place < len(spelt):
        form, start, end = spelt[place]
        word, step = grammar.words.get(form, _NOTHING), 1
        for phrase, joined in grammar.phrases.get(tuple(forms[place : place + 2]), ()):
            if tuple(forms[place : place + len(phrase)]) == phrase:
                word, step, end = joined, len(phrase), spelt[place + len(phrase) - 1][2]
                break
        if form in _READ:
            word = Word({key: value or text[start:end] for key, value in word.values.items()}, word.symbol)
        items.append((start, end, word))
        place += step
    return items


def _spelt(text: str, grammar: Grammar) -> list[tuple[str, int, int]]:
    """Key, start and end of each word; an attached particle is a word of its own."""
    spelt: list[tuple[str, int, int]] = []
    splits = grammar.splits
    for match in TOKEN.finditer(text):
        form = match.group()
        start, end = match.span()
        if match.lastgroup != "word":
            form = _form(match)
        elif form in splits:
            *particles, form = splits[form]
            for particle in particles:
                spelt.append((particle, start, start + 1))
                start += 1
        spelt.append((form, start, end))
    return spelt


def _form(match: re.Match[str]) -> str:
    """The key of a token in the grammar's words."""
    group = match.lastgroup
    if group == "nth":
        return f"#{int(match['nth'])}"
    if group in ("numdate", "decade", "clock"):
        return f"#{group}"
    if group == "num":
        return str(int(match.group()))
    return match.group()


def _apply(rules: tuple[Rule, ...], items: list[_Item], grammar: Grammar) -> list[_Item]:
    """The items with every best match of this pass replaced by its mention."""
    symbols = "".join(
        grammar.kinds[item.kind] if isinstance(item, TimeMention) else item.symbol for _, _, item in items
    )
    have = set(symbols)
    found = [
        (match, rule)
        for rule in rules
        if not any(map(have.isdisjoint, rule.needs))
        for match in rule.regex.finditer(symbols)
    ]
    if not found:
        return items
    found.sort(key=lambda pair: pair[0].start() - pair[0].end())
    taken = [False] * len(items)
    chosen: dict[int, tuple[re.Match[str], Rule]] = {}
    for match, rule in found:
        start, end = match.span()
        if not any(taken[start:end]):
            taken[start:end] = [True] * (end - start)
            chosen[start] = (match, rule)
    out: list[_Item] = []
    place = 0
    while place < len(items):
        if place in chosen:
            match, rule = chosen[place]
            mention = _mention(match, rule, items, grammar.lang)
            out.append((mention.start, mention.end, mention))
            place = match.end()
        else:
            out.append(items[place])
            place += 1
    return out


def _mention(match: re.Match[str], rule: Rule, items: list[_Item], lang: str) -> TimeMention:
    slots = dict(rule.fixed)
    parts: list[TimeMention] = []
    for name, symbol in match.groupdict().items():
        if symbol is None:
            continue
        item = items[match.start(name)][2]
        if isinstance(item, TimeMention):
            parts.append(item)
        else:
            slots[name.rstrip("_")] = item.values[rule.classes[name]]
    return TimeMention(
        start=items[match.start()][0],
        end=items[match.end() - 1][1],
        kind=rule.kind,
        rule=rule.name,
        action=rule.action,
        lang=lang,
        slots=tuple(sorted(slots.items())),
        parts=tuple(parts),
    )
