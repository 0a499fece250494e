"""Pages and feeds over HTTP: politely, within limits, and never from addresses inside one's own network.

``client.get`` fetches one page, ``watch.watch`` goes through feeds; both modules need ``pip install 'marsad[web]'`` and
say so where it is missing. ``limits``, ``problems``, ``content`` and ``state`` need nothing beyond Marsad.
"""
