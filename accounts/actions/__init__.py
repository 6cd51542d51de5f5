"""Deeds about people, one module per noun."""
