"""The record: documents in, incidents out, and the decisions of people kept over both."""

from marsad.errors import Conflict
from marsad.record.record import Added, Record
from marsad.record.reviewing import Reviewed, Written

__all__ = ["Added", "Conflict", "Record", "Reviewed", "Written"]
