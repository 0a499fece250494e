"""How fast reading is, what it holds in memory, how long a cold start takes; beside it spaCy with the same names.

    python bench/read.py [--shared ../shared] [--articles 2000]

Each measurement runs in a process of its own, so that none pays for another's memory. Start-up is not in the rates.
"""

import argparse
import gzip
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "src" / "marsad" / "samples"
WANTED = {"articles": "at least 100", "sentences": "at least 2,000", "memory": "under 300", "start": "under 1.5"}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the folder with gold/ and data/")
    parser.add_argument("--articles", type=int, default=2000, help="how many general news articles to read")
    parser.add_argument("--part", choices=("marsad", "spacy"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.part:
        print(json.dumps(measure(args.part, shared=args.shared, articles=args.articles)))
        return 0
    ours = child("marsad", args)
    theirs = child("spacy", args) if find_spec("spacy") else None
    show(ours, theirs, start=cold_start())
    return 0


def child(part: str, args: argparse.Namespace) -> dict[str, float]:
    """The figures of one part, measured in a new process."""
    command = [sys.executable, __file__, "--part", part, "--shared", str(args.shared), "--articles", str(args.articles)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measure(part: str, *, shared: Path, articles: int) -> dict[str, float]:
    """Seconds to load, articles and gold sentences a second, mean claims or matches an article, peak memory in MB."""
    news = list(news_texts(shared, limit=articles))
    gold = list(gold_texts(shared))
    sentences = sum(count_sentences(text) for text, _ in gold)
    started = time.perf_counter()
    read = marsad_reader() if part == "marsad" else spacy_reader()
    one_of_each = {lang: (text, lang) for text, lang in gold}.values()
    for text, lang in (*news[:5], *gold[:5], *one_of_each):
        read(text, lang)
    loaded = time.perf_counter()
    found = sum(read(text, lang) for text, lang in news)
    middle = time.perf_counter()
    for text, lang in gold:
        read(text, lang)
    end = time.perf_counter()
    return {
        "load": loaded - started,
        "articles": len(news) / (middle - loaded),
        "sentences": sentences / (end - middle),
        "found": found / len(news),
        "characters": sum(len(text) for text, _ in news) / len(news),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        / (1 << 10 if sys.platform != "darwin" else 1 << 20),
    }


def news_texts(shared: Path, *, limit: int) -> Iterator[tuple[str, str]]:
    """General Arabic news where it is at hand, else the sample articles many times over."""
    path = shared / "data" / "news_ar.jsonl.gz"
    if not path.exists():
        yield from (list(sample_texts()) * limit)[:limit]
        return
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for _, line in zip(range(limit), stream, strict=False):
            yield json.loads(line)["text"], "ar"


def gold_texts(shared: Path) -> Iterator[tuple[str, str]]:
    """The annotated articles where they are at hand, else the samples."""
    files = sorted((shared / "gold" / "dev").glob("*.json"))
    yield from (load(file) for file in files) if files else list(sample_texts()) * 10


def sample_texts() -> Iterator[tuple[str, str]]:
    """The articles that Marsad ships."""
    return (load(file) for file in sorted(SAMPLES.glob("*.json")))


def load(file: Path) -> tuple[str, str]:
    """Text and language of a document."""
    document = json.loads(file.read_text(encoding="utf-8"))
    return document["text"], document["lang"]


def count_sentences(text: str) -> int:
    """Full stops, question marks and line ends that close something; the same count for both contestants."""
    for mark in ".؟?!":
        text = text.replace(mark, "\n")
    return sum(len(part.strip()) > 1 for part in text.split("\n"))


def marsad_reader() -> Callable[[str, str], int]:
    """Reads a text and returns the number of its claims."""
    from marsad.model import Document
    from marsad.pipeline import read_document

    return lambda text, lang: len(read_document(Document(id="bench", text=text, lang=lang)))


def spacy_reader() -> Callable[[str, str], int]:
    """A blank pipeline of each language with sentencizer and PhraseMatcher over the actor lexicon's names."""
    import spacy
    from spacy.matcher import PhraseMatcher

    pipes: dict[str, Any] = {}
    for lang in ("ar", "en"):
        nlp = spacy.blank(lang)
        nlp.max_length = 1 << 30
        nlp.add_pipe("sentencizer")
        matcher = PhraseMatcher(nlp.vocab)
        matcher.add("NAME", [nlp.make_doc(name) for name in names(lang)])
        pipes[lang] = (nlp, matcher)

    def read(text: str, lang: str) -> int:
        nlp, matcher = pipes[lang]
        doc = nlp(text)
        return len(matcher(doc)) if any(True for _ in doc.sents) else 0

    return read


def names(lang: str) -> set[str]:
    """Every name and alias of the actor lexicon in one language."""
    from marsad import tables

    path = ROOT / "src" / "marsad" / "lang" / "data" / "actors.tsv"
    header = next(line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    columns = (f"name_{lang}", f"aliases_{lang}", f"hostile_{lang}")
    rows = tables.read("lang/data/actors.tsv", columns=tuple(header.split("\t")))
    return {name.strip() for row in rows for column in columns for name in row[column].split("|") if name.strip()}


def cold_start() -> float:
    """Seconds from calling ``marsad read`` on one article to its end: the best of three in new processes."""
    command = [sys.executable, "-c", "from marsad.cli import main; main()", "read", str(next(SAMPLES.glob("*.json")))]
    best = float("inf")
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        best = min(best, time.perf_counter() - started)
    return best


def show(ours: dict[str, float], theirs: dict[str, float] | None, *, start: float) -> None:
    """One table."""
    table = Table(title=f"Reading, one process ({ours['characters']:,.0f} characters an article)", title_justify="left")
    for column, side in (("", "left"), ("Marsad", "right"), ("spaCy, names only", "right"), ("wanted", "right")):
        table.add_column(column, justify="right" if side == "right" else "left")
    rows = (
        ("general news, articles a second", "articles", "{:,.0f}"),
        ("gold articles, sentences a second", "sentences", "{:,.0f}"),
        ("peak memory, MB", "memory", "{:,.0f}"),
        ("load, seconds", "load", "{:.2f}"),
        ("claims (spaCy: names) an article", "found", "{:.2f}"),
    )
    for label, key, form in rows:
        other = form.format(theirs[key]) if theirs else "not installed"
        table.add_row(label, form.format(ours[key]), other, WANTED.get(key, ""))
    table.add_row("one article from a cold start, seconds", f"{start:.2f}", "", WANTED["start"])
    Console(width=None if sys.stdout.isatty() else 110, highlight=False).print(table)


if __name__ == "__main__":
    sys.exit(main())
