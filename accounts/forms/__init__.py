"""Checking what people type about themselves and about each other."""

from accounts.forms.signing import LoginForm

__all__ = ["LoginForm"]
