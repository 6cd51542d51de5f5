from django.apps import AppConfig


class EntitiesConfig(AppConfig):
    """Producers and craft villages."""

    name = "entities"
    verbose_name = "Chủ thể"
