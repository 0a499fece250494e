"""What pages show of an incident, worked out before a template writes it: voices, ranges, reasons, history."""
