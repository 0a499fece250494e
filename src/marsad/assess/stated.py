"""Claims that are shown as statements of their source: of movement, and of who holds what."""

from functools import cache

from marsad.link.events import families
from marsad.tables import read


@cache
def stated() -> tuple[str, ...]:
    """The events of ``data/statements.tsv``; DataError for one that is not of the codebook."""
    rows = read("assess/data/statements.tsv", columns=("event",))
    return tuple(row.one_of("event", families()) for row in rows)
