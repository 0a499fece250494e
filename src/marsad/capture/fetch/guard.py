"""Connections that only go where they may: names are resolved once, checked, and connected to by the checked address.

A page of the web must not make Marsad ask for something on one's own machine or network (server-side request forgery),
neither by its address, nor by a redirect, nor by a name that means another address the second time it is asked for.
"""

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from math import inf
from typing import Any

import httpcore

from marsad.capture.fetch.limits import Limits
from marsad.capture.fetch.problems import FetchError

_LONGEST = 3_600.0
Resolver = Callable[[str, int], list[str]]

# IANA's special-purpose registry for IPv4, and one address that is public but answers only from within a cloud.
_CLOSED_V4 = tuple(
    map(
        ip_network,
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
        "192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 "
        "168.63.129.16/32".split(),
    )
)
# Of IPv6 only global unicast is open, less what it holds of tunnels (Teredo, 6to4) and documentation.
_OPEN_V6 = ip_network("2000::/3")
_CLOSED_V6 = tuple(map(ip_network, "2001::/23 2001:db8::/32 2002::/16 3fff::/20".split()))
_NAT64 = ip_network("64:ff9b::/96")  # the last 32 bits are an IPv4 address


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet; False for anything that is no address."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or (IPv4Address(int(found) & 0xFFFFFFFF) if found in _NAT64 else None)
        if inner is None:
            return found in _OPEN_V6 and not any(found in closed for closed in _CLOSED_V6)
        found = inner
    return not any(found in closed for closed in _CLOSED_V4)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, without doubles, in the order of the system; OSError where there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in found))


class Deadline(threading.local):
    """When the request of this thread must be over; each thread has its own."""

    at: float = inf  # by the monotonic clock

    def left(self, timeout: float | None) -> float:
        """The seconds that one step may take; httpcore.ReadTimeout when the time is up."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("time is up")
        return left if timeout is None else min(left, timeout)


class Guard(httpcore.NetworkBackend):
    """Connects to public addresses only, and to those of one's own network that ``limits.allow_private`` names."""

    def __init__(self, limits: Limits, deadline: Deadline, *, resolver: Resolver = resolve) -> None:
        self._allowed = tuple(ip_network(network) for network in limits.allow_private)
        self._deadline, self._resolver = deadline, resolver
        self._wire = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to one of the checked addresses of ``host``, the first that answers."""
        error: Exception = httpcore.ConnectError("no address")
        for address in self.addresses(host, port, timeout=timeout):
            try:
                seconds = self._deadline.left(timeout)
                return _Timed(
                    self._wire.connect_tcp(address, port, seconds, local_address, socket_options or ()), self._deadline
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
        raise error

    def addresses(self, host: str, port: int, *, timeout: float | None = None) -> list[str]:
        """The addresses of ``host``; FetchError where there is none, or where one of them is not public."""
        found = self._resolved(host, port, self._deadline.left(timeout))
        for address in found:
            if not is_public(address) and not self._is_allowed(address):
                raise FetchError(
                    f"{host} is at {address}, which is no address of the public internet; refused, for a page could so "
                    "reach into your own network. If it is yours and meant, name it in allow_private"
                )
        return found

    def _is_allowed(self, address: str) -> bool:
        try:
            return any(ip_address(address) in network for network in self._allowed)
        except ValueError:
            return False

    def _resolved(self, host: str, port: int, seconds: float) -> list[str]:
        """What the resolver says, which keeps to no time of its own and so runs in a thread."""
        answer: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answer.put(self._resolver(host, port))
            except (OSError, UnicodeError) as error:
                answer.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            found = answer.get(timeout=min(seconds, _LONGEST))
        except queue.Empty:
            raise httpcore.ConnectTimeout("the name was not resolved in time") from None
        if isinstance(found, Exception) or not found:
            raise httpcore.ConnectError(f"the name {host} is not known here")
        return found


class _Timed(httpcore.NetworkStream):
    """A connection of which no step goes beyond the deadline, however slowly the bytes drip in."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        seconds = self._deadline.left(timeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, seconds), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
