"""How long each page of the workbench takes on a large record, and whether many readers and writers get on together.

    python -m bench.serve [--claims 100000] [--url URL] [--times 11] [--seconds 60]

The record is that of ``bench/link.py``, with totals, movements and speakers among its claims. It is made once and kept
in the cache folder (``--folder``), and each run works on a copy; with ``--url`` it is the record of that URL, made if
there is none, and written to. The server is one of its own process, as ``marsad serve`` runs it. Times are those of
whole requests over loopback: the first after the record has changed, and then again. At the end 50 readers and 5
writers work at once; one who meets a conflict has done nothing wrong, every other refusal is an error.
"""

import argparse
import asyncio
import json
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import httpx
from platformdirs import user_cache_path

from bench.link import Reading, incidents, readings
from marsad.errors import InputError
from marsad.model import Claim, Quantity, Speaker
from marsad.record import Record
from marsad.server.door import csrf_token
from marsad.server.settings import Settings
from marsad.store import accounts, inbox, sessions
from marsad.store.versions import HEAD

READERS, WRITERS = 50, 5
Asked = tuple[float, float]
"""Milliseconds until the answer was there, and for how many the server ran, which does not hang on other work."""
_CONFLICT = 409
_PEOPLE = ("viewer", "reviewer", "editor", "admin")


def main() -> None:
    """Make the record, run the server, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=user_cache_path("marsad") / "bench")
    parser.add_argument("--url", help="a record elsewhere, as in PostgreSQL")
    parser.add_argument("--times", type=int, default=11, help="how often each page is asked for")
    parser.add_argument("--seconds", type=float, default=60, help="how long readers and writers work; 0 leaves it out")
    parser.add_argument("--only", default="", help="only pages whose name has this in it")
    args = parser.parse_args()
    with ExitStack() as stack:
        url = args.url or str(stack.enter_context(copy(made(args.folder, args.claims))))
        if args.url:
            make(args.url, args.claims)
        bench = stack.enter_context(Bench.running(url))
        print(f"{'':<43}{'first after a change':>26}{'again':>26}   ms")
        columns = f"{'median':>12}{'95 %':>7}{'busy':>7}"
        print(f"{'page':<34}{'bytes':>9}{columns * 2}")
        for name, path in pages(bench.record).items():
            if args.only in name:
                show(name, *bench.page(path, times=args.times))
        if args.seconds:
            asyncio.run(Crowd(bench).work(args.seconds))


# The record


def made(folder: Path, claims: int) -> Path:
    """The kept record of so many claims, made if there is none; one of an older schema is not used."""
    path = folder / f"{claims}-{HEAD}" / "marsad.db"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{os.getpid()}.part.db")
        make(str(part), claims)
        for ending in (".db", ".evidence"):
            part.with_suffix(ending).rename(path.with_suffix(ending))
    return path


def make(url: str, claims: int) -> None:
    """A record of so many claims, with an account for each role, unless there is one."""
    try:
        record = Record.create(url)
    except InputError as error:
        if "already" not in str(error):
            raise
        return
    with record:
        started = time.perf_counter()
        record.add(list(varied(readings(incidents(claims // 5)))))
        with record.store.writing() as db:
            for role in _PEOPLE:
                accounts.add(db, f"Bench {role}", role)
        print(f"{claims:,} claims put into a record in {time.perf_counter() - started:.0f} s")


def varied(found: Iterator[Reading], *, seed: int = 9) -> Iterator[Reading]:
    """The same documents; of their claims some are totals of a month, some movements, half have a speaker."""
    rnd = random.Random(seed)
    for reading in found:
        yield Reading(reading.document, tuple(_varied(rnd, claim) for claim in reading.claims))


def _varied(rnd: random.Random, claim: Claim) -> Claim:
    claim = replace(claim, id=sha256(claim.id.encode()).hexdigest()[:16])  # as those that Marsad reads are called
    if rnd.random() < 0.5:
        name = rnd.choice(("a spokesman", "health ministry", "witnesses"))
        anonymous = name != "health ministry"
        claim = replace(claim, attribution=(Speaker(text=name, name=name, anonymous=anonymous),))
    kind = rnd.random()
    if kind < 0.03:
        return replace(claim, event=rnd.choice(("movement", "control")), quantities=(), destination=claim.place)
    if kind < 0.05 and claim.time and claim.quantities:
        killed = claim.quantities[0].low or 0
        counted = Quantity(of="killed", whom="civilians", low=20 + killed * 7, high=20 + killed * 7, text="n")
        time = replace(claim.time, start=claim.time.start - timedelta(days=30), date_precision=4)
        return replace(claim, event="casualties", scope="cumulative", quantities=(counted,), time=time)
    return claim


@contextmanager
def copy(path: Path) -> Iterator[Path]:
    """A copy of a record that is closed, with its evidence."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix="copy-") as folder:
        shutil.copy(path, folder)
        shutil.copytree(path.with_suffix(".evidence"), Path(folder) / f"{path.stem}.evidence")
        yield Path(folder) / path.name


