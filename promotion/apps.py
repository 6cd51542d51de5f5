from django.apps import AppConfig


class PromotionConfig(AppConfig):
    """Trade events and who takes part."""

    name = "promotion"
    verbose_name = "Xúc tiến thương mại"
