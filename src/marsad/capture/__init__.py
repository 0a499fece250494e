"""Bytes become Documents: a reader for each format, encodings, languages, and what is wrong with the rest."""

from marsad.capture.base import Notice, document_id, make_document
from marsad.capture.sources import read_paths

__all__ = ["Notice", "document_id", "make_document", "read_paths"]
