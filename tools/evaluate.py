"""The evaluation gate: read the gold articles, score the claims, print a table, hold the floors of eval/floors.toml.

    python tools/evaluate.py [--shared ../shared] [--lang ar] [--raise]

The scorers are those that stand beside the gold files (bench/score.py, score_pairs.py, score_incidents.py); the texts
stay there too. Grouped reports are put into a record of their own, whose incidents and totals are scored.
"""

import argparse
import importlib.util
import json
import math
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from rich.console import Console
from rich.table import Table

from marsad.capture.base import Record as Source
from marsad.capture.base import make_document
from marsad.export.incidents.record import record as incident_record
from marsad.export.record import encode, record
from marsad.export.totals.record import record as total_record
from marsad.model import Claim, Document
from marsad.pipeline import read_document
from marsad.record import Record

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "eval" / "floors.toml"
LANGUAGES = ("ar", "en")
FIELDS = ("factuality", "scope", "actors", "targets", "place", "time", "quantities", "attribution")
ARTICLES = ("precision", "recall", "detection", "claim", *FIELDS, "false_events")
PAIRS = ("right", "event", "kept", "traps", "false_events")
INCIDENTS = ("b_cubed", "pairwise", "copies", "range")
TABLES = (
    ("Articles", ("dev", "check"), ARTICLES),
    ("Pairs", ("pairs",), PAIRS),
    ("Incidents", ("incidents",), INCIDENTS),
)
SMALL_IS_GOOD = {"false_events"}
NOT_PINNED = {"precision", "recall", "event"}


@dataclass(frozen=True, slots=True)
class Bound:
    """What a measure must keep to, and what is worked towards."""

    limit: float
    target: float

    def holds(self, name: str, value: float) -> bool:
        """Whether ``value`` keeps to the limit, at the three decimals that are printed."""
        rounded = round(value, 3)
        return rounded <= self.limit if name in SMALL_IS_GOOD else rounded >= self.limit

    def reached(self, name: str, value: float) -> bool:
        """Whether ``value`` is as good as the target, if there is one."""
        if not self.target:
            return True
        rounded = round(value, 3)
        return rounded <= self.target if name in SMALL_IS_GOOD else rounded >= self.target


NO_FLOOR = Bound(1.0, 0.0)
Figures = dict[str, dict[str, float]]
"""Measures by name, under the set and language (``dev.ar``)."""


def main() -> int:
    """Exit code 0 when every floor holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the folder with gold/ and bench/")
    parser.add_argument("--raise", dest="up", action="store_true", help="pin what was measured as the new floors")
    parser.add_argument("--lang", choices=LANGUAGES, help="only this language")
    parser.add_argument("--predictions", type=Path, help="also keep the claim records of dev and pairs in this folder")
    args = parser.parse_args()
    if not (args.shared / "gold").is_dir():
        print(f"No gold files at {args.shared}: nothing to score.")
        return 0
    started = time.perf_counter()
    figures = measure(args.shared, langs=(args.lang,) if args.lang else LANGUAGES, keep=args.predictions)
    bounds = load_bounds()
    failures = report(figures, bounds)
    print(f"{time.perf_counter() - started:.1f} s")
    if args.up:
        FLOORS.write_text(raised(figures, bounds), encoding="utf-8")
        print(f"Floors raised in {FLOORS.relative_to(ROOT)}.")
    for failure in failures:
        print(f"BELOW THE FLOOR  {failure}")
    return 1 if failures else 0


def measure(shared: Path, *, langs: tuple[str, ...], keep: Path | None) -> Figures:
    """Every figure of every set in these languages."""
    scorer, pair_scorer = load("score", shared / "bench"), load("score_pairs", shared / "bench")
    figures: Figures = {}
    for part in ("dev", "check"):
        gold = [d for d in scorer.load_gold(shared / "gold" / part) if d["lang"] in langs]
        claims = read(gold, keep=keep / f"{part}.jsonl" if keep and part == "dev" else None)
        for lang in langs:
            result = scorer.score([d for d in gold if d["lang"] == lang], claims)
            figures[f"{part}.{lang}"] = flat(result)
    lines = (shared / "gold" / "pairs_dev.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [pair for pair in map(json.loads, filter(str.strip, lines)) if pair["lang"] in langs]
    claims = read(pairs, keep=keep / "pairs.jsonl" if keep else None)
    for lang in langs:
        result, _ = pair_scorer.score([p for p in pairs if p["lang"] == lang], claims)
        figures[f"pairs.{lang}"] = {name: result[name] for name in PAIRS if name in result}
    if "ar" in langs:
        figures["incidents.ar"] = grouped(shared)
    return figures


@dataclass(frozen=True, slots=True)
class Read:
    """A document and its claims."""

    document: Document
    claims: tuple[Claim, ...]


def grouped(shared: Path) -> dict[str, float]:
    """How the incidents and totals of the grouped reports agree with the groups that people made."""
    scorer = load("score_incidents", shared / "bench")
    gold = json.loads((shared / "gold" / "incidents_dev.json").read_text(encoding="utf-8"))
    lines = (shared / "gold" / "incidents_dev_docs.jsonl").read_text(encoding="utf-8").splitlines()
    documents = [document(item) for item in map(json.loads, filter(str.strip, lines))]
    with tempfile.TemporaryDirectory() as folder, Record.create(str(Path(folder) / "groups.db")) as kept:
        kept.add([Read(one, tuple(read_document(one))) for one in documents])
        result = scorer.score(gold, [json.loads(encode(entry)) for entry in entries(kept)])
    return {name: result[name]["f1"] for name in ("b_cubed", "pairwise", "copies")} | {"range": result["range"]}


def entries(kept: Record) -> Iterator[dict[str, object]]:
    """What the scorer is given: totals, then incidents (the main one of a document goes before its total), lineages."""
    for total in kept.totals():
        killed = {"low": total.low, "high": total.low if total.high is None else total.high}
        yield total_record(total) | ({"killed": killed} if total.of == "killed" else {})
    yield from map(incident_record, kept.incidents())
    yield {"copies": kept.lineages()}


def document(item: dict[str, Any]) -> Document:
    """The document of a gold file's entry."""
    fields = {key: item.get(key) for key in ("id", "lang", "published", "title", "source")}
    return make_document(Source(text=item["text"], **fields), where=item["id"])


