"""Craft villages with certified products: the one place that says which villages those are."""

from django.db.models import Exists, OuterRef

from entities.models import CraftVillage
from foundation import clock
from products.models.ratings import Rating


def villages_with_rated_product(day=None):
    """Villages, not withdrawn by that day (today when not said), with a product whose certified stars are in force."""
    day = day or clock.today()
    ratings = Rating.objects.in_force(day).certified().filter(product__village=OuterRef("pk"))
    return CraftVillage.objects.not_withdrawn_on(day).filter(Exists(ratings))
