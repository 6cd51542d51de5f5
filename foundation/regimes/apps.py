from django.apps import AppConfig


class RegimesConfig(AppConfig):
    name = "foundation.regimes"
    label = "regimes"
    verbose_name = "Quy định"
