"""Claims, written: one file a format, found by itself; ``record`` is the claim as every format spells it."""
