from django.apps import AppConfig


class AreasConfig(AppConfig):
    """Administrative units, each with its period."""

    name = "foundation.areas"
    verbose_name = "Đơn vị hành chính"
