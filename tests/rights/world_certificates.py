"""An inspection of every rated product, a petition of every producer about a case that has its result."""

import datetime as dt

from tests.factories.accounts import UserFactory
from tests.factories.certificates import InspectionFactory, PetitionFactory
from tests.rights.canaries import canary


def inspections(tenants):
    """Name of the producer → an inspection that waits to be mended; public, so it holds the public canary."""
    return {
        name: InspectionFactory(
            product=tenant.rated.product, rating=tenant.rated, findings=canary(name, "name"), by=UserFactory()
        )
        for name, tenant in tenants.items()
    }


def petitions(tenants):
    """Name of the producer → a petition about its case that was forwarded."""
    found = {}
    for name, tenant in tenants.items():
        case = tenant.cases["forwarded"]
        found[name] = PetitionFactory(case=case, text=canary(name, "dossier"), lodged_on=dt.date(2024, 10, 1))
    return found
