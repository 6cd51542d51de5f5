from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The wiring, an app only for its commands."""

    name = "ocop_portal"
    verbose_name = "Cổng OCOP"
