"""Several hosts at once, one request at a time for each."""

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from marsad.errors import InputError, MarsadError

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_lanes(
    items: Iterable[Item], *, lane: Callable[[Item], str], work: Callable[[Item], Result], at_once: int
) -> Iterator[tuple[Item, Result | MarsadError]]:
    """Each item with what ``work`` made of it, as it is done; items of one lane are done one after the other, in order.

    What ``work`` raises comes in the place of its result. Whoever stops iterating stops the work.
    """
    lanes: dict[str, deque[Item]] = {}
    for item in items:
        lanes.setdefault(lane(item), deque()).append(item)
    team = _Team(deque(lanes.values()), work, size=min(at_once, len(lanes)))
    try:
        yield from team.results()
    finally:
        team.stopped.set()


class _Team(Generic[Item, Result]):
    """Threads that take lane after lane; as daemons, so that a slow server never keeps the program from ending."""

    def __init__(self, lanes: deque[deque[Item]], work: Callable[[Item], Result], *, size: int) -> None:
        self._lanes, self._work, self._size = lanes, work, size
        self._done: queue.Queue[tuple[Item, Result | MarsadError] | None] = queue.Queue(maxsize=max(size, 1))
        self.stopped = threading.Event()

    def results(self) -> Iterator[tuple[Item, Result | MarsadError]]:
        """What comes out, until every thread is done."""
        for _ in range(self._size):
            threading.Thread(target=self._run, daemon=True).start()
        busy = self._size
        while busy:
            result = self._done.get()
            if result is None:
                busy -= 1
            else:
                yield result

    def _run(self) -> None:
        while not self.stopped.is_set():
            try:
                lane = self._lanes.popleft()
            except IndexError:
                break
            while lane and not self.stopped.is_set():
                item = lane.popleft()
                self._hand_over((item, self._try(item)))
        self._hand_over(None)

    def _try(self, item: Item) -> Result | MarsadError:
        try:
            return self._work(item)
        except MarsadError as error:
            return error
        except Exception as error:
            return InputError(f"a fault in Marsad, please report it: {type(error).__name__}: {error}")

    def _hand_over(self, result: tuple[Item, Result | MarsadError] | None) -> None:
        """Wait until there is room, or nobody takes it any more; what waits in memory is so bounded."""
        while not self.stopped.is_set():
            try:
                self._done.put(result, timeout=0.5)
                return
            except queue.Full:
                continue
