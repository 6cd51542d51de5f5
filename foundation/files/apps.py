from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files that people send."""

    name = "foundation.files"
    verbose_name = "Tệp tải lên"
