"""Work that goes on while people go on reading: documents that were given are read and put into the record."""

import logging
import secrets
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any

from marsad.batch.local import Order, Reading, read_all
from marsad.capture import Notice
from marsad.capture.base import Item
from marsad.errors import MarsadError
from marsad.export.screen import plain
from marsad.record import Record
from marsad.server.refused import Refused

_BATCH = 10
_log = logging.getLogger("marsad.server")
_TOLD = 200
"""Of problems, so many are kept to be shown."""

States = ("waiting", "working", "done", "stopped", "failed")


@dataclass(slots=True)
class Job:
    """One such piece of work: ``passed`` of ``total`` files or addresses are read, which hold ``done`` documents."""

    id: str
    who: str
    name: str
    total: int
    state: str = "waiting"
    passed: int = 0
    done: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    claims: int = 0
    failed: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    stop: Event = field(default_factory=Event, repr=False)

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ("done", "stopped", "failed")

    def tell(self, kind: str, message: str) -> None:
        """Keep a message: ``bad`` what could not be read, ``info`` what should be known."""
        if len(self.problems) < _TOLD:
            self.problems.append((kind, plain(message)))

    def told(self) -> dict[str, Any]:
        """How it goes, for a stream of events."""
        names = ("state", "passed", "total", "done", "new", "changed", "same", "claims", "failed")
        return {name: getattr(self, name) for name in names} | {"problems": len(self.problems)}


class Jobs:
    """The work of one workbench: one piece at a time, as the record has one writer at a time."""

    def __init__(self, record: Record, *, most: int) -> None:
        self._record, self._most = record, most
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="marsad-job")
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()

    def start(self, name: str, items: "Items", order: Order, *, who: str, total: int, after: "After") -> Job:
        """Take on the reading of ``items``; ``after`` is called at its end, however it ends. Refused at too many."""
        job = Job(id=secrets.token_urlsafe(9), who=who, name=name, total=total)
        with self._lock:
            waiting = [one for one in self._jobs.values() if not one.over]
            if len(waiting) >= self._most:
                raise Refused("add.busy", status=503)
            for old in [one.id for one in self._jobs.values() if one.over][: -self._most]:
                del self._jobs[old]
            self._jobs[job.id] = job
        self._pool.submit(self._work, job, items, order, after)
        return job

    def get(self, id: str) -> Job:
        """The job of this id; Refused where there is none."""
        found = self._jobs.get(id)
        if found is None:
            raise Refused("add.no_job", status=404)
        return found

    def all(self) -> list[Job]:
        """Every job that is known, the newest first."""
        return list(reversed(self._jobs.values()))

    def close(self) -> None:
        """Stop what goes on; what was put into the record stays there."""
        for job in self.all():
            job.stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _work(self, job: Job, items: "Items", order: Order, after: "After") -> None:
        try:
            job.state = "working"
            self._read(job, items, order)
            job.state = "stopped" if job.stop.is_set() else "done"
        except MarsadError as error:
            job.tell("bad", str(error).removeprefix(f"{self._record.name}: "))
            job.state = "failed"
        except Exception as error:  # a fault of ours must not leave the job at work for ever
            job.tell("bad", f"a fault in Marsad, please report it: {type(error).__name__}")
            job.state = "failed"
            _log.exception("job %s", job.name)
        finally:
            after()

    def _read(self, job: Job, items: "Items", order: Order) -> None:
        waiting: deque[Reading] = deque()
        for result in read_all(_until(items(job), job.stop), order, jobs=1):
            if isinstance(result, Reading):
                waiting.append(result)
            elif isinstance(result, Notice):
                job.tell("info", result.message)
            else:
                job.failed += 1
                job.tell("bad", str(result))
            if len(waiting) == _BATCH:
                self._put(job, waiting)
        self._put(job, waiting)

    def _put(self, job: Job, waiting: deque[Reading]) -> None:
        """Put what was read into the record, whole or not at all."""
        readings = [waiting.popleft() for _ in range(len(waiting))]
        if not readings:
            return
        added = self._record.add(readings, who=job.who)
        job.new, job.changed, job.same = job.new + added.new, job.changed + added.changed, job.same + added.same
        job.claims += added.claims
        job.done += len(readings)
        job.documents.extend(reading.document.id for reading in readings)


Items = Callable[[Job], Iterable[Item]]
"""What is to be read; it counts ``passed`` on in the job as it goes through what was given."""

After = Callable[[], None]


def _until(items: Iterable[Item], stop: Event) -> Iterator[Item]:
    for item in items:
        if stop.is_set():
            return
        yield item
