"""Papers of councils, set by Typst."""
