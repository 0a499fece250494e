"""The version of Marsad."""

__version__ = "0.1.0"
