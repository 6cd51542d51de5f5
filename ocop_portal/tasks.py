"""Clocks of the portal as a whole."""
