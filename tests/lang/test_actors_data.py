"""The actor and nationality tables: ids, kinds, countries, languages and shared names."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from marsad import tables

ACTOR_COLUMNS = (
    "id", "kind", "countries", "name_en", "name_ar", "aliases_en", "aliases_ar", "hostile_ar", "hostile_en", "note",
)  # fmt: skip
NATION_COLUMNS = ("country", "name_en", "name_ar", "adj_en", "adj_ar", "capital_en", "capital_ar")
NAME_COLUMNS = ACTOR_COLUMNS[3:9]
ARABIC = re.compile(r"[\u0620-\u064a]")
LATIN = re.compile(r"[A-Za-z]")
LETTERS = str.maketrans("أإآٱىةؤئ-", "اااايهوي ")

ACTORS = tables.read("lang/data/actors.tsv", columns=ACTOR_COLUMNS)
NATIONS = tables.read("lang/data/nationalities.tsv", columns=NATION_COLUMNS)


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _key(name: str) -> str:
    """The form under which two names would be taken for one another; acronyms keep their case."""
    if name.isupper() and " " not in name and LATIN.search(name):
        return name
    folded = re.sub(r"\s+", " ", re.sub("[\u064b-\u0652\u0640]", "", name).lower().translate(LETTERS)).strip()
    return re.sub(r"^(al |the |ال)", "", folded)


def _names(row: tables.Row) -> Iterator[str]:
    for column in NAME_COLUMNS:
        yield from _split(row[column])


def _note(row: tables.Row, item: str) -> list[str]:
    """What stands after ``item:`` in the note, split at ``|``."""
    for part in row["note"].split(";"):
        head, _, value = part.strip().partition(":")
        if head == item:
            return _split(value)
    return []


def test_enough_actors_with_unique_ids() -> None:
    counts = Counter(row["id"] for row in ACTORS)
    assert len(ACTORS) >= 300
    assert [name for name, count in counts.items() if count > 1] == []
    assert [row["id"] for row in ACTORS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"])] == []


def test_kinds_and_countries() -> None:
    for row in ACTORS:
        row.one_of("kind", tuple("12345678"))
        assert re.fullmatch(r"([A-Z]{2}(,[A-Z]{2})*)?", row["countries"]), f"{row.file}:{row.line} {row['countries']}"
    known = {row["country"] for row in NATIONS}
    used = {code for row in ACTORS for code in row["countries"].split(",") if code}
    assert used - known == set()


def test_every_actor_is_named_in_both_languages_in_its_own_script() -> None:
    for row in ACTORS:
        where = f"{row.file}:{row.line}"
        assert "" not in (row["name_en"], row["name_ar"]), where
        for column in NAME_COLUMNS:
            wrong = LATIN if column.endswith("_ar") else ARABIC
            right = ARABIC if column.endswith("_ar") else LATIN
            for name in _split(row[column]):
                assert right.search(name), f"{where} {column}: {name}"
                assert not wrong.search(name), f"{where} {column}: {name}"


def test_notes_are_of_the_known_kinds() -> None:
    ids = {row["id"] for row in ACTORS}
    for row in ACTORS:
        for part in filter(None, (part.strip() for part in row["note"].split(";"))):
            head = part.partition(":")[0]
            assert head in {"speaker", "commander", "pro-state", "of", "ambiguous", "people"}, (
                f"{row.file}:{row.line} {part}"
            )
        assert set(_note(row, "of")) <= ids, f"{row.file}:{row.line}"
        keys = {_key(name) for name in _names(row)}
        assert {_key(name) for name in _note(row, "ambiguous")} <= keys, f"{row.file}:{row.line}"


def test_a_shared_name_is_marked_ambiguous_wherever_it_stands() -> None:
    owners: dict[str, list[tables.Row]] = defaultdict(list)
    for row in ACTORS:
        for key in {_key(name) for name in _names(row)}:
            owners[key].append(row)
    unmarked = [
        (key, row["id"])
        for key, rows in owners.items()
        if len(rows) > 1
        for row in rows
        if key not in {_key(name) for name in _note(row, "ambiguous")}
    ]
    assert unmarked == []


def test_nationalities() -> None:
    assert len(NATIONS) >= 80
    assert max(Counter(row["country"] for row in NATIONS).values()) == 1
    for row in NATIONS:
        assert re.fullmatch("[A-Z]{2}", row["country"]), f"{row.file}:{row.line}"
        for column in NATION_COLUMNS[1:]:
            script = ARABIC if column.endswith("_ar") else LATIN
            assert row[column] or column == "adj_ar", f"{row.file}:{row.line} {column}"
            assert all(script.search(name) for name in _split(row[column])), f"{row.file}:{row.line} {column}"


def test_no_actor_takes_the_name_of_a_country_or_capital() -> None:
    columns = [column for column in NATION_COLUMNS if column.startswith(("name", "capital"))]
    taken = {_key(name) for row in NATIONS for column in columns for name in _split(row[column])}
    assert [(row["id"], name) for row in ACTORS for name in _names(row) if _key(name) in taken] == []


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("داعش", "islamic-state"),
        ("قوات النظام السوري", "syrian-army"),
        ("البيشمركة", "peshmerga"),
        ("قوات حفتر", "libyan-national-army"),
        ("ميليشيا الحوثي الانقلابية", "houthis"),
        ("الطيران الروسي", "russian-air-force"),
        ("البنتاغون", "us-defence-ministry"),
        ("Syrian Observatory for Human Rights", "sohr"),
        ("TTP", "ttp"),
    ],
)
def test_well_known_names_lead_to_their_actor(name: str, actor: str) -> None:
    assert [row["id"] for row in ACTORS if _key(name) in {_key(own) for own in _names(row)}] == [actor]
