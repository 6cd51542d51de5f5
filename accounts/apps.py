from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, their roles and their areas."""

    name = "accounts"
    verbose_name = "Người dùng"
