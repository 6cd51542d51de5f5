"""Deeds of people, one module per noun."""
