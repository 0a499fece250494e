"""Claims joined into incidents: keys that bring candidates together, a comparison field by field, and clusters."""
