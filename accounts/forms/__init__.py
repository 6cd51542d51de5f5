"""Checking what people type about themselves and about each other. allauth finds its forms here by name."""

from accounts.forms.signing import CodeAgainForm, CodeForm, FirstCodeForm, NewPasskeyForm, PasswordAgainForm

__all__ = ["CodeAgainForm", "CodeForm", "FirstCodeForm", "NewPasskeyForm", "PasswordAgainForm"]
