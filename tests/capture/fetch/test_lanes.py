"""Lanes run beside each other, and each in its own order."""

import threading
import time

from marsad.capture.fetch.lanes import in_lanes
from marsad.errors import InputError, MarsadError


def test_each_lane_keeps_its_order_and_none_has_two_at_once() -> None:
    busy: dict[str, int] = {}
    lock = threading.Lock()

    def work(item: str) -> str:
        with lock:
            busy[item[0]] = busy.get(item[0], 0) + 1
            assert busy[item[0]] == 1
        time.sleep(0.005)
        with lock:
            busy[item[0]] -= 1
        return item.upper()

    items = [f"{lane}{number}" for number in range(8) for lane in "abcdef"]
    found = list(in_lanes(items, lane=lambda item: item[0], work=work, at_once=3))
    assert sorted(item for item, _ in found) == sorted(items)
    assert all(result == item.upper() for item, result in found)
    for lane in "abcdef":
        assert [item for item, _ in found if item[0] == lane] == [f"{lane}{number}" for number in range(8)]


def test_a_slow_lane_does_not_hold_up_the_others() -> None:
    release = threading.Event()

    def work(item: str) -> str:
        if item == "slow":
            release.wait(10)
        return item

    found = in_lanes(["slow", "a1", "a2", "b1"], lane=lambda item: item[0], work=work, at_once=2)
    assert {next(found)[0] for _ in range(3)} == {"a1", "a2", "b1"}
    release.set()
    assert next(found)[0] == "slow"


def test_what_goes_wrong_comes_in_the_place_of_the_result() -> None:
    def work(item: str) -> str:
        raise InputError("told") if item == "a" else ZeroDivisionError("not foreseen")

    found = dict(in_lanes("ab", lane=str, work=work, at_once=2))
    assert all(isinstance(result, MarsadError) for result in found.values())
    assert str(found["a"]) == "told"
    assert "a fault in Marsad, please report it: ZeroDivisionError" in str(found["b"])


def test_the_work_stops_when_nobody_takes_what_it_makes() -> None:
    done: list[int] = []
    found = in_lanes(range(1_000), lane=lambda item: str(item % 2), work=done.append, at_once=2)
    next(found)
    found.close()  # type: ignore[attr-defined]
    time.sleep(0.1)
    seen = len(done)
    assert seen < 20
    time.sleep(0.6)
    assert len(done) == seen


def test_nothing_to_do_is_done_at_once() -> None:
    assert list(in_lanes([], lane=str, work=str, at_once=4)) == []
