"""Who may for a while see the personal data of which document: asked for by a person, and entered in the ledger."""

from time import monotonic

from starlette.requests import Request

MINUTES = 30
"""How long what was asked for stays readable."""


class Revealed:
    """Users and documents, each with the time at which it is covered again; it ends with the program."""

    def __init__(self) -> None:
        self._until: dict[tuple[str, str], float] = {}

    def show(self, user: str, document: str) -> None:
        """Let a user see the personal data of a document from now on."""
        now = monotonic()
        self._until = {key: until for key, until in self._until.items() if until > now}
        self._until[user, document] = now + 60 * MINUTES

    def hide(self, user: str, document: str) -> None:
        """Cover it again."""
        self._until.pop((user, document), None)

    def shows(self, user: str, document: str) -> bool:
        """Whether a user may see it now."""
        return self._until.get((user, document), 0.0) > monotonic()


def revealed_of(request: Request) -> Revealed:
    """That of the running application."""
    state = request.app.state
    if not hasattr(state, "revealed"):
        state.revealed = Revealed()
    found = state.revealed
    assert isinstance(found, Revealed)
    return found
