"""What the workbench is started with."""

from dataclasses import dataclass, field

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is taken in at most; sizes in bytes, times in seconds. ``stranger`` is for who is not signed in."""

    stranger: int = 20_000
    form: int = 1_000_000
    form_seconds: float = 60
    file: int = 64_000_000
    upload: int = 256_000_000
    files: int = 200
    upload_seconds: float = 900
    addresses: int = 50
    jobs: int = 20
    rows: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The record that is served, and how.

    ``demo`` where it is a throw-away record of the sample articles, to which ``demo_key`` lets in. ``names`` are the
    names by which it may be called beside those of its address; ``secure`` tells that browsers reach it by https,
    ``behind_proxy`` that a proxy on this machine tells whose request it passes on. A session ends ``idle`` seconds
    after it was last used, and ``most`` seconds after it began; a link to set a password works for ``link`` seconds,
    the one for the first admin for ``setup``. ``threads`` is how many requests are at work at once.
    """

    url: str
    host: str = "127.0.0.1"
    port: int = 8765
    names: tuple[str, ...] = ()
    secure: bool = False
    behind_proxy: bool = False
    demo: bool = False
    demo_key: str = ""
    idle: int = 2 * 3600
    most: int = 12 * 3600
    link: int = 3 * 24 * 3600
    setup: int = 3600
    threads: int = 32
    limits: Limits = field(default_factory=Limits)

    @property
    def local(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host in LOOPBACK

    @property
    def cookie(self) -> str:
        """The session's cookie: by port, as browsers do not tell the ports of one machine apart."""
        return "__Host-marsad" if self.secure else f"marsad-{self.port}"
