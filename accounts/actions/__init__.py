"""Deeds on people, one module per noun."""
