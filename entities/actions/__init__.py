"""Deeds on producers and the support they get, one module per noun."""
