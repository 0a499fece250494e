"""The pages, one file for each group; each has a ``router``, found without a list elsewhere."""
