"""Archives opened so that a bomb inside is an error: no member and no stream gives more than its limit."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from marsad.errors import InputError

MAX_MEMBERS = 20_000
_BLOCK = 65_536
_LONGEST_LINE = 16_000_000


@contextmanager
def opened_zip(stream: BinaryIO, *, name: str, most: int) -> Iterator[zipfile.ZipFile]:
    """The ZIP archive in a seekable stream; InputError where it is damaged, encrypted, or gives over ``most`` bytes.

    What the directory says of sizes is binding: reading stops there, whatever the compressed data hold.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise InputError(f"{name}: {len(members):,} files in one archive (at most {MAX_MEMBERS:,})")
            if any(member.flag_bits & 1 for member in members):
                raise InputError(f"{name}: the archive is encrypted; unpack it with its password first")
            if sum(member.file_size for member in members) > most:
                raise InputError(f"{name}: unpacks to more than {most // 1_000_000:,} MB, more than Marsad reads")
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, KeyError) as error:
        raise InputError(f"{name}: a damaged archive: {error}") from None


def inflated(data: bytes, *, name: str, most: int, raw: bool = False) -> bytes:
    """The bytes of gzip or zlib data (``raw``: without header), InputError where they are over ``most`` or damaged."""
    unpacker = zlib.decompressobj(-15 if raw else 47)
    try:
        out = unpacker.decompress(data, most + 1)
    except zlib.error as error:
        if not raw and data[:2] != b"\x1f\x8b":
            return inflated(data, name=name, most=most, raw=True)
        raise InputError(f"{name}: damaged compression: {error}") from None
    if len(out) > most:
        raise InputError(f"{name}: unpacks to more than {most // 1_000_000:,} MB, more than any article")
    return out


class Unpacked(io.RawIOBase):
    """A stream as it is, or, if it is gzip, unpacked as it is read: at most ``most`` bytes, no line of over 16 MB."""

    def __init__(self, stream: BinaryIO, *, name: str, most: int) -> None:
        super().__init__()
        self._stream, self._name, self._most = stream, name, most
        self._given = self._line = 0
        self._waiting = stream.read(2)
        self._unpacker = zlib.decompressobj(31) if self._waiting == b"\x1f\x8b" else None

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Fill some of the buffer; 0 at the end. Raises InputError at a limit and for damaged data."""
        block = self._block(min(len(buffer), _BLOCK))
        self._given += len(block)
        newline = block.rfind(b"\n")
        self._line = self._line + len(block) if newline < 0 else len(block) - newline
        if self._given > self._most or self._line > _LONGEST_LINE:
            raise InputError(f"{self._name}: unpacks to more than Marsad reads; split it")
        buffer[: len(block)] = block
        return len(block)

    def _block(self, size: int) -> bytes:
        while True:
            data = self._waiting or self._stream.read(_BLOCK)
            self._waiting = b""
            if self._unpacker is None:
                self._waiting = data[size:]
                return data[:size]
            if not data:
                return b""
            if self._unpacker.eof:
                self._unpacker = zlib.decompressobj(31)
            try:
                out = self._unpacker.decompress(data, size)
            except zlib.error as error:
                raise InputError(f"{self._name}: damaged gzip data: {error}") from None
            self._waiting = self._unpacker.unused_data if self._unpacker.eof else self._unpacker.unconsumed_tail
            if out:
                return out
