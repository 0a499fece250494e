"""The command line: one file for each group of verbs, found by itself and loaded when it is called."""

from marsad.cli.main import main

__all__ = ["main"]
