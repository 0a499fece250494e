"""The one way in which evidence is written as JSON, so that the same value is the same bytes and the same hash."""

import hashlib
from typing import Any

import msgspec


def sha256(data: bytes) -> str:
    """The SHA-256 of ``data`` as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def encode(value: object) -> bytes:
    """JSON in UTF-8 on one line: keys sorted, no spaces, control and half characters, quotes and ``\\`` escaped."""
    try:
        return msgspec.json.encode(value, order="deterministic")
    except UnicodeEncodeError:
        return msgspec.json.encode(_whole(msgspec.to_builtins(value)), order="deterministic")


def decode(data: bytes) -> Any:
    """The value of canonical JSON; ValueError where ``data`` is no JSON or is not written in the one way."""
    value = msgspec.json.decode(data)
    if encode(value) != data:
        raise ValueError("it is not written as Marsad writes it")
    return value


def _whole(value: Any) -> Any:
    """Half characters (as in the names of files in a foreign encoding) as ``\\udc80``, which every encoding writes."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(item) for item in value]
    return value
