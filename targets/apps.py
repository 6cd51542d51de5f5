from django.apps import AppConfig


class TargetsConfig(AppConfig):
    """The year's plan, how far it has come, and the reports."""

    name = "targets"
    verbose_name = "Chỉ tiêu"
