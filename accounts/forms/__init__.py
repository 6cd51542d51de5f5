"""Checking what people type about themselves, one module per noun."""

from accounts.forms.signing import LoginForm

__all__ = ["LoginForm"]
