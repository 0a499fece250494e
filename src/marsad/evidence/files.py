"""Files that are written once and for good, and the lock that lets one writer in at a time."""

import errno
import os
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from marsad.errors import InputError

_PAUSE = 0.02

# What the system says when something cannot be written, with what to do about it.
_REMEDIES = {
    errno.ENOSPC: "the disk is full; nothing of this step was kept; free some space and run the command again",
    errno.EDQUOT: "your share of the disk is full; nothing of this step was kept; free some space and try again",
    errno.EFBIG: "no file may grow further here; nothing of this step was kept; raise the limit and try again",
    errno.EROFS: "it is on a disk that can only be read; use a copy on one that may be written",
    errno.EACCES: "you may not write there; check the rights of the folder",
    errno.EPERM: "you may not write there; check the rights of the folder",
    errno.EIO: "the disk failed to read or write; check it, and work on a copy",
}


def fault(path: Path | str, error: OSError) -> InputError:
    """What the system refused, told with its remedy."""
    return InputError(f"{path}: {_REMEDIES.get(error.errno or 0, error.strerror or error)}")


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` outlast a loss of power; Windows does so by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make ``folder`` in a folder that is there, for good."""
    if not folder.is_dir():
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def write(path: Path, data: bytes, *, scratch: Path | None = None, mode: int = 0o444) -> None:
    """Give ``path`` the content ``data``, whole or not at all, by a file in ``scratch`` that is synced and renamed.

    The folder of ``path`` is the caller's to sync. Raises OSError, and leaves nothing behind.
    """
    part = (scratch or path.parent) / f"{secrets.token_hex(8)}.part"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        try:
            write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of ``data``, however little the system takes at a time."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


@contextmanager
def locked(path: Path, *, wait: float) -> Iterator[None]:
    """Hold the lock of the file ``path``, which stays empty; InputError where another holds it for ``wait`` seconds."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise fault(path.parent, error) from error
    try:
        until = time.monotonic() + wait
        while not _take(descriptor):
            if time.monotonic() >= until:
                raise InputError(
                    f"{path.parent}: another Marsad has been writing to it for {wait:g} seconds; "
                    "wait until that has finished, and run the command again"
                )
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)  # which gives the lock back, as the end of the process does


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
