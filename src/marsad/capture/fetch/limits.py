"""How much, how long, how often: the settings of fetching, with defaults that suit news sites."""

from ipaddress import ip_network
from typing import Annotated

import msgspec

from marsad.errors import InputError
from marsad.version import __version__

Positive = Annotated[int, msgspec.Meta(gt=0)]
Seconds = Annotated[float, msgspec.Meta(gt=0)]
NotNegative = Annotated[float, msgspec.Meta(ge=0)]


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Sizes are in bytes, times in seconds; docs/watch.md says what each is for."""

    size: Positive = 16_000_000
    decoded: Positive = 32_000_000
    ratio: Positive = 100
    feed: Positive = 4_000_000
    total: Seconds = 60.0
    silence: Seconds = 20.0
    redirects: Annotated[int, msgspec.Meta(ge=0)] = 8
    delay: NotNegative = 2.0
    tries: Positive = 3
    backoff: NotNegative = 2.0
    patience: NotNegative = 30.0
    rest: NotNegative = 900.0
    failures: Positive = 6
    pages: Positive = 500
    at_once: Annotated[int, msgspec.Meta(ge=1, le=64)] = 8
    robots: bool = True
    agent: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z][\x21-\x7e]*( [\x20-\x7e]*)?$")] = f"Marsad/{__version__}"
    allow_private: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check what the types do not; InputError."""
        for network in self.allow_private:
            try:
                ip_network(network)
            except ValueError:
                raise InputError(
                    f"allow_private: {network!r} is no address or network; write it as 10.1.2.3 or 10.1.2.0/24"
                ) from None

    @property
    def robot(self) -> str:
        """The name by which robots.txt may speak of this program: the first word of ``agent``."""
        return self.agent.split()[0].split("/")[0]
