"""One file a format: a module here with ``SUFFIXES`` and ``read(source)`` is found by itself."""
