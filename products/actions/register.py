"""Writing into the register of certificates, and signing its head."""

import base64
import json

from django.conf import settings
from django.db import transaction

from foundation.trail import merkle
from foundation.trail.keys import PortalKey, signing_key, this_second
from products.models import RegisterEntry, RegisterHead, Serial

VERSION = 1
SERIES = "certificate-register"


def canonical(facts):
    """What is hashed or signed: JSON with sorted names, without blanks."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


@transaction.atomic
def enter(certificate, happening, *, day, **facts):
    """One line about a certificate; the series' lock puts lines of the same moment into one order."""
    number = Serial.objects.take(SERIES) - 1
    text = canonical(
        {
            "version": VERSION,
            "number": number,
            "certificate": certificate.number,
            "token": certificate.token,
            "sha256": certificate.sha256,
            "happening": happening,
            "day": day,
            **facts,
        }
    )
    return RegisterEntry.objects.create(
        number=number,
        certificate=certificate,
        happening=happening,
        day=day,
        text=text,
        leaf=merkle.leaf(text.encode()),
    )


@transaction.atomic
def sign_head(day):
    """The signed head of that day (real time); asked again it is the same one."""
    if known := RegisterHead.objects.filter(day=day).first():
        return known
    leaves = RegisterEntry.objects.leaves()
    key, size, root = PortalKey.objects.current(), len(leaves), merkle.root(leaves).hex()
    said = {
        "version": VERSION,
        "kind": "ocop-register-head",
        "portal": settings.PORTAL_URL,
        "key": key.code,
        "at": f"{this_second():%Y-%m-%dT%H:%M:%SZ}",
        "day": day,
        "size": size,
        "root": root,
    }
    text = canonical(said)
    signature = base64.b64encode(signing_key().sign(text.encode())).decode()
    return RegisterHead.objects.create(day=day, size=size, root=root, text=text, key=key, signature=signature)
