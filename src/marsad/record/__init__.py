"""The record: documents in, incidents out, and the decisions of people kept over both."""

from marsad.record.record import Added, Record

__all__ = ["Added", "Record"]
