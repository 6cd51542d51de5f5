"""Deeds on producers' facts and on craft villages, one module per noun."""
