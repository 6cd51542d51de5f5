from django.apps import AppConfig


class ProductsConfig(AppConfig):
    """Ideas, dossiers, products and their ratings."""

    name = "products"
    verbose_name = "Sản phẩm"
