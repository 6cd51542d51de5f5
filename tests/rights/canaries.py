"""Words that stand nowhere else, each with whose it is and of which class."""

import re

TENANTS = {"own": "A", "same_commune": "B", "same_district": "C", "other_district": "D"}
CANARY = re.compile(rb"chim([A-Z])([a-z]+)9z")


def canary(tenant, kind):
    """A word that stands nowhere else: whose it is and of which class."""
    return f"chim{TENANTS.get(tenant, tenant)}{kind}9z"


def canaries(body):
    """(producer's letter, class) of every canary in these bytes."""
    return {(letter.decode(), kind.decode()) for letter, kind in CANARY.findall(body)}
