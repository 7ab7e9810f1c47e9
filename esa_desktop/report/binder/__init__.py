"""The binder of evidence: its own pages, and everybody else's files joined to them."""
