"""Whose office a record is with today: the commune's, the district's, or the province's where no district stands."""

from foundation.areas.models import AreaKind
from products import rules
from products.models import DossierStatus


def above(record):
    """The unit above the commune where this located record is today."""
    unit = record.place_today.unit
    return unit.part(AreaKind.DISTRICT) or unit.part(AreaKind.PROVINCE)


def _at_commune(product):
    """The commune where the product is today; the unit above where it stands in none."""
    return product.place_today.unit.part(AreaKind.COMMUNE) or above(product)


def receiver(dossier):
    """The unit whose office takes this dossier in when it is filed."""
    product = dossier.product
    return _at_commune(product) if rules.goes_to_commune(dossier.regime) else above(product)


def holder(dossier):
    """The unit whose office has the dossier that was handed in."""
    product = dossier.product
    return _at_commune(product) if dossier.status == DossierStatus.AT_COMMUNE else above(product)
