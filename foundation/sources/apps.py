from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Where a fact was read."""

    name = "foundation.sources"
    verbose_name = "Nguồn"
