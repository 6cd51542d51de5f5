from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, their roles and their areas."""

    name = "accounts"
    verbose_name = "Người dùng"

    def ready(self):
        import_module("accounts.hooks")