def read(gold: Iterable[dict[str, Any]], *, keep: Path | None) -> list[dict[str, Any]]:
    """The claim records of the gold documents, as the program would print them."""
    lines: list[str] = []
    for item in gold:
        lines += [encode(record(claim)) for claim in read_document(document(item))]
    if keep:
        keep.parent.mkdir(parents=True, exist_ok=True)
        keep.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return [json.loads(line) for line in lines]


def flat(result: dict[str, Any]) -> dict[str, float]:
    """The scorer's result as plain measures; false_events is left out where nothing was paired."""
    found = {"precision": result["detection"]["precision"], "recall": result["detection"]["recall"]}
    found |= {name: result[name]["f1"] for name in ("detection", "claim")}
    found |= {name: result[name] for name in (*FIELDS, "false_events") if result[name] is not None}
    return found


def load(name: str, folder: Path) -> ModuleType:
    """The scorer ``name`` from its file; it is no part of the package."""
    spec = importlib.util.spec_from_file_location(f"marsad_{name}", folder / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load_bounds() -> dict[str, dict[str, Bound]]:
    """eval/floors.toml; a measure that it does not name has no floor."""
    table = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    return {
        f"{part}.{lang}": {name: _bound(name, cell) for name, cell in cells.items()}
        for part, langs in table.items()
        for lang, cells in langs.items()
    }


def _bound(name: str, cell: dict[str, float]) -> Bound:
    small = name in SMALL_IS_GOOD
    return Bound(cell.get("ceiling", 1.0) if small else cell.get("floor", 0.0), cell.get("target", 0.0))


def report(figures: Figures, bounds: dict[str, dict[str, Bound]]) -> list[str]:
    """Print the tables; returns a line for each measure that is beyond its floor or ceiling."""
    failures: list[str] = []
    console = Console(width=None if sys.stdout.isatty() else 110, highlight=False)
    for title, sets, names in TABLES:
        columns = [column for column in figures if column.split(".")[0] in sets]
        table = Table(title=f"{title} (value · floor · target)", title_justify="left")
        table.add_column("measure")
        for column in columns:
            table.add_column(column, justify="right")
        for name in names:
            cells = []
            for column in columns:
                bound = bounds.get(column, {}).get(name, NO_FLOOR if name in SMALL_IS_GOOD else Bound(0.0, 0.0))
                value = figures[column].get(name)
                cells.append(_cell(name, value, bound))
                if value is not None and not bound.holds(name, value):
                    failures.append(f"{column} {name}: {value:.3f}, pinned {bound.limit:.3f}")
            table.add_row(name, *cells)
        console.print(table)
    return failures


def _cell(name: str, value: float | None, bound: Bound) -> str:
    if value is None:
        return "n/a"
    style = "red" if not bound.holds(name, value) else "green" if bound.reached(name, value) else "yellow"
    target = f"{bound.target:.2f}" if bound.target else "  - "
    return f"[{style}]{value:.3f}[/] · {bound.limit:.3f} · {target}"


def raised(figures: Figures, bounds: dict[str, dict[str, Bound]]) -> str:
    """eval/floors.toml with each floor at what was measured, in whole hundredths, if that is better than before."""
    lines = [line for line in FLOORS.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    for column in dict.fromkeys([*bounds, *figures]):
        values = figures.get(column) or {name: bound.limit for name, bound in bounds[column].items()}
        lines += ["", f"[{column}]"]
        for name in (name for name in values if name not in NOT_PINNED):
            bound = bounds.get(column, {}).get(name, NO_FLOOR if name in SMALL_IS_GOOD else Bound(0.0, 0.0))
            target = f", target = {bound.target:.2f}" if bound.target else ""
            if name in SMALL_IS_GOOD:
                lines.append(
                    f"{name} = {{ ceiling = {min(bound.limit, math.ceil(values[name] * 100) / 100):.2f}{target} }}"
                )
            else:
                lines.append(
                    f"{name} = {{ floor = {max(bound.limit, math.floor(values[name] * 100) / 100):.2f}{target} }}"
                )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
