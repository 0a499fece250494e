"""Rules are data: what does not hold to its form is refused with file, line and reason."""

from collections.abc import Callable
from pathlib import Path

import pytest

from marsad import tables
from marsad.assess import rules
from marsad.errors import DataError
from tests.support import ROOT

DATA = ROOT / "src" / "marsad"


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """A copy of a table of ``assess/data`` with one text changed; returns its path."""
    monkeypatch.setattr(tables, "files", lambda _package: tmp_path)

    def change(name: str, old: str, new: str) -> str:
        text = (DATA / "assess" / "data" / name).read_text(encoding="utf-8")
        assert old in text
        (tmp_path / f"changed-{name}").write_text(text.replace(old, new, 1), encoding="utf-8")
        return f"changed-{name}"

    return change


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("outlier_times\t3", "outlier_times\tmany", "value is 'many', not a number"),
        ("outlier_times\t3", "outlier_times\t0", "value is '0'; it must be above 0"),
        ("outlier_by\t10", "outlier_by\t1.5", "value is '1.5', not a whole number"),
        ("outlier_by\t10", "outlier_bye\t10", "rule is 'outlier_bye', not one of"),
        ("20-99", "99-20", "'99-20' is no pair of bounds such as 20-99"),
        ("doubted_sources\tE", "doubted_sources\tZ", "'Z' is not one of A, B, C, D, E, F"),
        ("\noutlier_by\t", "\noutlier_times\t", "rule 'outlier_times' stands here a second time"),
    ],
)
def test_settings(changed: Callable[..., str], old: str, new: str, message: str) -> None:
    with pytest.raises(DataError, match=rf"changed-casualties\.tsv, line \d+: {message}"):
        rules.counting(changed("casualties.tsv", old, new))


def test_a_missing_setting_is_named(changed: Callable[..., str]) -> None:
    with pytest.raises(DataError, match="the table ends here without sum_within"):
        rules.counting(changed("casualties.tsv", "\nsum_within", "\n# sum_within"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("harm>=2 armed>=1", "harms>=2 armed>=1", "'harms' is not one of the facts admitted, armed"),
        ("harm>=2 armed>=1", "harm>=two armed>=1", "condition 'harm>=two' is not of the form"),
        ("\nfair\t", "\ngood\t", "code is 'good', not one of confirmed, contested"),
        ("\tcorroborated\t", "\t\t", "a rule needs a name"),
    ],
)
def test_grades(changed: Callable[..., str], old: str, new: str, message: str) -> None:
    with pytest.raises(DataError, match=rf"changed-grades\.tsv, line \d+: {message}"):
        rules.grades(changed("grades.tsv", old, new))


def test_rules_in_order() -> None:
    facts = dict.fromkeys(rules.FACTS, 0) | {"harm": 2, "armed": 1}
    found = rules.first(rules.grades(), facts)
    assert found is not None
    assert (found.code, [str(c) for c in found.when]) == ("fair", ["harm>=2", "armed>=1"])
    assert rules.first((), facts) is None


def test_every_fact_of_the_tables_is_explained_in_them() -> None:
    text = (DATA / "assess" / "data" / "grades.tsv").read_text(encoding="utf-8")
    for fact in rules.FACTS:
        assert f"#   {fact} " in text, fact
