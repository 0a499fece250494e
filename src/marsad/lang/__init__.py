"""Languages: one folder each, found by its code."""

import gc
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from marsad.errors import InputError
from marsad.lang.base import Pack


@cache
def pack(code: str) -> Pack:
    """The language pack of an ISO 639-1 code, loaded once; InputError if there is none."""
    if not code.isalpha() or find_spec(f"marsad.lang.{code}") is None:
        raise InputError(f"language {code!r} is not supported; give --lang ar or --lang en if the text is one of these")
    module = import_module(f"marsad.lang.{code}")
    collecting = gc.isenabled()
    gc.disable()  # the lexicons are many small objects that all stay
    try:
        loaded: Pack = module.PACK()
    finally:
        if collecting:
            gc.enable()
    gc.freeze()
    return loaded
