"""Pages for people about what is no incident and no claim: what a search found, copies, decisions."""
