"""What all pages share and no domain owns."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "foundation.ui"
    label = "ui"
    verbose_name = "Giao diện dùng chung"
