"""What programs ask of the workbench, as JSON; each file has a ``router``, found without a list elsewhere."""
