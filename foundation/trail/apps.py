from django.apps import AppConfig


class TrailConfig(AppConfig):
    """Who did what, when and why; nobody may change it."""

    name = "foundation.trail"
    verbose_name = "Nhật ký"
