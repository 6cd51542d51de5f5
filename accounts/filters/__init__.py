"""Narrowing lists about people, one module per noun."""
