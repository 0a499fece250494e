"""Run by the crash tests as a program of its own: adds documents one by one and tells of each when it is committed.

``python -m tests.store.adding URL FIRST COUNT`` prints a line for each document that is safe by then.
"""

import sys

from marsad.errors import InputError
from marsad.store import Store, documents
from tests.store.samples import reading


def main(url: str, first: int, count: int) -> int:
    """Add the documents; 3 and the message on standard error where the record cannot go on."""
    try:
        with Store.open(url) as store:
            for number in range(first, first + count):
                with store.writing() as db:
                    documents.put(db, [reading(f"d{number}", f"{number} " + "كلمة أخرى في النص " * 400, claims=5)])
                print(number, flush=True)
    except InputError as error:
        print(error, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
