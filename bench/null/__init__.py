"""A bare Django project: what a page costs that does nothing. Knows nothing of the portal."""
