"""The words of the pages in Arabic and English: tables in ``server/words``, one for each group of pages."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from marsad.tables import read

LANGUAGES = ("en", "ar")


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """By key, the words in each language, with ``{name}`` where a value goes; DataError for a key told twice."""
    found: dict[str, Mapping[str, str]] = {}
    for file in sorted(files("marsad").joinpath("server/words").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".tsv"):
            for row in read(f"server/words/{file.name}", columns=("key", *LANGUAGES)):
                if row["key"] in found:
                    raise row.fail(f"{row['key']} stands in another line or table too")
                if not all(row[lang] for lang in LANGUAGES):
                    raise row.fail("each key needs its words in every language")
                found[row["key"]] = {lang: row[lang] for lang in LANGUAGES}
    return found


def say(key: str, lang: str, **values: object) -> str:
    """The words of a key in a language; KeyError where there is none."""
    told = words()[key][lang]
    return told.format(**values) if values else told
