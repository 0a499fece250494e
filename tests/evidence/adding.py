"""A process that captures without end: ``python -m tests.evidence.adding FOLDER FIRST COUNT``."""

import sys

from marsad.errors import InputError
from marsad.evidence import Evidence
from tests.evidence.support import captured


def main(folder: str, first: str, count: str) -> int:
    try:
        evidence = Evidence.open(folder)
        for number in range(int(first), int(first) + int(count)):
            (kept,) = evidence.capture([captured(number)], who="adding")
            print(number, kept.content, kept.entry.hash, flush=True)
    except InputError as error:
        print(error, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
