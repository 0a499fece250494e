"""The dictionary words of a language, from simplemma's list, memory-mapped from the user's cache folder."""

import os
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path

import marisa_trie
from platformdirs import user_cache_path


def cache_root() -> Path:
    """Where Marsad keeps what it builds: the folder that ``MARSAD_CACHE`` names, or the user's cache folder."""
    named = os.environ.get("MARSAD_CACHE")
    return Path(named) if named else user_cache_path("marsad")


@cache
def dictionary(lang: str) -> marisa_trie.Trie:
    """All words of a language in their usual spelling; built once, and only in memory where no file can be written."""
    path = cache_root() / f"words-{lang}-{version('simplemma')}.marisa"
    if not path.is_file():
        built = _build(lang)
        try:
            _save(built, path)
        except OSError:
            return built
    trie = marisa_trie.Trie()
    trie.mmap(str(path))
    return trie


def _build(lang: str) -> marisa_trie.Trie:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    return marisa_trie.Trie(DefaultDictionaryFactory().get_dictionary(lang))


def _save(trie: marisa_trie.Trie, path: Path) -> None:
    """Written aside and moved into place, so that no reader meets half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(trie.tobytes())
    Path(file.name).replace(path)
