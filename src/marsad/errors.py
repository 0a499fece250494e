"""What can go wrong, as one tree.

MarsadError                 everything below, for ``except``
├── InputError              a document, file or option that cannot be used: says which, where and what to do
│   └── Conflict            what somebody decides about has changed since they looked at it
└── DataError               a lexicon or rule file that does not hold to its schema: file, line, reason
"""

from typing import Any


class MarsadError(Exception):
    """Any error that Marsad raises on purpose."""


class InputError(MarsadError):
    """Input that cannot be used; the message names the file, the place and the remedy."""


class Conflict(InputError):
    """What somebody decides about has changed since they looked at it: nothing was written.

    ``seen`` is the revision that they saw of ``id``, ``now`` the one it has; ``since`` holds the decisions
    (``model.Decision``) about it that were made in between, none where documents changed it.
    """

    def __init__(self, id: str, *, seen: str, now: str, since: tuple[Any, ...]) -> None:
        who = ", ".join(dict.fromkeys(decision.who for decision in since))
        by = f"by {who}" if who else "by documents that came in"
        super().__init__(f"{id}: changed since you looked at it, {by}; nothing was written: look again, then decide")
        self.id, self.seen, self.now, self.since = id, seen, now, since


class DataError(MarsadError):
    """A data file that does not hold to its schema."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}")
        self.file, self.line, self.reason = file, line, reason
