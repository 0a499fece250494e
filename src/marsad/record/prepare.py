"""A document and its claims, made ready for the record: what linking and the search for copies need, made once."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from marsad.assess import totals
from marsad.errors import InputError
from marsad.link import block, copies
from marsad.link.case import incident_id
from marsad.link.events import role
from marsad.link.features import Node, make_node
from marsad.link.headline import ranked
from marsad.model import Claim, Document, Report
from marsad.pipeline import read_document
from marsad.store.documents import Linkable, Stored

TOTALS = "T"
"""What the keys begin with that bring totals together, and nothing else."""

encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Node).decode


def decode(node: bytes) -> Node:
    """The features of a claim; InputError where another version of Marsad made them."""
    try:
        return _decode(node)
    except msgspec.MsgspecError:
        raise InputError("what links claims here was made by another version of Marsad; run marsad relink") from None


def prepare(document: Document, claims: Sequence[Claim]) -> Stored:
    """The document as the store takes it; its title is read to tell which claim it is about."""
    order = {claim.id: n for n, claim in enumerate(ranked(claims, _headline(document)))}
    return Stored(
        document=document,
        claims=tuple(_linkable(document, claim, order[claim.id]) for claim in claims),
        hashes=copies.hashes(document),
    )


def _headline(document: Document) -> list[Claim]:
    if not document.title.strip():
        return []
    return read_document(replace(document, text=document.title, title=""))


def _linkable(document: Document, claim: Claim, rank: int) -> Linkable:
    node = make_node(claim, document, main=rank == 0)
    keys = list(block.keys(node))
    if node.role == "totals":
        report = Report(claim=claim, role=role(claim.factuality, claim.scope), lineage=document.id)
        report = replace(report, published=document.published, source=document.source, lang=document.lang or "")
        keys += [TOTALS + key for key in totals.block_keys(report)]
    return Linkable(claim=claim, rank=rank, node=encode(node), keys=tuple(keys), seed=incident_id(claim.id))
