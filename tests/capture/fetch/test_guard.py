"""Connections go to public addresses only, and to the address that was checked."""

import time

import httpcore
import pytest

from marsad.capture.fetch.client import get
from marsad.capture.fetch.guard import Deadline, Guard, is_public
from marsad.capture.fetch.limits import Limits
from marsad.capture.fetch.problems import FetchError
from tests.web import serving

CLOSED = """
0.0.0.0 10.1.2.3 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255
192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.1.1.1
240.0.0.1 255.255.255.255 168.63.129.16
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1
2001:db8::1 2002:7f00:1::1 3fff::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 5f00::1 localhost 127.1
""".split()
OPEN = "1.1.1.1 8.8.8.8 9.255.255.255 100.63.255.255 172.32.0.1 192.0.1.1 223.255.255.255 168.63.129.17 2a00:1450::1 \
2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808".split()


@pytest.mark.parametrize("address", CLOSED)
def test_addresses_of_ones_own_machine_and_network_are_closed(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OPEN)
def test_addresses_of_the_internet_are_open(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "127.1", "0x7f000001", "2130706433"])
def test_loopback_is_refused_by_default_in_every_spelling(host: str) -> None:
    with serving() as web:
        web.page("/", "<p>inner</p>")
        with pytest.raises(FetchError, match=r"no address of the public internet.*allow_private|no address of a page"):
            get(f"http://{host}:{web.port}/", limits=Limits(tries=1, delay=0))
        assert not web.asked


def guard(*answers: list[str], allowed: tuple[str, ...] = ("127.0.0.1",)) -> Guard:
    """A guard whose resolver gives these answers, one after the other."""
    left = iter(answers)
    return Guard(Limits(allow_private=allowed), Deadline(), resolver=lambda host, port: next(left))


def test_one_closed_address_among_open_ones_is_enough_to_refuse() -> None:
    with pytest.raises(FetchError, match=r"example\.org is at 10\.0\.0\.1"):
        guard(["8.8.8.8", "10.0.0.1"]).addresses("example.org", 80)


def test_a_name_that_means_another_address_the_second_time_is_not_followed_there() -> None:
    with serving() as web, serving(host="127.0.0.2") as inner:
        stream = guard(["127.0.0.1"], ["127.0.0.2"]).connect_tcp("rebinding.example", web.port, timeout=1)
        assert stream.get_extra_info("server_addr") == ("127.0.0.1", web.port)
        stream.close()
        with pytest.raises(FetchError, match=r"is at 127\.0\.0\.2"):
            guard(["127.0.0.2"]).connect_tcp("rebinding.example", inner.port, timeout=1)


def test_the_next_address_is_tried_where_the_first_does_not_answer() -> None:
    with serving() as web:
        both = guard(["127.0.0.3", "127.0.0.1"], allowed=("127.0.0.0/8",))
        stream = both.connect_tcp("two.example", web.port, timeout=1)
        assert stream.get_extra_info("server_addr")[0] == "127.0.0.1"
        stream.close()


def test_a_resolver_that_hangs_is_left() -> None:
    def hang(host: str, port: int) -> list[str]:
        time.sleep(5)
        return []

    start = time.monotonic()
    with pytest.raises(httpcore.ConnectTimeout):
        Guard(Limits(), Deadline(), resolver=hang).addresses("slow.example", 80, timeout=0.2)
    assert time.monotonic() - start < 2


def test_a_name_that_is_not_known_is_told() -> None:
    with pytest.raises(FetchError, match=r"not known here|does not answer") as found:
        get("http://nowhere.invalid/", limits=Limits(tries=1, robots=False, total=5, silence=3))
    assert found.value.again
