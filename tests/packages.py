"""Packages of Debian that some tests want."""

import os
import shutil
import subprocess


def install(packages: tuple[str, ...], *, reason: str, without: str) -> None:
    """Install them with apt-get where there is a ``reason`` to and we may; else says what goes on ``without`` them."""
    if not reason:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"{reason}; {without}")
        return
    print(f"Installing {' '.join(packages)} for the tests ...", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", "-qq", *arguments], check=False, **quiet)  # type: ignore[call-overload]
        if done.returncode:
            print(f"apt-get {arguments[0]} failed; {without}")
            return