# The server, and single pages


@dataclass
class Bench:
    """A server that runs, its record, and the cookies of people of each role."""

    record: Record
    port: int
    tokens: dict[str, str]
    pid: int = 0

    @classmethod
    @contextmanager
    def running(cls, url: str) -> "Iterator[Bench]":
        """A server on a free port of loopback, in a process of its own."""
        with socket.create_server(("127.0.0.1", 0)) as held:
            port = held.getsockname()[1]
        command = [sys.executable, "-m", "marsad", "serve", "--db", url, "--port", str(port)]
        with Record.open(url) as record:
            with record.store.writing() as db:
                tokens = {role: sessions.begin(db, f"Bench {role}", now=int(time.time())) for role in _PEOPLE}
            with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
                try:
                    bench = cls(record, port, tokens, server.pid)
                    bench.wait(server)
                    yield bench
                finally:
                    server.terminate()

    def wait(self, server: "subprocess.Popen[bytes]") -> None:
        """Until it answers."""
        while server.poll() is None:
            try:
                httpx.get(f"http://127.0.0.1:{self.port}/login")
                return
            except httpx.TransportError:
                time.sleep(0.05)
        raise SystemExit("the server did not start")

    def options(self, role: str) -> dict[str, object]:
        """What a client needs to be signed in."""
        token = self.tokens[role]
        return {
            "base_url": f"http://127.0.0.1:{self.port}",
            "cookies": {Settings(url="", port=self.port).cookie: token},
            "headers": {"X-CSRF-Token": csrf_token(token)},
            "timeout": 120,
        }

    def busy(self) -> float:
        """Milliseconds that the server's threads have run; 0 where the system does not tell."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e6

    def page(self, path: str, *, times: int) -> tuple[list[Asked], list[Asked], int]:
        """The first request after a change, and another after it, so many times; and the bytes of the answer."""
        first: list[Asked] = []
        again: list[Asked] = []
        with httpx.Client(**self.options("admin")) as client:  # type: ignore[arg-type]
            for _ in range(times):
                with self.record.store.writing() as db:
                    inbox.changed(db)
                for kept in (first, again):
                    busy, started = self.busy(), time.perf_counter()
                    answer = client.get(path)
                    kept.append(((time.perf_counter() - started) * 1000, self.busy() - busy))
                    if answer.status_code != httpx.codes.OK:
                        print(f"{path}: {answer.status_code}")
        return first, again, len(answer.content)


def show(name: str, first: list[Asked], again: list[Asked], size: int) -> None:
    """One line of the table."""
    told = ""
    for asked in (first, again):
        times, busy = zip(*asked, strict=True)
        high = sorted(times)[int(len(times) * 0.95)]
        told += f"{statistics.median(times):12.0f}{high:7.0f}{statistics.median(busy):7.0f}"
    print(f"{name:<34}{size:>9,}{told}", flush=True)


_PLAIN = {
    "inbox": "/inbox",
    "inbox, filtered": "/inbox?event=attack&lang=en&country=SY",
    "inbox, searched": "/inbox?text=word12",
    "documents": "/documents",
    "documents, searched": "/documents?text=word12",
    "incidents": "/incidents",
    "incidents, most killed": "/incidents?order=-killed",
    "incidents, of an actor and a year": "/incidents?actor=force-3&from=2015-01-01&to=2015-12-31",
    "incidents, searched": "/incidents?text=word12",
    "map": "/map",
    "map, all points": "/map/points",
    "map, statements": "/map/statements",
    "timeline": "/timeline",
    "timeline, by actor and week": "/timeline?by=week&split=actor",
    "totals": "/totals",
    "sources": "/sources",
    "a source": "/sources/one?name=Paper%203",
    "search": "/search?q=word12",
    "search, many": "/search?q=strike",
    "review": "/review",
    "review, new": "/review/new",
    "add": "/add",
    "accounts": "/admin/accounts",
    "audit": "/audit",
    "account": "/account",
    "incidents as data": "/api/incidents?limit=50",
    "claims as data": "/api/claims?limit=50",
    "points as data": "/api/points",
}


def pages(record: Record) -> dict[str, str]:
    """The pages of the workbench as people ask for them, by what they are."""
    lists = record.lists
    claim = lists.inbox().rows[0]
    busy = lists.incidents(order="-documents").rows[0]
    other = lists.incidents(offset=100).rows[0]
    total = next(iter(lists.totals()), None)
    found = _PLAIN | {
        "inbox, last page": f"/inbox?offset={max(0, lists.inbox().total - 50)}",
        "reading": f"/documents/{quote(claim.document)}?claim={quote(claim.claim)}",
        "incident": f"/incidents/{quote(other.id)}",
        "incident, most documents": f"/incidents/{quote(busy.id)}",
    }
    return found | ({"a total": f"/totals/{quote(total.id)}"} if total else {})


# Many at once


@dataclass
class Crowd:
    """Readers who open one page after another, and writers who decide on claims."""

    bench: Bench
    times: dict[str, list[float]] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)
    conflicts: int = 0
    until: float = 0.0

    async def work(self, seconds: float) -> None:
        """All of them for so long; then what came of it."""
        asked = [path for name, path in pages(self.bench.record).items() if name not in ("add", "accounts", "audit")]
        claims = [row.claim for row in self.bench.record.lists.inbox(limit=500 * WRITERS)]
        self.until = time.monotonic() + seconds
        readers = [self._read(random.Random(n), asked) for n in range(READERS)]
        writers = [self._write(random.Random(n), claims[n::WRITERS]) for n in range(WRITERS)]
        await asyncio.gather(*readers, *writers)
        print(f"\n{READERS} readers and {WRITERS} writers for {seconds:.0f} s:")
        for what, times in sorted(self.times.items()):
            middle, high = statistics.median(times), sorted(times)[int(len(times) * 0.95)]
            print(f"  {what:<8}{len(times):>7,} requests  median {middle:6.0f} ms  95 % {high:6.0f} ms")
        print(f"  errors {sum(self.wrong.values())} {json.dumps(self.wrong) if self.wrong else ''}")
        print(f"  conflicts that were told {self.conflicts}")

    async def _read(self, rnd: random.Random, paths: list[str]) -> None:
        async with httpx.AsyncClient(**self.bench.options("viewer" if rnd.random() < 0.5 else "editor")) as client:  # type: ignore[arg-type]
            while time.monotonic() < self.until:
                path = rnd.choice(paths)
                if "review" in path and client.cookies.get(self._cookie) == self.bench.tokens["viewer"]:
                    continue
                await self._ask(client, "read", "GET", path)

    async def _write(self, rnd: random.Random, claims: list[str]) -> None:
        """Accept, reject or correct a claim and now and then take that back, each as a form would."""
        async with httpx.AsyncClient(**self.bench.options("editor")) as client:  # type: ignore[arg-type]
            for claim in claims:
                if time.monotonic() >= self.until:
                    return
                page = await self._ask(client, "read", "GET", f"/claims/{quote(claim)}")
                seen = re.search(r'name="seen" value="([^"]+)"', page.text if page else "")
                form = {"seen": seen[1] if seen else "", "because": "checked"}
                verb = rnd.choice(("accept", "accept", "reject"))
                await self._ask(client, "write", "POST", f"/claims/{quote(claim)}/{verb}", form)

    @property
    def _cookie(self) -> str:
        return Settings(url="", port=self.bench.port).cookie

    async def _ask(
        self, client: httpx.AsyncClient, what: str, method: str, path: str, form: dict[str, str] | None = None
    ) -> httpx.Response | None:
        started = time.perf_counter()
        try:
            answer = await client.request(method, path, data=form, follow_redirects=method == "GET")
        except httpx.HTTPError as error:
            self.wrong[f"{method} {path.partition('?')[0]}: {type(error).__name__}"] += 1
            return None
        self.times.setdefault(what, []).append((time.perf_counter() - started) * 1000)
        if answer.status_code == _CONFLICT:
            self.conflicts += 1
        elif answer.status_code >= httpx.codes.BAD_REQUEST:
            self.wrong[f"{method} {path.partition('?')[0]}: {answer.status_code}"] += 1
        return answer


if __name__ == "__main__":
    main()
