from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Work that runs behind the pages."""

    name = "foundation.jobs"
    verbose_name = "Việc chạy nền"
