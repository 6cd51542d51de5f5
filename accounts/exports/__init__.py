"""Rows about people to files, one module per noun."""
