"""What pages of incidents do not show at once: private names and numbers in the words of the articles."""

from collections.abc import Iterable, Mapping

from marsad.model import Document, Report, Span
from marsad.server.guards import Guarded, of_document


def guard(documents: Mapping[str, Document], reports: Iterable[Report]) -> Guarded:
    """The private names of these documents together; known actors, which the record is about, stay readable."""
    public: dict[str, list[Span]] = {}
    for report in reports:
        claim = report.claim
        if claim.document in documents:
            known = (p for p in (*claim.actors, *claim.targets) if p.actor_id)
            public.setdefault(claim.document, []).extend(span for party in known for span in party.spans)
    found = {name for id, document in documents.items() for name in of_document(document, public.get(id, ())).names}
    return Guarded(names=tuple(sorted(found)))
