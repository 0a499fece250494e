"""What the queries of the API share: the filter of incidents, how much of a list, and how answers are written."""

from typing import Annotated, Any

import msgspec
from fastapi import Depends, Query
from fastapi.responses import Response

from marsad.server.filters import Asking, asking
from marsad.server.refused import Refused
from marsad.store.incidents import Filter

_SHORT = 100
_LONG = 400
Word = Annotated[str, Query(max_length=_SHORT)]


def _asked(
    country: Annotated[str, Query(max_length=_SHORT, description="A code or a name: SY, Syria, سوريا.")] = "",
    since: Annotated[str, Query(alias="from", max_length=10, description="On this day or later: YYYY-MM-DD.")] = "",
    until: Annotated[str, Query(alias="to", max_length=10, description="On this day or earlier.")] = "",
    event: Annotated[str, Query(max_length=_SHORT, description="Of this kind, such as air_drone_strike.")] = "",
    actor: Annotated[str, Query(max_length=_SHORT, description="With this side, by a name or its id.")] = "",
    near: Annotated[str, Query(max_length=_SHORT, description="Near this place: a name, or LAT,LON.")] = "",
    km: Annotated[str, Query(max_length=20, description="How near, in kilometres.")] = "",
    grade: Annotated[str, Query(max_length=20, description="Of this grade of civilian harm.")] = "",
    text: Annotated[str, Query(max_length=_LONG, description="With these words, in any form.")] = "",
) -> Asking:
    """The filter, as pages have it in their address; Refused (422) where a field cannot be used."""
    given = {"country": country, "from": since, "to": until, "event": event, "actor": actor}
    found = asking({**given, "near": near, "km": km, "grade": grade, "text": text})
    if found.errors:
        told = "; ".join(f"{name}: {wrong}" for name, wrong in found.errors.items())
        raise Refused("export.filter", status=422, text=told)
    return found


def _chosen(asked: Annotated[Asking, Depends(_asked)]) -> Filter:
    return asked.chosen


Asked = Annotated[Asking, Depends(_asked)]
Chosen = Annotated[Filter, Depends(_chosen)]
Offset = Annotated[int, Query(ge=0, le=100_000_000, description="How many to leave out at the start.")]
Limit = Annotated[int, Query(ge=1, le=500, description="How many at most.")]


def written(value: Any) -> Response:
    """The value as JSON: dates as ISO 8601, Arabic as itself."""
    return Response(msgspec.json.encode(value), media_type="application/json")
