"""The words of the pages: every key that pages use is there, in both languages, with the same values to fill in."""

import re
from string import Formatter

import pytest

from marsad.server.words import LANGUAGES, words
from tests.support import ROOT

SERVER = ROOT / "src" / "marsad" / "server"
TEMPLATES = sorted((SERVER / "templates").rglob("*.html"))
MODULES = sorted(SERVER.rglob("*.py"))


def slots(told: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(told) if name}


def test_no_language_asks_for_a_value_that_the_others_do_not_know() -> None:
    """One may say less than another, where it says it otherwise."""
    wrong = []
    for key, told in words().items():
        most, *rest = sorted((slots(told[lang]) for lang in LANGUAGES), key=len, reverse=True)
        wrong += [key for less in rest if less - most]
    assert wrong == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_key_of_a_template_is_there(path: object) -> None:
    text = (SERVER / "templates" / str(path)).read_text(encoding="utf-8")
    used = re.findall(r"""\bt\(\s*["']([a-z_0-9.]+)["']\s*[,)]""", text)
    assert [key for key in used if key not in words()] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_every_key_of_what_is_refused_is_there(path: object) -> None:
    text = (SERVER / str(path)).read_text(encoding="utf-8")
    used = re.findall(r"""\bRefused\(\s*["']([a-z_0-9.]+)["']""", text)
    assert [key for key in used if key not in words()] == []
