"""What can go wrong, as one tree.

MarsadError                 everything below, for ``except``
├── InputError              a document, file or option that cannot be used: says which, where and what to do
└── DataError               a lexicon or rule file that does not hold to its schema: file, line, reason
"""


class MarsadError(Exception):
    """Any error that Marsad raises on purpose."""


class InputError(MarsadError):
    """Input that cannot be used; the message names the file, the place and the remedy."""


class DataError(MarsadError):
    """A data file that does not hold to its schema."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}")
        self.file, self.line, self.reason = file, line, reason
