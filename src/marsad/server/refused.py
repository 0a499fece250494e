"""What a page refuses, told in the reader's language."""

from marsad.errors import InputError
from marsad.server import words


class Refused(InputError):
    """Something that cannot be done; ``key`` is a key of the words, ``values`` what goes into them."""

    def __init__(self, key: str, /, *, status: int = 400, **values: object) -> None:
        super().__init__(words.say(key, "en", **values))
        self.key, self.status, self.values = key, status, values

    def told(self, lang: str) -> str:
        """The words in a language."""
        return words.say(self.key, lang, **self.values)
