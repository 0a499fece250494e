"""The gazetteer's figures: time to build and to open, memory, look-ups and matched words a second.

    python bench/gazetteer.py [--shared ../shared]

With the shared news beside the project, matching is measured on it; else on the golden sentences repeated.
"""

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Build in a fresh cache, then measure in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the folder with data/")
    parser.add_argument("--part", choices=("use",), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.part:
        print(json.dumps(use(args.shared)))
        return 0
    with tempfile.TemporaryDirectory() as cache:
        environment = os.environ | {"MARSAD_CACHE": cache}
        build = [sys.executable, "-c", "from marsad.geocode.gazetteer import Gazetteer; Gazetteer.open()"]
        started = time.perf_counter()
        subprocess.run(build, check=True, env=environment)
        print(f"{'build (once)':24} {time.perf_counter() - started:10.1f} s")
        command = [sys.executable, __file__, "--part", "use", "--shared", str(args.shared)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    for name, figure in json.loads(done.stdout).items():
        print(f"{name:24} {figure:10,.2f}" if figure < 100 else f"{name:24} {figure:10,.0f}")
    return 0


def use(shared: Path) -> dict[str, float]:
    """Seconds to open, MB added by opening and by use, look-ups a second (of every word), words searched a second."""
    from marsad.geocode.gazetteer import Gazetteer
    from marsad.geocode.resolve import find_places

    sentences = texts(shared)
    before = memory()
    started = time.perf_counter()
    gazetteer = Gazetteer.open()
    opened, at_open = time.perf_counter() - started, memory() - before
    words = sum(map(len, sentences))
    started = time.perf_counter()
    for sentence in sentences:
        find_places(sentence, "ar", gazetteer)
    matched = words / (time.perf_counter() - started)
    names = sorted({word for sentence in sentences for word in sentence})
    rounds = max(1, 200_000 // len(names))
    started = time.perf_counter()
    for _ in range(rounds):
        for name in names:
            gazetteer.lookup(name)
    looked = rounds * len(names) / (time.perf_counter() - started)
    return {
        "open (s)": opened,
        "memory to open (MB)": at_open,
        "memory in use (MB)": memory() - before,
        "look-ups a second": looked,
        "words searched a second": matched,
    }


def memory() -> float:
    """Peak resident memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def texts(shared: Path) -> list[list[str]]:
    """Sentences as folded tokens."""
    from marsad.lang.text import normalise, tokens

    news = shared / "data" / "news_ar.jsonl.gz"
    if news.is_file():
        with gzip.open(news, "rt", encoding="utf-8") as lines:
            raw = [json.loads(line)["text"] for _, line in zip(range(600), lines, strict=False)]
    else:
        golden = (ROOT / "tests" / "golden" / "places.tsv").read_text(encoding="utf-8")
        raw = [line.split("\t")[1] for line in golden.splitlines() if line.startswith("ar\t")] * 50
    folded = [normalise(sentence).text for text in raw for sentence in text.split("\n") if sentence.strip()]
    return [[text[start:end] for start, end in tokens(text, 0, len(text))] for text in folded]


if __name__ == "__main__":
    raise SystemExit(main())
