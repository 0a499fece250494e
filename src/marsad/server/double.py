"""What the pages of double review have in common: who may take part, titles without what is private, addresses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from marsad.errors import InputError
from marsad.evidence.withholding import MARK
from marsad.export.withheld import find_name
from marsad.record import Record
from marsad.server.deps import ROLES, User
from marsad.server.guards import find
from marsad.server.refused import Refused
from marsad.store import accounts
from marsad.store.accounts import Account
from marsad.store.double import Batch


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A document as a list shows it; ``lang`` is "" where it is not known."""

    text: str
    lang: str
    source: str


def titles(record: Record, ids: Iterable[str]) -> Mapping[str, Title]:
    """The titles of documents by id, without what is private or withheld; of one that is gone its id."""
    wanted = list(dict.fromkeys(ids))
    found, withheld = record.documents(wanted), record.custody.withheld()
    told = {}
    for id_ in wanted:
        document = found.get(id_)
        if document is None:
            told[id_] = Title(text=id_, lang="", source="")
        elif withheld.hides(id_):
            told[id_] = Title(text=MARK, lang="", source="")
        else:
            clean = find(document.text, document.lang or "").clean(document.title)
            text = withheld.redact(clean, find_name) or id_
            told[id_] = Title(text=text, lang=document.lang or "", source=document.source)
    return told


def people(record: Record) -> list[Account]:
    """Accounts that may review."""
    with record.store.reading() as db:
        found = accounts.all(db)
    return [one for one in found if not one.disabled and _may(one, "reviewer")]


def alone(record: Record, batch: Batch) -> bool:
    """Whether nobody but the two reviewers may adjudicate, so that one of them must."""
    return not any(_may(one, "editor") and one.name not in batch.reviewers for one in people(record))


def document_of(batch: Batch, place: int) -> str:
    """The document at a place in the batch, from 1; InputError where there is none."""
    if not 1 <= place <= len(batch.documents):
        raise InputError(f"{place}: batch {batch.n} has {len(batch.documents)} documents")
    return batch.documents[place - 1]


def may_follow(user: User, batch: Batch) -> bool:
    """Whether somebody may see how far both reviewers are: an editor who is not one of the two."""
    return user.may("editor") and user.name not in batch.reviewers


def told(error: InputError, lang: str) -> str:
    """What went wrong, in the reader's language where it has words in it, else in English."""
    return error.told(lang) if isinstance(error, Refused) else str(error)


def _may(account: Account, role: str) -> bool:
    return ROLES.index(account.role) >= ROLES.index(role)
