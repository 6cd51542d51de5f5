"""Checking what people type about producers and the support they get, one module per noun."""
