"""Deeds on people and places, one module per noun."""
