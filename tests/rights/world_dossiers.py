"""What was handed in of the four producers' dossiers, and the open round of those that were returned."""

import datetime as dt

from products import freezing
from products.models import CorrectionItem, CorrectionRound, ItemKind
from tests.rights.canaries import canary

DUE = dt.date(2024, 10, 31)


def dossiers(tenants):
    """Two submissions of every sent dossier that is read by them, and one open round."""
    for tenant in tenants.values():
        for state in ("submitted", "at_commune", "returned"):
            row = tenant.dossiers[state]
            for _ in range(2):
                freezing.freeze(row, by=row.created_by)
        mending = tenant.dossiers["returned"]
        current = CorrectionRound.objects.create(
            dossier=mending,
            number=1,
            returned_from="submitted",
            note=canary(tenant.name, "dossier"),
            opened_on=mending.submitted_on,
            opened_by=mending.created_by,
            due_on=DUE,
        )
        CorrectionItem.objects.create(
            round=current,
            kind=ItemKind.FACT,
            key="spec",
            label="quy cách",
            why=canary(tenant.name, "dossier"),
        )
