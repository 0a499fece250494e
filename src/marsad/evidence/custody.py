"""The custody report: where evidence came from and what was done with it, for people, in Arabic and English."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from marsad.errors import DataError
from marsad.evidence.ledger import Entry
from marsad.model import Captured

LANGUAGES = {"ar": "rtl", "en": "ltr"}
_FILE = "evidence/data/custody.toml"

_STYLE = """
:root{color-scheme:light}
body{margin:0;background:#f4f2ec;color:#1d2430;
font:16px/1.65 "Segoe UI",Tahoma,"Noto Sans Arabic","Noto Sans",sans-serif}
nav{padding:12px 24px;background:#1d2430}nav a{color:#fff;margin-inline-end:18px}
section.lang{max-width:60rem;margin:24px auto;padding:24px 32px;background:#fff;border:1px solid #ddd8cc;
border-radius:6px}
h1{margin:0 0 4px;font-size:1.7rem}h2{margin:2rem 0 .5rem;font-size:1.2rem;border-bottom:2px solid #b5482f}
h3{margin:1.4rem 0 .3rem;font-size:1rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:start;vertical-align:top;padding:5px 8px;border-bottom:1px solid #e6e1d5;overflow-wrap:anywhere}
table.facts th{width:15rem;font-weight:600}code,.code{font:.85em/1.5 Consolas,Menlo,monospace;overflow-wrap:anywhere}
blockquote{margin:.3rem 0;padding:.2rem .8rem;border-inline-start:3px solid #b5482f;background:#faf8f3}
.note{color:#7a3420}
@media print{body{background:#fff}nav{display:none}section.lang{border:0;break-after:page}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A document in the report; ``note`` is the name of a word that says why its bytes are not in the file."""

    id: str
    title: str = ""
    source: str = ""
    published: str = ""
    derived: str = ""
    captures: tuple[tuple[str, str, Captured], ...] = ()
    quotes: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """What the report tells."""

    incident: str
    titles: dict[str, str]
    made: str
    who: str
    software: str
    head: tuple[int, str]
    documents: Sequence[Shown]
    withheld: Sequence[dict[str, Any]]
    entries: Sequence[Entry]
    claims: int


@cache
def words() -> dict[str, dict[str, str]]:
    """The words of the report by language; DataError where a language lacks one."""
    found: dict[str, dict[str, str]] = tomllib.loads(files("marsad").joinpath(_FILE).read_text(encoding="utf-8"))
    for language in LANGUAGES:
        lacking = set().union(*found.values()) - set(found.get(language, {}))
        if lacking:
            raise DataError(_FILE, 1, f"[{language}] lacks {', '.join(sorted(lacking))}")
    return found


def report(custody: Custody) -> str:
    """The whole page; it loads nothing from elsewhere and runs nothing."""
    nav = "".join(f'<a href="#{lang}" lang="{lang}">{_e(words()[lang]["title"])}</a>' for lang in LANGUAGES)
    body = "".join(_language(custody, lang) for lang in LANGUAGES)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!DOCTYPE html>\n<html lang="ar"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{_e(words()['en']['title'])} · {_e(words()['ar']['title'])} · {_e(custody.incident)}</title>"
        f"<style>{_STYLE}</style></head><body><nav>{nav}</nav>{body}</body></html>\n"
    )


def _language(custody: Custody, lang: str) -> str:
    word = words()[lang]
    parts = [
        f"<h1>{_e(word['title'])}</h1><p>{_e(word['lead'])}</p>",
        _summary(custody, word, lang),
        f"<h2>{_e(word['documents'])}</h2>",
        *(_document(shown, word) for shown in custody.documents),
        _withheld(custody, word) if custody.withheld else "",
        _chain(custody, word),
        f"<h2>{_e(word['check'])}</h2>",
        *(f"<p>{_e(word[f'check_{n}'])}</p>" for n in (1, 2, 3)),
        f"<h2>{_e(word['limits'])}</h2><p>{_e(word['limits_1'])}</p><p>{_e(word['limits_2'])}</p>",
    ]
    return f'<section class="lang" id="{lang}" lang="{lang}" dir="{LANGUAGES[lang]}">{"".join(parts)}</section>'


def _summary(custody: Custody, word: dict[str, str], lang: str) -> str:
    number, head = custody.head
    captures = {capture for shown in custody.documents for _, capture, _ in shown.captures}
    counts = (("documents", len(custody.documents)), ("claims", custody.claims), ("captures", len(captures)))
    figures = " · ".join(f"{_e(word[name])} {count:,}" for name, count in (*counts, ("entries", len(custody.entries))))
    rows = (
        (word["incident"], f"{_text(custody.titles[lang])} {_code(custody.incident)}"),
        (word["key_figures"], figures),
        (word["made"], _code(custody.made)),
        (word["made_by"], _text(custody.who)),
        (word["software"], _code(custody.software)),
        (word["head"], f"{number:,} {_code(head)}"),
    )
    return _facts(rows)


def _document(shown: Shown, word: dict[str, str]) -> str:
    rows = [(word["document"], _code(shown.id))]
    rows += [(word[name], _text(value)) for name in ("source", "published") if (value := getattr(shown, name))]
    for content, capture, captured in shown.captures:
        rows += [
            (word["address"], _code(captured.url)),
            (word["received"], _code(captured.at)),
            *([(word["status"], str(captured.status))] if captured.status is not None else []),
            (word["size"], f"{len(captured.content):,}"),
            (word["hash"], _code(content)),
            (word["record_hash"], _code(capture)),
            (word["software"], _code(captured.software)),
        ]
    rows += [(word["derived"], _code(shown.derived))] if shown.derived else []
    quotes = "".join(f'<blockquote dir="auto">{_e(quote)}</blockquote>' for quote in shown.quotes)
    told = f"<h3>{_e(word['quotes'])}</h3>{quotes}" if quotes else ""
    note = f'<p class="note">{_e(word[shown.note])}</p>' if shown.note else ""
    return f'<h3 dir="auto">{_e(shown.title or shown.id)}</h3>{_facts(rows)}{note}{told}'


def _withheld(custody: Custody, word: dict[str, str]) -> str:
    rows = "".join(
        f"<tr><td>{stone['entry']}</td><td>{_code(stone['at'])}</td><td>{_text(stone['who'])}</td>"
        f"<td>{'<br>'.join(_code(one) for one in (stone['document'], *stone['content']) if one)}"
        f"{' · ' + _e(word['erased']) if stone['erased'] else ''}</td><td>{_text(stone['why'])}</td></tr>"
        for stone in custody.withheld
    )
    heads = _heads(word, "number", "when", "who", "what", "reason")
    lead = f"<h2>{_e(word['withheld'])}</h2><p>{_e(word['withheld_lead'])}</p>"
    return f"{lead}<table>{heads}{rows}</table>"


def _chain(custody: Custody, word: dict[str, str]) -> str:
    rows = "".join(
        f"<tr><td>{entry.seq:,}</td><td>{_code(entry.at)}</td><td>{_text(entry.who)}</td>"
        f"<td>{_e(word[f'kind_{entry.kind}'])}<br>{_code(_what(entry))}</td><td>{_text(entry.why)}</td></tr>"
        for entry in custody.entries
    )
    heads = _heads(word, "number", "when", "who", "what", "why")
    sealed = any(entry.kind in ("signature", "timestamp") for entry in custody.entries)
    note = "" if sealed else f'<p class="note">{_e(word["no_seals"])}</p>'
    lead = f"<h2>{_e(word['chain'])}</h2><p>{_e(word['chain_lead'])}</p>"
    return f"{lead}<table>{heads}{rows}</table><h3>{_e(word['seals'])}</h3>{note}{_sealed(custody)}"


def _sealed(custody: Custody) -> str:
    rows = [
        (f"{entry.seq:,}", _code(str(entry.what.get("key") or f"{entry.what['time']} {entry.what['authority']}")))
        for entry in custody.entries
        if entry.kind in ("signature", "timestamp")
    ]
    return _facts(rows) if rows else ""


def _what(entry: Entry) -> str:
    """What an entry is about, in its shortest form."""
    keys = ("url", "document", "name", "verb", "value", "incident", "about", "of", "lifts", "sha256")
    found = [str(entry.what[key]) for key in keys if entry.what.get(key)]
    return " ".join(found[:3])


def _heads(word: dict[str, str], *names: str) -> str:
    return "<tr>" + "".join(f"<th>{_e(word[name])}</th>" for name in names) + "</tr>"


def _facts(rows: Sequence[tuple[str, str]]) -> str:
    return '<table class="facts">' + "".join(f"<tr><th>{_e(n)}</th><td>{v}</td></tr>" for n, v in rows) + "</table>"


def _code(text: str) -> str:
    return f'<bdi class="code" dir="ltr">{_e(text)}</bdi>'


def _text(text: str) -> str:
    return f"<bdi>{_e(text)}</bdi>"


def _e(text: str) -> str:
    return escape(text, quote=True)
