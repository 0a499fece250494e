"""The record, kept: documents, claims, what was derived from them, and what people decided."""

from marsad.store.session import Session
from marsad.store.store import Store

__all__ = ["Session", "Store"]
