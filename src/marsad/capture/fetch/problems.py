"""What can go wrong with an address."""

from marsad.errors import InputError


class FetchError(InputError):
    """A page that could not be had. ``again``: it may be had later, ``after`` so many seconds where that is known."""

    def __init__(self, message: str, *, again: bool = False, after: float | None = None) -> None:
        super().__init__(message)
        self.again, self.after = again, after


def missing_extra(name: str | None) -> InputError:
    """The error for a package of the extra ``web`` that is not installed."""
    return InputError(f"fetching needs the package {name}, which is not installed; pip install 'marsad[web]'")
