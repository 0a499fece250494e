"""Marsad reads Arabic and English reporting on armed conflict into claims: who did what, where, when, who says so."""

from datetime import date

from marsad.errors import DataError, InputError, MarsadError
from marsad.model import Claim, Document
from marsad.version import __version__

__all__ = ["Claim", "DataError", "Document", "InputError", "MarsadError", "__version__", "read"]


def read(text: str, *, published: date | str | None = None, lang: str | None = None, title: str = "") -> list[Claim]:
    """Claims of one text; without ``published`` relative dates stay open, without ``lang`` it is detected.

    Raises InputError if the language is not supported or the date is not ISO.
    """
    from hashlib import sha256

    from marsad.pipeline import read_document

    if isinstance(published, str):
        try:
            published = date.fromisoformat(published)
        except ValueError as error:
            raise InputError(f"published is {published!r}, not a date such as 2016-11-30") from error
    identity = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return read_document(Document(id=identity, text=text, published=published, lang=lang, title=title), explain=True)
