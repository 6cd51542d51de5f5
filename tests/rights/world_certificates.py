"""An inspection of every rated product, a petition of every producer about a case that has its result."""

import datetime as dt

from evaluation.actions import close_unrated
from evaluation.models import Post
from tests.evaluation.stories import ONE_STAR, again, concluded, holder
from tests.factories.accounts import UserFactory
from tests.factories.certificates import InspectionFactory, PetitionFactory
from tests.factories.evaluation import case_before
from tests.factories.products import ProductFactory
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


def ended(tenants):
    """Name of the producer → a case without recognised stars, against which it may still petition."""
    found = {}
    for name, tenant in tenants.items():
        council = tenant.cases["forwarded"].council
        product = ProductFactory(entity=tenant.entity, name=f"Lụa {canary(name, 'dossier')}")
        case = concluded(case_before(council, area=tenant.entity.area, dossier__product=product), **ONE_STAR)
        close_unrated(case, by=holder(council, Post.SECRETARY))
        found[name] = again(case)
    return found
